//! How long a proof takes, for those who ask: `cargo test --release -- --ignored --nocapture proof_of`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a measurement measures and prints")]

use std::time::Instant;

use netdsl::algebra::{Cube, PortSet, Protocol, Requirement, Text};
use netdsl::ir::{Flow, NAMESPACE_NAME, Origin, Peer, PodPeer, Policy};
use netdsl::verify::{self, Verdict};

fn cube(key: &str, value: impl Into<Text>) -> Cube {
    Cube::of(key.into(), Requirement::one_of([value.into()])).unwrap()
}

/// So many rules over 20 namespaces, of which every tenth repeats another more narrowly.
fn rules(count: usize) -> Policy {
    let mut policy = Policy::default();
    for n in 0..count {
        let namespace = policy.namespaces.entry(format!("ns-{}", n % 20).into()).or_default();
        if namespace.isolated.ingress.is_empty() {
            namespace.isolated.ingress.push(Cube::all());
        }
        let (subject, peer) = (n / 20 % 97, n / 20 / 97);
        let namespaces =
            if n % 10 == 3 { Cube::all() } else { cube(NAMESPACE_NAME, format!("ns-{}", n % 7)) };
        let peer = Peer::Pods(PodPeer { namespaces, pods: cube("app", format!("client-{peer}")) });
        let port = u16::try_from(1 + n % 5).unwrap();
        let ports = PortSet::range(Protocol::Tcp, port, port);
        let origin = Origin(u32::try_from(n).unwrap());
        namespace.flows.ingress.push(Flow {
            subject: cube("app", format!("server-{subject}")),
            peer,
            ports,
            origin,
        });
    }
    policy
}

/// The same meaning, as a compiler would join it: peers of one subject and the same ports as lists of eight.
fn joined(policy: &Policy) -> Policy {
    let mut joined = policy.clone();
    for namespace in joined.namespaces.values_mut() {
        let mut groups = std::collections::BTreeMap::<_, Vec<Text>>::new();
        for flow in namespace.flows.ingress.drain(..) {
            let Peer::Pods(peer) = &flow.peer else { unreachable!("only pods were made") };
            let value = peer.pods.get("app").unwrap().values()[0].clone();
            groups.entry((flow.subject, peer.namespaces.clone(), flow.ports)).or_default().push(value);
        }
        for ((subject, namespaces, ports), values) in groups {
            for chunk in values.chunks(8) {
                let pods = Cube::of("app".into(), Requirement::one_of(chunk.iter().cloned())).unwrap();
                let peer = Peer::Pods(PodPeer { namespaces: namespaces.clone(), pods });
                namespace.flows.ingress.push(Flow {
                    subject: subject.clone(),
                    peer,
                    ports: ports.clone(),
                    origin: Origin(0),
                });
            }
        }
    }
    joined
}

/// The same meaning with each rule said again for a narrower peer.
fn repeated(policy: &Policy) -> Policy {
    let mut repeated = policy.clone();
    for namespace in repeated.namespaces.values_mut() {
        let narrower: Vec<Flow> = namespace.flows.ingress.iter().filter_map(narrow).collect();
        namespace.flows.ingress.extend(narrower);
    }
    repeated
}

fn narrow(flow: &Flow) -> Option<Flow> {
    let Peer::Pods(peer) = &flow.peer else { unreachable!("only pods were made") };
    let pods = peer.pods.intersection(&cube("tier", "front"))?;
    Some(Flow { peer: Peer::Pods(PodPeer { pods, ..peer.clone() }), ..flow.clone() })
}

fn timed(name: &str, source: &Policy, output: &Policy) {
    let start = Instant::now();
    let verdict = verify::compare(source, output);
    let elapsed = start.elapsed();
    assert!(matches!(verdict, Verdict::Proved(_)), "{name}: {verdict:?}");
    println!("{name:40} {elapsed:?} {verdict:?}");
}

#[test]
fn proof_of_joined_and_repeated_rules() {
    let rules = rules(4000);
    for output in [joined(&rules), repeated(&rules)] {
        for (a, b) in [(&rules, &output), (&output, &rules)] {
            let verdict = verify::compare(a, b);
            assert!(matches!(verdict, Verdict::Proved(_)), "{verdict:?}");
        }
    }
}

