//! GitHub workflow commands: `::error file=…,line=…::text`, which GitHub shows beside the changed lines.

use std::io::{self, Write};

use super::excerpt;
use super::places::Places;
use crate::diag::Diagnostic;
use crate::source::Sources;

/// Writes one command a finding.
pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(sources);
    for diagnostic in diagnostics {
        let span = diagnostic.primary.span;
        let at = places.extent(span);
        let level = super::level(diagnostic.code.severity());
        let file = property(sources.get(span.file).path().as_str());
        let entry = diagnostic.code.entry();
        let title = property(&format!("{}: {}", entry.code, entry.title));
        write!(out, "::{level} file={file},line={},endLine={}", at.start.line, at.end.line)?;
        // GitHub refuses columns on a place of several lines.
        if at.start.line == at.end.line {
            write!(out, ",col={},endColumn={}", at.start.column, at.end.column)?;
        }
        writeln!(out, ",title={title}::{}", data(&super::whole_text(diagnostic, sources)))?;
    }
    Ok(())
}

/// The text of a command.
fn data(text: &str) -> String {
    excerpt::visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
