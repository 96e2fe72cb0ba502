//! Lines, blocks, blank lines and the comments between statements.
//!
//! Several blank lines become one; there is none at the beginning or the end of a file or block. A block stays on
//! one line if it stood on one and fits. Comments stand where they stood: behind a statement, or on lines of their
//! own.

use std::ops::Range;

use super::INDENT;
use super::layout::{Standing, Writer};
use super::piece::{self, Line, Outline, Piece, Role};
use crate::syntax::ast::Comment;

/// Prints a whole file.
pub(super) fn outline(text: &str, comments: &[Comment], outline: &Outline<'_>) -> String {
    let mut printer = Printer {
        text,
        comments,
        writer: Writer::new(text, comments),
        depth: 0,
        last: None,
        begun: Begun::Block,
    };
    let mut rest = &outline.lines[..];
    while let Some(line) = rest.first() {
        let taken = printer.line(line, rest);
        rest = &rest[taken..];
    }
    printer.comments(outline.comments.clone());
    printer.writer.finish()
}

struct Printer<'t> {
    text: &'t str,
    comments: &'t [Comment],
    writer: Writer<'t>,
    /// How many blocks are open.
    depth: usize,
    /// Where the last thing that was printed ends in the source.
    last: Option<usize>,
    begun: Begun,
}

/// What the next line is the first of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begun {
    /// A file or block: no blank line stands before it.
    Block,
    /// Nothing.
    Line,
}

impl Printer<'_> {
    /// Prints the first of these lines, and how many others with it.
    fn line(&mut self, line: &Line<'_>, rest: &[Line<'_>]) -> usize {
        let first = &line.pieces[0];
        self.comments(first.comments.clone());
        match line.role {
            Role::Statement => self.begin(first.span.start),
            Role::Open => {
                self.begin(first.span.start);
                if let Some(taken) = self.on_one_line(rest) {
                    return taken;
                }
            }
            Role::Close => {
                self.depth = self.depth.saturating_sub(1);
                self.writer.line(self.indent());
            }
        }
        self.writer.statement(&line.pieces, self.indent());
        self.last = Some(line.end());
        self.begun = Begun::Line;
        if line.role == Role::Open {
            self.depth += 1;
            self.begun = Begun::Block;
        }
        1
    }

    fn indent(&self) -> usize {
        self.depth * INDENT
    }

    /// Begins the line of something that begins here in the source.
    fn begin(&mut self, start: usize) {
        if self.begun == Begun::Line && self.blank_before(start) {
            self.writer.blank();
        }
        self.writer.line(self.indent());
        self.begun = Begun::Line;
    }

    /// Whether a blank line lies before something in the source.
    fn blank_before(&self, start: usize) -> bool {
        let between = self.last.map_or("", |end| &self.text[end..start]);
        between.bytes().filter(|byte| *byte == b'\n').nth(1).is_some()
    }

    /// The comments behind the last line, and those on lines of their own.
    fn comments(&mut self, comments: Range<usize>) {
        for comment in &self.comments[comments] {
            let standing = self.last.map_or(Standing::Alone, |end| self.writer.standing(end, *comment));
            match standing {
                Standing::Behind => self.writer.comment(*comment, Standing::Behind, 0),
                Standing::Alone => {
                    if self.begun == Begun::Line && self.blank_before(comment.span.range().start) {
                        self.writer.blank();
                    }
                    self.begun = Begun::Line;
                    self.writer.comment(*comment, Standing::Alone, self.indent());
                }
            }
            self.last = Some(comment.span.range().end);
        }
    }

    /// Prints a block on the line that has begun, where it stood on one and fits, or holds nothing; how many lines
    /// of the outline it took.
    fn on_one_line(&mut self, rest: &[Line<'_>]) -> Option<usize> {
        let taken = inline_length(self.text, rest)?;
        let lines = &rest[..taken];
        let columns =
            |(index, line): (usize, &Line<'_>)| gap(index, lines).len() + piece::width(&line.pieces);
        let columns: usize = lines.iter().enumerate().map(columns).sum();
        let split = lines.iter().any(|line| piece::hold_comments(&line.pieces));
        if split || !self.writer.fits(columns) {
            return None;
        }
        for (index, line) in lines.iter().enumerate() {
            self.writer.put(gap(index, lines));
            self.writer.flat(&line.pieces);
        }
        self.last = lines.last().map(Line::end);
        Some(taken)
    }
}

/// What stands before a line of a block that is printed on one line.
fn gap(index: usize, lines: &[Line<'_>]) -> &'static str {
    let before = index.checked_sub(1).map(|before| lines[before].role);
    match (before, lines[index].role) {
        (None, _) | (Some(Role::Open), Role::Close) => "",
        (Some(Role::Open | Role::Statement | Role::Close), Role::Open | Role::Statement | Role::Close) => " ",
    }
}

/// How many lines a block takes that begins with the first of these, where the source has it on one line, or empty.
fn inline_length(text: &str, lines: &[Line<'_>]) -> Option<usize> {
    let brace = lines.first()?.end();
    let mut depth = 0_usize;
    for (index, line) in lines.iter().enumerate() {
        let first = &line.pieces[0];
        let empty = index == 1 && line.role == Role::Close && first.comments.is_empty();
        if index > 0 && !empty && !on_the_line(text, brace, first) {
            return None;
        }
        match line.role {
            Role::Open => depth += 1,
            Role::Statement => {}
            Role::Close => depth = depth.saturating_sub(1),
        }
        if depth == 0 {
            return Some(index + 1);
        }
    }
    None
}

/// Whether a piece stands on the line on which a brace ends.
fn on_the_line(text: &str, brace: usize, piece: &Piece<'_>) -> bool {
    !text[brace..piece.span.start].contains('\n')
}
