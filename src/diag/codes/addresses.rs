//! E05xx: addresses and networks.

use super::Entry;

/// E05xx: addresses and networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Addresses {
    /// An IPv4 or IPv6 address or CIDR in canonical form.
    IllegalAddress,
    /// The API refuses such a CIDR: either the address or the length is not what was meant.
    HostBits,
    /// NetworkPolicy knows addresses and labels alone.
    HostName,
    /// Nothing is left of the network, or nothing of the exception lies inside it.
    UselessExcept,
    /// Its value would depend on itself.
    NetworkCycle,
    /// A rule has no exceptions: declare a `network`.
    ExceptInRule,
    /// Where ports can follow, `:` would be ambiguous.
    Brackets,
}

impl Addresses {
    /// All of the family, in order of their codes.
    pub const ALL: &[Self] = &[
        Self::IllegalAddress,
        Self::HostBits,
        Self::HostName,
        Self::UselessExcept,
        Self::NetworkCycle,
        Self::ExceptInRule,
        Self::Brackets,
    ];

    /// The code, its text and its examples.
    pub fn entry(self) -> Entry {
        match self {
            Self::IllegalAddress => Entry {
                code: "E0501",
                title: "this is no address",
                explanation: "An IPv4 or IPv6 address or CIDR in canonical form.",
                wrong: "",
                right: "",
            },
            Self::HostBits => Entry {
                code: "E0502",
                title: "bits are set beyond the prefix length",
                explanation: "The API refuses such a CIDR: either the address or the length is not what was meant.",
                wrong: "",
                right: "",
            },
            Self::HostName => Entry {
                code: "E0503",
                title: "a policy cannot name a host",
                explanation: "NetworkPolicy knows addresses and labels alone.",
                wrong: "",
                right: "",
            },
            Self::UselessExcept => Entry {
                code: "E0504",
                title: "the `except` leaves nothing, or takes nothing",
                explanation: "Nothing is left of the network, or nothing of the exception lies inside it.",
                wrong: "",
                right: "",
            },
            Self::NetworkCycle => Entry {
                code: "E0505",
                title: "a network is made of itself",
                explanation: "Its value would depend on itself.",
                wrong: "",
                right: "",
            },
            Self::ExceptInRule => Entry {
                code: "E0506",
                title: "`except` belongs to networks",
                explanation: "A rule has no exceptions: declare a `network`.",
                wrong: "",
                right: "",
            },
            Self::Brackets => Entry {
                code: "E0507",
                title: "IPv6 needs brackets here",
                explanation: "Where ports can follow, `:` would be ambiguous.",
                wrong: "",
                right: "",
            },
        }
    }
}
