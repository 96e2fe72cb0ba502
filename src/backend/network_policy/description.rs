//! A policy's description, out of doc comments.
//!
//! First the comments of the `pods` with exactly this selector, then those of the statements behind the rules, in order
//! of the rules as they are written, and of text within a rule: statements' numbers follow the order of the
//! source, on which the output must not depend. Equal ones appear once.

use std::collections::BTreeSet;

use crate::ir::{Direction, Origin, PodsPresentation};
use crate::minimise::{Rule, SubjectPolicy};

/// The description of a policy; empty where nobody wrote anything.
///
/// `pods` are those with exactly its subject, in order of their names; of each statement there is a comment.
pub(super) fn of(policy: &SubjectPolicy, pods: &[&PodsPresentation], statements: &[String]) -> String {
    let declared = pods.iter().map(|pods| &*pods.description);
    let mut lines: Vec<&str> = declared.filter(|line| !line.is_empty()).collect();
    for rule in rules(policy) {
        let texts = rule.origins().iter().filter_map(|origin| statements.get(origin.0 as usize));
        let of_rule = lines.len();
        lines.extend(texts.map(String::as_str).filter(|line| !line.is_empty()));
        lines[of_rule..].sort_unstable();
    }
    let mut seen = BTreeSet::new();
    lines.retain(|line| seen.insert(*line));
    lines.join("\n")
}

/// The statements behind a policy, sorted.
pub(super) fn origins(policy: &SubjectPolicy) -> Vec<Origin> {
    let mut all: Vec<Origin> = rules(policy).flat_map(Rule::origins).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn rules(policy: &SubjectPolicy) -> impl Iterator<Item = &Rule> {
    Direction::BOTH.into_iter().flat_map(|direction| policy.rules(direction))
}
