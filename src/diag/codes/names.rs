//! E02xx: names, and files by `use`.

use super::Entry;

/// E02xx: names, and files by `use`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Names {
    /// No `pods`, service, network, namespace or set of namespaces of this name can be seen from here.
    Undeclared,
    /// A name is a DNS label: `[a-z0-9]([-a-z0-9]*[a-z0-9])?`, at most 63 characters.
    Malformed,
    /// A word of the language, or a policy name that the output uses itself.
    Reserved,
    /// The later declaration is the error; the earlier is shown.
    Twice,
    /// Outside a namespace block a peer must say in which namespace its pods are.
    NoNamespace,
    /// The file cannot be found or read.
    UseMissing,
    /// `use` may not leave the repository that the using file is in.
    UseOutside,
    /// An external namespace that is declared again must say the same.
    Disagrees,
    /// A name of the prelude is replaced with `override` only.
    Override,
    /// A service as FROM, a network as scope, `tenants/db`, a word of the language behind `/`.
    WrongKind,
}

impl Names {
    /// All of the family, in order of their codes.
    pub const ALL: &[Self] = &[
        Self::Undeclared,
        Self::Malformed,
        Self::Reserved,
        Self::Twice,
        Self::NoNamespace,
        Self::UseMissing,
        Self::UseOutside,
        Self::Disagrees,
        Self::Override,
        Self::WrongKind,
    ];

    /// The code, its text and its examples.
    pub fn entry(self) -> Entry {
        match self {
            Self::Undeclared => Entry {
                code: "E0201",
                title: "the name is not declared",
                explanation: "No `pods`, service, network, namespace or set of namespaces of this name can be seen from here.",
                wrong: "",
                right: "",
            },
            Self::Malformed => Entry {
                code: "E0202",
                title: "the name is not legal",
                explanation: "A name is a DNS label: `[a-z0-9]([-a-z0-9]*[a-z0-9])?`, at most 63 characters.",
                wrong: "",
                right: "",
            },
            Self::Reserved => Entry {
                code: "E0203",
                title: "the name is reserved",
                explanation: "A word of the language, or a policy name that the output uses itself.",
                wrong: "",
                right: "",
            },
            Self::Twice => Entry {
                code: "E0204",
                title: "the name is declared twice",
                explanation: "The later declaration is the error; the earlier is shown.",
                wrong: "",
                right: "",
            },
            Self::NoNamespace => Entry {
                code: "E0205",
                title: "a peer needs a namespace here",
                explanation: "Outside a namespace block a peer must say in which namespace its pods are.",
                wrong: "",
                right: "",
            },
            Self::UseMissing => Entry {
                code: "E0206",
                title: "the file of a `use` is not there",
                explanation: "The file cannot be found or read.",
                wrong: "",
                right: "",
            },
            Self::UseOutside => Entry {
                code: "E0207",
                title: "a `use` leaves the root",
                explanation: "`use` may not leave the repository that the using file is in.",
                wrong: "",
                right: "",
            },
            Self::Disagrees => Entry {
                code: "E0208",
                title: "two declarations of one namespace disagree",
                explanation: "An external namespace that is declared again must say the same.",
                wrong: "",
                right: "",
            },
            Self::Override => Entry {
                code: "E0209",
                title: "`override` is missing, or overrides nothing",
                explanation: "A name of the prelude is replaced with `override` only.",
                wrong: "",
                right: "",
            },
            Self::WrongKind => Entry {
                code: "E0210",
                title: "the name is of another kind",
                explanation: "A service as FROM, a network as scope, `tenants/db`, a word of the language behind `/`.",
                wrong: "",
                right: "",
            },
        }
    }
}
