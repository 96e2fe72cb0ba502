//! W0006: pods may open connections to what has a name, and may ask nobody for an address.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::{Cube, PortSet, Protocol};
use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::{Halves, Isolation, NamespaceId, PeerKind, Pods, Rule, Target};
use crate::ir::Direction;
use crate::source::Span;

use super::Budget;
use super::facts::{Facts, Family, covers_the_world};
use super::written::bare_name;

/// What leaves a namespace.
#[derive(Clone, Debug, Default)]
struct Egress {
    /// The first rule by place that leads to something with a name.
    named: Option<Span>,
    dns: bool,
}

/// One finding a namespace: where one rule leads to DNS, somebody has thought of it.
pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let services = dns_services(facts);
    let mut namespaces = vec![Egress::default(); facts.program.namespaces.len()];
    for half in facts.halves.iter().filter(|half| half.direction == Direction::Egress) {
        let egress = &mut namespaces[half.namespace.0 as usize];
        egress.dns = egress.dns || half.rule.to.iter().any(|target| is_dns(target, &services));
        if leads_to_a_name(half.rule) {
            let span = facts.span(half.rule);
            egress.named = Some(egress.named.map_or(span, |known| known.min(span)));
        }
    }
    let mute = (0..).map(NamespaceId).zip(namespaces).filter(|(_, egress)| !egress.dns);
    let mute: Vec<(NamespaceId, Span)> = mute.filter_map(|(id, egress)| Some((id, egress.named?))).collect();
    let is_whole = |id: NamespaceId| facts.namespace(id).isolated.egress;
    let single = mute.iter().map(|(id, _)| *id).filter(|id| !is_whole(*id)).collect();
    let single = Single::of(facts, &single);
    let problem = |(id, rule): (NamespaceId, Span)| {
        if is_whole(id) { Some(problem(facts, id, rule)) } else { single.problem(id, rule) }
    };
    mute.into_iter().filter_map(problem).collect()
}

/// The `pods` that isolate their own egress, in namespaces that do not, and that rules lead to something with a name.
#[derive(Default)]
struct Single<'a>(BTreeMap<NamespaceId, Vec<&'a Pods>>);

impl<'a> Single<'a> {
    /// Those of some namespaces.
    fn of(facts: &Facts<'a>, namespaces: &BTreeSet<NamespaceId>) -> Self {
        if namespaces.is_empty() {
            return Self::default();
        }
        let subjects = subjects(facts, namespaces);
        let mut budget = Budget::new();
        let mut found: BTreeMap<NamespaceId, Vec<&Pods>> = BTreeMap::new();
        for pods in facts.program.pods.iter().filter(|pods| pods.isolated.egress) {
            let Some(cubes) = subjects.get(&pods.namespace) else { continue };
            let speak = cubes.contains(&pods.selector)
                || budget.take(cubes.len()) && cubes.iter().any(|cube| !cube.is_disjoint(&pods.selector));
            if speak {
                found.entry(pods.namespace).or_default().push(pods);
            }
        }
        for pods in found.values_mut() {
            pods.sort_by_key(|pods| pods.span);
        }
        Self(found)
    }

    fn problem(&self, id: NamespaceId, rule: Span) -> Option<Diagnostic> {
        let (first, others) = self.0.get(&id)?.split_first()?;
        let names: Vec<&str> = self.0[&id].iter().map(|pods| pods.name.as_ref()).collect();
        let found = Diagnostic::new(
            Lint::MissingDnsEgress,
            first.span,
            format!("pods `{}` may not ask DNS", names.join("`, `")),
            "their egress is isolated, so whatever is looked up by its name cannot be reached, allowed or not",
        );
        let found = others.iter().fold(found, |found, pods| found.with_label(pods.span, "nor may these"));
        let found = found.with_label(rule, "this is usually reached by a name");
        Some(found.with_help(format!("add `allow {} -> dns` to their namespace", names.join(" | "))))
    }
}

/// The isolated pods of some namespaces for which a rule to something with a name is written.
fn subjects(facts: &Facts, namespaces: &BTreeSet<NamespaceId>) -> BTreeMap<NamespaceId, BTreeSet<Cube>> {
    let isolation = Isolation::of(facts.program);
    let mut subjects: BTreeMap<NamespaceId, BTreeSet<Cube>> = BTreeMap::new();
    let rules = facts.program.rules.iter();
    for rule in rules.filter(|rule| rule.halves != Halves::Ingress && leads_to_a_name(rule)) {
        for source in &rule.from {
            let found = isolation.subjects(facts.program, &source.kind, Direction::Egress);
            for (namespace, cube) in found.filter(|(namespace, _)| namespaces.contains(namespace)) {
                subjects.entry(namespace).or_default().insert(cube);
            }
        }
    }
    subjects
}

fn leads_to_a_name(rule: &Rule) -> bool {
    rule.to.iter().any(|target| has_name(&target.peer.kind))
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
