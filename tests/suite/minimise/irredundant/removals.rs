//! One thing less: a policy without rules, a type without rules, a rule, peer, port entry, exception, requirement, value.

use std::borrow::Cow;

use netdsl::denote::{self, Object, Rule, Selector, Spec};

use super::Edit;

/// Every removal of one thing.
pub(super) fn edits<'t>(objects: &[Object<'t>]) -> Vec<Edit<'t>> {
    let edited = objects.iter().enumerate().filter(|(_, it)| it.name.as_deref() != Some("default-deny"));
    edited.flat_map(|(at, object)| of_object(objects, at, &object.spec)).collect()
}

fn of_object<'t>(objects: &[Object<'t>], at: usize, spec: &Spec<'t>) -> Vec<Edit<'t>> {
    let edit = |what: String, spec: Option<Spec<'t>>| Edit::of(objects, at, &what, spec);
    let mut all = Vec::new();
    if spec.ingress.is_empty() && spec.egress.is_empty() {
        all.push(edit("without it".to_owned(), None));
    }
    for (what, policy_types) in types(spec) {
        all.push(edit(what, Some(Spec { policy_types, ..spec.clone() })));
    }
    for (what, ingress) in rules(&spec.ingress) {
        all.push(edit(format!("ingress {what}"), Some(Spec { ingress, ..spec.clone() })));
    }
    for (what, egress) in rules(&spec.egress) {
        all.push(edit(format!("egress {what}"), Some(Spec { egress, ..spec.clone() })));
    }
    all
}

/// Both types without one that has no rules.
fn types<'t>(spec: &Spec<'t>) -> Vec<(String, Vec<Cow<'t, str>>)> {
    let has_rules =
        |name: &str| if name == "Ingress" { !spec.ingress.is_empty() } else { !spec.egress.is_empty() };
    let less = without_one(&spec.policy_types)
        .filter(|(at, rest)| !rest.is_empty() && !has_rules(&spec.policy_types[*at]));
    less.map(|(at, rest)| (format!("without {}", spec.policy_types[at]), rest)).collect()
}

/// The list without each of its items.
fn without_one<T: Clone>(items: &[T]) -> impl Iterator<Item = (usize, Vec<T>)> {
    (0..items.len()).map(|at| (at, [&items[..at], &items[at + 1..]].concat()))
}

fn rules<'t>(rules: &[Rule<'t>]) -> Vec<(String, Vec<Rule<'t>>)> {
    let mut all: Vec<(String, Vec<Rule>)> =
        without_one(rules).map(|(at, rest)| (format!("without rule {at}"), rest)).collect();
    for (at, rule) in rules.iter().enumerate() {
        for (what, less) in within(rule) {
            let mut changed = rules.to_vec();
            changed[at] = less;
            all.push((format!("rule {at} without {what}"), changed));
        }
    }
    all
}

fn within<'t>(rule: &Rule<'t>) -> Vec<(String, Rule<'t>)> {
    let mut all = Vec::new();
    for (at, peers) in without_one(&rule.peers).filter(|(_, rest)| !rest.is_empty()) {
        all.push((format!("peer {at}"), Rule { peers, ..rule.clone() }));
    }
    for (at, ports) in without_one(&rule.ports).filter(|(_, rest)| !rest.is_empty()) {
        all.push((format!("port {at}"), Rule { ports, ..rule.clone() }));
    }
    for (at, peer) in rule.peers.iter().enumerate() {
        for (what, less) in of_peer(peer) {
            let mut peers = rule.peers.clone();
            peers[at] = less;
            all.push((format!("{what} of peer {at}"), Rule { peers, ..rule.clone() }));
        }
    }
    all
}

fn of_peer<'t>(peer: &denote::Peer<'t>) -> Vec<(String, denote::Peer<'t>)> {
    let mut all = Vec::new();
    for (what, less) in peer.pod_selector.iter().flat_map(selector) {
        all.push((what, denote::Peer { pod_selector: Some(less), ..peer.clone() }));
    }
    for (what, less) in peer.namespace_selector.iter().flat_map(selector) {
        all.push((what, denote::Peer { namespace_selector: Some(less), ..peer.clone() }));
    }
    if let Some(block) = &peer.ip_block {
        for (at, except) in without_one(&block.except) {
            let less = denote::IpBlock { except, ..block.clone() };
            all.push((format!("except {at}"), denote::Peer { ip_block: Some(less), ..peer.clone() }));
        }
    }
    all
}

fn selector<'t>(selector: &Selector<'t>) -> Vec<(String, Selector<'t>)> {
    let mut all = Vec::new();
    for (at, match_labels) in without_one(&selector.match_labels) {
        all.push((format!("label {at}"), Selector { match_labels, ..selector.clone() }));
    }
    for (at, match_expressions) in without_one(&selector.match_expressions) {
        all.push((format!("expression {at}"), Selector { match_expressions, ..selector.clone() }));
    }
    for (at, expression) in selector.match_expressions.iter().enumerate() {
        for (value, values) in without_one(&expression.values).filter(|(_, rest)| !rest.is_empty()) {
            let mut changed = selector.clone();
            changed.match_expressions[at].values = values;
            all.push((format!("value {value} of expression {at}"), changed));
        }
    }
    all
}
