//! The first example against a policy that people wrote by hand for the same databases.
//!
//! Both are asked about a grid of connections into the database pods and out of them. They agree, or the connection
//! belongs to a difference that is meant; every difference that is listed does occur.

mod evaluator;

use evaluator::{Connection, Endpoint, Labels, allowed, side};
use yaml_serde::Value;

use crate::support;

/// As published, by hand.
const BY_HAND: &str = r#"
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: kasm-database-isolation
  namespace: kasm
  annotations:
    policy.kubernetes.io/description: "Restrict database access to app pods only"
spec:
  podSelector:
    matchLabels:
      app: kasm-database
      tier: database
  policyTypes:
    - Ingress
    - Egress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: kasm-workspace
              tier: application
      ports:
        - protocol: TCP
          port: 5432
    - from:
        - podSelector:
            matchLabels:
              app: kasm-workspace
              tier: application
      ports:
        - protocol: TCP
          port: 6379
    - from:
        - namespaceSelector:
            matchLabels:
              name: monitoring
          podSelector:
            matchLabels:
              app: prometheus
      ports:
        - protocol: TCP
          port: 9187
        - protocol: TCP
          port: 9121
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
      ports:
        - protocol: UDP
          port: 53
        - protocol: TCP
          port: 53
    - to:
        - ipBlock:
            cidr: 0.0.0.0/0
            except:
              - 10.0.0.0/8
              - 172.16.0.0/12
              - 192.168.0.0/16
      ports:
        - protocol: TCP
          port: 443
"#;

/// What the program assumes too: whatever is not allowed in the namespace is denied.
const DEFAULT_DENY: &str = r"
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: kasm
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
";

/// Connections about which the two are meant to differ.
struct Difference {
    /// Why ours is as it is.
    reason: &'static str,
    /// Which connections.
    covers: fn(&Connection) -> bool,
    /// What ours says about them; by hand it is the other way round.
    ours: bool,
}

const DIFFERENCES: &[Difference] = &[
    Difference {
        reason: "no namespace carries `name` by itself: Prometheus would be shut out of its exporters",
        covers: |it| it.from == PROMETHEUS && scrapes(it),
        ours: true,
    },
    Difference {
        reason: "anybody who may label a namespace could call it `name: monitoring`",
        covers: |it| it.from == IMPOSTOR && scrapes(it),
        ours: false,
    },
    Difference {
        reason: "DNS is the pods that serve it, and not port 53 of every pod of kube-system",
        covers: |it| it.to == METRICS_SERVER && it.port == 53 && it.protocol != "SCTP",
        ours: false,
    },
    Difference {
        reason: "the internet has IPv6 too",
        covers: |it| it.to == address("2606:4700::1111") && https(it),
        ours: true,
    },
    Difference {
        reason: "link-local addresses are no internet: clouds keep their metadata servers there",
        covers: |it| (it.to == address("169.254.169.254") || it.to == address("169.254.20.10")) && https(it),
        ours: false,
    },
    Difference {
        reason: "100.64.0.0/10 is shared address space: many clusters have their pods there",
        covers: |it| it.to == address("100.64.0.1") && https(it),
        ours: false,
    },
];

fn scrapes(connection: &Connection) -> bool {
    connection.to == DB && connection.protocol == "TCP" && matches!(connection.port, 9187 | 9121)
}

fn https(connection: &Connection) -> bool {
    connection.protocol == "TCP" && connection.port == 443
}

const fn pod(namespace: &'static str, namespace_labels: Labels, labels: Labels) -> Endpoint {
    Endpoint::Pod { namespace, namespace_labels, labels }
}

const KASM: Labels = &[("kubernetes.io/metadata.name", "kasm")];
const SYSTEM: Labels = &[("kubernetes.io/metadata.name", "kube-system")];
const MONITORING: Labels = &[("kubernetes.io/metadata.name", "monitoring")];
const SANDBOX: Labels = &[("kubernetes.io/metadata.name", "sandbox")];
const FAKE: Labels = &[("kubernetes.io/metadata.name", "fake"), ("name", "monitoring")];

const DB: Endpoint = pod("kasm", KASM, &[("app", "kasm-database"), ("tier", "database")]);
const PROMETHEUS: Endpoint = pod("monitoring", MONITORING, &[("app", "prometheus")]);
const IMPOSTOR: Endpoint = pod("fake", FAKE, &[("app", "prometheus")]);
const METRICS_SERVER: Endpoint = pod("kube-system", SYSTEM, &[("k8s-app", "metrics-server")]);
const WORKSPACE: Endpoint = pod("kasm", KASM, &[("app", "kasm-workspace"), ("tier", "application")]);

fn address(text: &str) -> Endpoint {
    Endpoint::Address(text.parse().unwrap())
}

