//! The faults: the traps as rewrites of a policy, everything else as a change of one written text.

use super::object;

/// A fault that a compiler could have.
pub(super) struct Fault {
    pub(super) name: &'static str,
    change: Change,
}

/// What it does to a text.
enum Change {
    /// One specification becomes another.
    Rewrite(&'static str, &'static str),
    /// In the policies of [`WEB`], the first of these texts becomes the second.
    Text(&'static str, &'static str),
    /// One of the policies is lost.
    Lose(&'static str),
    /// All are lost.
    Clear,
    /// There is another policy.
    Add(&'static str),
    /// There is another policy, in a namespace that had none.
    Isolate(&'static str),
    /// Of two specifications one is left.
    Delete { kept: &'static str, deleted: &'static str },
}

/// How many there are.
pub(super) const COUNT: usize = 87;

/// How many of these no cluster would take as they stand; the others come with witnesses.
pub(super) const REFUSED: usize = 33;

const DEFAULT_DENY: &str = "  podSelector: {}\n  policyTypes: [\"Ingress\", \"Egress\"]\n";

/// A policy with everything in it that can go wrong.
const WEB: &str = "\
\x20 podSelector:
    matchLabels:
      app: \"1e3\"
      mode: \"null\"
  policyTypes: [\"Ingress\", \"Egress\"]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: \"monitoring\"
          podSelector:
            matchLabels:
              app: \"prometheus\"
      ports:
        - port: 9187
          protocol: TCP
    - from:
        - podSelector:
            matchExpressions:
            - key: env
              operator: NotIn
              values: [\"dev\", \"qa\"]
            - key: tier
              operator: In
              values: [\"a\", \"on\"]
      ports:
        - port: 8000
          endPort: 8999
          protocol: TCP
  egress:
    - to:
        - podSelector: {}
      ports:
        - port: 53
          protocol: UDP
    - to:
        - ipBlock:
            cidr: \"10.0.0.0/8\"
            except: [\"10.1.0.0/16\"]
        - ipBlock:
            cidr: \"fd00::/8\"
      ports:
        - port: 443
          protocol: TCP
";

impl Fault {
    /// The policies without the fault, and with it.
    pub(super) fn texts(&self) -> (String, String) {
        let (deny, web) = (object("default-deny", DEFAULT_DENY), object("web", WEB));
        let both = format!("{deny}{web}");
        match self.change {
            Change::Rewrite(before, after) => (object("p", before), object("p", after)),
            Change::Text(old, new) => {
                assert!(both.contains(old), "{}: {old}", self.name);
                let planted = match both.rfind(old) {
                    Some(at) => format!("{}{new}{}", &both[..at], &both[at + old.len()..]),
                    None => both.clone(),
                };
                (both, planted)
            }
            Change::Lose("web") => (both, deny),
            Change::Lose(_) => (both, web),
            Change::Clear => (both, String::new()),
            Change::Add(spec) => (both.clone(), format!("{both}{}", object("more", spec))),
            Change::Isolate(spec) => {
                let more = object("more", spec).replace("namespace: shop", "namespace: bank");
                (both.clone(), format!("{both}{more}"))
            }
            Change::Delete { kept, deleted } => {
                let kept = object("kept", kept);
                (format!("{kept}{}", object("deleted", deleted)), kept)
            }
        }
    }
}

/// The faults, the 15 traps first.
pub(super) const FAULTS: [Fault; COUNT] = [
    Fault {
        name: "trap 1: cross product of peers and ports",
        change: Change::Rewrite(
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}\n  - {from: [{podSelector: {matchLabels: {app: job}}}], ports: [{port: 443}]}\n",
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {matchExpressions: [{key: app, operator: In, values: [web, job]}]}}], ports: [{port: 80}, {port: 443}]}\n",
        ),
    },
    Fault {
        name: "trap 2: cross product of two keys",
        change: Change::Rewrite(
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {matchLabels: {app: web, tier: w}}}, {podSelector: {matchLabels: {app: job, tier: x}}}]}\n",
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {matchExpressions: [{key: app, operator: In, values: [web, job]}, {key: tier, operator: In, values: [x, w]}]}}]}\n",
        ),
    },
    Fault {
        name: "trap 3: cross product of namespaces and pods",
        change: Change::Rewrite(
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: b}}, podSelector: {matchLabels: {app: web}}}, {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: c}}, podSelector: {matchLabels: {app: job}}}]}\n",
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [b, c]}]}, podSelector: {matchExpressions: [{key: app, operator: In, values: [web, job]}]}}]}\n",
        ),
    },
    Fault {
        name: "trap 4: a dash too many splits a peer",
        change: Change::Rewrite(
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: b}}, podSelector: {matchLabels: {app: web}}}]}\n",
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: b}}}, {podSelector: {matchLabels: {app: web}}}]}\n",
        ),
    },
    Fault {
        name: "trap 5: absent or one value becomes all but another",
        change: Change::Rewrite(
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {matchExpressions: [{key: app, operator: DoesNotExist}]}}, {podSelector: {matchLabels: {app: web}}}]}\n",
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [job]}]}}]}\n",
        ),
    },
    Fault {
        name: "trap 6: the world closed",
        change: Change::Rewrite(
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {matchLabels: {app: web}}}]}\n",
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [job]}]}}]}\n",
        ),
    },
    Fault {
        name: "trap 7: no ports become every TCP port",
        change: Change::Rewrite(
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {matchLabels: {app: web}}}]}\n",
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{protocol: TCP}]}\n",
        ),
    },
    Fault {
        name: "trap 8: the last peer gone and `from: []` left",
        change: Change::Rewrite(
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {matchLabels: {app: web}}}]}\n",
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: []}\n",
        ),
    },
    Fault {
        name: "trap 9: no rules become an empty rule",
        change: Change::Rewrite(
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress: []\n",
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {}\n",
        ),
    },
    Fault {
        name: "trap 11: own namespace becomes every namespace",
        change: Change::Rewrite(
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {}}]}\n",
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{namespaceSelector: {}}]}\n",
        ),
    },
    Fault {
        name: "trap 12: an exception taken for a deny",
        change: Change::Rewrite(
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {ipBlock: {cidr: 10.1.2.0/24}}]}\n",
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}\n",
        ),
    },
    Fault {
        name: "trap 13: exceptions of a union added up",
        change: Change::Rewrite(
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {ipBlock: {cidr: 10.0.0.0/8, except: [10.2.0.0/16]}}]}\n",
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.2.0.0/16]}}]}\n",
        ),
    },
    Fault {
        name: "trap 14: ports with a gap become a range",
        change: Change::Rewrite(
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}, {port: 82}]}\n",
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80, endPort: 82}]}\n",
        ),
    },
    Fault {
        name: "trap 15: a name replaced by a stale number",
        change: Change::Rewrite(
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: postgres}]}\n",
            "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5433}]}\n",
        ),
    },
    Fault {
        name: "a direction lost from policyTypes",
        change: Change::Text("[\"Ingress\", \"Egress\"]", "[\"Ingress\"]"),
    },
    Fault {
        name: "policyTypes left to their default",
        change: Change::Text(
            "  podSelector: {}\n  policyTypes: [\"Ingress\", \"Egress\"]\n",
            "  podSelector: {}\n",
        ),
    },
    Fault { name: "an exception lost", change: Change::Text("            except: [\"10.1.0.0/16\"]\n", "") },
    Fault { name: "an exception moved", change: Change::Text("\"10.1.0.0/16\"", "\"10.2.0.0/16\"") },
    Fault {
        name: "an exception with a longer prefix",
        change: Change::Text("\"10.1.0.0/16\"", "\"10.1.0.0/17\""),
    },
    Fault {
        name: "an exception outside its block",
        change: Change::Text("\"10.1.0.0/16\"", "\"11.1.0.0/16\""),
    },
    Fault { name: "a block with a longer prefix", change: Change::Text("\"10.0.0.0/8\"", "\"10.0.0.0/9\"") },
    Fault { name: "a block with host bits", change: Change::Text("\"10.0.0.0/8\"", "\"10.0.0.1/8\"") },
    Fault {
        name: "the other address family lost",
        change: Change::Text("        - ipBlock:\n            cidr: \"fd00::/8\"\n", ""),
    },
    Fault {
        name: "namespace and pod selector swapped",
        change: Change::Text(
            "            matchLabels:\n              kubernetes.io/metadata.name: \"monitoring\"\n          podSelector:\n            matchLabels:\n              app: \"prometheus\"\n",
            "            matchLabels:\n              app: \"prometheus\"\n          podSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: \"monitoring\"\n",
        ),
    },
    Fault {
        name: "a peer split in two",
        change: Change::Text(
            "          podSelector:\n            matchLabels:\n              app: \"prometheus\"\n",
            "        - podSelector:\n            matchLabels:\n              app: \"prometheus\"\n",
        ),
    },
    Fault {
        name: "the pod selector of a peer lost",
        change: Change::Text(
            "          podSelector:\n            matchLabels:\n              app: \"prometheus\"\n",
            "",
        ),
    },
    Fault {
        name: "the namespace selector of a peer lost",
        change: Change::Text(
            "        - namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: \"monitoring\"\n          podSelector:",
            "        - podSelector:",
        ),
    },
    Fault {
        name: "an empty namespace selector",
        change: Change::Text(
            "            matchLabels:\n              kubernetes.io/metadata.name: \"monitoring\"\n          podSelector:\n            matchLabels:\n              app: \"prometheus\"",
            "            {}\n          podSelector:\n            matchLabels:\n              app: \"prometheus\"",
        ),
    },
    Fault { name: "another namespace in a peer", change: Change::Text("\"monitoring\"", "\"sandbox\"") },
    Fault {
        name: "the label of namespaces misspelled",
        change: Change::Text("kubernetes.io/metadata.name", "kubernetes.io/metadata.nam"),
    },
    Fault {
        name: "a label that is only usually the name",
        change: Change::Text("kubernetes.io/metadata.name", "name"),
    },
    Fault {
        name: "ports lost",
        change: Change::Text("      ports:\n        - port: 9187\n          protocol: TCP\n", ""),
    },
    Fault {
        name: "ports emptied",
        change: Change::Text(
            "      ports:\n        - port: 9187\n          protocol: TCP\n",
            "      ports: []\n",
        ),
    },
    Fault {
        name: "another protocol",
        change: Change::Text(
            "        - port: 53\n          protocol: UDP\n",
            "        - port: 53\n          protocol: TCP\n",
        ),
    },
    Fault {
        name: "a protocol lost",
        change: Change::Text("        - port: 53\n          protocol: UDP\n", "        - port: 53\n"),
    },
    Fault { name: "a protocol in lower case", change: Change::Text("protocol: UDP", "protocol: udp") },
    Fault { name: "a port number off by one", change: Change::Text("port: 9187", "port: 9188") },
    Fault { name: "a number written as a string", change: Change::Text("port: 9187", "port: \"9187\"") },
    Fault { name: "a number in octal", change: Change::Text("port: 9187", "port: 0o21743") },
    Fault { name: "a number as YAML 1.1 reads base 60", change: Change::Text("port: 9187", "port: 2:33:07") },
    Fault { name: "endPort wider by one", change: Change::Text("endPort: 8999", "endPort: 9000") },
    Fault { name: "endPort narrower by one", change: Change::Text("endPort: 8999", "endPort: 8998") },
    Fault { name: "endPort lost", change: Change::Text("          endPort: 8999\n", "") },
    Fault { name: "endPort before its port", change: Change::Text("endPort: 8999", "endPort: 7999") },
    Fault { name: "endPort as a string", change: Change::Text("endPort: 8999", "endPort: \"8999\"") },
    Fault { name: "In becomes NotIn", change: Change::Text("operator: In\n", "operator: NotIn\n") },
    Fault { name: "In loses a value", change: Change::Text("values: [\"a\", \"on\"]", "values: [\"a\"]") },
    Fault {
        name: "NotIn loses a value",
        change: Change::Text("values: [\"dev\", \"qa\"]", "values: [\"dev\"]"),
    },
    Fault { name: "NotIn becomes In", change: Change::Text("operator: NotIn\n", "operator: In\n") },
    Fault {
        name: "NotIn becomes Exists",
        change: Change::Text(
            "operator: NotIn\n              values: [\"dev\", \"qa\"]\n",
            "operator: Exists\n",
        ),
    },
    Fault {
        name: "an operator that only the API server's library has",
        change: Change::Text("operator: NotIn\n", "operator: Gt\n"),
    },
    Fault {
        name: "a value that YAML 1.1 reads as a boolean unquoted",
        change: Change::Text("\"on\"]", "on]"),
    },
    Fault {
        name: "a value that YAML reads as nothing unquoted",
        change: Change::Text("mode: \"null\"", "mode: null"),
    },
    Fault {
        name: "a value that YAML reads as a number unquoted",
        change: Change::Text("app: \"1e3\"", "app: 1e3"),
    },
    Fault {
        name: "a value with a space behind it",
        change: Change::Text("\"prometheus\"", "\"prometheus \""),
    },
    Fault {
        name: "a key twice",
        change: Change::Text(
            "  podSelector:\n    matchLabels:\n      app: \"1e3\"\n",
            "  podSelector: {}\n  podSelector:\n    matchLabels:\n      app: \"1e3\"\n",
        ),
    },
    Fault { name: "a key that no API knows", change: Change::Text("    - from:\n", "    - form:\n") },
    Fault {
        name: "ports indented into a peer",
        change: Change::Text(
            "      ports:\n        - port: 9187\n",
            "          ports:\n        - port: 9187\n",
        ),
    },
    Fault { name: "another subject", change: Change::Text("app: \"1e3\"", "app: \"1e4\"") },
    Fault {
        name: "a wider subject",
        change: Change::Text(
            "  podSelector:\n    matchLabels:\n      app: \"1e3\"\n      mode: \"null\"\n",
            "  podSelector:\n    matchLabels:\n      app: \"1e3\"\n",
        ),
    },
    Fault {
        name: "the subject lost",
        change: Change::Text(
            "  podSelector:\n    matchLabels:\n      app: \"1e3\"\n      mode: \"null\"\n",
            "",
        ),
    },
    Fault {
        name: "the subject null",
        change: Change::Text(
            "  podSelector:\n    matchLabels:\n      app: \"1e3\"\n      mode: \"null\"\n",
            "  podSelector: null\n",
        ),
    },
    Fault {
        name: "a subject's labels not nested",
        change: Change::Text(
            "    matchLabels:\n      app: \"1e3\"\n      mode: \"null\"\n",
            "    app: \"1e3\"\n",
        ),
    },
    Fault {
        name: "another namespace",
        change: Change::Text(
            "  namespace: shop\nspec:\n  podSelector:\n    matchLabels:",
            "  namespace: bank\nspec:\n  podSelector:\n    matchLabels:",
        ),
    },
    Fault { name: "no namespace", change: Change::Text("  name: web\n  namespace: shop\n", "  name: web\n") },
    Fault { name: "two policies of one name", change: Change::Text("name: web\n", "name: default-deny\n") },
    Fault { name: "a name that no cluster takes", change: Change::Text("name: web\n", "name: Web\n") },
    Fault {
        name: "another kind",
        change: Change::Text(
            "kind: NetworkPolicy\nmetadata:\n  name: web",
            "kind: ClusterNetworkPolicy\nmetadata:\n  name: web",
        ),
    },
    Fault {
        name: "another version",
        change: Change::Text(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: web",
            "apiVersion: networking.k8s.io/v2\nkind: NetworkPolicy\nmetadata:\n  name: web",
        ),
    },
    Fault {
        name: "two documents merged",
        change: Change::Text(
            "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: web",
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: web",
        ),
    },
    Fault { name: "a document ended early", change: Change::Text("  egress:\n", "---\n  egress:\n") },
    Fault {
        name: "a rule merged into the one before it",
        change: Change::Text(
            "    - to:\n        - ipBlock:\n            cidr: \"10.0.0.0/8\"",
            "        - ipBlock:\n            cidr: \"10.0.0.0/8\"",
        ),
    },
    Fault {
        name: "a rule commented out",
        change: Change::Text(
            "    - to:\n        - podSelector: {}\n",
            "#   - to:\n#       - podSelector: {}\n",
        ),
    },
    Fault { name: "egress written as ingress", change: Change::Text("  egress:\n", "  ingress:\n") },
    Fault { name: "rules one level too high", change: Change::Text("  egress:\n", "egress:\n") },
    Fault {
        name: "a peer in its own namespace opened to all",
        change: Change::Text("        - podSelector: {}\n", "        - namespaceSelector: {}\n"),
    },
    Fault {
        name: "a peer in its own namespace bound to another",
        change: Change::Text(
            "        - podSelector: {}\n",
            "        - namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: \"bank\"\n",
        ),
    },
    Fault {
        name: "a peer with nothing set",
        change: Change::Text("        - podSelector: {}\n", "        - {}\n"),
    },
    Fault {
        name: "a block beside a selector",
        change: Change::Text(
            "        - podSelector: {}\n",
            "        - podSelector: {}\n          ipBlock:\n            cidr: \"10.0.0.0/8\"\n",
        ),
    },
    Fault { name: "a word in another script", change: Change::Text("\"prometheus\"", "\"prоmetheus\"") },
    Fault {
        name: "an anchor used for another value",
        change: Change::Text("app: \"prometheus\"", "app: &x \"prometheus\"\n              tier: *x"),
    },
    Fault {
        name: "trap 10: a policy without rules deleted",
        change: Change::Delete {
            kept: "  podSelector: {matchLabels: {app: web}}\n  policyTypes: [Egress]\n",
            deleted: "  podSelector: {}\n  policyTypes: [Ingress]\n",
        },
    },
    Fault { name: "default-deny lost", change: Change::Lose("default-deny") },
    Fault { name: "a policy lost", change: Change::Lose("web") },
    Fault { name: "no policy at all", change: Change::Clear },
    Fault {
        name: "one policy more that allows all",
        change: Change::Add("  podSelector: {}\n  policyTypes: [\"Ingress\"]\n  ingress:\n    - {}\n"),
    },
    Fault {
        name: "one policy more that isolates others",
        change: Change::Isolate("  podSelector: {}\n  policyTypes: [\"Ingress\"]\n"),
    },
];
