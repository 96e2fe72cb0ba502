//! Reads a text again along its tree: every word and sign that the tree says must stand there is looked up in the
//! text, and the comments on the way are collected.
//!
//! Comes in: a text and its tree. Goes out: the pieces of its lines in their canonical spelling, or the finding
//! that the tree is not the text's.

mod peer;
mod statement;

use std::ops::Range;

use super::piece::{Gap, Line, Outline, Piece, Role};
use super::words::{self, Use};
use crate::syntax::ast::{Comment, File, Word};

/// The text does not hold what the tree says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Astray;

/// Reads a whole text.
pub(super) fn walk<'t>(text: &'t str, tree: &'t File) -> Result<Outline<'t>, Astray> {
    let mut walk = Walk::new(text, &tree.comments);
    for item in &tree.items {
        walk.item(&item.kind)?;
    }
    let comments = walk.skip();
    if walk.at == text.len() { Ok(Outline { lines: walk.lines, comments }) } else { Err(Astray) }
}

/// The place in the text, and what has been read so far.
struct Walk<'t> {
    text: &'t str,
    comments: &'t [Comment],
    at: usize,
    /// The next comment that has not been passed.
    next_comment: usize,
    /// The line that is being read.
    pieces: Vec<Piece<'t>>,
    lines: Vec<Line<'t>>,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str, comments: &'t [Comment]) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, comments, at, next_comment: 0, pieces: Vec::new(), lines: Vec::new() }
    }

    /// Passes white space and comments.
    fn skip(&mut self) -> Range<usize> {
        let first = self.next_comment;
        loop {
            self.at = self.behind(&[' ', '\t', '\r', '\n']);
            match self.comments.get(self.next_comment) {
                Some(comment) if comment.span.range().start == self.at => {
                    self.at = comment.span.range().end;
                    self.next_comment += 1;
                }
                Some(_) | None => return first..self.next_comment,
            }
        }
    }

    /// The place behind all of these characters.
    fn behind(&self, blanks: &[char]) -> usize {
        self.text.len() - self.text[self.at..].trim_start_matches(blanks).len()
    }

    /// Reads what must stand here, and prints it in this way.
    fn respell(&mut self, written: &str, printed: &'t str, gap: Gap) -> Result<(), Astray> {
        let comments = self.skip();
        let start = self.at;
        if !self.text[start..].starts_with(written) {
            return Err(Astray);
        }
        self.at += written.len();
        let comments = self.before_the_sign(comments);
        self.pieces.push(Piece { text: printed, gap, comments, span: start..self.at });
        Ok(())
    }

    /// Comments between a sign that begins a line and what is behind it move before the sign, so that
    /// `a |  # first` and `b` on the next line become `a  # first` and `| b`.
    fn before_the_sign(&mut self, comments: Range<usize>) -> Range<usize> {
        match self.pieces.last_mut() {
            Some(sign) if matches!(sign.gap, Gap::Bar | Gap::Arrow) => {
                sign.comments.end = comments.end;
                comments.end..comments.end
            }
            Some(_) | None => comments,
        }
    }

    /// Reads a keyword or sign.
    fn sign(&mut self, sign: &'t str, gap: Gap) -> Result<(), Astray> {
        self.respell(sign, sign, gap)
    }

    /// Reads a word, and prints it without the quotes that it does not need.
    fn word(&mut self, word: &'t Word, of: Use, gap: Gap) -> Result<(), Astray> {
        let written = self.text.get(word.span.range()).ok_or(Astray)?;
        let printed = if words::keeps_quotes(word, of) || of == Use::Text { written } else { &word.text };
        self.respell(written, printed, gap)
    }

    /// Reads words of which the tree keeps only the meaning, such as `deny egress ingress`.
    fn as_written(&mut self, range: Range<usize>) -> Result<(), Astray> {
        let written = self.text.get(range).ok_or(Astray)?;
        written.split_ascii_whitespace().try_for_each(|word| self.sign(word, Gap::Space))
    }

    /// Whether a sign stands here, on the same line.
    fn meets(&self, sign: char) -> bool {
        self.text[self.behind(&[' ', '\t'])..].starts_with(sign)
    }

    /// Ends a line.
    fn end(&mut self, role: Role) {
        let pieces = std::mem::take(&mut self.pieces);
        self.lines.push(Line { role, pieces });
    }

    /// Reads the `}` of a block.
    fn close(&mut self) -> Result<(), Astray> {
        self.sign("}", Gap::Space)?;
        self.end(Role::Close);
        Ok(())
    }

    /// Ends a header: whether it opens a block. Its `{` stands on the same line.
    fn header(&mut self) -> Result<Block, Astray> {
        if !self.meets('{') {
            self.end(Role::Statement);
            return Ok(Block::None);
        }
        self.sign("{", Gap::Space)?;
        self.end(Role::Open);
        Ok(Block::Open)
    }
}

/// Whether a header opens a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    None,
    Open,
}
