//! E04xx: ports and protocols.

use super::Entry;

/// E04xx: ports and protocols.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ports {
    /// Numbers go from 1 to 65535, without leading zeros; a range goes upwards; a name is at most 15 of `[-a-z0-9]` with a letter.
    IllegalPort,
    /// NetworkPolicy knows tcp, udp and sctp.
    UnknownProtocol,
    /// The port of a rule is the target's; a source port cannot be stated.
    PortsOnSource,
    /// No `pods` that the target can match declares a port of this name.
    UndeclaredPortName,
    /// A rule opens only what the target's `pods` listen on, or `:*`.
    UndeclaredPort,
    /// Without ports only `pods` with exactly one declared port, and services, are clear.
    MissingPorts,
    /// The `pods` that the target can match disagree about it.
    AmbiguousPortName,
    /// A service takes no others.
    PortsOnService,
    /// Addresses have no container ports, so a name means nothing there.
    NameWithoutPods,
}

impl Ports {
    /// All of the family, in order of their codes.
    pub const ALL: &[Self] = &[
        Self::IllegalPort,
        Self::UnknownProtocol,
        Self::PortsOnSource,
        Self::UndeclaredPortName,
        Self::UndeclaredPort,
        Self::MissingPorts,
        Self::AmbiguousPortName,
        Self::PortsOnService,
        Self::NameWithoutPods,
    ];

    /// The code, its text and its examples.
    pub fn entry(self) -> Entry {
        match self {
            Self::IllegalPort => Entry {
                code: "E0401",
                title: "this is no port",
                explanation: "Numbers go from 1 to 65535, without leading zeros; a range goes upwards; a name is at most 15 of `[-a-z0-9]` with a letter.",
                wrong: "",
                right: "",
            },
            Self::UnknownProtocol => Entry {
                code: "E0402",
                title: "the protocol is not known",
                explanation: "NetworkPolicy knows tcp, udp and sctp.",
                wrong: "",
                right: "",
            },
            Self::PortsOnSource => Entry {
                code: "E0403",
                title: "FROM has no ports",
                explanation: "The port of a rule is the target's; a source port cannot be stated.",
                wrong: "",
                right: "",
            },
            Self::UndeclaredPortName => Entry {
                code: "E0404",
                title: "the port name is not declared",
                explanation: "No `pods` that the target can match declares a port of this name.",
                wrong: "",
                right: "",
            },
            Self::UndeclaredPort => Entry {
                code: "E0405",
                title: "the pods do not declare this port",
                explanation: "A rule opens only what the target's `pods` listen on, or `:*`.",
                wrong: "",
                right: "",
            },
            Self::MissingPorts => Entry {
                code: "E0406",
                title: "the target needs ports",
                explanation: "Without ports only `pods` with exactly one declared port, and services, are clear.",
                wrong: "",
                right: "",
            },
            Self::AmbiguousPortName => Entry {
                code: "E0407",
                title: "the port name means different ports",
                explanation: "The `pods` that the target can match disagree about it.",
                wrong: "",
                right: "",
            },
            Self::PortsOnService => Entry {
                code: "E0408",
                title: "a service has its own ports",
                explanation: "A service takes no others.",
                wrong: "",
                right: "",
            },
            Self::NameWithoutPods => Entry {
                code: "E0409",
                title: "a port name needs pods",
                explanation: "Addresses have no container ports, so a name means nothing there.",
                wrong: "",
                right: "",
            },
        }
    }
}
