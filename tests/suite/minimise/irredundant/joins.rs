//! Two things as one: policies of one subject, rules, peers, blocks, exceptions, ranges of ports, requirements.
//!
//! Wider than the exact rewrites, which are pairs that always join: every two rules become their peers on all their
//! ports, two blocks what holds both, two ranges what lies between them. That is exact where something else allows
//! what comes in, and then it should have been done. Exempt are rules of egress that would name a port at an address.

use std::borrow::Cow;
use std::collections::BTreeSet;

use cidr::{IpCidr, IpInet};
use netdsl::denote::{Expression, IpBlock, Object, Peer, Port, PortRef, Rule, Selector, Spec};

use super::{Edit, selectors};

/// Every join of two things.
pub(super) fn edits<'t>(objects: &[Object<'t>]) -> Vec<Edit<'t>> {
    let ours: Vec<usize> =
        (0..objects.len()).filter(|at| objects[*at].name.as_deref() != Some("default-deny")).collect();
    let of_object = |at: &usize| -> Vec<Edit> {
        let object = &objects[*at];
        let own = object.namespace.as_deref().expect("our objects have it");
        let edit = |(what, spec): (String, Spec<'t>)| Edit::of(objects, *at, &what, Some(spec));
        specs(&object.spec, own).into_iter().map(edit).collect()
    };
    let within = ours.iter().flat_map(of_object);
    within.chain(pairs(&ours).filter_map(|(a, b)| policies(objects, *a, *b))).collect()
}

/// Each item with each later one.
fn pairs<T>(items: &[T]) -> impl Iterator<Item = (&T, &T)> {
    items.iter().enumerate().flat_map(|(at, a)| items[at + 1..].iter().map(move |b| (a, b)))
}

/// Every list in which two items are one, where `join` can make one of them.
fn joined<T: Clone>(items: &[T], join: impl Fn(&T, &T) -> Option<T>) -> Vec<(String, Vec<T>)> {
    let places: Vec<usize> = (0..items.len()).collect();
    let join = |(a, b): (&usize, &usize)| {
        let mut list = items.to_vec();
        list[*a] = join(&items[*a], &items[*b])?;
        list.remove(*b);
        Some((format!("{a} and {b}"), list))
    };
    pairs(&places).filter_map(join).collect()
}

/// One policy of two with the same subject.
fn policies<'t>(objects: &[Object<'t>], a: usize, b: usize) -> Option<Edit<'t>> {
    let (first, second) = (&objects[a].spec, &objects[b].spec);
    if selectors::cube(&first.pod_selector) != selectors::cube(&second.pod_selector) {
        return None;
    }
    let types: BTreeSet<&Cow<'_, str>> = first.policy_types.iter().chain(&second.policy_types).collect();
    let both = Spec {
        pod_selector: first.pod_selector.clone(),
        policy_types: types.into_iter().cloned().collect(),
        ingress: [&first.ingress[..], &second.ingress].concat(),
        egress: [&first.egress[..], &second.egress].concat(),
    };
    let edit = Edit::of(objects, a, "with another policy of its subject", Some(both));
    Some(Edit { specs: edit.specs.into_iter().chain([(b, None)]).collect(), ..edit })
}

fn specs<'t>(spec: &Spec<'t>, own: &str) -> Vec<(String, Spec<'t>)> {
    let ingress = rules(&spec.ingress, own).into_iter();
    let ingress =
        ingress.map(|(what, ingress)| (format!("ingress {what}"), Spec { ingress, ..spec.clone() }));
    let names = |rules: &[Rule<'t>]| rules.iter().filter(|rule| names_a_port_at_an_address(rule)).count();
    let names_no_more = |(_, egress): &(String, Vec<Rule<'t>>)| names(egress) <= names(&spec.egress);
    let egress = rules(&spec.egress, own).into_iter().filter(names_no_more);
    let egress = egress.map(|(what, egress)| (format!("egress {what}"), Spec { egress, ..spec.clone() }));
    ingress.chain(egress).collect()
}

fn rules<'t>(rules: &[Rule<'t>], own: &str) -> Vec<(String, Vec<Rule<'t>>)> {
    let mut all = joined(rules, |a, b| Some(product(a, b)));
    for (at, rule) in rules.iter().enumerate() {
        for (what, shorter) in within(rule, own) {
            let mut changed = rules.to_vec();
            changed[at] = shorter;
            all.push((format!("rule {at} {what}"), changed));
        }
    }
    all
}

/// Some plugins take an address for the pod that has it, and there the name is a port that nobody asked for.
fn names_a_port_at_an_address(rule: &Rule<'_>) -> bool {
    let is_name = |port: &Port| matches!(port.port, Some(PortRef::Name(_)));
    rule.ports.iter().any(is_name) && rule.peers.iter().any(|peer| peer.ip_block.is_some())
}

/// All peers of both on all ports of both; an empty list is everything.
fn product<'t>(a: &Rule<'t>, b: &Rule<'t>) -> Rule<'t> {
    Rule { peers: either(&a.peers, &b.peers), ports: either(&a.ports, &b.ports) }
}

