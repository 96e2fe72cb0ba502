//! W0xxx: warnings; each has a name for silencing.

mod declarations;
mod lists;
mod rules;
mod silencers;

use super::Entry;

/// W0xxx: warnings; each has a name for silencing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lint {
    /// A `##` comment that no declaration or rule follows.
    MisplacedDoc,
    /// `in` or `notin` lists every value of a closed label.
    FullValueList,
    /// `pods` hide a service or network of the same name.
    HiddenName,
    /// A rule, or one of its alternatives, of which no half is written.
    RuleWithoutEffect,
    /// A rule in the block of a set that covers no managed namespace.
    EmptySet,
    /// A namespace whose pods may open connections and may not ask DNS.
    MissingDnsEgress,
    /// All addresses of one family, and none of the other.
    OneAddressFamily,
    /// A rule that allows nothing which another does not allow.
    ShadowedRule,
    /// What is declared and stands nowhere else.
    UnusedDeclaration,
    /// A selector in a rule that no declared pods can match.
    MatchesNoDeclaredPods,
    /// A value of an open label that one place alone uses.
    LonelyValue,
    /// A name in a union that could be read as a value of the label before it.
    AmbiguousUnion,
    /// A rule between a set of namespaces and itself.
    SetToItself,
    /// A rule that opens every port.
    AllPorts,
    /// A rule that opens far more than anybody can have in mind.
    WideOpen,
    /// All addresses of the world as the source of a rule.
    InternetAsSource,
    /// The name of a container port in an egress rule.
    ContainerPortName,
    /// Isolated pods that no rule is about.
    PodsWithoutRules,
    /// An isolated namespace that has no rule.
    IsolatedWithoutRules,
    /// A test without lines.
    EmptyTest,
    /// A port that its list has already.
    RepeatedPort,
    /// Addresses that no packet between two hosts has.
    UnroutableAddress,
    /// A selector with ports that none of the declared pods has.
    UndeclaredPort,
    /// A comment that silences nothing.
    UnusedSilencer,
    /// A comment for the compiler that it cannot read.
    InvalidSilencer,
}

impl Lint {
    /// All of the family, in order of their codes.
    pub const ALL: &[Self] = &[
        Self::MisplacedDoc,
        Self::FullValueList,
        Self::HiddenName,
        Self::RuleWithoutEffect,
        Self::EmptySet,
        Self::MissingDnsEgress,
        Self::OneAddressFamily,
        Self::ShadowedRule,
        Self::UnusedDeclaration,
        Self::MatchesNoDeclaredPods,
        Self::LonelyValue,
        Self::AmbiguousUnion,
        Self::SetToItself,
        Self::AllPorts,
        Self::WideOpen,
        Self::InternetAsSource,
        Self::ContainerPortName,
        Self::PodsWithoutRules,
        Self::IsolatedWithoutRules,
        Self::UnusedSilencer,
        Self::InvalidSilencer,
        Self::EmptyTest,
        Self::RepeatedPort,
        Self::UnroutableAddress,
        Self::UndeclaredPort,
    ];

