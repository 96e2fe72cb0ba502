//! From what a program allows to the fewest rules that say it.
//!
//! Comes in: [`ir::Policy`], naive. Goes out: [`Minimal`]: for each namespace its default-deny, and for each
//! distinct set of subject pods one policy with its rules. Every pass is exact for all pods that could exist;
//! none joins subjects, knows Kubernetes' objects or depends on the order of flows.

mod assign;
mod budget;
mod cliques;
mod columns;
mod confine;
mod cover;
mod expressible;
mod isolation;
mod joined;
mod nearby;
mod needed;
mod piece;
mod proof;
mod revisit;
mod rows;
mod rule;
mod same_peers;
mod same_ports;
mod shrink;
mod size;
mod space;
mod unnamed;
mod zones;

use std::collections::BTreeMap;

use crate::algebra::{Cube, Text};
use crate::ir::{self, Direction, Directional};

use self::assign::Assigned;
use self::budget::Budget;
use self::nearby::Nearby;
use self::rows::Row;
use self::shrink::Ruled;

pub use proof::Proof;
pub use rule::{Listed, Peers, Rule};
pub use size::Size;

/// A policy in its shortest form that is known: what [`namespace`] found, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minimal {
    namespaces: BTreeMap<Text, NamespacePolicies>,
    proof: Proof,
}

/// What is to be written into one namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamespacePolicies {
    default_deny: Directional<bool>,
    policies: Vec<SubjectPolicy>,
}

/// All rules for one set of subject pods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectPolicy {
    subject: Cube,
    // INVARIANT: true wherever there are rules; at least one is true.
    types: Directional<bool>,
    rules: Directional<Vec<Rule>>,
}

impl Minimal {
    /// By name, the namespaces into which something is written.
    pub fn namespaces(&self) -> &BTreeMap<Text, NamespacePolicies> {
        &self.namespaces
    }

    /// What is proved about the size.
    pub fn proof(&self) -> Proof {
        self.proof
    }
}

impl FromIterator<(Text, (NamespacePolicies, Proof))> for Minimal {
    fn from_iter<I: IntoIterator<Item = (Text, (NamespacePolicies, Proof))>>(found: I) -> Self {
        let mut minimal = Self { namespaces: BTreeMap::new(), proof: Proof::default() };
        for (name, (written, proof)) in found {
            minimal.proof += proof;
            if !written.is_empty() {
                minimal.namespaces.insert(name, written);
            }
        }
        minimal
    }
}

impl NamespacePolicies {
    /// Whether nothing is to be written.
    pub fn is_empty(&self) -> bool {
        self.default_deny == Directional::default() && self.policies.is_empty()
    }

    /// In which directions all pods are isolated, whatever else is said about them.
    pub fn default_deny(&self) -> Directional<bool> {
        self.default_deny
    }

    /// The policies, in order of their subjects: one a subject.
    pub fn policies(&self) -> &[SubjectPolicy] {
        &self.policies
    }
}

impl SubjectPolicy {
    /// The pods for which the policy is. Every requirement is one that a selector can say.
    pub fn subject(&self) -> &Cube {
        &self.subject
    }

    /// The directions in which the policy has rules, or alone isolates its subject.
    pub fn types(&self) -> Directional<bool> {
        self.types
    }

    /// The rules of a direction, in canonical order.
    pub fn rules(&self, direction: Direction) -> &[Rule] {
        self.rules.get(direction)
    }
}

/// Writes what is allowed and isolated in as few rules as are found, without changing it.
pub fn minimise(policy: ir::Policy) -> Minimal {
    policy.namespaces.into_iter().map(|(name, said)| (name, namespace(&said))).collect()
}

/// The same for one namespace: none depends on another, so that each may be done on its own thread.
pub fn namespace(said: &ir::Namespace) -> (NamespacePolicies, Proof) {
    let mut proof = Proof::default();
    let mut default_deny = Directional::default();
    let mut parts: Vec<(Cube, Direction, Vec<Rule>)> = Vec::new();
    for direction in Direction::BOTH {
        let isolated = cover::maximal(expressible::cubes(said.isolated.get(direction).clone()));
        let flows = expressible::flows(confine::confine(said.flows.get(direction), &isolated));
        let rules = ruled(&flows, direction, &mut proof).into_iter();
        parts.extend(rules.map(|(subject, rules)| (subject, direction, rules)));
        for cube in isolated {
            if cube.is_all() {
                *default_deny.get_mut(direction) = true;
            } else {
                parts.push((cube, direction, Vec::new()));
            }
        }
    }
    let mut policies = by_subject(parts);
    proof.irredundant &= !isolation::spare(&mut policies).is_spent();
    (NamespacePolicies { default_deny, policies }, proof)
}

