//! `file:line:col: error[E0203]: text`, one line a finding: what editors and `grep` read.

use std::io::{self, Write};

use super::excerpt::line;
use super::places::Places;
use crate::diag::Diagnostic;
use crate::source::Sources;

/// Writes one line a finding.
pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(sources);
    for diagnostic in diagnostics {
        let span = diagnostic.primary.span;
        let at = places.position(span.file, span.start);
        let path = super::name(sources, span.file);
        let level = super::level(diagnostic.code.severity());
        let code = diagnostic.code.entry().code;
        writeln!(out, "{path}:{}:{}: {level}[{code}]: {}", at.line, at.column, line(&diagnostic.message))?;
    }
    Ok(())
}
