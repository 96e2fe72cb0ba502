//! From what a program allows to the fewest rules that say it.
//!
//! Comes in: [`ir::Policy`], naive. Goes out: [`Minimal`]: for each namespace its default-deny, and for each
//! distinct set of subject pods one policy with its rules. Every pass is exact for all pods that could exist;
//! none joins subjects, knows Kubernetes' objects or depends on the order of flows.

mod budget;
mod confine;
mod cover;
mod covered;
mod expressible;
mod granted;
mod joined;
mod needed;
mod rule;
mod same_peers;
mod same_ports;
mod zones;

use std::collections::BTreeMap;

use crate::algebra::{Cube, Text};
use crate::ir::{self, Direction, Directional};

pub use rule::{Listed, Peers, Rule};

/// A policy in its shortest form that is known. Only [`minimise`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minimal {
    namespaces: BTreeMap<Text, NamespacePolicies>,
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
}

impl NamespacePolicies {
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

/// Merges what can be merged without changing what is allowed or isolated.
pub fn minimise(policy: ir::Policy) -> Minimal {
    let namespaces = policy
        .namespaces
        .into_iter()
        .map(|(name, said)| (name, namespace(said)))
        .filter(|(_, written)| written.default_deny != Directional::default() || !written.policies.is_empty())
        .collect();
    Minimal { namespaces }
}

fn namespace(said: ir::Namespace) -> NamespacePolicies {
    let mut default_deny = Directional::default();
    let mut drafts: BTreeMap<Cube, SubjectPolicy> = BTreeMap::new();
    let ir::Namespace { mut isolated, mut flows } = said;
    for direction in Direction::BOTH {
        let isolated = cover::maximal(expressible::cubes(std::mem::take(isolated.get_mut(direction))));
        let flows = confine::confine(std::mem::take(flows.get_mut(direction)), &isolated);
        for (subject, rules) in by_subject(granted::granted(expressible::flows(flows))) {
            let draft = draft(&mut drafts, subject);
            *draft.types.get_mut(direction) = true;
            *draft.rules.get_mut(direction) = reduce(rules);
        }
        for cube in isolated {
            if cube.is_all() {
                *default_deny.get_mut(direction) = true;
            } else {
                *draft(&mut drafts, cube).types.get_mut(direction) = true;
            }
        }
    }
    NamespacePolicies { default_deny, policies: drafts.into_values().collect() }
}

fn draft(drafts: &mut BTreeMap<Cube, SubjectPolicy>, subject: Cube) -> &mut SubjectPolicy {
    drafts.entry(subject).or_insert_with_key(|subject| SubjectPolicy {
        subject: subject.clone(),
        types: Directional::default(),
        rules: Directional::default(),
    })
}

/// One rule a flow that allows anything at all, under its subject.
fn by_subject(flows: Vec<ir::Flow>) -> BTreeMap<Cube, Vec<Rule>> {
    let mut subjects: BTreeMap<Cube, Vec<Rule>> = BTreeMap::new();
    for flow in flows {
        if let Some(rule) = Rule::of(flow.peer, flow.ports, flow.origin) {
            subjects.entry(flow.subject).or_default().push(rule);
        }
    }
    subjects
}

/// The passes, in their order. Each takes and gives rules of one subject and direction.
const PASSES: [fn(Vec<Rule>) -> Vec<Rule>; 4] =
    [same_peers::same_peers, same_ports::same_ports, joined::joined, covered::covered];

/// Runs the passes until none finds anything. Each one lessens rules or peers, so that comes.
fn reduce(mut rules: Vec<Rule>) -> Vec<Rule> {
    loop {
        let next = PASSES.iter().fold(rules.clone(), |rules, pass| pass(rules));
        if next == rules {
            return rules;
        }
        rules = next;
    }
}
