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
    #[expect(clippy::too_many_lines, reason = "a table")]
    pub fn entry(self) -> Entry {
        match self {
            Self::IllegalAddress => Entry {
                code: "E0501",
                title: "this is no address",
                explanation: "\
                    This is no IPv4 or IPv6 address and no CIDR. netdsl takes only what every part of \
                    Kubernetes reads in the same way: no leading zeros, which some read as octal, no IPv4 \
                    addresses inside IPv6, and IPv6 in its usual short form in lower case. A misread address \
                    opens the policy to other machines. Correct it; the help has the usual form where there \
                    is one.",
                wrong: "
network office = 203.0.113.256

namespace shop {
  default deny ingress
  allow office -> *:8080
}
",
                right: "
network office = 203.0.113.25

namespace shop {
  default deny ingress
  allow office -> *:8080
}
",
            },
            Self::HostBits => Entry {
                code: "E0502",
                title: "bits are set beyond the prefix length",
                explanation: "\
                    The prefix length says how many bits of the address count, and beyond them a bit is set: \
                    `10.1.2.3/8` is either the network `10.0.0.0/8` or the one address `10.1.2.3`, and the \
                    two differ by sixteen million machines. Newer API servers refuse such a CIDR, and older \
                    ones silently took the network. Write the one that you mean.",
                wrong: "
network office = 10.1.2.3/8

namespace shop {
  default deny ingress
  allow office -> *:8080
}
",
                right: "
network office = 10.0.0.0/8

namespace shop {
  default deny ingress
  allow office -> *:8080
}
",
            },
            Self::HostName => Entry {
                code: "E0503",
                title: "a policy cannot name a host",
                explanation: "\
                    A NetworkPolicy selects pods by labels and everything else by addresses; it cannot name \
                    hosts. A host name could be resolved while compiling, but its addresses change, and then \
                    the policy would let through the wrong machines and cut off the right ones. Declare the \
                    addresses as a `network`, allow `internet` on the port, or let the traffic go through an \
                    egress proxy and allow that.",
                wrong: "
network partner = api.example.com

namespace shop {
  default deny ingress
  allow partner -> *:8080
}
",
                right: "
network partner = 203.0.113.10

namespace shop {
  default deny ingress
  allow partner -> *:8080
}
",
            },
            Self::UselessExcept => Entry {
                code: "E0504",
                title: "the `except` leaves nothing, or takes nothing",
                explanation: "\
                    `except` takes addresses out of the network. Either nothing is left, so the network \
                    matches nobody and every rule with it allows nothing; or nothing of the exception lies \
                    inside the network, so it takes nothing out, and the addresses that should be kept away \
                    are perhaps let in by another part. Correct the addresses on either side.",
                wrong: "
network office = 10.0.0.0/8 except 192.168.7.0/24

namespace shop {
  default deny ingress
  allow office -> *:8080
}
",
                right: "
network office = 10.0.0.0/8 except 10.9.7.0/24

namespace shop {
  default deny ingress
  allow office -> *:8080
}
",
            },
            Self::NetworkCycle => Entry {
                code: "E0505",
                title: "a network is made of itself",
                explanation: "\
                    A network may be made of other networks, but not of itself, directly or through others: \
                    it would have no addresses of its own, and rules with it would match nobody. Names are \
                    bound late, so overriding a network of the prelude can close such a circle too. Remove \
                    the name from one of the declarations that the message shows.",
                wrong: "
network office = 203.0.113.0/24 | branches
network branches = 198.51.100.0/24 | office

namespace shop {
  default deny ingress
  allow office -> *:8080
}
",
                right: "
network office = 203.0.113.0/24 | branches
network branches = 198.51.100.0/24

namespace shop {
  default deny ingress
  allow office -> *:8080
}
",
            },
            Self::ExceptInRule => Entry {
                code: "E0506",
                title: "`except` belongs to networks",
                explanation: "\
                    `except` belongs to the declaration of a `network`. In a rule it would be easy to read \
                    as \"deny these\", and policies cannot deny: what one rule leaves out, another may let \
                    in. Declare a network with the exception and use its name in the rule. To be sure that \
                    nothing else lets the addresses in, state it with `never`.",
                wrong: "
namespace shop {
  default deny ingress
  allow 10.0.0.0/8 except 10.9.0.0/16 -> *:8080
}
",
                right: "
network office = 10.0.0.0/8 except 10.9.0.0/16

namespace shop {
  default deny ingress
  allow office -> *:8080
}
",
            },
            Self::Brackets => Entry {
                code: "E0507",
                title: "IPv6 needs brackets here",
                explanation: "\
                    Behind a target stand `:` and its ports, and an IPv6 address is full of `:` itself: in \
                    `2001:db8::1:443` the end could be a port or a part of the address. So in a target an \
                    IPv6 address stands in brackets, as in a URL. Write `[2001:db8::1]:443`.",
                wrong: "
namespace shop {
  default deny egress
  allow * -> dns
  allow * -> 2001:db8::1
}
",
                right: "
namespace shop {
  default deny egress
  allow * -> dns
  allow * -> [2001:db8::1]:443
}
",
            },
        }
    }
}
