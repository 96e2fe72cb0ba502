//! The long text of every code, and its two programs: one that gets the code, and nothing worse, and one that
//! compiles without a word.

use std::collections::BTreeSet;

use netdsl::diag::codes::Entry;
use netdsl::diag::{Code, Diagnostic, Severity};

/// Why the programs of a code are not compiled here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exception {
    /// No text of a few lines gets the code.
    NoProgram(&'static str),
    /// It takes more than one file.
    Files,
}

const EXCEPTIONS: &[(&str, Exception)] = &[
    ("E0105", Exception::NoProgram("bytes that are no text cannot stand in one")),
    ("E0110", Exception::NoProgram("the limits are far too large for an example")),
    ("E0206", Exception::Files),
    ("E0207", Exception::Files),
    ("E0604", Exception::NoProgram("it takes a program with a great many labels")),
    ("E0701", Exception::NoProgram("it depends on where the output goes")),
    ("E0702", Exception::NoProgram("it takes a program of hundreds of kilobytes")),
    ("E0710", Exception::NoProgram("it is a bug of the compiler")),
    ("E0711", Exception::NoProgram("it takes a program with a great many labels")),
];

fn exception(code: Code) -> Option<Exception> {
    EXCEPTIONS.iter().find(|(name, _)| *name == code.entry().code).map(|(_, why)| *why)
}

/// What is wrong with the examples of all codes, by a compiler that takes the text of one file.
fn wrong_examples(compile: impl Fn(&str) -> Vec<Diagnostic>) -> Vec<String> {
    Code::all().filter_map(|code| wrong_example(code, &compile)).collect()
}

fn wrong_example(code: Code, compile: &impl Fn(&str) -> Vec<Diagnostic>) -> Option<String> {
    let Entry { code: name, wrong, right, .. } = code.entry();
    let clean = |program| Some(compile(program)).filter(|found| !found.is_empty());
    match exception(code) {
        Some(Exception::NoProgram(_) | Exception::Files) => None,
        None if !gets(code, &compile(wrong)) => {
            Some(format!("the wrong program of {name} gets {}", shown(&compile(wrong))))
        }
        None => clean(right).map(|found| format!("the right program of {name} gets {}", shown(&found))),
    }
}

/// Whether a program has this finding and nothing that is worse: for an error no other error, for a lint no
/// other finding.
fn gets(code: Code, found: &[Diagnostic]) -> bool {
    let counts = |other: &&Diagnostic| other.code.severity() <= code.severity();
    let codes: BTreeSet<Code> = found.iter().filter(counts).map(|found| found.code).collect();
    codes == BTreeSet::from([code])
}

fn shown(found: &[Diagnostic]) -> String {
    let one = |it: &Diagnostic| format!("{} ({}: {})", it.code.entry().code, it.message, it.primary.text);
    found.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[test]
fn wrong_programs_get_their_code_and_right_ones_nothing() {
    let problems = wrong_examples(|program| super::super::support::compile(program, "it.netdsl").diagnostics);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_check_of_examples_sees_what_is_wrong() {
    let compiled = Code::all().filter(|code| exception(*code).is_none()).count();
    let silent = wrong_examples(|_| vec![]);
    assert_eq!(silent.len(), compiled, "a compiler that finds nothing fails for every code");
    assert!(silent.iter().all(|problem| problem.starts_with("the wrong program")), "{silent:?}");
}

#[test]
fn codes_are_unique_and_in_order() {
    let codes: Vec<&str> = Code::all().map(|code| code.entry().code).collect();
    assert!(codes.is_sorted_by(|a, b| (a.starts_with('W'), a) < (b.starts_with('W'), b)), "{codes:?}");
    let titles: BTreeSet<&str> = Code::all().map(|code| code.entry().title).collect();
    assert_eq!(titles.len(), codes.len());
}

#[test]
fn lints_have_names_to_silence_them_by() {
    for code in Code::all() {
        let Entry { code: name, title, .. } = code.entry();
        let is_name = title.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        let is_lint = code.severity() == Severity::Warning;
        assert_eq!((is_name, name.starts_with('W')), (is_lint, is_lint), "{name}: {title}");
    }
}

#[test]
fn every_code_is_explained() {
    for code in Code::all() {
        let Entry { code: name, explanation, wrong, right, .. } = code.entry();
        let sentences = explanation.matches(". ").count() + 1;
        assert!((2..=7).contains(&sentences), "{name} has {sentences} sentences");
        assert!(explanation.ends_with('.') && !explanation.contains("  "), "{name}: {explanation}");
        let has_programs = !matches!(exception(code), Some(Exception::NoProgram(_)));
        assert_eq!((!wrong.is_empty(), !right.is_empty()), (has_programs, has_programs), "{name}");
        assert!(!has_programs || wrong != right, "{name}");
    }
}

#[test]
fn exceptions_are_codes() {
    for (name, _) in EXCEPTIONS {
        assert!(Code::all().any(|code| code.entry().code == *name), "{name}");
    }
}
