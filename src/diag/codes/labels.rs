//! E03xx: label keys, values and selectors.

use super::Entry;

/// E03xx: label keys, values and selectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Labels {
    /// No `label` (or `namespace label`) declares the key.
    UndeclaredKey,
    /// The value is not in the list of a closed label.
    UnknownValue,
    /// Keys and values follow the API's own rules.
    IllegalLabel,
    /// The requirements exclude each other.
    Contradiction,
    /// kubectl's `==`, a bare key, `!=*`.
    KubectlNotation,
    /// A set of namespaces asks for a key about which a managed namespace says nothing.
    UnstatedLabel,
    /// `kubernetes.io/metadata.name` is always the namespace's name; of what a namespace carries only `k=v` and `!k` can be stated.
    FixedLabel,
}

impl Labels {
    /// All of the family, in order of their codes.
    pub const ALL: &[Self] = &[
        Self::UndeclaredKey,
        Self::UnknownValue,
        Self::IllegalLabel,
        Self::Contradiction,
        Self::KubectlNotation,
        Self::UnstatedLabel,
        Self::FixedLabel,
    ];

    /// The code, its text and its examples.
    pub fn entry(self) -> Entry {
        match self {
            Self::UndeclaredKey => Entry {
                code: "E0301",
                title: "the label key is not declared",
                explanation: "No `label` (or `namespace label`) declares the key.",
                wrong: "",
                right: "",
            },
            Self::UnknownValue => Entry {
                code: "E0302",
                title: "the label does not have this value",
                explanation: "The value is not in the list of a closed label.",
                wrong: "",
                right: "",
            },
            Self::IllegalLabel => Entry {
                code: "E0303",
                title: "Kubernetes refuses this key or value",
                explanation: "Keys and values follow the API's own rules.",
                wrong: "",
                right: "",
            },
            Self::Contradiction => Entry {
                code: "E0304",
                title: "nothing can match the selector",
                explanation: "The requirements exclude each other.",
                wrong: "",
                right: "",
            },
            Self::KubectlNotation => Entry {
                code: "E0305",
                title: "write this selector the netdsl way",
                explanation: "kubectl's `==`, a bare key, `!=*`.",
                wrong: "",
                right: "",
            },
            Self::UnstatedLabel => Entry {
                code: "E0306",
                title: "a managed namespace does not state a label",
                explanation: "A set of namespaces asks for a key about which a managed namespace says nothing.",
                wrong: "",
                right: "",
            },
            Self::FixedLabel => Entry {
                code: "E0307",
                title: "this label cannot be stated",
                explanation: "`kubernetes.io/metadata.name` is always the namespace's name; of what a namespace carries only `k=v` and `!k` can be stated.",
                wrong: "",
                right: "",
            },
        }
    }
}