/// Everything that a database pod may meet.
fn endpoints() -> Vec<Endpoint> {
    let addresses = [
        "1.1.1.1",
        "10.1.2.3",
        "172.16.0.1",
        "172.32.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "169.254.20.10",
        "100.64.0.1",
        "2606:4700::1111",
        "fd00::1",
        "fe80::1",
    ];
    let pods = [
        WORKSPACE,
        PROMETHEUS,
        IMPOSTOR,
        METRICS_SERVER,
        pod("kasm", KASM, &[("app", "kasm-workspace")]),
        pod("kasm", KASM, &[("tier", "application")]),
        pod("kasm", KASM, &[("app", "kasm-workspace"), ("tier", "application"), ("version", "2")]),
        pod("kasm", KASM, &[]),
        pod("kube-system", SYSTEM, &[("k8s-app", "kube-dns")]),
        pod("monitoring", MONITORING, &[("app", "grafana")]),
        pod("sandbox", SANDBOX, &[("app", "kasm-workspace"), ("tier", "application")]),
        pod("sandbox", SANDBOX, &[("app", "prometheus")]),
        pod("sandbox", SANDBOX, &[]),
    ];
    pods.into_iter().chain(addresses.into_iter().map(address)).collect()
}

/// Every connection of the grid: into a database pod and out of it.
fn grid() -> Vec<Connection> {
    let mut grid = Vec::new();
    for other in endpoints() {
        for (from, to) in [(other.clone(), DB), (DB, other.clone())] {
            for protocol in ["TCP", "UDP", "SCTP"] {
                for port in [22, 53, 80, 443, 5432, 5433, 6379, 8443, 9121, 9187] {
                    grid.push(Connection { from: from.clone(), to: to.clone(), protocol, port });
                }
            }
        }
    }
    grid
}

fn ours() -> Vec<Value> {
    let compiled = crate::examples::compile(&support::repository("examples/kasm-database"));
    support::documents(&compiled.yaml.expect("the example compiles"))
}

/// What the policies about the database pod itself say.
fn at_the_database(policies: &[Value], connection: &Connection) -> bool {
    if connection.to == DB {
        side(policies, "Ingress", &connection.to, &connection.from, connection)
    } else {
        side(policies, "Egress", &connection.from, &connection.to, connection)
    }
}

#[test]
fn the_databases_admit_what_they_did_but_for_what_is_meant() {
    let (ours, theirs) = (ours(), support::documents(BY_HAND));
    for connection in grid() {
        let meant: Vec<_> = DIFFERENCES.iter().filter(|it| (it.covers)(&connection)).collect();
        assert!(meant.len() <= 1, "two reasons for one difference: {connection:?}");
        let by_hand = at_the_database(&theirs, &connection);
        let expected = meant.first().map_or(by_hand, |it| it.ours);
        assert_eq!(at_the_database(&ours, &connection), expected, "{connection:?}");
        for difference in meant {
            assert_ne!(by_hand, difference.ours, "no difference here, {}: {connection:?}", difference.reason);
        }
    }
}

#[test]
fn every_difference_that_is_meant_occurs() {
    let grid = grid();
    for difference in DIFFERENCES {
        assert!(grid.iter().any(difference.covers), "not in the grid: {}", difference.reason);
    }
}

#[test]
fn the_way_out_of_the_workspace_is_part_of_the_program() {
    // Under a default deny the ingress half alone opens nothing: the policy by hand forgets the other half.
    let mut by_hand = support::documents(BY_HAND);
    by_hand.extend(support::documents(DEFAULT_DENY));
    let ours = ours();
    for port in [5432, 6379] {
        let connection = Connection { from: WORKSPACE, to: DB, protocol: "TCP", port };
        assert!(at_the_database(&by_hand, &connection));
        assert!(!allowed(&by_hand, &connection));
        assert!(allowed(&ours, &connection));
    }
}

#[test]
fn nothing_reaches_the_databases_but_by_both_halves() {
    let ours = ours();
    for connection in grid().iter().filter(|it| it.to == DB && allowed(&ours, it)) {
        let opened = match connection.port {
            5432 | 6379 => matches!(connection.from, Endpoint::Pod { namespace: "kasm", .. }),
            9187 | 9121 => connection.from == PROMETHEUS,
            _ => false,
        };
        assert!(opened && connection.protocol == "TCP", "{connection:?}");
    }
}

#[test]
fn the_evaluator_tells_the_traps_apart() {
    let yaml = |peers: &str| {
        let head =
            "metadata: {namespace: kasm}\nspec:\n  podSelector: {}\n  policyTypes: [Ingress]\n  ingress: ";
        support::documents(&format!("{head}{peers}\n"))
    };
    let connection = Connection { from: PROMETHEUS, to: DB, protocol: "TCP", port: 80 };
    let judge = |peers: &str| allowed(&yaml(peers), &connection);
    assert!(!judge("[]"));
    assert!(judge("[{}]"));
    assert!(judge("[{from: []}]"));
    assert!(!judge("[{from: [{podSelector: {}}]}]"));
    assert!(judge("[{from: [{namespaceSelector: {}}]}]"));
    assert!(!judge("[{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]"));
    assert!(!judge("[{ports: [{protocol: UDP}]}]"));
    assert!(judge("[{ports: [{port: 79, endPort: 81}]}]"));
    let absent = "{matchExpressions: [{key: tier, operator: NotIn, values: [x]}]}";
    assert!(judge(&format!("[{{from: [{{namespaceSelector: {{}}, podSelector: {absent}}}]}}]")));
}
