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
                explanation: "\
                    Two parts of the output would be written to one file, and the second would overwrite the \
                    first: policies would be missing in the cluster without anybody noticing. Nothing was \
                    written. Choose another `--layout`, or rename one of the `pods` or namespaces.",
                wrong: "",
                right: "",
            },
            Self::TooLarge => Entry {
                code: "E0702",
                title: "a policy is too large",
                explanation: "\
                    A policy is larger than `kubectl apply` can store: it keeps a copy of the object in an \
                    annotation, and the API server limits these to 256 KiB. netdsl splits large policies, \
                    but this one cannot be split any further. Nothing was written. Use fewer or wider peers, \
                    such as one selector instead of many, or a larger address block.",
                wrong: "",
                right: "",
            },
            Self::ProofFailed => Entry {
                code: "E0710",
                title: "the output differs from the program",
                explanation: "\
                    Before anything is written, the finished YAML is read back and compared with the \
                    program, by code that shares nothing with the compiler. They differ, so the compiler has \
                    a bug, and what it made would allow or deny something else than the program says. \
                    Nothing was written. Please report it with the program; the message shows a connection \
                    on which the two disagree.",
                wrong: "",
                right: "",
            },
            Self::ProofBudget => Entry {
                code: "E0711",
                title: "the proof ran out of budget",
                explanation: "\
                    Before anything is written, the finished YAML is read back and compared with the \
                    program. This comparison took more steps than its budget allows, so it is not known \
                    whether the two are equal, and nothing was written. The budget counts steps and not \
                    time: the same program always ends in the same way. Use fewer different labels in one \
                    rule, or split the program by namespaces; and please report the program.",
                wrong: "",
                right: "",
            },
        }
    }
}