    /// The code, its text and its examples.
    #[expect(clippy::too_many_lines, reason = "a table")]
    pub fn entry(self) -> Entry {
        match self {
            Self::MisplacedDoc => Entry {
                code: "W0001",
                title: "misplaced-doc-comment",
                explanation: "\
                    A comment that begins with `##` becomes the description of the policy in the cluster: it \
                    belongs to the `namespace`, the `pods` or the rule on the next line. Here none of these \
                    follows, so the text would be lost. Nothing changes for traffic. Move it before the \
                    declaration that it describes, or write `#` for a comment that stays in the source.",
                wrong: "
namespace shop {
  ## Nothing gets in unless a rule says so
  default deny ingress

  allow 203.0.113.0/24 -> *:8080
}
",
                right: "
namespace shop {
  # Nothing gets in unless a rule says so
  default deny ingress

  allow 203.0.113.0/24 -> *:8080
}
",
            },
            Self::FullValueList => Entry {
                code: "W0002",
                title: "full-value-list",
                explanation: "\
                    The list names every value of a closed label. That reads like \"all pods that have the \
                    label\", but in the cluster a pod may carry a value that is not declared, and this \
                    selector does not match it; a value that is added to the declaration later is not \
                    covered either. If any value is meant, write `app=*`; if pods without the label are \
                    meant, write `!app`.",
                wrong: "
label app = web | db

namespace shop {
  default deny ingress

  allow app in (web, db) -> *:8080
}
",
                right: "
label app = web | db

namespace shop {
  default deny ingress

  allow app=* -> *:8080
}
",
            },
            Self::HiddenName => Entry {
                code: "W0003",
                title: "hidden-name",
                explanation: "\
                    These `pods` have the name of a service or a network, perhaps of one that the prelude \
                    declares. In this namespace the name now means the pods, so a rule such as `allow * -> \
                    dns` that was written with the service in mind opens the way to these pods, and none to \
                    the cluster's DNS. Give the `pods` another name.",
                wrong: "
label app = resolver

namespace shop {
  default deny ingress

  pods dns where app=resolver {
    port dns = 53/udp
  }

  allow 203.0.113.0/24 -> dns
}
",
                right: "
label app = resolver

namespace shop {
  default deny ingress

  pods resolver where app=resolver {
    port dns = 53/udp
  }

  allow 203.0.113.0/24 -> resolver
}
",
            },
            Self::RuleWithoutEffect => Entry {
                code: "W0004",
                title: "rule-without-effect",
                explanation: "\
                    The rule allows what is possible anyway: a rule matters only where something is denied, \
                    and neither its sources are isolated for egress nor its targets for ingress. So nothing \
                    is written for it, or for the alternative that is marked. That is fine while isolation \
                    is introduced step by step, and a mistake where somebody believes that only this traffic \
                    is allowed. Isolate a side with `default deny ingress` or `default deny egress`, or \
                    remove the rule.",
                wrong: "
namespace shop {
  default deny egress

  allow 203.0.113.0/24 -> *:8080
}
",
                right: "
namespace shop {
  default deny ingress

  allow 203.0.113.0/24 -> *:8080
}
",
            },
            Self::EmptySet => Entry {
                code: "W0005",
                title: "empty-set",
                explanation: "\
                    What stands in the block of a set of namespaces holds in each managed namespace of the \
                    set, and no managed namespace belongs to this one. So nothing is written for the \
                    statement, and nothing is isolated or opened by it. Correct the selector, state the \
                    label at the namespaces that belong to the set, or remove the block.",
                wrong: "
namespace label team = shop | ops

namespaces operators where team=ops {
  allow * -> *:8080
}

namespace console labels team=shop {
  default deny ingress
}
",
                right: "
namespace label team = shop | ops

namespaces operators where team=ops {
  allow * -> *:8080
}

namespace console labels team=ops {
  default deny ingress
}
",
            },
            Self::MissingDnsEgress => rules::MISSING_DNS_EGRESS,
            Self::OneAddressFamily => rules::ONE_ADDRESS_FAMILY,
            Self::ShadowedRule => rules::SHADOWED_RULE,
            Self::UnusedDeclaration => declarations::UNUSED_DECLARATION,
            Self::MatchesNoDeclaredPods => declarations::MATCHES_NO_DECLARED_PODS,
            Self::LonelyValue => declarations::LONELY_VALUE,
            Self::AmbiguousUnion => declarations::AMBIGUOUS_UNION,
            Self::SetToItself => rules::SET_TO_ITSELF,
            Self::AllPorts => rules::ALL_PORTS,
            Self::WideOpen => rules::WIDE_OPEN,
            Self::InternetAsSource => rules::INTERNET_AS_SOURCE,
            Self::ContainerPortName => rules::CONTAINER_PORT_NAME,
            Self::PodsWithoutRules => declarations::PODS_WITHOUT_RULES,
            Self::IsolatedWithoutRules => declarations::ISOLATED_WITHOUT_RULES,
            Self::EmptyTest => lists::EMPTY_TEST,
            Self::RepeatedPort => lists::REPEATED_PORT,
            Self::UnroutableAddress => rules::UNROUTABLE_ADDRESS,
            Self::UndeclaredPort => rules::UNDECLARED_PORT,
            Self::UnusedSilencer => silencers::UNUSED_SILENCER,
            Self::InvalidSilencer => silencers::INVALID_SILENCER,
        }
    }
}
