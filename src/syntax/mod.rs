//! Text in, syntax tree out. A bad line is a diagnostic and an [`ast::Broken`]; parsing never fails as a whole.
//!
//! [`source::logical`](crate::source::logical) cuts the text into logical lines, `recover` reads each of them by
//! the grammar (`plain` those that need none), `blocks` puts them into their blocks, and `problems` words what is
//! wrong. Time is linear in the text, and the stack does not grow with it. Nothing here looks a name up: that is
//! `check`'s.

pub mod ast;

mod blocks;
mod content;
mod convert;
mod docs;
mod grammar;
mod phrases;
mod place;
mod plain;
mod problems;
mod recover;
mod statement;
mod words;

pub use convert::RESERVED;

use crate::diag::Diagnostic;
use crate::source::{FileId, Sources, logical};

/// How deep blocks may nest. The language needs three levels; the rest is for what is misplaced.
pub const MAX_NESTING: usize = 16;

/// How long one statement may be, with its continuations, in bytes.
pub const MAX_STATEMENT_BYTES: usize = 1 << 20;

/// How many statements are looked for on a line that should hold one.
pub const MAX_STATEMENTS_ON_A_LINE: usize = 32;

/// How many findings of one file are kept.
pub const MAX_DIAGNOSTICS: usize = 100_000;

/// A text that has been read.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// What it says.
    pub file: ast::File,
    /// What is wrong with it, in order of place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text. Whatever it holds, the result is a tree of all that could be read.
pub fn parse(sources: &Sources, file: FileId) -> Parsed {
    let text = sources.get(file).text();
    let lines = logical::cut(file, text);
    let comments = lines.comments.iter().map(|span| ast::Comment { span: *span }).collect();
    let faults = lines.faults.iter().map(problems::fault);
    let (items, problems) = blocks::build(file, text, &lines);
    let mut diagnostics: Vec<Diagnostic> = faults.chain(problems).collect();
    crate::diag::sort(&mut diagnostics);
    problems::limit(&mut diagnostics);
    Parsed { file: ast::File { id: file, items, comments }, diagnostics }
}
