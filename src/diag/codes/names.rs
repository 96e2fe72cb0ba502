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
    #[expect(clippy::too_many_lines, reason = "a table")]
    pub fn entry(self) -> Entry {
        match self {
            Self::Undeclared => Entry {
                code: "E0201",
                title: "the name is not declared",
                explanation: "\
                    A peer by name means `pods` of the enclosing namespace, else a service or a network; \
                    `kasm/db` means the `pods db` of namespace `kasm`. Nothing of this name can be seen from \
                    here, so the rule would be about nobody: traffic that should flow would be cut, or a \
                    guard would guard nothing. Correct the spelling, or declare the name. A namespace that \
                    exists without netdsl is declared with `external namespace NAME`.",
                wrong: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow wbe -> db
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
            Self::Malformed => Entry {
                code: "E0202",
                title: "the name is not legal",
                explanation: "\
                    Names follow Kubernetes: lower-case letters, digits and `-`, with a letter or digit at \
                    both ends, and at most 63 characters. A port's name has at most 15, one of them a \
                    letter. They become the names of namespaces and policies, and the API server would \
                    refuse anything else when the YAML is applied. Choose another name; for labels, which \
                    may also have `.`, `_` and upper case, other rules hold.",
                wrong: "
label app = web

namespace shop {
  default deny ingress

  pods web_server where app=web {
    port http = 8080
  }

  allow 203.0.113.0/24 -> app=web:8080
}
",
                right: "
label app = web

namespace shop {
  default deny ingress

  pods web-server where app=web {
    port http = 8080
  }

  allow 203.0.113.0/24 -> app=web:8080
}
",
            },
            Self::Reserved => Entry {
                code: "E0203",
                title: "the name is reserved",
                explanation: "\
                    Some words cannot be declared as names. `anywhere`, `cluster`, `managed`, `can`, \
                    `cannot`, `in`, `notin`, `where` and `except` mean something of their own in rules, and \
                    may be names in quotes only. `default-deny` and `all-pods` are the names of policies \
                    that netdsl writes itself, so `pods` that are called like this would overwrite them in \
                    the cluster. Choose another name.",
                wrong: "
label app = web

namespace shop {
  default deny ingress

  pods all-pods where app=web {
    port http = 8080
  }

  allow 203.0.113.0/24 -> app=web:8080
}
",
                right: "
label app = web

namespace shop {
  default deny ingress

  pods all-web-pods where app=web {
    port http = 8080
  }

  allow 203.0.113.0/24 -> app=web:8080
}
",
            },
            Self::Twice => Entry {
                code: "E0204",
                title: "the name is declared twice",
                explanation: "\
                    Two declarations have one name: of `pods` in one namespace, ports in one `pods`, label \
                    keys, tests, services and networks together, or namespaces and sets of namespaces \
                    together. It would not be clear which of the two a rule means, and so who is let in. The \
                    later one is marked as the error, and the earlier one is shown with it. Rename or remove \
                    one. Only a `namespace` may be opened again, to add to it.",
                wrong: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods web where app=db {
    port sql = 5432
  }

  allow app=web -> app=db:5432
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
            Self::NoNamespace => Entry {
                code: "E0205",
                title: "a peer needs a namespace here",
                explanation: "\
                    In the block of a namespace, `app=web` means pods of that namespace. Outside of all \
                    blocks there is no such namespace, and netdsl does not guess: the rule could open a \
                    database to every namespace of the cluster. Write the namespace before the peer, \
                    `*/app=web` if every namespace is meant, or move the rule into the block of the \
                    namespace.",
                wrong: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }
}

allow app=web -> shop/db
",
                right: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }
}

allow shop/app=web -> shop/db
",
            },
            Self::UseMissing => Entry {
                code: "E0206",
                title: "the file of a `use` is not there",
                explanation: "\
                    The file behind `use` is not there, or it cannot be read; the message says why. Its path \
                    is relative to the folder of the file in which the `use` stands. Nothing is compiled, \
                    because the labels, networks and namespaces that it should declare are missing. Correct \
                    the path.",
                wrong: r#"
use "vocabulry.netdsl"
"#,
                right: r#"
use "vocabulary.netdsl"
"#,
            },
            Self::UseOutside => Entry {
                code: "E0207",
                title: "a `use` leaves the root",
                explanation: "\
                    `use` reads no files outside of the root: the nearest folder at or above the using file \
                    that holds `.git` or `netdsl.toml`, else the working directory. So a program that comes \
                    from elsewhere cannot pull in files of your machine, and it compiles to the same on \
                    every machine. Links that lead out are refused too. Move the file inside, or put an \
                    empty `netdsl.toml` into the folder that holds both.",
                wrong: r#"
use "../../other-repository/labels.netdsl"
"#,
                right: r#"
use "../labels.netdsl"
"#,
            },
            Self::Disagrees => Entry {
                code: "E0208",
                title: "two declarations of one namespace disagree",
                explanation: "\
                    An external namespace may be declared in several files, so that each says what it relies \
                    on, but all must say the same: labels, `pods` and their ports. Here two declarations \
                    differ, so one of them describes the cluster wrongly, and rules that rely on it let in \
                    other pods than they say. Make them equal, or declare the namespace in one file and \
                    `use` that.",
                wrong: "
namespace label team = ops | dev

external namespace monitoring labels team=ops
external namespace monitoring labels team=dev

namespace shop {
  default deny ingress

  allow monitoring/* -> *:9090
}
",
                right: "
namespace label team = ops | dev

external namespace monitoring labels team=ops

namespace shop {
  default deny ingress

  allow monitoring/* -> *:9090
}
",
            },
            Self::Override => Entry {
                code: "E0209",
                title: "`override` is missing, or overrides nothing",
                explanation: "\
                    The prelude declares networks and services that every program may use: `netdsl prelude` \
                    prints them. Names are bound late, so whoever replaces `private` also changes \
                    `internet`, which is made from it. That should not happen by accident, hence a \
                    declaration that replaces one of them begins with `override`, and `override` on a name \
                    that the prelude does not have, or has as another kind, is an error too. Add `override`, \
                    or choose another name.",
                wrong: "
network private = 10.0.0.0/8

namespace shop {
  default deny ingress

  allow private -> *:8080
}
",
                right: "
override network private = 10.0.0.0/8

namespace shop {
  default deny ingress

  allow private -> *:8080
}
",
            },
            Self::WrongKind => Entry {
                code: "E0210",
                title: "the name is of another kind",
                explanation: "\
                    The name is declared, but as something that cannot stand here: a namespace is no peer by \
                    itself, a service is a target and never FROM, a set of namespaces has no `pods` names, \
                    and before `/` stands a namespace. Taken as something else it would cover other pods \
                    than it says. The help says how the thing that was probably meant is written: all pods \
                    of a namespace are `monitoring/*`.",
                wrong: "
external namespace monitoring

namespace shop {
  default deny ingress

  allow monitoring -> *:9090
}
",
                right: "
external namespace monitoring

namespace shop {
  default deny ingress

  allow monitoring/* -> *:9090
}
",
            },
        }
    }
}
