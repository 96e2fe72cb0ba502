//! Diagnostics to text, one file a format.
//!
//! Comes in: sorted diagnostics and the texts they point into. Goes out: bytes into a writer that somebody else
//! opened. A renderer never changes the wording and never decides what is an error; its time is linear in the
//! number of diagnostics, however long the lines are that they point at.

mod excerpt;
pub mod explain;
mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod places;
mod sarif;
mod short;

use std::io::{self, Write};

use super::{Diagnostic, Fix, Severity};
use crate::source::{FileId, Sources};

/// The ways to show findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people: the source with the places underlined.
    Human,
    /// `file:line:col: error[E0203]: text`, one line each.
    Short,
    /// One JSON object a line, in the shape of rustc's.
    Json,
    /// One SARIF 2.1.0 log.
    Sarif,
    /// GitHub workflow commands.
    Github,
    /// One GitLab code quality report.
    Gitlab,
}

impl Format {
    /// Whether programs read it, so that it is data and no message.
    pub fn is_machine(self) -> bool {
        match self {
            Self::Human | Self::Short => false,
            Self::Json | Self::Sarif | Self::Github | Self::Gitlab => true,
        }
    }
}

/// Whether to paint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Text alone.
    Plain,
    /// ANSI escapes.
    Ansi,
}

/// What a caller may choose about the look.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether to paint; [`Format::Human`] alone looks at it.
    pub colour: Colour,
    /// What follows from the findings, for the last line: `nothing was written`. May be empty.
    pub consequence: &'static str,
}

/// Writes all findings in a format. Give them in the order of [`super::sort`].
///
/// # Errors
/// When the writer fails.
pub fn render(
    format: Format,
    diagnostics: &[Diagnostic],
    sources: &Sources,
    options: Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Human => human::render(diagnostics, sources, options, out),
        Format::Short => short::render(diagnostics, sources, out),
        Format::Json => json::render(diagnostics, sources, out),
        Format::Sarif => sarif::render(diagnostics, sources, out),
        Format::Github => github::render(diagnostics, sources, out),
        Format::Gitlab => gitlab::render(diagnostics, sources, out),
    }
}

/// How many of what: `3 errors, 1 warning`; empty where there is nothing.
pub fn count(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|d| d.is_error()).count();
    let counted = |n: usize, noun: &str| match n {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{n} {noun}s")),
    };
    let parts = [counted(errors, "error"), counted(diagnostics.len() - errors, "warning")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A text as it may go to a terminal, on one line: nothing in it is obeyed, and runs of white space are one space.
pub fn one_line(text: &str) -> String {
    excerpt::line(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The word for a severity that every format but GitLab's uses.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// The name of a text as it may go to a terminal.
fn name(sources: &Sources, file: FileId) -> String {
    excerpt::line(sources.get(file).path().as_str())
}

/// The replacement in words, for formats that cannot carry it; `None` where a help line says it already.
fn fix_in_words(diagnostic: &Diagnostic, sources: &Sources) -> Option<String> {
    let fix = diagnostic.fix.as_ref()?;
    if is_line_break(fix) && !diagnostic.help.is_empty() {
        return None;
    }
    let literal = if fix.text.is_empty() { sources.snippet(fix.span) } else { fix.text.trim() };
    let quoted = format!("`{literal}`");
    let said = diagnostic.help.iter().any(|help| help.contains(&quoted));
    (!said).then(|| describe(fix, sources))
}

/// A replacement and its place as one line.
pub fn replacement(fix: &Fix, sources: &Sources) -> String {
    let place = sources.position(fix.span);
    let what = excerpt::line(&describe(fix, sources));
    format!("{}:{}:{}: {what}", name(sources, fix.span.file), place.line, place.column)
}

/// Whether a replacement is nothing but a line end and the white space behind it.
fn is_line_break(fix: &Fix) -> bool {
    fix.text.starts_with('\n') && fix.text.trim().is_empty()
}

/// A replacement in words.
fn describe(fix: &Fix, sources: &Sources) -> String {
    let old = sources.snippet(fix.span);
    if is_line_break(fix) {
        return "begin a new line here".to_owned();
    }
    match (old.is_empty(), fix.text.is_empty()) {
        (true, _) => format!("insert `{}`", fix.text.trim_end()),
        (false, true) => format!("remove `{}`", excerpt::shortened(old)),
        (false, false) => format!("write `{}` instead of `{}`", fix.text, excerpt::shortened(old)),
    }
}

/// The message with its consequence and advice, for formats that have one text.
fn whole_text(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let consequence = Some(diagnostic.primary.text.as_str()).filter(|text| !text.is_empty());
    let notes = diagnostic.notes.iter().map(|note| format!("note: {note}"));
    let fix = fix_in_words(diagnostic, sources);
    let help = diagnostic.help.iter().chain(&fix).map(|help| format!("help: {help}"));
    let first = std::iter::once(diagnostic.message.as_str()).chain(consequence).map(str::to_owned);
    first.chain(notes).chain(help).collect::<Vec<_>>().join("\n")
}
