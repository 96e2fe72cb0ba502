//! What is printed: pieces of text that make up lines, each with the comments before it.

use std::ops::Range;

/// A word or a sign, and how it stands to the piece before it.
#[derive(Clone, Debug)]
pub(super) struct Piece<'t> {
    /// What is printed.
    pub(super) text: &'t str,
    /// What stands between it and the piece before.
    pub(super) gap: Gap,
    /// The comments between it and the piece before, as indices into those of the file.
    pub(super) comments: Range<usize>,
    /// Where it stands in the source.
    pub(super) span: Range<usize>,
}

/// What stands between two pieces of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    Tight,
    /// A space.
    Space,
    /// Nothing, before a port behind a comma.
    Port,
    /// A space, before a value or a declared port behind a comma.
    Value,
    /// Nothing, before the first value of a list.
    FirstValue,
    /// Nothing, before the `)` of a list: it stands as far to the left as the line of its `(`.
    ListEnd,
    /// A space, before a requirement behind a comma.
    Requirement,
    /// A space, behind `where`: the line is broken there for comments alone.
    Condition,
    /// A space, behind the `=` of a declaration.
    Body,
    /// A space, before `|`.
    Bar,
    /// A space, before `->` and `except`.
    Arrow,
}

/// A statement, the header of a block up to and with its `{`, or a `}`.
#[derive(Clone, Debug)]
pub(super) struct Line<'t> {
    /// Which.
    pub(super) role: Role,
    /// At least one.
    pub(super) pieces: Vec<Piece<'t>>,
}

/// What a line does to the blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A statement without a block.
    Statement,
    /// A header with its `{`.
    Open,
    /// `}`
    Close,
}

/// A file in lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline<'t> {
    /// Its lines.
    pub(super) lines: Vec<Line<'t>>,
    /// The comments behind the last line.
    pub(super) comments: Range<usize>,
}

impl Gap {
    /// Among the gaps at which a statement that does not fit may be broken, those of the highest rank come first.
    /// At rank 0 it is broken for comments alone.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Tight | Self::Space => 0,
            Self::Port | Self::Value | Self::FirstValue | Self::ListEnd => 1,
            Self::Requirement => 2,
            Self::Condition | Self::Body => 3,
            Self::Bar => 4,
            Self::Arrow => HIGHEST_RANK,
        }
    }

    /// Whether a line that is broken at a rank is broken here.
    fn is_broken(self, rank: u8) -> bool {
        self.rank() == rank && rank > 0 && self != Self::Condition
    }

    /// What is printed where the line is not broken.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Tight | Self::Port | Self::FirstValue | Self::ListEnd => "",
            Self::Space
            | Self::Value
            | Self::Requirement
            | Self::Condition
            | Self::Body
            | Self::Bar
            | Self::Arrow => " ",
        }
    }
}

/// The rank of the gaps that are broken first.
pub(super) const HIGHEST_RANK: u8 = 5;

impl Piece<'_> {
    /// Whether a statement that is broken at a rank is broken before this piece.
    pub(super) fn is_broken(&self, rank: u8) -> bool {
        self.gap.is_broken(rank) || (self.gap.rank() == rank && !self.comments.is_empty())
    }
}

impl Line<'_> {
    /// Where it ends in the source.
    pub(super) fn end(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.span.end)
    }
}

/// The columns that pieces take side by side, without the first gap.
pub(super) fn width(pieces: &[Piece<'_>]) -> usize {
    let columns = |(index, piece): (usize, &Piece<'_>)| {
        let gap = if index == 0 { 0 } else { piece.gap.text().len() };
        gap + piece.text.chars().count()
    };
    pieces.iter().enumerate().map(columns).sum()
}

/// Whether a comment stands between two of these pieces.
pub(super) fn hold_comments(pieces: &[Piece<'_>]) -> bool {
    pieces.iter().skip(1).any(|piece| !piece.comments.is_empty())
}
