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
                explanation: "\
                    A rule becomes two halves: egress at its sources and ingress at its targets, each \
                    written into a namespace that netdsl manages. Here neither side is in one: they are \
                    external namespaces, for which others are responsible, or addresses outside of the \
                    cluster. Nothing at all would be written, and the rule would be a wish. Declare one of \
                    the namespaces with `namespace` instead of `external namespace`, or remove the rule.",
                wrong: "
external namespace monitoring
external namespace shop

allow monitoring/* -> shop/*:9090
",
                right: "
external namespace monitoring
namespace shop {
  default deny ingress
}

allow monitoring/* -> shop/*:9090
",
            },
            Self::GuardFails => Entry {
                code: "E0602",
                title: "a guard does not hold",
                explanation: "\
                    `never` and `only` say what must not be possible, whatever the rules are. netdsl proves \
                    them for every pod that could exist and all addresses, and found a connection that \
                    contradicts this one; the message has a source, a target and a port, and the rule that \
                    lets them through, or says that neither side is isolated. Nothing is written while a \
                    guard does not hold. Narrow the rule, isolate a side, or correct the guard.",
                wrong: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow * -> db
  only web -> db
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
  only web -> db
}
",
            },
            Self::DefaultConflict => Entry {
                code: "E0603",
                title: "a `default` too many",
                explanation: "\
                    `default` says which directions are isolated: whether what no rule allows is denied. A \
                    namespace has at most one such line over all its blocks, and each `pods` at most one; \
                    two could contradict each other, and then it would not be clear what is denied. `default \
                    allow` stands in namespaces only, because policies add up and cannot take isolation away \
                    from single pods again. An external namespace has none, as nothing is written into it. \
                    Keep one line that says everything.",
                wrong: "
namespace shop {
  default deny ingress
  default deny egress
}
",
                right: "
namespace shop {
  default deny ingress egress
}
",
            },
            Self::Unproved => Entry {
                code: "E0604",
                title: "the guard or test could not be proved",
                explanation: "\
                    Guards and tests are proved for every pod that could exist. That is hard in general: a \
                    guard over many selectors with `!=` and `notin` can need more steps than the proof may take. \
                    Then nothing is written, as if the guard did not hold, because nobody should rely on a \
                    promise that was not proved. The limit counts steps, so every machine gives the same answer. \
                    Split the guard into several with fewer sources and targets.",
                wrong: "",
                right: "",
            },
            Self::HostNetwork => Entry {
                code: "E0605",
                title: "no policy sees pods in the host's network",
                explanation: "\
                    Pods with `hostNetwork: true` use the addresses of their node. To a NetworkPolicy their \
                    traffic is that of the node: most plugins match it by no label at all, so a policy for \
                    these pods would isolate nothing, and a rule that names them would allow nothing. \
                    Declare the addresses of the nodes as a `network` and write that, knowing that it means \
                    everything which runs on them.",
                wrong: "
label app = agent | db

namespace shop {
  default deny ingress

  pods agent where app=agent {
    host-network
  }
  pods db where app=db {
    port sql = 5432
  }

  allow agent -> db
}
",
                right: "
label app = db

network nodes = 192.0.2.0/24

namespace shop {
  default deny ingress

  pods db where app=db {
    port sql = 5432
  }

  allow nodes -> db
}
",
            },
            Self::SystemNamespace => Entry {
                code: "E0606",
                title: "a system namespace needs a `default`",
                explanation: "\
                    The cluster itself runs in `kube-system`, `kube-public` and `kube-node-lease`: DNS, \
                    metrics, often the network plugin. A managed namespace is isolated in both directions \
                    unless it says otherwise, and doing that here by accident cuts the whole cluster off \
                    from DNS. So these need a `default` line that says what is meant. If policies are to be \
                    written elsewhere only, declare the namespace with `external namespace`.",
                wrong: "
namespace kube-system {
  allow cluster -> k8s-app=kube-dns:53/udp,53/tcp
}
",
                right: "
namespace kube-system {
  default deny ingress

  allow cluster -> k8s-app=kube-dns:53/udp,53/tcp
}
",
            },
        }
    }
}
