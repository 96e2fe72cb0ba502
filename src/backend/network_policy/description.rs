//! A policy's description, out of doc comments.
//!
//! First the comments of the `pods` with exactly this selector, then those of the statements behind the rules, in order
//! of the rules as they are written, and of text within a rule: statements' numbers follow the order of the
//! source, on which the output must not depend. Equal ones appear once.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::Cube;
use crate::ir::{Direction, NamespacePresentation, Origin};
use crate::minimise::{Rule, SubjectPolicy};

/// What is written about a namespace and its statements.
pub(super) struct Descriptions<'a> {
    /// Of the `pods` with each selector, in order of their names: a namespace may have as many `pods` as policies.
    pods: BTreeMap<&'a Cube, Vec<&'a str>>,
    /// Of each statement; empty where nobody wrote anything.
    statements: &'a [String],
}

impl<'a> Descriptions<'a> {
    /// Those of one namespace.
    pub(super) fn new(shown: &'a NamespacePresentation, statements: &'a [String]) -> Self {
        let mut pods: BTreeMap<&Cube, Vec<&str>> = BTreeMap::new();
        for declared in &shown.pods {
            pods.entry(&declared.selector).or_default().push(&declared.description);
        }
        Self { pods, statements }
    }

    /// The description of a policy; empty where nobody wrote anything.
    pub(super) fn of(&self, policy: &SubjectPolicy) -> String {
        let mut lines = self.pods.get(policy.subject()).cloned().unwrap_or_default();
        for rule in rules(policy) {
            let texts = rule.origins().iter().filter_map(|origin| self.statements.get(origin.0 as usize));
            lines.extend(texts.map(String::as_str).collect::<BTreeSet<&str>>());
        }
        let mut seen = BTreeSet::new();
        lines.retain(|line| !line.is_empty() && seen.insert(*line));
        lines.join("\n")
    }
}

/// The statements behind a policy, sorted.
pub(super) fn origins(policy: &SubjectPolicy) -> Vec<Origin> {
    let all: BTreeSet<Origin> = rules(policy).flat_map(Rule::origins).copied().collect();
    all.into_iter().collect()
}

fn rules(policy: &SubjectPolicy) -> impl Iterator<Item = &Rule> {
    Direction::BOTH.into_iter().flat_map(|direction| policy.rules(direction))
}
