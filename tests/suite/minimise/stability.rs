//! An edit of one line changes the policies that it concerns and no other byte.
//!
//! `cargo bench --bench minimal` prints how many lines that is, over hundreds of edits; here are some of each kind.

#[path = "../../../benches/minimal/changes.rs"]
mod changes;
#[path = "../../../benches/minimal/edits.rs"]
#[allow(dead_code, reason = "shared with benches")]
mod edits;

use std::collections::BTreeSet;

use netdsl::ir::{Direction, Flow, Origin, Policy};
use netdsl::{lower, pipeline};

use crate::clusters::generator as clusters;
use crate::support;
use changes::{Changes, changes};
use clusters::{Files, Numbers, Shape, cluster};
use edits::Kind;

/// A program, its meaning, and its output.
struct Compiled {
    policy: Policy,
    yaml: String,
}

fn compiled(text: &str) -> Compiled {
    let compiled = support::compile(text, "main.netdsl");
    let yaml = compiled.yaml.unwrap_or_else(|| panic!("{}\n{text}", compiled.rendered));
    let (checked, _) = pipeline::check(&mut support::parse(text)).expect("it compiles");
    Compiled { policy: lower::lower(&checked).policy, yaml }
}

fn program(seed: u64) -> String {
    let shape = Shape { seed, ..Shape::of(100).with(Files::One) };
    cluster(&shape).files.into_iter().map(|(_, text)| text).collect()
}

/// The namespaces about which the two say something else, wherever that stands in the program.
fn concerned(before: &Policy, after: &Policy) -> BTreeSet<String> {
    let flows = |policy: &Policy, name: &str, direction| -> BTreeSet<Flow> {
        let flows = policy.namespaces.get(name).map(|it| it.flows.get(direction).clone());
        flows.unwrap_or_default().into_iter().map(|flow| Flow { origin: Origin(0), ..flow }).collect()
    };
    let names: BTreeSet<&str> =
        before.namespaces.keys().chain(after.namespaces.keys()).map(|name| &**name).collect();
    let differs =
        |name: &&str| Direction::BOTH.into_iter().any(|it| flows(before, name, it) != flows(after, name, it));
    names.into_iter().filter(differs).map(str::to_owned).collect()
}

fn check(kind: Kind, before: &Compiled, after: &Compiled) -> Changes {
    let concerned = concerned(&before.policy, &after.policy);
    let found = changes(&before.yaml, &after.yaml);
    let others: Vec<_> =
        found.policies.iter().filter(|(namespace, _)| !concerned.contains(namespace)).collect();
    assert!(others.is_empty(), "{kind:?} concerns {concerned:?} alone: {others:?}");
    found
}

/// Whether two `pods` of some namespace have one selector: then the first in the alphabet gives the name.
fn has_twins(text: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut namespace = "";
    text.lines().any(|line| {
        namespace = line.strip_prefix("namespace ").unwrap_or(namespace);
        let selector = line.split_once(" where ").map(|(_, rest)| rest.trim_end_matches(" {"));
        selector.is_some_and(|selector| !seen.insert((namespace, selector)))
    })
}

#[test]
fn edits_change_what_they_concern() {
    for seed in 0..2 {
        let text = program(seed);
        let before = compiled(&text);
        let mut numbers = Numbers::of(seed);
        for kind in Kind::ALL {
            for _ in 0..3 {
                let edited = edits::edited(&text, kind, &mut numbers);
                let found = check(kind, &before, &compiled(&edited));
                assert!(found.renamed.is_empty() || has_twins(&edited), "{kind:?}: {:?}", found.renamed);
                assert!(found.lines > 0 || kind != Kind::Label, "{kind:?} has another subject or peer");
            }
        }
    }
}

#[test]
fn changes_are_seen() {
    let text = program(7);
    let before = compiled(&text);
    let swapped =
        before.yaml.replace("  name: db\n", "  name: db-1\n").replacen("port: 443\n", "port: 444\n", 1);
    let found = changes(&before.yaml, &swapped);
    assert!(found.lines >= 4 && found.policies.len() >= 3, "{found:?}");
    assert!(!found.renamed.is_empty() && found.renamed.iter().all(|name| name == "db"), "{found:?}");
}
