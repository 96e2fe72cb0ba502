//! E09xx: tests.

use super::Entry;

/// E09xx: tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tests {
    /// A pair of pods that the line is about behaves otherwise.
    TestFails,
}

impl Tests {
    /// All of the family, in order of their codes.
    pub const ALL: &[Self] = &[Self::TestFails];

    /// The code, its text and its examples.
    pub fn entry(self) -> Entry {
        match self {
            Self::TestFails => Entry {
                code: "E0901",
                title: "a line of a test does not hold",
                explanation: "A pair of pods that the line is about behaves otherwise.",
                wrong: "",
                right: "",
            },
        }
    }
}
