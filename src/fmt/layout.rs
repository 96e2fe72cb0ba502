//! A statement over several lines: where it does not fit, and where comments stand in it.
//!
//! It is broken at all its gaps of the highest rank; what still does not fit, at those of the next. A line never
//! ends or begins otherwise than the language lets statements go on: `,` and `=` at the end, `|`, `->` and `except`
//! at the beginning; and at a comment, where the source was broken too.

use std::ops::Range;

use super::piece::{self, Gap, Piece};
use super::{INDENT, MAX_WIDTH};
use crate::syntax::ast::Comment;

/// Prints lines.
pub(super) struct Writer<'t> {
    text: &'t str,
    comments: &'t [Comment],
    out: String,
    /// The columns of the line that is being written.
    column: usize,
}

/// Whether a comment stands behind something, on its line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Behind,
    Alone,
}

impl<'t> Writer<'t> {
    pub(super) fn new(text: &'t str, comments: &'t [Comment]) -> Self {
        Self { text, comments, out: String::with_capacity(text.len()), column: 0 }
    }

    /// The text, whose last line ends.
    pub(super) fn finish(mut self) -> String {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }

    /// Begins a line.
    pub(super) fn line(&mut self, indent: usize) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
    }

    /// Leaves a line empty.
    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    pub(super) fn put(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    /// Whether so many columns are free.
    pub(super) fn fits(&self, columns: usize) -> bool {
        self.column + columns <= MAX_WIDTH
    }

    /// A comment; what stands alone begins its line.
    pub(super) fn comment(&mut self, comment: Comment, standing: Standing, indent: usize) {
        match standing {
            Standing::Behind => self.put("  "),
            Standing::Alone => self.line(indent),
        }
        self.put(self.text[comment.span.range()].trim_end());
    }

    /// Pieces side by side, the first without its gap.
    pub(super) fn flat(&mut self, pieces: &[Piece<'_>]) {
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                self.put(piece.gap.text());
            }
            self.put(piece.text);
        }
    }

    /// A statement, broken where it must be.
    pub(super) fn statement(&mut self, pieces: &[Piece<'_>], indent: usize) {
        self.broken(pieces, indent, piece::HIGHEST_RANK);
    }

    /// Pieces on a line that begins at `indent`. One level for each rank at most.
    fn broken(&mut self, pieces: &[Piece<'_>], indent: usize, rank: u8) {
        if !piece::hold_comments(pieces) && (rank == 0 || self.fits(piece::width(pieces))) {
            return self.flat(pieces);
        }
        let lower = rank.saturating_sub(1);
        let mut parts = pieces.chunk_by(|_, next| !next.is_broken(rank));
        let first = parts.next().unwrap_or_default();
        // The sources of a rule stand further in than its arrow.
        let has_arrow = rank == piece::HIGHEST_RANK && first.len() < pieces.len();
        self.broken(first, if has_arrow { indent + INDENT } else { indent }, lower);
        let mut end = first.last().map_or(0, |piece| piece.span.end);
        for part in parts {
            let inner = indent + INDENT;
            let indent = if part[0].gap == Gap::ListEnd { indent } else { inner };
            self.comments_between(end, part[0].comments.clone(), inner);
            self.line(indent);
            self.broken(part, indent, lower);
            end = part.last().map_or(end, |piece| piece.span.end);
        }
    }

    /// The comments behind a part of a statement that ends here.
    fn comments_between(&mut self, end: usize, comments: Range<usize>, indent: usize) {
        for (index, comment) in self.comments[comments].iter().enumerate() {
            let standing = if index == 0 { self.standing(end, *comment) } else { Standing::Alone };
            self.comment(*comment, standing, indent);
        }
    }

    /// How a comment stands to what ends before it.
    pub(super) fn standing(&self, end: usize, comment: Comment) -> Standing {
        let between = &self.text[end..comment.span.range().start];
        if between.contains('\n') { Standing::Alone } else { Standing::Behind }
    }
}
