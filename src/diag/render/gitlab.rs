//! A GitLab code quality report: one JSON array, one object a finding, each with a fingerprint of its own.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::fingerprint::Fingerprints;
use super::places::Places;
use crate::diag::{Diagnostic, Severity};
use crate::source::Sources;

/// Writes the report; `[]` where there is nothing.
pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(sources);
    let mut fingerprints = Fingerprints::default();
    let mut separator = "[";
    for diagnostic in diagnostics {
        writeln!(out, "{separator}")?;
        let issue = issue(diagnostic, sources, &mut places, &mut fingerprints);
        serde_json::to_writer(&mut *out, &issue)?;
        separator = ",";
    }
    writeln!(out, "{}", if diagnostics.is_empty() { "[]" } else { "\n]" })
}

/// One finding.
fn issue(
    diagnostic: &Diagnostic,
    sources: &Sources,
    places: &mut Places<'_>,
    fingerprints: &mut Fingerprints,
) -> Value {
    let span = diagnostic.primary.span;
    let at = places.extent(span);
    json!({
        "description": super::whole_text(diagnostic, sources),
        "check_name": diagnostic.code.entry().code,
        "fingerprint": fingerprints.next(diagnostic, sources),
        "severity": severity(diagnostic.code.severity()),
        "location": {
            "path": sources.get(span.file).path().as_str(),
            "positions": {
                "begin": { "line": at.start.line, "column": at.start.column },
                "end": { "line": at.end.line, "column": at.end.column },
            },
        },
    })
}

/// GitLab's words.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
    }
}
