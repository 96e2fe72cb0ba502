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
    #[expect(clippy::too_many_lines, reason = "a table")]
    pub fn entry(self) -> Entry {
        match self {
            Self::IllegalPort => Entry {
                code: "E0401",
                title: "this is no port",
                explanation: "\
                    A port is a number from 1 to 65535 without leading zeros, a range such as `8000-8999` \
                    whose end is not before its beginning, or a name of at most 15 lower-case letters, \
                    digits and `-` with at least one letter. The API server refuses anything else. In quotes \
                    stands the name of a container port, and a number in quotes would be taken as such a \
                    name. Correct the port.",
                wrong: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 54320000
  }

  allow web -> db
}
",
                right: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow web -> db
}
",
            },
            Self::UnknownProtocol => Entry {
                code: "E0402",
                title: "the protocol is not known",
                explanation: "\
                    NetworkPolicy knows three protocols, written in lower case: `tcp`, `udp` and `sctp`. A \
                    policy cannot name any other, such as ICMP; whether a network plugin lets those pass is \
                    left to it. `:*` opens every port of every protocol. A port that a `pods` declaration \
                    names has its protocol from there, and takes no other. Correct the protocol, or leave it \
                    out for TCP.",
                wrong: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432/tpc
  }

  allow web -> db
}
",
                right: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432/tcp
  }

  allow web -> db
}
",
            },
            Self::PortsOnSource => Entry {
                code: "E0403",
                title: "FROM has no ports",
                explanation: "\
                    The port of a connection is the one that the target listens on. The source's own port is \
                    chosen by its system for each connection, and a NetworkPolicy cannot restrict it, so a \
                    port on FROM could only be a mistake: often the two sides are in the wrong order. Write \
                    the port behind the target, or remove it.",
                wrong: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow web:8080 -> db
}
",
                right: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow web -> db
}
",
            },
            Self::UndeclaredPortName => Entry {
                code: "E0404",
                title: "the port name is not declared",
                explanation: "\
                    A port name is looked up in the `pods` that the target names, or, on a selector, in the \
                    declared `pods` that it can match. None of them declares this name, so there is no \
                    number to write into the policy. Correct the name, declare it with `port NAME = …`, or \
                    write the number. The name of a container port, which is resolved in the cluster, is \
                    written in quotes: `:\"http\"`.",
                wrong: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow web -> db:postgres
}
",
                right: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow web -> db:sql
}
",
            },
            Self::UndeclaredPort => Entry {
                code: "E0405",
                title: "the pods do not declare this port",
                explanation: "\
                    The target's `pods` declare the ports on which they listen, and this is none of them. A \
                    rule for a port on which nobody listens allows nothing useful, and may open more than \
                    was meant once something does listen there. A policy sees the port of the pod, so a \
                    common cause is the port of the Service in front of it. Use a declared port, declare \
                    this one, or write `:*` for every port.",
                wrong: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow web -> db:5433
}
",
                right: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow web -> db:5432
}
",
            },
            Self::MissingPorts => Entry {
                code: "E0406",
                title: "the target needs ports",
                explanation: "\
                    Without ports a target is clear in two cases only: `pods` that declare exactly one port, \
                    and services, which have their own. Everywhere else a policy without ports opens every \
                    port of every protocol, and that should not happen by leaving something out; nor should \
                    a port that is added to `pods` later widen old rules. Write the ports behind `:`, or \
                    `:*` if every port is meant.",
                wrong: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow web -> app=db
}
",
                right: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow web -> app=db:5432
}
",
            },
            Self::AmbiguousPortName => Entry {
                code: "E0407",
                title: "the port name means different ports",
                explanation: "\
                    The target is a selector that can match several declared `pods`, and they mean different \
                    numbers by this port name. Taking all numbers would open ports that nobody asked for, \
                    and taking one would cut off the others. Write the number, or name the `pods` that you \
                    mean, each with its port.",
                wrong: "
label app = web | api | admin

namespace shop {
  default deny ingress

  pods web where app=web
  pods api where app=api {
    port http = 8080
  }
  pods admin where app=admin {
    port http = 9090
  }

  allow web -> app in (api, admin):http
}
",
                right: "
label app = web | api | admin

namespace shop {
  default deny ingress

  pods web where app=web
  pods api where app=api {
    port http = 8080
  }
  pods admin where app=admin {
    port http = 9090
  }

  allow web -> api:http | admin:http
}
",
            },
            Self::PortsOnService => Entry {
                code: "E0408",
                title: "a service has its own ports",
                explanation: "\
                    A service is a target together with its ports: `dns` is the cluster's DNS pods on port \
                    53, UDP and TCP. Other ports behind it would contradict its declaration. Write the \
                    service alone; for other ports write the pods that are behind it, or declare a service \
                    of your own.",
                wrong: "
namespace shop {
  default deny egress
  allow * -> dns:53/udp
}
",
                right: "
namespace shop {
  default deny egress
  allow * -> dns
}
",
            },
            Self::NameWithoutPods => Entry {
                code: "E0409",
                title: "a port name needs pods",
                explanation: "\
                    Addresses have no pods, so nothing says which number a port name means there. Kubernetes \
                    would accept a named port on an address, and then plugins differ: some match nothing, \
                    some everything. Write the number, such as `:443`.",
                wrong: "
namespace shop {
  default deny egress
  allow * -> dns
  allow * -> internet:https
}
",
                right: "
namespace shop {
  default deny egress
  allow * -> dns
  allow * -> internet:443
}
",
            },
        }
    }
}
