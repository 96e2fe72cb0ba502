//! W0017: the name of a container port in an egress rule, which network plugins do not agree about.

use crate::algebra::{PortSet, Protocol};
use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::Target;
use crate::ir::Direction;

use super::facts::Facts;

/// In ingress rules the name is looked up in the subject's own containers, which every plugin knows.
pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let egress = facts.halves.iter().filter(|half| half.direction == Direction::Egress);
    let targets = egress.flat_map(|half| &half.rule.to);
    let mut found: Vec<_> =
        targets.filter_map(|target| Some(problem(target, name(&target.ports)?))).collect();
    found.sort_by_key(|problem| problem.primary.span);
    found.dedup();
    found
}

/// A name of a container port among some ports.
fn name(ports: &PortSet) -> Option<&str> {
    Protocol::ALL.iter().find_map(|protocol| ports.protocol(*protocol).names().first()).map(AsRef::as_ref)
}

fn problem(target: &Target, name: &str) -> Diagnostic {
    Diagnostic::new(
        Lint::ContainerPortName,
        target.peer.span,
        format!("an egress rule would name the container port `{name}`"),
        "network plugins differ here: some allow nothing, some look the name up once and keep the number",
    )
    .with_help("write or declare the port's number, or write `allow ingress` where the sources' egress is not to be opened")
}
