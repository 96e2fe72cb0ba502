//! JUnit XML: a suite a file, a case a test or guard. No times and no ids: the same program gives the same bytes.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::outcome::Outcome;
use crate::diag::Diagnostic;
use crate::diag::render::{self, Colour, Format, Options, one_line};
use crate::source::Sources;

/// What became of tests and guards.
pub(super) fn report(outcomes: &[Outcome], sources: &Sources) -> String {
    let mut report = Report::new("netdsl");
    for in_a_file in outcomes.chunk_by(|a, b| a.span.file == b.span.file) {
        let path = one_line(sources.get(in_a_file[0].span.file).path().as_str());
        let mut suite = TestSuite::new(path.clone());
        for outcome in in_a_file {
            let mut case = TestCase::new(one_line(&outcome.title()), status(outcome, sources));
            case.set_classname(path.clone());
            suite.add_test_case(case);
        }
        report.add_test_suite(suite);
    }
    text(&report)
}

/// A program that could not be tested: one case that did not get as far as failing.
pub(super) fn unsound(found: &[Diagnostic], sources: &Sources) -> String {
    let mut suite = TestSuite::new("program");
    suite.add_test_case(TestCase::new("the program compiles", broken(NonSuccessKind::Error, found, sources)));
    let mut report = Report::new("netdsl");
    report.add_test_suite(suite);
    text(&report)
}

fn status(outcome: &Outcome, sources: &Sources) -> TestCaseStatus {
    if outcome.passed() {
        return TestCaseStatus::success();
    }
    broken(NonSuccessKind::Failure, &outcome.findings, sources)
}

/// The first finding as the message, all of them, as people see them, as the text.
fn broken(kind: NonSuccessKind, findings: &[Diagnostic], sources: &Sources) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    if let Some(first) = findings.iter().find(|finding| finding.is_error()) {
        status.set_message(one_line(&first.message)).set_type(first.code.entry().code);
    }
    let mut shown = Vec::new();
    let options = Options { colour: Colour::Plain, consequence: "" };
    render::render(Format::Human, findings, sources, options, &mut shown).expect("a vector takes every byte");
    status.set_description(String::from_utf8_lossy(&shown));
    status
}

fn text(report: &Report) -> String {
    report.to_string().expect("what is written is UTF-8, and a string takes every byte")
}
