//! The formatter: one canonical layout, without options.
//!
//! Comes in: a text and its syntax tree. Goes out: the text with the same words, comments and statements in the
//! same order, laid out anew. `walk` reads the text again along the tree, in lockstep: what it has not read from
//! the text it cannot print, and what the text holds cannot get lost. `print` lays out lines and blocks, `layout` a
//! statement that does not fit on one line. Time and memory are linear in the text.

mod layout;
mod piece;
mod print;
mod walk;
mod words;

use crate::diag::{self, Diagnostic};
use crate::source::{FileId, Sources};
use crate::syntax::{self, Parsed, ast};

/// How many columns a line may have, where it can be broken.
pub const MAX_WIDTH: usize = 100;

/// How many columns a block, or the rest of a broken statement, is moved to the right.
const INDENT: usize = 2;

/// Parses a text and lays it out.
///
/// # Errors
/// All findings, where one of them is an error: of such a text it is not known what it says.
pub fn format(sources: &Sources, file: FileId) -> Result<String, Vec<Diagnostic>> {
    let Parsed { file: tree, diagnostics } = syntax::parse(sources, file);
    if diag::has_errors(&diagnostics) {
        return Err(diagnostics);
    }
    Ok(print(sources.get(file).text(), &tree))
}

/// Lays out a text, given its tree. The tree must have been read from this text without an error; where it was
/// not, the text comes back as it is.
pub fn print(text: &str, tree: &ast::File) -> String {
    match walk::walk(text, tree) {
        Ok(outline) => print::outline(text, &tree.comments, &outline),
        Err(walk::Astray) => {
            debug_assert!(false, "the tree of a text without errors follows it");
            text.to_owned()
        }
    }
}
