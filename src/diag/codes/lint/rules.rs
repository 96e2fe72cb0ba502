//! W0006 and on: rules, and what they open.

use crate::diag::codes::Entry;

pub(super) const MISSING_DNS_EGRESS: Entry = Entry {
    code: "W0006",
    title: "missing-dns-egress",
    explanation: "\
        The pods of this namespace may open connections only where a rule says so, and no rule leads to \
        the cluster's DNS. A Service or a host is found by its name, so the lookup is dropped, and the \
        connection that another rule allows never begins: it shows as a timeout. Add `allow * -> dns` to \
        the block of the namespace, or name the pods that need it; where the namespace isolates nothing \
        and some `pods` do so alone, those are named. One rule that leads to port 53, or to \
        the service `dns`, is enough for netdsl to believe that somebody has thought of it.",
    wrong: "
label app = pods

namespace shop {
  pods web where app=web
  pods db where app=db { port postgres = 5432 }

  allow web -> db
}
",
    right: "
label app = pods

namespace shop {
  pods web where app=web
  pods db where app=db { port postgres = 5432 }

  allow web -> db
  allow web -> dns
}
",
};

pub(super) const ONE_ADDRESS_FAMILY: Entry = Entry {
    code: "W0007",
    title: "one-address-family",
    explanation: "\
        `0.0.0.0/0` is every IPv4 address and no IPv6 address, and `::/0` is the other way. In a rule \
        that denies one family: a host that has addresses of both is often dialled over IPv6 first, and \
        the connection hangs before it falls back. In a guard it is worse, because what is possible over \
        the other family goes unnoticed. Write `internet`, which covers both families without private \
        addresses, or add the other family in brackets.",
    wrong: "
namespace shop {
  allow * -> 0.0.0.0/0:443
  allow * -> dns
}
",
    right: "
namespace shop {
  allow * -> internet:443
  allow * -> dns
}
",
};

pub(super) const SHADOWED_RULE: Entry = Entry {
    code: "W0008",
    title: "shadowed-rule",
    explanation: "\
        Everything that this rule allows, one other rule allows as well: its sources, its targets and \
        its ports are among those of the other. So it changes nothing for traffic, and whoever removes \
        it to close a way closes nothing. Remove it, or narrow the other rule if that was not meant to \
        allow so much. Of two rules that say the same, the later is marked.",
    wrong: "
label app = pods

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port postgres = 5432
  }

  allow web -> db
  allow * -> db
}
",
    right: "
label app = pods

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port postgres = 5432
  }

  allow web -> db
}
",
};

pub(super) const SET_TO_ITSELF: Entry = Entry {
    code: "W0013",
    title: "set-to-itself",
    explanation: "\
        A rule from a set of namespaces to the same set opens each of them to all the others, not only \
        to itself. Where the set is that of the tenants, every tenant can reach every other. What holds \
        inside each namespace is written in the block of the set, without the name of the set.",
    wrong: "
label tier = web | backend
namespace label team = red | green

namespaces tenants where team=*

namespace red labels team=red {
  default deny ingress
}

allow tenants/tier=web -> tenants/tier=backend:8080
",
    right: "
label tier = web | backend
namespace label team = red | green

namespaces tenants where team=* {
  allow tier=web -> tier=backend:8080
}

namespace red labels team=red {
  default deny ingress
}
",
};

pub(super) const ALL_PORTS: Entry = Entry {
    code: "W0014",
    title: "all-ports",
    explanation: "\
        `:*` opens every port of every protocol. That includes debuggers, metrics and administration, \
        and whatever will listen on these pods tomorrow. List the ports that are meant, or declare them \
        at the `pods`, so that the rule can do without.",
    wrong: "
label app = pods

namespace shop {
  default deny ingress

  pods db where app=db

  allow 203.0.113.0/24 -> db:*
}
",
    right: "
label app = pods

namespace shop {
  default deny ingress

  pods db where app=db

  allow 203.0.113.0/24 -> db:5432
}
",
};