/// A hub that pods of so many namespaces reach, so many in each: one by one, and all in one.
fn hub(namespaces: usize, pods: usize) -> (Policy, Policy) {
    let names = |what: &'static str, count: usize| (0..count).map(move |n| Text::from(format!("{what}-{n}")));
    let list = |key: &str, values: &mut dyn Iterator<Item = Text>| {
        Cube::of(key.into(), Requirement::one_of(values)).unwrap()
    };
    let policy = |peers: Vec<PodPeer>| {
        let mut policy = Policy::default();
        let namespace = policy.namespaces.entry("hub".into()).or_default();
        namespace.isolated.ingress.push(Cube::all());
        let flow = |peer| Flow {
            subject: cube("app", "hub"),
            peer: Peer::Pods(peer),
            ports: PortSet::range(Protocol::Tcp, 443, 443),
            origin: Origin(0),
        };
        namespace.flows.ingress.extend(peers.into_iter().map(flow));
        policy
    };
    let one_by_one = names("ns", namespaces).flat_map(|ns| {
        let peer =
            move |app| PodPeer { namespaces: cube(NAMESPACE_NAME, ns.clone()), pods: cube("app", app) };
        names("app", pods).map(peer)
    });
    let all = PodPeer {
        namespaces: list(NAMESPACE_NAME, &mut names("ns", namespaces)),
        pods: list("app", &mut names("app", pods)),
    };
    (policy(one_by_one.collect()), policy(vec![all]))
}

#[test]
fn proof_of_a_hub_with_thousands_of_clients() {
    for (namespaces, pods) in [(70, 60), (1, 4200), (4200, 1)] {
        let (source, output) = hub(namespaces, pods);
        for (a, b) in [(&source, &output), (&output, &source)] {
            let verdict = verify::compare(a, b);
            assert!(matches!(verdict, Verdict::Proved(_)), "{namespaces} × {pods}: {verdict:?}");
        }
    }
}

#[test]
fn proof_of_a_hub_with_one_client_less() {
    let (mut source, output) = hub(70, 60);
    source.namespaces.get_mut(&Text::from("hub")).unwrap().flows.ingress.pop();
    let verdict = verify::compare(&source, &output);
    let Verdict::Differs(witnesses) = verdict else { panic!("{verdict:?}") };
    assert!(witnesses[0].to_string().contains("ns-69"), "{}", witnesses[0]);
}

#[test]
#[ignore = "a measurement"]
fn proof_of_many_rules() {
    for count in [10_000, 100_000, 1_000_000] {
        let rules = rules(count);
        timed(&format!("{count} rules, as they are"), &rules, &rules.clone());
        timed(&format!("{count} rules, joined"), &rules, &joined(&rules));
        timed(&format!("{count} rules, each said twice"), &repeated(&rules), &rules);
    }
}

/// So many rules as text: objects of a hundred rules each.
fn text(count: usize) -> String {
    let object = |object: usize| {
        let rules: String = (0..100).map(rule).collect();
        HEAD.replace("OBJECT", &object.to_string()).replace("NAMESPACE", &(object % 20).to_string()) + &rules
    };
    (0..count / 100).map(object).collect()
}

fn rule(number: usize) -> String {
    let rule = RULE.replace("CLIENT", &number.to_string()).replace("PORT", &(number + 1).to_string());
    rule.replace("NAMESPACE", &(number % 7).to_string())
}

const HEAD: &str = "---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: pOBJECT
  namespace: ns-NAMESPACE
spec:
  podSelector:
    matchLabels:
      app: server-OBJECT
  policyTypes:
  - Ingress
  ingress:
";

const RULE: &str = "  - from:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: ns-NAMESPACE
      podSelector:
        matchLabels:
          app: client-CLIENT
    ports:
    - port: PORT
";

#[test]
#[ignore = "a measurement"]
fn proof_of_written_bytes() {
    for count in [10_000, 100_000, 1_000_000] {
        let text = text(count);
        let start = Instant::now();
        let objects = netdsl::denote::read(&text).unwrap();
        let read = start.elapsed();
        let start = Instant::now();
        let (policy, problems) = netdsl::denote::denote(&objects);
        let denoted = start.elapsed();
        assert_eq!(problems, []);
        let start = Instant::now();
        let verdict = verify::verify(&policy, &text);
        let all = start.elapsed();
        assert!(matches!(verdict, Verdict::Proved(_)), "{verdict:?}");
        println!(
            "{count} rules, {} bytes: read {read:?}, denote {denoted:?}, both again and compared {all:?}",
            text.len()
        );
    }
}
