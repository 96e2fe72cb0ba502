//! W0014: a rule that opens every port of its target.

use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::source::Span;
use crate::syntax::ast::{Alternative, PeerKind, PortValue, Union};

use super::facts::Facts;
use super::written::{Line, Role};

/// Where `anywhere` or `cluster` takes part, `wide-open` says more.
pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let allows = facts.written.lines.iter().filter(|line| line.role == Role::Allow && !is_wide(line));
    let targets = allows.flat_map(|line| &line.to.alternatives).filter(|target| !is_unlimited(target));
    targets.filter_map(every).map(problem).collect()
}

fn is_wide(line: &Line) -> bool {
    let alternatives = |union: &Union| union.alternatives.iter().any(is_unlimited);
    line.from.is_some_and(alternatives)
}

fn is_unlimited(alternative: &Alternative) -> bool {
    match alternative.peer.kind {
        PeerKind::Anywhere | PeerKind::Cluster => true,
        PeerKind::Managed | PeerKind::Pods { .. } | PeerKind::Addresses { .. } => false,
    }
}

/// The `*` that stands for every port of every protocol.
fn every(target: &Alternative) -> Option<Span> {
    let ports = target.ports.iter().flatten();
    ports.filter(|port| port.protocol.is_none()).find_map(|port| match port.value {
        PortValue::Every(span) => Some(span),
        PortValue::Word(_) => None,
    })
}

fn problem(span: Span) -> Diagnostic {
    Diagnostic::new(
        Lint::AllPorts,
        span,
        "this rule opens every port",
        "also debuggers, metrics and whatever will listen there tomorrow can be reached",
    )
    .with_help("list the ports that are meant, such as `:8080` or `:53/udp`")
}
