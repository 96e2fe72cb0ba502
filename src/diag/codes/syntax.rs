//! E01xx: the text itself.

use super::Entry;

/// E01xx: the text itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Syntax {
    /// The line does not read as any statement: what was expected, and what stands there.
    UnexpectedText,
    /// A `{` has no `}`, or a line that can only stand outside ends the block.
    MissingBrace,
    /// There is no open block for this `}`.
    UnmatchedBrace,
    /// A `"` has no partner on its line.
    UnclosedString,
    /// Invalid UTF-8, a NUL or another control character, or a BOM that is not at the start.
    NotText,
    /// The first word of a line is no keyword.
    UnknownStatement,
    /// A known statement in a block, or outside one, where it has no meaning.
    Misplaced,
    /// More than one member on a line, or text behind `}`.
    OneMemberALine,
    /// `@name("…")` belongs on the line before a `pods` declaration.
    MisplacedName,
    /// Nesting, a line, a name or a file past the documented limits.
    Limit,
}

impl Syntax {
    /// All of the family, in order of their codes.
    pub const ALL: &[Self] = &[
        Self::UnexpectedText,
        Self::MissingBrace,
        Self::UnmatchedBrace,
        Self::UnclosedString,
        Self::NotText,
        Self::UnknownStatement,
        Self::Misplaced,
        Self::OneMemberALine,
        Self::MisplacedName,
        Self::Limit,
    ];

    /// The code, its text and its examples.
    pub fn entry(self) -> Entry {
        match self {
            Self::UnexpectedText => Entry {
                code: "E0101",
                title: "something else was expected here",
                explanation: "The line does not read as any statement: what was expected, and what stands there.",
                wrong: "",
                right: "",
            },
            Self::MissingBrace => Entry {
                code: "E0102",
                title: "a block is not closed",
                explanation: "A `{` has no `}`, or a line that can only stand outside ends the block.",
                wrong: "",
                right: "",
            },
            Self::UnmatchedBrace => Entry {
                code: "E0103",
                title: "a `}` closes nothing",
                explanation: "There is no open block for this `}`.",
                wrong: "",
                right: "",
            },
            Self::UnclosedString => Entry {
                code: "E0104",
                title: "a string is not closed",
                explanation: "A `\"` has no partner on its line.",
                wrong: "",
                right: "",
            },
            Self::NotText => Entry {
                code: "E0105",
                title: "the file is not UTF-8 text",
                explanation: "Invalid UTF-8, a NUL or another control character, or a BOM that is not at the start.",
                wrong: "",
                right: "",
            },
            Self::UnknownStatement => Entry {
                code: "E0106",
                title: "no statement begins like this",
                explanation: "The first word of a line is no keyword.",
                wrong: "",
                right: "",
            },
            Self::Misplaced => Entry {
                code: "E0107",
                title: "the statement cannot stand here",
                explanation: "A known statement in a block, or outside one, where it has no meaning.",
                wrong: "",
                right: "",
            },
            Self::OneMemberALine => Entry {
                code: "E0108",
                title: "text before or behind a brace",
                explanation: "More than one member on a line, or text behind `}`.",
                wrong: "",
                right: "",
            },
            Self::MisplacedName => Entry {
                code: "E0109",
                title: "`@name` without `pods`",
                explanation: "`@name(\"…\")` belongs on the line before a `pods` declaration.",
                wrong: "",
                right: "",
            },
            Self::Limit => Entry {
                code: "E0110",
                title: "the program passes a limit",
                explanation: "Nesting, a line, a name or a file past the documented limits.",
                wrong: "",
                right: "",
            },
        }
    }
}
