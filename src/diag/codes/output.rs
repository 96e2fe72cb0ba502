//! E07xx: the output.

use super::Entry;

/// E07xx: the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Output {
    /// One would overwrite the other.
    SamePath,
    /// Client-side apply cannot store it.
    TooLarge,
    /// A bug of netdsl: nothing was written.
    ProofFailed,
    /// Nothing was written.
    ProofBudget,
}

impl Output {
    /// All of the family, in order of their codes.
    pub const ALL: &[Self] = &[Self::SamePath, Self::TooLarge, Self::ProofFailed, Self::ProofBudget];

    /// The code, its text and its examples.
    pub fn entry(self) -> Entry {
        match self {
            Self::SamePath => Entry {
                code: "E0701",
                title: "two outputs have one path",
                explanation: "One would overwrite the other.",
                wrong: "",
                right: "",
            },
            Self::TooLarge => Entry {
                code: "E0702",
                title: "a policy is too large",
                explanation: "Client-side apply cannot store it.",
                wrong: "",
                right: "",
            },
            Self::ProofFailed => Entry {
                code: "E0710",
                title: "the output differs from the program",
                explanation: "A bug of netdsl: nothing was written.",
                wrong: "",
                right: "",
            },
            Self::ProofBudget => Entry {
                code: "E0711",
                title: "the proof ran out of budget",
                explanation: "Nothing was written.",
                wrong: "",
                right: "",
            },
        }
    }
}
