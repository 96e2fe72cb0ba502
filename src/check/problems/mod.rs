//! All wording of the check phase: what is wrong in the user's words, what follows for traffic, what to write.
//!
//! One file a family of codes. Functions take the facts and return a diagnostic; nothing is decided here.

mod addresses;
mod hosts;
mod labels;
mod meaning;
mod meant;
mod names;
mod ports;
mod protocols;

pub(super) use addresses::*;
pub(super) use hosts::*;
pub(super) use labels::*;
pub(super) use meaning::*;
pub(super) use meant::{key_of_namespaces, no_all_but};
pub(super) use names::*;
pub(super) use ports::*;
pub(super) use protocols::*;

use crate::diag::{Diagnostic, Safety};
use crate::source::Span;

/// Longer lists are cut: a message is read by a person.
const MAX_LISTED: usize = 8;
/// Longer words are cut in messages.
const MAX_QUOTED: usize = 80;

/// A word of the source in a message: cut where it is absurdly long.
fn quoted(text: &str) -> String {
    if text.chars().count() <= MAX_QUOTED {
        return format!("`{text}`");
    }
    let start: String = text.chars().take(MAX_QUOTED).collect();
    format!("`{start}…`")
}

/// `a`, `b` and `c`; past a few, how many more there are.
fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    let shown: Vec<String> = words.iter().take(MAX_LISTED).map(|word| format!("`{word}`")).collect();
    match (shown.split_last(), words.len().saturating_sub(MAX_LISTED)) {
        (None, _) => "none".to_owned(),
        (Some((last, [])), 0) => last.clone(),
        (Some((last, rest)), 0) => format!("{} and {last}", rest.join(", ")),
        (Some(_), more) => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Adds the nearest declared word, as help and as a replacement, or says what else to do.
fn did_you_mean(problem: Diagnostic, span: Span, near: Option<&str>, otherwise: &str) -> Diagnostic {
    match near {
        Some(near) => {
            problem.with_help(format!("did you mean `{near}`?")).with_fix(span, near, Safety::Suggestion)
        }
        None if otherwise.is_empty() => problem,
        None => problem.with_help(otherwise),
    }
}