fn either<T: Clone>(a: &[T], b: &[T]) -> Vec<T> {
    if a.is_empty() || b.is_empty() { Vec::new() } else { [a, b].concat() }
}

fn within<'t>(rule: &Rule<'t>, own: &str) -> Vec<(String, Rule<'t>)> {
    let mut all = Vec::new();
    for (what, peers) in joined(&rule.peers, |a, b| peer(a, b, own)) {
        all.push((format!("peers {what}"), Rule { peers, ..rule.clone() }));
    }
    for (what, ports) in joined(&rule.ports, ports) {
        all.push((format!("ports {what}"), Rule { ports, ..rule.clone() }));
    }
    for (at, peer) in rule.peers.iter().enumerate() {
        for (what, shorter) in inside(peer) {
            let mut peers = rule.peers.clone();
            peers[at] = shorter;
            all.push((format!("peer {at} {what}"), Rule { peers, ..rule.clone() }));
        }
    }
    all
}

fn peer<'t>(a: &Peer<'t>, b: &Peer<'t>, own: &str) -> Option<Peer<'t>> {
    match (&a.ip_block, &b.ip_block) {
        (Some(a), Some(b)) => block(a, b),
        (None, None) => selectors::join(a, b, own),
        (Some(_), None) | (None, Some(_)) => None,
    }
}

/// The smallest block that holds both, without what either leaves out.
fn block<'t>(a: &IpBlock<'t>, b: &IpBlock<'t>) -> Option<Peer<'t>> {
    let except = [&a.except[..], &b.except].concat();
    Some(Peer { ip_block: Some(IpBlock { cidr: around(&a.cidr, &b.cidr)?, except }), ..Peer::default() })
}

/// The longest prefix that holds both.
fn around<'t>(a: &Cow<'t, str>, b: &Cow<'t, str>) -> Option<Cow<'t, str>> {
    let read = |text: &str| text.parse::<IpCidr>().expect("our blocks are legal");
    let (a, b) = (read(a), read(b));
    let most = a.network_length().min(b.network_length());
    let prefix = |length: u8| Some(IpInet::new(a.first_address(), length).ok()?.network());
    let holds = |prefix: &IpCidr| prefix.contains(&b.first_address());
    // A whole address is written without its length by this library, and with it in policies.
    (0..=most).rev().filter_map(prefix).find(holds).map(|prefix| format!("{prefix:#}").into())
}

/// The range from the lower to the higher; a name joins with the same name alone.
fn ports<'t>(a: &Port<'t>, b: &Port<'t>) -> Option<Port<'t>> {
    if a.protocol != b.protocol {
        return None;
    }
    match (&a.port, &b.port) {
        (Some(PortRef::Number(first)), Some(PortRef::Number(second))) => {
            let last = a.end_port.unwrap_or(*first).max(b.end_port.unwrap_or(*second));
            let port = Some(PortRef::Number(*first.min(second)));
            Some(Port { port, end_port: Some(last), ..a.clone() })
        }
        (None, _) => Some(a.clone()),
        (_, None) => Some(b.clone()),
        (Some(first), Some(second)) => (first == second).then(|| a.clone()),
    }
}

/// Joins within one peer: of exceptions, and of requirements on one key.
fn inside<'t>(peer: &Peer<'t>) -> Vec<(String, Peer<'t>)> {
    let mut all = Vec::new();
    if let Some(block) = &peer.ip_block {
        for (what, except) in joined(&block.except, around) {
            let block = IpBlock { except, ..block.clone() };
            all.push((format!("exceptions {what}"), Peer { ip_block: Some(block), ..peer.clone() }));
        }
    }
    for (what, pods) in peer.pod_selector.iter().flat_map(requirements) {
        all.push((what, Peer { pod_selector: Some(pods), ..peer.clone() }));
    }
    for (what, namespaces) in peer.namespace_selector.iter().flat_map(requirements) {
        all.push((what, Peer { namespace_selector: Some(namespaces), ..peer.clone() }));
    }
    all
}

/// Two expressions about one key as a single one, where there is one that says both.
fn requirements<'t>(selector: &Selector<'t>) -> Vec<(String, Selector<'t>)> {
    let equality = |(key, value): &(Cow<'t, str>, Cow<'t, str>)| -> Expression<'t> {
        Expression { key: key.clone(), operator: "In".into(), values: vec![value.clone()] }
    };
    let all: Vec<Expression<'t>> = selector
        .match_labels
        .iter()
        .map(equality)
        .chain(selector.match_expressions.iter().cloned())
        .collect();
    let with = |match_expressions| Selector { match_labels: Vec::new(), match_expressions };
    let both = |a: &Expression<'t>, b: &Expression<'t>| -> Option<Expression<'t>> { selectors::both(a, b) };
    let joined = joined(&all, both).into_iter();
    joined.map(|(what, expressions)| (format!("requirements {what}"), with(expressions))).collect()
}
