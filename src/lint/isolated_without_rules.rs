//! W0019: a namespace that declares pods, is isolated without saying so, and has no rule.

use std::collections::BTreeSet;

use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::{Namespace, NamespaceId};
use crate::ir::Direction;
use crate::syntax::ast::{MemberKind, NamespaceDecl};

use super::facts::Facts;

/// A `default deny` that somebody wrote is meant, and so is a block without `pods`: the shortest way to cut a
/// namespace off.
pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let stated = with_default(facts);
    let silent = namespaces(facts).into_iter().filter(|id| !facts.declared(*id).is_empty());
    let silent = silent.map(|id| facts.namespace(id));
    silent.filter(|namespace| !stated.contains(namespace.name.as_ref())).map(problem).collect()
}

/// The namespaces that isolate all their pods in a direction, and into which no rule is written, in order.
pub(super) fn namespaces(facts: &Facts) -> Vec<NamespaceId> {
    let mut ruled = vec![false; facts.program.namespaces.len()];
    facts.halves.iter().for_each(|half| ruled[half.namespace.0 as usize] = true);
    let ids = (0..).map(NamespaceId).zip(&facts.program.namespaces).zip(ruled);
    let silent = ids.filter(|((_, it), ruled)| {
        !ruled && Direction::BOTH.iter().any(|direction| *it.isolated.get(*direction))
    });
    silent.map(|((id, _), _)| id).collect()
}

fn with_default<'a>(facts: &Facts<'a>) -> BTreeSet<&'a str> {
    let has_default = |decl: &NamespaceDecl| {
        decl.members.iter().flatten().any(|member| matches!(member.kind, MemberKind::Default(_)))
    };
    let stated = facts.written.namespaces.iter().copied().filter(|decl| has_default(decl));
    stated.map(|decl| decl.name.text.as_str()).collect()
}

fn problem(namespace: &Namespace) -> Diagnostic {
    Diagnostic::new(
        Lint::IsolatedWithoutRules,
        namespace.span,
        format!("namespace `{}` is isolated, and no rule opens anything", namespace.name),
        "its pods can reach nothing, not even DNS, and nothing reaches them",
    )
    .with_help("write its rules, or `default deny` in its block where that is meant")
}
