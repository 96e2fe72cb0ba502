//! One JSON object a line, in the shape of rustc's, so that tools that read one read the other.
//!
//! What rustc's has more of is left out: `rendered` and `code.explanation` are null. Replacements are spans of a
//! child of level `help`, with rustc's words for whether they may be applied unasked.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::excerpt::window;
use super::places::Places;
use crate::diag::{Diagnostic, Fix, Label, Safety};
use crate::source::{Sources, Span};

/// Counts up when a reader of the old format would misread the new one.
const FORMAT_VERSION: u32 = 1;

/// Writes one line a finding.
pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(sources);
    for diagnostic in diagnostics {
        serde_json::to_writer(&mut *out, &object(diagnostic, sources, &mut places))?;
        writeln!(out)?;
    }
    Ok(())
}

/// One finding.
fn object(diagnostic: &Diagnostic, sources: &Sources, places: &mut Places<'_>) -> Value {
    let mut spans: Vec<_> = std::iter::once(&diagnostic.primary)
        .chain(&diagnostic.secondary)
        .map(|label| marked(label, sources, places))
        .collect();
    spans[0]["is_primary"] = true.into();
    let notes = diagnostic.notes.iter().map(|note| child("note", note, &[]));
    let help = diagnostic.help.iter().map(|help| child("help", help, &[]));
    let fix = diagnostic.fix.as_ref().map(|fix| replacement(fix, sources, places));
    json!({
        "$message_type": "diagnostic",
        "format_version": FORMAT_VERSION,
        "message": diagnostic.message,
        "code": { "code": diagnostic.code.entry().code, "explanation": null },
        "level": super::level(diagnostic.code.severity()),
        "spans": spans,
        "children": notes.chain(help).chain(fix).collect::<Vec<_>>(),
        "rendered": null,
    })
}

/// A note, a piece of advice, or a replacement.
fn child(level: &str, message: &str, spans: &[Value]) -> Value {
    json!({
        "message": message, "code": null, "level": level, "spans": spans, "children": [], "rendered": null,
    })
}

/// A replacement as a piece of advice that tools can apply.
fn replacement(fix: &Fix, sources: &Sources, places: &mut Places<'_>) -> Value {
    let applicability = match fix.safety {
        Safety::Safe => "MachineApplicable",
        Safety::Suggestion => "MaybeIncorrect",
    };
    let mut span = span(fix.span, sources, places);
    span["is_primary"] = true.into();
    span["suggested_replacement"] = fix.text.as_str().into();
    span["suggestion_applicability"] = applicability.into();
    child("help", &super::describe(fix, sources), &[span])
}

/// A place and what is said there.
fn marked(label: &Label, sources: &Sources, places: &mut Places<'_>) -> Value {
    let mut span = span(label.span, sources, places);
    span["label"] = label.text.as_str().into();
    span
}

/// A place.
fn span(span: Span, sources: &Sources, places: &mut Places<'_>) -> Value {
    let at = places.extent(span);
    json!({
        "file_name": sources.get(span.file).path().as_str(),
        "byte_start": span.start,
        "byte_end": span.end,
        "line_start": at.start.line,
        "line_end": at.end.line,
        "column_start": at.start.column,
        "column_end": at.end.column,
        "is_primary": false,
        "text": text(span, sources),
        "label": null,
        "suggested_replacement": null,
        "suggestion_applicability": null,
        "expansion": null,
    })
}

/// The first line of the place with the columns to mark, cut around the place where it is long.
fn text(span: Span, sources: &Sources) -> Value {
    let source = sources.get(span.file);
    let line = source.line_range(source.line_at(span.start));
    let window = window(source.text(), line, span.start as usize);
    let column = |offset: u32| {
        let offset = (offset as usize).clamp(window.start, window.end);
        source.text()[window.start..offset].chars().count() + 1
    };
    json!([{
        "text": &source.text()[window.clone()],
        "highlight_start": column(span.start),
        "highlight_end": column(span.end),
    }])
}
