//! W0018: declared pods that are isolated and that no rule mentions.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::{NamespaceId, PodNetwork, Pods, Scope, SetId};
use crate::ir::Direction;
use crate::source::Span;
use crate::syntax::ast::{PodsDecl, PodsMemberKind};

use super::facts::Facts;
use super::{Budget, isolated_without_rules};

/// What isolates pods with a `default` line of their own is meant, and a namespace without any rule has a lint of
/// its own.
pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let silent = isolated_without_rules::namespaces(facts);
    let stated = with_default(facts);
    let mut rules = Rules::of(facts);
    let candidates = facts.program.pods.iter().zip(facts.peers.of_pods()).filter(|(pods, number)| {
        let namespace = facts.namespace(pods.namespace);
        !facts.peers.is_in_rules(**number)
            && pods.network == PodNetwork::Pod
            && Direction::BOTH.iter().any(|direction| *namespace.isolated.get(*direction))
            && silent.binary_search(&pods.namespace).is_err()
            && !stated.contains(&pods.span)
    });
    candidates.filter(|(pods, _)| !rules.are_about(pods)).map(|(pods, _)| problem(pods)).collect()
}

/// The pods that rules are about, on either side.
struct Rules<'f, 'a> {
    facts: &'f Facts<'a>,
    /// By namespace, the sets that hold it.
    sets: BTreeMap<NamespaceId, Vec<SetId>>,
    budget: Budget,
}

impl<'f, 'a> Rules<'f, 'a> {
    fn of(facts: &'f Facts<'a>) -> Self {
        let mut sets: BTreeMap<NamespaceId, Vec<SetId>> = BTreeMap::new();
        for (id, set) in (0..).map(SetId).zip(&facts.program.sets) {
            for namespace in &set.managed {
                sets.entry(*namespace).or_default().push(id);
            }
        }
        Self { facts, sets, budget: Budget::new() }
    }

    /// Where the budget ends, they are taken to be.
    fn are_about(&mut self, pods: &Pods) -> bool {
        let sets = self.sets.get(&pods.namespace).into_iter().flatten().map(|set| Scope::Set(*set));
        let scopes =
            [Scope::Namespace(pods.namespace), Scope::Managed, Scope::Cluster].into_iter().chain(sets);
        let (peers, budget) = (&self.facts.peers, &mut self.budget);
        let known = scopes.flat_map(|scope| peers.within(scope)).filter(|number| peers.is_in_rules(*number));
        let mut selectors = known.filter_map(|number| peers.get(number).selector());
        peers.anywhere().is_some() || selectors.any(|it| !budget.take(1) || !it.is_disjoint(&pods.selector))
    }
}

fn with_default(facts: &Facts) -> BTreeSet<Span> {
    let has_default =
        |decl: &PodsDecl| decl.members.iter().any(|member| matches!(member.kind, PodsMemberKind::Default(_)));
    let stated = facts.written.pods.iter().filter(|pods| has_default(pods));
    stated.map(|pods| pods.name.span).collect()
}

fn problem(pods: &Pods) -> Diagnostic {
    Diagnostic::new(
        Lint::PodsWithoutRules,
        pods.span,
        format!("no rule is about the pods `{}`", pods.name),
        "their namespace isolates them, so nothing that it isolates is possible for them",
    )
    .with_help("write the rules that they need, or `default deny` in their block where none is meant")
}
