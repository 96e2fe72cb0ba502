//! W0011: a value of an open label that stands at one place alone, where nothing can tell it from a typing mistake.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::codes::Lint;
use crate::diag::{Diagnostic, Safety};
use crate::syntax::ast::{LabelValue, Labelled, Requirement, Word};

use super::Budget;
use super::facts::Facts;
use super::written::{Role, values};

/// The values of one open label.
type Uses<'a> = BTreeMap<&'a str, Use<'a>>;

/// Where a value is used.
#[derive(Debug)]
struct Use<'a> {
    count: usize,
    /// The one place, in a rule or guard: what `pods` require is a declaration, and a test may try anything.
    in_rule: Option<&'a Word>,
}

pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let mut budget = Budget::new();
    let mut found = Vec::new();
    for (key, uses) in uses(facts) {
        for (value, place) in &uses {
            if let Use { count: 1, in_rule: Some(word) } = place {
                found.push(problem(key, word, near(value, &uses, &mut budget)));
            }
        }
    }
    found
}

fn uses<'a>(facts: &Facts<'a>) -> BTreeMap<&'a str, Uses<'a>> {
    let open = facts.written.labels.iter().filter(|decl| {
        decl.of == Labelled::Pods && decl.values.iter().any(|value| matches!(value, LabelValue::Any(_)))
    });
    let open: BTreeSet<&str> = open.map(|decl| decl.key.text.as_str()).collect();
    let mut keys: BTreeMap<&str, Uses> = BTreeMap::new();
    let mut add = |role: Role, requirement: &'a Requirement| {
        if !open.contains(requirement.key.text.as_str()) {
            return;
        }
        let key = keys.entry(&requirement.key.text).or_default();
        for value in values(requirement) {
            let entry = key.entry(&value.text).or_insert(Use { count: 0, in_rule: None });
            entry.count += 1;
            match role {
                Role::Allow | Role::Guard => entry.in_rule = Some(value),
                Role::Test | Role::Service => {}
            }
        }
    };
    let pods = facts.written.pods.iter().flat_map(|pods| &pods.selector.requirements);
    pods.for_each(|requirement| add(Role::Service, requirement));
    for (role, selector) in facts.written.selectors() {
        selector.requirements.iter().for_each(|requirement| add(role, requirement));
    }
    keys
}

/// The value of the same label that is spelled most alike.
fn near<'a>(value: &str, uses: &Uses<'a>, budget: &mut Budget) -> Option<&'a str> {
    let tolerance = (value.chars().count() / 3).max(1);
    let others = uses.keys().filter(|other| **other != value && !other.is_empty());
    // A comparison of two words costs many times what a comparison of two rules does.
    let affordable = others.take_while(|other| budget.take(16 * (other.len() * value.len() + 1)));
    let distances = affordable.map(|other| (strsim::damerau_levenshtein(value, other), *other));
    distances.filter(|(distance, _)| *distance <= tolerance).min().map(|(_, other)| other)
}

fn problem(key: &str, word: &Word, near: Option<&str>) -> Diagnostic {
    let problem = Diagnostic::new(
        Lint::LonelyValue,
        word.span,
        format!("`{key}={}` stands nowhere else", word.text),
        "the label is open, so if this one is misspelled the line is about pods that do not exist",
    );
    match near {
        Some(near) => {
            problem.with_help(format!("did you mean `{near}`?")).with_fix(word.span, near, Safety::Suggestion)
        }
        None => problem.with_help(format!(
            "declare `pods` with it, or close the label: `label {key} = pods | {}`",
            word.text
        )),
    }
}
