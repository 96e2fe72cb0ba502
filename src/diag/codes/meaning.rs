//! E06xx: what the program says as a whole.

use super::Entry;

/// E06xx: what the program says as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// netdsl writes nothing into namespaces that it does not manage.
    NothingManaged,
    /// A connection that the guard rules out is possible.
    GuardFails,
    /// At most one for a namespace over all its blocks, one for a `pods`; `default allow` is for namespaces.
    DefaultConflict,
    /// The proof ran out of its budget of steps; nothing is compiled as if it held.
    Unproved,
    /// Write the addresses of the nodes instead.
    HostNetwork,
    /// Isolating kube-system, kube-public or kube-node-lease by accident breaks the cluster.
    SystemNamespace,
}

impl Meaning {
    /// All of the family, in order of their codes.
    pub const ALL: &[Self] = &[
        Self::NothingManaged,
        Self::GuardFails,
        Self::DefaultConflict,
        Self::Unproved,
        Self::HostNetwork,
        Self::SystemNamespace,
    ];

    /// The code, its text and its examples.
    pub fn entry(self) -> Entry {
        match self {
            Self::NothingManaged => Entry {
                code: "E0601",
                title: "neither side of the rule is managed",
                explanation: "netdsl writes nothing into namespaces that it does not manage.",
                wrong: "",
                right: "",
            },
            Self::GuardFails => Entry {
                code: "E0602",
                title: "a guard does not hold",
                explanation: "A connection that the guard rules out is possible.",
                wrong: "",
                right: "",
            },
            Self::DefaultConflict => Entry {
                code: "E0603",
                title: "a `default` too many",
                explanation: "At most one for a namespace over all its blocks, one for a `pods`; `default allow` is for namespaces.",
                wrong: "",
                right: "",
            },
            Self::Unproved => Entry {
                code: "E0604",
                title: "the guard or test could not be proved",
                explanation: "The proof ran out of its budget of steps; nothing is compiled as if it held.",
                wrong: "",
                right: "",
            },
            Self::HostNetwork => Entry {
                code: "E0605",
                title: "no policy sees pods in the host's network",
                explanation: "Write the addresses of the nodes instead.",
                wrong: "",
                right: "",
            },
            Self::SystemNamespace => Entry {
                code: "E0606",
                title: "a system namespace needs a `default`",
                explanation: "Isolating kube-system, kube-public or kube-node-lease by accident breaks the cluster.",
                wrong: "",
                right: "",
            },
        }
    }
}