pub(super) const WIDE_OPEN: Entry = Entry {
    code: "W0015",
    title: "wide-open",
    explanation: "\
        `anywhere` is every pod, every address and every node, and `cluster` is every pod of every \
        namespace. As a target `anywhere` includes what was never meant by \"the internet\": databases \
        of other namespaces, the nodes, the cloud's credentials at 169.254.169.254. With every port, \
        either of them undoes the isolation as a whole. Write `internet`, or list the ports, or name the \
        pods that are meant. `anywhere` with listed ports as a source is the front door of a service, \
        and gets no warning.",
    wrong: "
namespace shop {
  allow * -> anywhere:443
  allow * -> dns
}
",
    right: "
namespace shop {
  allow * -> internet:443
  allow * -> dns
}
",
};

pub(super) const INTERNET_AS_SOURCE: Entry = Entry {
    code: "W0016",
    title: "internet-as-source",
    explanation: "\
        The rule names the addresses of all clients on the internet as its source. A pod seldom sees \
        them: a load balancer, an ingress controller or a node stands in between, and the connection \
        comes from there. So the rule denies what it was written for, unless the Service has \
        `externalTrafficPolicy: Local` and the load balancer keeps addresses. Write \
        `allow ingress anywhere -> …` for a front door (without `ingress` it also opens egress in every \
        managed namespace), or the pods and addresses that really connect.",
    wrong: "
namespace shop {
  default deny ingress

  allow internet -> *:8443
}
",
    right: "
namespace shop {
  default deny ingress

  allow ingress anywhere -> *:8443
}
",
};

pub(super) const CONTAINER_PORT_NAME: Entry = Entry {
    code: "W0017",
    title: "container-port-name",
    explanation: "\
        A port in quotes is the name of a container port, and means another number on every pod that has \
        it elsewhere. In an ingress rule that is well understood. In an egress rule the name belongs to \
        pods that the subject's node does not know, and network plugins differ: some allow nothing, some \
        look it up once and keep the number. Declare the port by its number, or write `allow ingress` \
        where the sources' egress is not isolated.",
    wrong: "
label app = pods

namespace shop {
  pods web where app=web
  pods cart where app=cart {
    port http = \"http\"
  }

  allow web -> cart
  allow web -> dns
}
",
    right: "
label app = pods

namespace shop {
  pods web where app=web
  pods cart where app=cart {
    port http = 8080
  }

  allow web -> cart
  allow web -> dns
}
",
};

pub(super) const UNROUTABLE_ADDRESS: Entry = Entry {
    code: "W0024",
    title: "unroutable-address",
    explanation: "\
        No packet between two hosts has such an address, so the rule will never let anything through. \
        Loopback addresses (`127.0.0.0/8`, `::1`) stay inside the pod, where containers reach each other \
        without any policy. `0.0.0.0` and `::` mean \"no address\". NetworkPolicy does not say what becomes \
        of multicast. Link-local addresses are not forwarded, so nothing arrives from one. Write the \
        address that the peer has on the network.",
    wrong: "
namespace shop {
  allow 127.0.0.1 -> *:8080
}
",
    right: "
namespace shop {
  allow 203.0.113.7 -> *:8080
}
",
};

pub(super) const UNDECLARED_PORT: Entry = Entry {
    code: "W0025",
    title: "undeclared-port",
    explanation: "\
        All declared `pods` that this selector can match say on which ports they listen, and the rule has \
        none of these. A policy sees the port of the pod, so a common cause is the port of the Service in \
        front of it, and then the connection that was meant is dropped. Write the port of the pods, or \
        declare this one. Where a rule names the `pods`, the same is an error (E0405); a selector may match \
        pods that are not declared.",
    wrong: "
label app = pods

namespace shop {
  default deny ingress

  pods web where app=web {
    port http = 8080
  }

  allow 203.0.113.0/24 -> app=web:80
}
",
    right: "
label app = pods

namespace shop {
  default deny ingress

  pods web where app=web {
    port http = 8080
  }

  allow 203.0.113.0/24 -> app=web:8080
}
",
};
