//! W0xxx: warnings; each has a name for silencing.

use super::Entry;

/// W0xxx: warnings; each has a name for silencing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lint {
    /// A `##` comment that no declaration or rule follows.
    MisplacedDoc,
    /// `in` or `notin` lists every value of a closed label.
    FullValueList,
    /// `pods` hide a service or network of the same name.
    HiddenName,
    /// A rule, or one of its alternatives, of which no half is written.
    RuleWithoutEffect,
    /// A rule in the block of a set that covers no managed namespace.
    EmptySet,
}

impl Lint {
    /// All of the family, in order of their codes.
    pub const ALL: &[Self] =
        &[Self::MisplacedDoc, Self::FullValueList, Self::HiddenName, Self::RuleWithoutEffect, Self::EmptySet];

    /// The code, its text and its examples.
    pub fn entry(self) -> Entry {
        match self {
            Self::MisplacedDoc => Entry {
                code: "W0001",
                title: "misplaced-doc-comment",
                explanation: "A `##` comment that no declaration or rule follows.",
                wrong: "",
                right: "",
            },
            Self::FullValueList => Entry {
                code: "W0002",
                title: "full-value-list",
                explanation: "`in` or `notin` lists every value of a closed label.",
                wrong: "",
                right: "",
            },
            Self::HiddenName => Entry {
                code: "W0003",
                title: "hidden-name",
                explanation: "`pods` hide a service or network of the same name.",
                wrong: "",
                right: "",
            },
            Self::RuleWithoutEffect => Entry {
                code: "W0004",
                title: "rule-without-effect",
                explanation: "A rule, or one of its alternatives, of which no half is written.",
                wrong: "",
                right: "",
            },
            Self::EmptySet => Entry {
                code: "W0005",
                title: "empty-set",
                explanation: "A rule in the block of a set that covers no managed namespace.",
                wrong: "",
                right: "",
            },
        }
    }
}
