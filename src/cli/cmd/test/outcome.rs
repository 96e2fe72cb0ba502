//! Proofs of single claims, gathered by the test or the guard that they belong to.
//!
//! A guard in the block of a set is one guard, though it is proved for each namespace; a test passes where all
//! its lines hold.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::guards::Proof;
use crate::hir::Program;
use crate::source::{Sources, Span};

/// What became of a test or a guard.
#[derive(Debug)]
pub(super) struct Outcome {
    /// Its place: the name of a test, the whole of a guard.
    pub(super) span: Span,
    pub(super) subject: Subject,
    /// The errors of what does not hold; none where it passed.
    pub(super) findings: Vec<Diagnostic>,
}

/// What was proved.
#[derive(Debug)]
pub(super) enum Subject {
    /// A test, by its name.
    Test(String),
    /// A guard, by its text.
    Guard(String),
}

impl Outcome {
    /// Whether all of it holds.
    pub(super) fn passed(&self) -> bool {
        self.findings.is_empty()
    }

    /// Whether `--filter` keeps it.
    pub(super) fn contains(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// What `--filter` looks at: the name of a test, the text of a guard.
    pub(super) fn text(&self) -> &str {
        match &self.subject {
            Subject::Test(text) | Subject::Guard(text) => text,
        }
    }

    /// As lists show it.
    pub(super) fn title(&self) -> String {
        match &self.subject {
            Subject::Test(name) => format!("test \"{name}\""),
            Subject::Guard(text) => text.clone(),
        }
    }
}

/// Every test and guard with what became of it, in the order of files and places.
pub(super) fn outcomes(program: &Program, proofs: &[Proof], sources: &Sources) -> Vec<Outcome> {
    let mut outcomes: BTreeMap<Span, Outcome> = BTreeMap::new();
    let mut tests: BTreeMap<&str, Span> = BTreeMap::new();
    for test in &program.tests {
        let subject = Subject::Test(test.name.to_string());
        outcomes.entry(test.span).or_insert(Outcome { span: test.span, subject, findings: Vec::new() });
        tests.insert(&test.name, test.span);
    }
    for proof in proofs {
        let span = proof.test.as_ref().map_or(proof.span, |name| tests[&**name]);
        let outcome = outcomes.entry(span).or_insert_with(|| Outcome {
            span,
            subject: Subject::Guard(sources.snippet(span).to_owned()),
            findings: Vec::new(),
        });
        let place = |origin: crate::ir::Origin| program.statements[origin.0 as usize].span;
        outcome.findings.extend(proof.diagnostic(place));
    }
    outcomes.into_values().collect()
}
