//! W0009 and on: declarations, and selectors that miss them.

use crate::diag::codes::Entry;

pub(super) const UNUSED_DECLARATION: Entry = Entry {
    code: "W0009",
    title: "unused-declaration",
    explanation: "\
        Nothing in the program uses what is declared here. Often the rule that was meant to use it is \
        missing, or says something else, and then the connection stays denied. A file that holds only \
        words for others (labels, networks, services, external namespaces) is not looked at, because \
        several programs share it. Remove the declaration, or write the rule.",
    wrong: "
network office = 203.0.113.0/24
network branch = 198.51.100.0/24

namespace shop {
  default deny ingress

  allow office -> *:8080
}
",
    right: "
network office = 203.0.113.0/24
network branch = 198.51.100.0/24

namespace shop {
  default deny ingress

  allow office | branch -> *:8080
}
",
};

pub(super) const MATCHES_NO_DECLARED_PODS: Entry = Entry {
    code: "W0010",
    title: "matches-no-declared-pods",
    explanation: "\
        The namespace declares its `pods`, and the selector can match none of them. Either pods run \
        there that nobody has declared, or the selector has the wrong label, or the wrong namespace: a \
        selector without a namespace is about the pods of the block that it stands in. The rule then \
        opens nothing for the pods that were meant. Correct it, or declare the pods.",
    wrong: "
label app = pods

external namespace monitoring {
  pods prometheus where app=prometheus
}

namespace shop {
  default deny ingress

  pods web where app=web

  allow app=prometheus -> web:9102
  allow monitoring/prometheus -> web:8080
}
",
    right: "
label app = pods

external namespace monitoring {
  pods prometheus where app=prometheus
}

namespace shop {
  default deny ingress

  pods web where app=web

  allow monitoring/app=prometheus -> web:9102
  allow monitoring/prometheus -> web:8080
}
",
};

pub(super) const LONELY_VALUE: Entry = Entry {
    code: "W0011",
    title: "lonely-value",
    explanation: "\
        The label is open, so any value is legal, and this value stands in one rule alone: not in \
        another rule, and in no `pods` declaration. If it is misspelled, the rule is about pods that do \
        not exist, and nobody is told. Correct it, declare the `pods` that carry it, or close the label \
        by listing its values, so that the compiler can check them all.",
    wrong: "
label app = *

external namespace ingress-nginx

namespace shop {
  default deny ingress

  pods web where app=web

  allow ingress-nginx/app=contoller -> web:8080
}
",
    right: "
label app = pods

external namespace ingress-nginx {
  pods controller where app=controller
}

namespace shop {
  default deny ingress

  pods web where app=web

  allow ingress-nginx/app=controller -> web:8080
}
",
};

pub(super) const AMBIGUOUS_UNION: Entry = Entry {
    code: "W0012",
    title: "ambiguous-union",
    explanation: "\
        `A | B` joins peers, never values: what stands behind `|` is a peer of its own. Here it is a \
        name that is also a value of the label in front of it, so people may read `app=web | db` as \
        \"web or db\", while it means \"pods with `app=web`, and whatever is declared as `db`\". The two \
        differ as soon as `db` asks for more than that label, or is a network. If values are meant, \
        write `app in (web, db)`. If the peer is meant, put it first.",
    wrong: "
label app  = pods | batch
label tier = pods

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db, tier=data

  allow app=web | db -> *:8080
}
",
    right: "
label app  = pods | batch
label tier = pods

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db, tier=data

  allow app in (web, db) -> *:8080
}
",
};

pub(super) const PODS_WITHOUT_RULES: Entry = Entry {
    code: "W0018",
    title: "pods-without-rules",
    explanation: "\
        Their namespace isolates these `pods`, and no rule is about them, not even one for all pods of \
        the namespace. So in the isolated directions nothing reaches them, or they reach nothing. Write \
        the rules that they need. If they are meant to be cut off, say so with `default deny` in their \
        block.",
    wrong: "
label app = pods

namespace shop {
  default deny ingress

  pods web where app=web
  pods cart where app=cart

  allow 203.0.113.0/24 -> web:8080
}
",
    right: "
label app = pods

namespace shop {
  default deny ingress

  pods web where app=web
  pods cart where app=cart

  allow 203.0.113.0/24 -> web:8080
  allow web -> cart:8080
}
",
};

pub(super) const ISOLATED_WITHOUT_RULES: Entry = Entry {
    code: "W0019",
    title: "isolated-without-rules",
    explanation: "\
        A namespace without a `default` line is isolated in both directions, and this one has no rule. \
        So once the policies are applied nothing reaches its pods, and they reach nothing, the cluster's \
        DNS included. Write the rules, or `default deny` in its block if it is to be cut off, or declare \
        it with `external namespace` if it is there to be named.",
    wrong: "
label app = pods

namespace shop {
  pods web where app=web
}
",
    right: "
label app = pods

namespace shop {
  pods web where app=web

  allow 203.0.113.0/24 -> web:8080
}
",
};
