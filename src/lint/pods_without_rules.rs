//! W0018: declared pods that are isolated and that no rule mentions.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::Cube;
use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::{NamespaceId, PodNetwork, Pods};
use crate::ir::Direction;
use crate::source::Span;
use crate::syntax::ast::PodsMemberKind;

use super::facts::Facts;
use super::{Budget, isolated_without_rules};

/// What isolates pods with a `default` line of their own is meant, and a namespace without any rule has a lint of
/// its own.
pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let silent: BTreeSet<NamespaceId> = isolated_without_rules::namespaces(facts).into_iter().collect();
    let stated = with_default(facts);
    let mut subjects: BTreeMap<NamespaceId, BTreeSet<&Cube>> = BTreeMap::new();
    for half in &facts.halves {
        subjects.entry(half.namespace).or_default().insert(&half.subject);
    }
    let none = BTreeSet::new();
    let mut budget = Budget::new();
    let candidates = facts.program.pods.iter().filter(|pods| {
        let namespace = facts.namespace(pods.namespace);
        pods.network == PodNetwork::Pod
            && Direction::BOTH.iter().any(|direction| *namespace.isolated.get(*direction))
            && !silent.contains(&pods.namespace)
            && !stated.contains(&pods.span)
    });
    let ruled = |pods: &Pods, budget: &mut Budget| {
        let subjects = subjects.get(&pods.namespace).unwrap_or(&none);
        // The first of all is the namespace as a whole, where a rule has it.
        subjects.contains(&pods.selector)
            || subjects.iter().any(|subject| !budget.take(1) || !subject.is_disjoint(&pods.selector))
    };
    candidates.filter(|pods| !ruled(pods, &mut budget)).map(problem).collect()
}

fn with_default(facts: &Facts) -> BTreeSet<Span> {
    let has_default = |decl: &crate::syntax::ast::PodsDecl| {
        decl.members.iter().any(|member| matches!(member.kind, PodsMemberKind::Default(_)))
    };
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
