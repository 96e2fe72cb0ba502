//! W0006: pods may open connections to what has a name, and may ask nobody for an address.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::{PortSet, Protocol};
use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::{NamespaceId, PeerKind, Target};
use crate::ir::Direction;
use crate::source::Span;

use super::facts::{Facts, Family, covers_the_world};
use super::written::bare_name;

/// What leaves a namespace.
#[derive(Debug, Default)]
struct Egress {
    /// The first rule by place that leads to something with a name.
    named: Option<Span>,
    dns: bool,
}

/// One finding a namespace: where one rule leads to DNS, somebody has thought of it.
pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let services = dns_services(facts);
    let mut namespaces: BTreeMap<NamespaceId, Egress> = BTreeMap::new();
    for half in facts.halves.iter().filter(|half| half.direction == Direction::Egress) {
        let egress = namespaces.entry(half.namespace).or_default();
        egress.dns = egress.dns || half.rule.to.iter().any(|target| is_dns(target, &services));
        if half.rule.to.iter().any(|target| has_name(&target.peer.kind)) {
            let span = facts.span(half.rule);
            egress.named = Some(egress.named.map_or(span, |known| known.min(span)));
        }
    }
    let missing = |(id, egress): (NamespaceId, Egress)| match egress {
        Egress { named: Some(rule), dns: false } => Some(problem(facts, id, rule)),
        Egress { .. } => None,
    };
    namespaces.into_iter().filter_map(missing).collect()
}

/// The places where rules name the service `dns`, which a program may have put on any port.
fn dns_services(facts: &Facts) -> BTreeSet<Span> {
    let targets = facts.written.lines.iter().flat_map(|line| &line.to.alternatives);
    let named = targets.filter(|it| bare_name(&it.peer).is_some_and(|word| word.text == "dns"));
    named.map(|alternative| alternative.span).collect()
}

fn is_dns(target: &Target, services: &BTreeSet<Span>) -> bool {
    services.contains(&target.peer.span) || has_port_53(&target.ports)
}

fn has_port_53(ports: &PortSet) -> bool {
    [Protocol::Udp, Protocol::Tcp].iter().any(|protocol| ports.protocol(*protocol).numbers().contains(53))
}

/// Pods are found by the names of Services, the internet by host names; a few addresses are dialled as they are.
fn has_name(peer: &PeerKind) -> bool {
    match peer {
        PeerKind::Anywhere | PeerKind::Pods { .. } => true,
        PeerKind::Addresses(addresses) => {
            covers_the_world(addresses, Family::V4) || covers_the_world(addresses, Family::V6)
        }
    }
}

fn problem(facts: &Facts, id: NamespaceId, rule: Span) -> Diagnostic {
    let namespace = facts.namespace(id);
    Diagnostic::new(
        Lint::MissingDnsEgress,
        namespace.span,
        format!("no pod of namespace `{}` may ask DNS", namespace.name),
        "its egress is isolated, so whatever is looked up by its name cannot be reached, allowed or not",
    )
    .with_label(rule, "this is usually reached by a name")
    .with_help("add `allow * -> dns` to its block")
}
