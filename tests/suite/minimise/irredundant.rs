//! Nothing in the output can go: each removal changes what the proof says is allowed.

use netdsl::denote::{self, Object, Rule, Selector};
use netdsl::ir::Policy;
use netdsl::verify::{self, Verdict};
use proptest::prelude::*;

use super::laws::{cases, policy};
use crate::backend;

/// Every text with one thing less; subjects, and policies without rules, stay as they are.
fn shorter<'t>(objects: &[Object<'t>]) -> Vec<(String, Vec<Object<'t>>)> {
    let mut all = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        for (what, spec) in rules(&object.spec.ingress) {
            all.push((
                format!("{at} ingress {what}"),
                at,
                denote::Spec { ingress: spec, ..object.spec.clone() },
            ));
        }
        for (what, spec) in rules(&object.spec.egress) {
            all.push((
                format!("{at} egress {what}"),
                at,
                denote::Spec { egress: spec, ..object.spec.clone() },
            ));
        }
    }
    let with = |(what, at, spec): (String, usize, denote::Spec<'t>)| {
        let mut objects = objects.to_vec();
        objects[at].spec = spec;
        (what, objects)
    };
    all.into_iter().map(with).collect()
}

/// The list without each of its items.
fn without_one<T: Clone>(items: &[T]) -> impl Iterator<Item = (usize, Vec<T>)> {
    (0..items.len()).map(|at| (at, [&items[..at], &items[at + 1..]].concat()))
}

fn rules<'t>(rules: &[Rule<'t>]) -> Vec<(String, Vec<Rule<'t>>)> {
    let mut all: Vec<(String, Vec<Rule<'t>>)> =
        without_one(rules).map(|(at, rest)| (format!("rule {at}"), rest)).collect();
    for (at, rule) in rules.iter().enumerate() {
        for (what, less) in within(rule) {
            let mut changed = rules.to_vec();
            changed[at] = less;
            all.push((format!("rule {at} {what}"), changed));
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
        let mut with = |what: String, peer: denote::Peer<'t>| {
            let mut peers = rule.peers.clone();
            peers[at] = peer;
            all.push((format!("peer {at} {what}"), Rule { peers, ..rule.clone() }));
        };
        for (what, less) in peer.pod_selector.iter().flat_map(selector) {
            with(format!("pods {what}"), denote::Peer { pod_selector: Some(less), ..peer.clone() });
        }
        for (what, less) in peer.namespace_selector.iter().flat_map(selector) {
            with(
                format!("namespaces {what}"),
                denote::Peer { namespace_selector: Some(less), ..peer.clone() },
            );
        }
        if let Some(block) = &peer.ip_block {
            for (at, except) in without_one(&block.except) {
                let less = denote::IpBlock { except, ..block.clone() };
                with(format!("except {at}"), denote::Peer { ip_block: Some(less), ..peer.clone() });
            }
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

fn check(policy: &Policy) -> Result<(), TestCaseError> {
    let yaml = backend::yaml(policy.clone());
    let objects = denote::read(&yaml).expect("our text can be read");
    let (whole, _) = denote::denote(&objects);
    let proved = verify::compare(policy, &whole);
    prop_assert!(matches!(proved, Verdict::Proved(_)), "{yaml}{proved:?}");
    for (what, less) in shorter(&objects) {
        let (less, _) = denote::denote(&less);
        let verdict = verify::compare(&whole, &less);
        prop_assert!(matches!(verdict, Verdict::Differs(_)), "{what} can go from\n{yaml}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(96), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_goes_changes_what_is_allowed(policy in policy()) {
        check(&policy)?;
    }
}
