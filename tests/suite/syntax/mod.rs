//! The syntax phase: every form of every statement, every message, recovery, and laws over all texts.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

pub(crate) mod dump;
mod forms;
mod laws;
mod limits;
mod messages;
mod recovery;

use netdsl::diag::Diagnostic;
use netdsl::source::{FileId, Sources};
use netdsl::syntax::{Parsed, parse};
use std::fmt::Write as _;

/// A text under the name `case.netdsl`, parsed.
fn read(text: &str) -> (Sources, FileId, Parsed) {
    let mut sources = Sources::default();
    let id = sources.add("case.netdsl", text);
    let parsed = parse(&sources, id);
    (sources, id, parsed)
}

/// The tree of a text that has no mistake.
fn tree(text: &str) -> String {
    let (sources, _, parsed) = read(text);
    assert_eq!(render(&sources, &parsed.diagnostics), "", "in:\n{text}");
    dump::file(&parsed.file)
}

/// `CODE line:column` of each finding.
fn codes(text: &str) -> Vec<String> {
    let (sources, _, parsed) = read(text);
    parsed.diagnostics.iter().map(|diagnostic| place(&sources, diagnostic)).collect()
}

fn place(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let at = sources.position(diagnostic.primary.span);
    format!("{} {}:{}", diagnostic.code.entry().code, at.line, at.column)
}

/// Findings in full.
fn render(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let marked = sources.snippet(diagnostic.primary.span);
        writeln!(out, "{}: {}", place(sources, diagnostic), diagnostic.message).unwrap();
        writeln!(out, "    ^ {marked:?} {}", diagnostic.primary.text).unwrap();
        for label in &diagnostic.secondary {
            let at = sources.position(label.span);
            writeln!(out, "    {}:{} {:?} {}", at.line, at.column, sources.snippet(label.span), label.text)
                .unwrap();
        }
        for help in &diagnostic.help {
            writeln!(out, "    help: {help}").unwrap();
        }
        if let Some(fix) = &diagnostic.fix {
            writeln!(out, "    fix ({:?}): {:?} -> {:?}", fix.safety, sources.snippet(fix.span), fix.text)
                .unwrap();
        }
    }
    out
}

/// Compares with `snapshots/syntax/NAME.snap`.
fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/syntax"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
