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
    #[expect(clippy::too_many_lines, reason = "a table")]
    pub fn entry(self) -> Entry {
        match self {
            Self::UndeclaredKey => Entry {
                code: "E0301",
                title: "the label key is not declared",
                explanation: "\
                    Selectors use declared label keys only: `label KEY = …` declares them for pods, \
                    `namespace label KEY = …` for namespaces. Kubernetes accepts any key, and a policy with \
                    a misspelt one selects no pod: it is applied without a word and allows nothing, or \
                    protects nothing. Correct the key, or declare it. `label KEY = *` allows any value.",
                wrong: "
label app = web | db

namespace shop {
  default deny ingress

  allow ap=web -> app=db:5432
}
",
                right: "
label app = web | db

namespace shop {
  default deny ingress

  allow app=web -> app=db:5432
}
",
            },
            Self::UnknownValue => Entry {
                code: "E0302",
                title: "the label does not have this value",
                explanation: "\
                    The label is closed: its declaration lists its values, and this one is not among them. A \
                    pod with this value is not known, so the selector would match nobody, and the rule would \
                    allow nothing while it looks as if it did. Correct the value, or add it to the \
                    declaration. `label KEY = *` would allow any value, and find no misspellings.",
                wrong: "
label tier = application | database

namespace shop {
  default deny ingress

  allow tier=aplication -> tier=database:5432
}
",
                right: "
label tier = application | database

namespace shop {
  default deny ingress

  allow tier=application -> tier=database:5432
}
",
            },
            Self::IllegalLabel => Entry {
                code: "E0303",
                title: "Kubernetes refuses this key or value",
                explanation: "\
                    Kubernetes has rules for labels. The value is empty or at most 63 letters, digits, `-`, \
                    `_` and `.`, with a letter or digit at both ends. The key is such a word too, and may \
                    have a DNS name and `/` before it. Nothing in a cluster can carry a label that breaks \
                    them, and the API server refuses a policy that asks for one. In a declaration, `*` \
                    stands alone. Correct the key or the value.",
                wrong: r#"
label app = web | "my web"

namespace shop {
  default deny ingress

  allow app=web -> *:8080
}
"#,
                right: "
label app = web | my-web

namespace shop {
  default deny ingress

  allow app=web -> *:8080
}
",
            },
            Self::Contradiction => Entry {
                code: "E0304",
                title: "nothing can match the selector",
                explanation: "\
                    In a selector `,` means AND, as in kubectl: a pod must meet all requirements. No pod can \
                    meet these, because a key has one value. The rule would allow nothing, and a guard would \
                    hold for no reason. For either of two values write `app in (web, worker)`, for either of \
                    two peers `app=web | tier=x`.",
                wrong: "
label app = web | worker | db

namespace shop {
  default deny ingress

  allow app=web, app=worker -> app=db:5432
}
",
                right: "
label app = web | worker | db

namespace shop {
  default deny ingress

  allow app in (web, worker) -> app=db:5432
}
",
            },
            Self::KubectlNotation => Entry {
                code: "E0305",
                title: "write this selector the netdsl way",
                explanation: "\
                    netdsl's selectors are those of kubectl, with one spelling for each meaning: `app=web`, \
                    not `app==web`; `app=*` for \"has the key\", not the bare key, which would read like the \
                    name of `pods`; `!app` for \"has it not\". A rule that can be read in two ways would \
                    sooner or later be read in the wrong one. The help has the text to write.",
                wrong: "
label app = web | db

namespace shop {
  default deny ingress

  allow app==web -> app=db:5432
}
",
                right: "
label app = web | db

namespace shop {
  default deny ingress

  allow app=web -> app=db:5432
}
",
            },
            Self::UnstatedLabel => Entry {
                code: "E0306",
                title: "a managed namespace does not state a label",
                explanation: "\
                    A set of namespaces selects by a label, and this managed namespace does not say whether \
                    it carries that label. Whether the set's rules hold in it would depend on the cluster, \
                    and netdsl could not prove what the policies allow. State the label behind `labels`: \
                    `team=shop` where it is carried, `!team` where it is not.",
                wrong: "
namespace label team = shop | ops

namespaces shops where team=shop {
  allow * -> *:8080
}

namespace checkout {
  default deny ingress
}
",
                right: "
namespace label team = shop | ops

namespaces shops where team=shop {
  allow * -> *:8080
}

namespace checkout labels team=shop {
  default deny ingress
}
",
            },
            Self::FixedLabel => Entry {
                code: "E0307",
                title: "this label cannot be stated",
                explanation: "\
                    Kubernetes itself sets `kubernetes.io/metadata.name` on every namespace, to the name of \
                    the namespace. It is declared from the start and always known, so it is neither declared \
                    nor stated in a program; sets of namespaces may select by it. And `labels` of a \
                    namespace says what it carries (`team=shop`) or not (`!team`): a namespace has one value \
                    of a label, so lists and exclusions say nothing there. Remove the line or the \
                    requirement.",
                wrong: "
namespace label kubernetes.io/metadata.name = *

namespaces own where kubernetes.io/metadata.name=shop {
  allow * -> *:8080
}

namespace shop {
  default deny ingress
}
",
                right: "
namespaces own where kubernetes.io/metadata.name=shop {
  allow * -> *:8080
}

namespace shop {
  default deny ingress
}
",
            },
        }
    }
}
