//! W0012: `app=web | db`, where `db` could be meant as a second value of `app`.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::source::Span;
use crate::syntax::ast::{LabelValue, Labelled, Requirement, Union, Word};

use super::facts::Facts;
use super::written::{bare_name, selector, values};

/// The values of pods' labels by key, each with a place where it stands.
type Values<'a> = BTreeMap<(&'a str, &'a str), Span>;

pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let all = facts.written.lines.iter().flat_map(|line| line.from.into_iter().chain([line.to]));
    let unions: Vec<&Union> = all.filter(|union| has_selector_and_name(union)).collect();
    if unions.is_empty() {
        return Vec::new();
    }
    let known = known_values(facts);
    unions.into_iter().flat_map(|union| in_union(union, &known)).collect()
}

/// What is declared, and what `pods` require.
fn known_values<'a>(facts: &Facts<'a>) -> Values<'a> {
    let mut known = Values::new();
    for decl in facts.written.labels.iter().filter(|decl| decl.of == Labelled::Pods) {
        for value in &decl.values {
            if let LabelValue::Value(word) = value {
                known.entry((&decl.key.text, &word.text)).or_insert(word.span);
            }
        }
    }
    for requirement in facts.written.pods.iter().flat_map(|pods| &pods.selector.requirements) {
        for word in values(requirement) {
            known.entry((&requirement.key.text, &word.text)).or_insert(word.span);
        }
    }
    known
}

fn has_selector_and_name(union: &Union) -> bool {
    let peers = || union.alternatives.iter().map(|alternative| &alternative.peer);
    peers().any(|peer| selector(peer).is_some()) && peers().any(|peer| bare_name(peer).is_some())
}

/// Only a name behind a selector can be read as its next value, and only while no port ends the selector.
fn in_union(union: &Union, known: &Values) -> Vec<Diagnostic> {
    let mut last: Option<&Requirement> = None;
    let mut found = Vec::new();
    for alternative in &union.alternatives {
        if let Some(selector) = selector(&alternative.peer) {
            last = selector.requirements.last().filter(|it| !values(it).is_empty());
        } else if let Some(word) = bare_name(&alternative.peer) {
            let value =
                last.and_then(|it| Some((it, known.get(&(it.key.text.as_str(), word.text.as_str()))?)));
            found.extend(value.map(|(requirement, declared)| problem(word, requirement, *declared)));
        } else {
            last = None;
        }
        if alternative.ports.is_some() {
            last = None;
        }
    }
    found
}

fn problem(word: &Word, requirement: &Requirement, declared: Span) -> Diagnostic {
    let (name, key) = (&word.text, &requirement.key.text);
    let first = values(requirement).first().map_or("…", |value| value.text.as_str());
    Diagnostic::new(
        Lint::AmbiguousUnion,
        word.span,
        format!("`{name}` is the name of a peer here, and could be read as a value of `{key}`"),
        format!(
            "this does not stand for the pods with `{key}={name}`, but for whatever is declared as `{name}`"
        ),
    )
    .with_label(declared, format!("a value of `{key}`"))
    .with_help(format!("write `{key} in ({first}, {name})` if the value is meant, else put `{name}` first"))
}