/// One policy a subject, in their order.
fn by_subject(mut parts: Vec<(Cube, Direction, Vec<Rule>)>) -> Vec<SubjectPolicy> {
    parts.sort_by(|a, b| a.0.cmp(&b.0));
    let mut policies: Vec<SubjectPolicy> = Vec::with_capacity(parts.len());
    for (subject, direction, rules) in parts {
        if policies.last().is_none_or(|last| last.subject != subject) {
            let (types, rules) = Default::default();
            policies.push(SubjectPolicy { subject, types, rules });
        }
        let policy = policies.last_mut().expect("one was pushed where there was none");
        *policy.types.get_mut(direction) = true;
        // The same pods may be isolated on their own, which brings no rules.
        if !rules.is_empty() {
            *policy.rules.get_mut(direction) = rules;
        }
    }
    policies
}

/// What one run over the flows of a namespace and direction found.
struct Attempt {
    policies: Ruled,
    rows: Vec<(Cube, Vec<Row>)>,
    assigned: Vec<Assigned>,
    /// `None` where anything was taken away after the rules were made: maybe another run does better.
    proof: Option<Proof>,
    budget: Budget,
}

/// The most runs over what the one before found.
const MAX_REVISITS: usize = 8;

/// The rules of one namespace and direction, by subject; no subject is without rules.
fn ruled(flows: &[ir::Flow], direction: Direction, proof: &mut Proof) -> Ruled {
    let flows: Vec<&ir::Flow> =
        flows.iter().filter(|flow| !flow.ports.is_empty() && !is_nobody(&flow.peer)).collect();
    let mut best = attempt(flows, direction, Budget::of(budget::MAX_STEPS));
    for _ in 0..MAX_REVISITS {
        match revisited(&best, direction) {
            Some(shorter) => best = shorter,
            None => break,
        }
    }
    *proof += best.proof.unwrap_or_else(|| Proof::of(&best, &Nearby::new(&best.policies)));
    best.policies.retain(|(_, rules)| !rules.is_empty());
    best.policies
}

/// Starts again with what was found; `None` where that is no shorter.
fn revisited(found: &Attempt, direction: Direction) -> Option<Attempt> {
    if found.proof.is_some() || found.budget.is_spent() {
        return None;
    }
    let flows = revisit::flows(&found.policies);
    let mut next = attempt(flows.iter().collect(), direction, found.budget);
    let is_better = !next.budget.is_spent() && revisit::is_shorter(&next.policies, &found.policies);
    next.policies = revisit::with_origins(next.policies, &found.policies);
    is_better.then_some(next)
}

fn attempt(flows: Vec<&ir::Flow>, direction: Direction, mut budget: Budget) -> Attempt {
    let rows = rows::rows(flows, &mut budget);
    let mut assigned = Vec::with_capacity(rows.len());
    let mut policies: Ruled = Vec::with_capacity(rows.len());
    for (subject, rows) in &rows {
        let mut found = assign::assign(rows, direction, &mut Budget::of(assign::MAX_STEPS));
        policies.push((subject.clone(), std::mem::take(&mut found.rules)));
        assigned.push(found);
    }
    let mut found = Attempt { policies, rows, assigned, proof: None, budget };
    irredundant(&mut found, direction);
    found
}

fn is_nobody(peer: &ir::Peer) -> bool {
    match peer {
        ir::Peer::Addresses(addresses) => addresses.is_empty(),
        ir::Peer::Anywhere | ir::Peer::Pods(_) => false,
    }
}

/// The most rounds of merging and taking away; programs need two or three.
const MAX_ROUNDS: usize = 64;

/// Merges and takes away until neither finds anything. Each lessens rules, peers, ports or labels, so that comes;
/// should it not, the last round stands as if the budget had ended.
fn irredundant(found: &mut Attempt, direction: Direction) {
    for round in 0..MAX_ROUNDS {
        merge(&mut found.policies);
        let nearby = Nearby::new(&found.policies);
        let Some(shorter) = shrink::shrink(&found.policies, &nearby, direction, &mut found.budget) else {
            found.proof = (round == 0).then(|| Proof::of(found, &nearby));
            return;
        };
        found.policies = shorter;
    }
    merge(&mut found.policies);
    found.budget.give_up();
}

fn merge(policies: &mut Ruled) {
    for (_, rules) in policies {
        *rules = merged(std::mem::take(rules));
    }
}

/// Rules with equal peers or ports are one, in canonical order.
fn merged(rules: Vec<Rule>) -> Vec<Rule> {
    if rules.len() < 2 { rules } else { same_ports::same_ports(same_peers::same_peers(rules)) }
}
