//! Diagnostics as data: a code, a message, places, and at most one replacement.
//!
//! Comes in: what the phases found. Goes out: values that every renderer in `render` shows in its own way.
//! Nothing here prints, and nothing here decides wording: that is in each phase's `problems.rs`.

pub mod codes;
pub mod render;

pub use codes::{Code, Severity};

use crate::source::Span;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding it is; its severity follows from it.
    pub code: Code,
    /// What is wrong, in the user's words, in one line without a full stop.
    pub message: String,
    /// The smallest wrong piece, and the consequence for traffic.
    pub primary: Label,
    /// The declarations that make it wrong.
    pub secondary: Vec<Label>,
    /// Facts that help to understand it.
    pub notes: Vec<String>,
    /// What to do instead.
    pub help: Vec<String>,
    /// The one literal replacement that mends it, where there is one.
    pub fix: Option<Fix>,
}

/// A place and what to say there; the text may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What, in a few words.
    pub text: String,
}

/// A literal replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What to replace; an empty span inserts.
    pub span: Span,
    /// By what.
    pub text: String,
    /// Whether `check --fix` may apply it unasked: it keeps the meaning or is the only reading.
    pub safety: Safety,
}

/// Whether a replacement may be applied without a person looking at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Applied by `check --fix`.
    Safe,
    /// A guess, such as a name that is spelled alike: shown only.
    Suggestion,
}

impl Diagnostic {
    /// A finding at a place; `consequence` says what it means for traffic.
    pub fn new(
        code: impl Into<Code>,
        span: Span,
        message: impl Into<String>,
        consequence: impl Into<String>,
    ) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            primary: Label { span, text: consequence.into() },
            secondary: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    /// Points at a declaration that makes it wrong.
    #[must_use]
    pub fn with_label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says what to do instead.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Carries a replacement as data. Say it in a help line too, in words.
    #[must_use]
    pub fn with_fix(mut self, span: Span, text: impl Into<String>, safety: Safety) -> Self {
        self.fix = Some(Fix { span, text: text.into(), safety });
        self
    }

    /// Whether it stops the program from being compiled.
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }
}

/// Whether any finding stops the program from being compiled.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// The order in which findings are shown: by file and place, then by code and text, so that it never depends
/// on the order in which phases ran. Equal findings are one.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    let key = |d: &Diagnostic| (d.primary.span, d.code, d.message.clone());
    diagnostics.sort_by_cached_key(key);
    diagnostics.dedup();
}
