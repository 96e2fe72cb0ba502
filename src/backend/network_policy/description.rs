//! A policy's description, out of doc comments.
//!
//! First the comments of the `pods` with exactly this selector, then those of the statements behind the rules, in order
//! of the rules as they are written, and of text within a rule: statements' numbers follow the order of the
//! source, on which the output must not depend. Equal ones appear once.

use std::collections::BTreeSet;

use crate::ir::{Direction, NamespacePresentation, Origin};
use crate::minimise::{Rule, SubjectPolicy};

/// The description; empty where nobody wrote anything.
pub(super) fn description(
    policy: &SubjectPolicy,
    shown: &NamespacePresentation,
    descriptions: &[String],
) -> String {
    let pods = shown.pods.iter().filter(|pods| pods.selector == *policy.subject());
    let mut lines: Vec<&str> = pods.map(|pods| pods.description.as_str()).collect();
    for rule in rules(policy) {
        let texts = rule.origins().iter().filter_map(|origin| descriptions.get(origin.0 as usize));
        lines.extend(texts.map(String::as_str).collect::<BTreeSet<&str>>());
    }
    let mut seen = BTreeSet::new();
    lines.retain(|line| !line.is_empty() && seen.insert(*line));
    lines.join("\n")
}

/// The statements behind a policy, sorted.
pub(super) fn origins(policy: &SubjectPolicy) -> Vec<Origin> {
    let all: BTreeSet<Origin> = rules(policy).flat_map(Rule::origins).copied().collect();
    all.into_iter().collect()
}

fn rules(policy: &SubjectPolicy) -> impl Iterator<Item = &Rule> {
    Direction::BOTH.into_iter().flat_map(|direction| policy.rules(direction))
}
