//! Random policies of the hub type: the comparison against brute force over every point that they tell apart.
//!
//! The second policy is the first with its flows cut to parts, so that only many parts together cover a flow.

use std::net::IpAddr;

use netdsl::algebra::{
    AddressSet, Cube, IntervalSet, PortSet, Prefix, Protocol, ProtocolPorts, Requirement, Text,
};
use netdsl::ir::{Direction, Flow, NAMESPACE_NAME, Origin, Peer, PodPeer, Policy};
use netdsl::verify::{self, Verdict};
use proptest::prelude::*;

use crate::evaluator::{self, Blocks, End, Labels, Pod, Port};
use crate::support;

fn requirement() -> impl Strategy<Value = Requirement> {
    let values = proptest::sample::subsequence(vec!["a", "b"], 0..=2);
    (values, any::<bool>(), any::<bool>()).prop_map(|(values, complement, absent)| {
        Requirement::new(values.into_iter().map(Text::from), complement, absent)
    })
}

fn cube(keys: &'static [&'static str]) -> impl Strategy<Value = Cube> {
    let one = (proptest::sample::select(keys), requirement());
    let some = proptest::collection::vec(one, 0..3);
    some.prop_filter_map("contradiction", |all| {
        Cube::from_requirements(all.into_iter().map(|(key, requirement)| (Text::from(key), requirement)))
    })
}

fn ports() -> impl Strategy<Value = PortSet> {
    let numbers = proptest::sample::subsequence(vec![(1, 1), (2, 2), (3, 65535)], 0..=3);
    let names = proptest::sample::subsequence(vec!["dns", "http"], 0..=2);
    let tcp = (numbers, names).prop_map(|(numbers, names)| {
        let ports = ProtocolPorts::new(&IntervalSet::new(numbers), names.into_iter().map(Text::from));
        PortSet::of(Protocol::Tcp, ports)
    });
    prop_oneof![4 => tcp, 1 => Just(PortSet::every())]
}

fn addresses() -> impl Strategy<Value = AddressSet> {
    let quarters = proptest::sample::subsequence(vec![0_u8, 64, 128, 192], 1..=4);
    quarters.prop_map(|quarters| {
        let quarter = |first: u8| AddressSet::from(Prefix::new(IpAddr::from([first, 0, 0, 0]), 2).unwrap());
        quarters.into_iter().fold(AddressSet::empty(), |all, first| all.union(&quarter(first)))
    })
}

fn peer() -> impl Strategy<Value = Peer> {
    let pods = (cube(&[NAMESPACE_NAME, "team"]), cube(&["x", "y"]));
    prop_oneof![
        4 => pods.prop_map(|(namespaces, pods)| Peer::Pods(PodPeer { namespaces, pods })),
        1 => addresses().prop_map(Peer::Addresses),
        1 => Just(Peer::Anywhere),
    ]
}

fn flow() -> impl Strategy<Value = Flow> {
    (cube(&["s"]), peer(), ports()).prop_map(|(subject, peer, ports)| Flow {
        subject,
        peer,
        ports,
        origin: Origin(0),
    })
}

/// What is inside a knife and what is outside, as flows that together are the flow.
fn cut(flow: &Flow, knife: &Flow, part: usize) -> Vec<Flow> {
    let with_subject = |subject: Cube| Flow { subject, ..flow.clone() };
    let with_pods = |namespaces: Cube, pods: Cube| Flow {
        peer: Peer::Pods(PodPeer { namespaces, pods }),
        ..flow.clone()
    };
    let both = |own: &Cube, other: &Cube| -> Vec<Cube> {
        own.difference(other).into_iter().chain(own.intersection(other)).collect()
    };
    match (part, &flow.peer, &knife.peer) {
        (0, _, _) => both(&flow.subject, &knife.subject).into_iter().map(with_subject).collect(),
        (1, Peer::Pods(a), Peer::Pods(b)) => both(&a.namespaces, &b.namespaces)
            .into_iter()
            .map(|cube| with_pods(cube, a.pods.clone()))
            .collect(),
        (2, Peer::Pods(a), Peer::Pods(b)) => {
            both(&a.pods, &b.pods).into_iter().map(|cube| with_pods(a.namespaces.clone(), cube)).collect()
        }
        (3, Peer::Addresses(a), Peer::Addresses(b)) => {
            let parts = [a.difference(b), a.intersection(b)].into_iter().filter(|set| !set.is_empty());
            parts.map(|set| Flow { peer: Peer::Addresses(set), ..flow.clone() }).collect()
        }
        _ => vec![flow.clone(), Flow { ports: knife.ports.clone(), ..flow.clone() }]
            .into_iter()
            .filter(|part| part.ports.is_subset(&flow.ports))
            .collect(),
    }
}

fn policy(isolated: &[Cube], flows: Vec<Flow>) -> Policy {
    let mut policy = Policy::default();
    let namespace = policy.namespaces.entry("a".into()).or_default();
    namespace.isolated.ingress = isolated.to_vec();
    namespace.flows.ingress = flows;
    policy
}

fn label_sets(keys: [&str; 2], values: &[Option<&str>]) -> Vec<Labels> {
    let mut all = Vec::new();
    for first in values {
        for second in values {
            let pairs = keys.into_iter().zip([first, second]);
            all.push(pairs.filter_map(|(key, value)| Some((key.to_owned(), (*value)?.to_owned()))).collect());
        }
    }
    all
}

/// The first point on which two policies differ.
fn difference(a: &Policy, b: &Policy) -> Option<String> {
    let states = [None, Some("a"), Some("b"), Some("c")];
    let pod = |namespace_labels: &Labels, labels: &Labels| Pod {
        namespace: namespace_labels.get(NAMESPACE_NAME).cloned().unwrap_or_default(),
        namespace_labels: namespace_labels.clone(),
        labels: labels.clone(),
        address: None,
    };
    let mut others = vec![End::Rest];
    others.extend([0_u8, 64, 128, 192].map(|first| End::Address(IpAddr::from([first, 1, 2, 3]))));
    for namespace in label_sets([NAMESPACE_NAME, "team"], &states) {
        if namespace.contains_key(NAMESPACE_NAME) {
            others.extend(
                label_sets(["x", "y"], &states).iter().map(|labels| End::Pod(pod(&namespace, labels))),
            );
        }
    }
    let names = [vec![], vec!["dns".to_owned()], vec!["http".to_owned()]];
    let tcp = |number: u16| names.clone().map(|names| Port { protocol: Some("TCP"), number, names });
    let mut ports: Vec<Port> = [1, 2, 3].into_iter().flat_map(tcp).collect();
    ports.extend([Some("UDP"), None].map(|protocol| Port { protocol, number: 1, names: Vec::new() }));
    let own = Labels::from([(NAMESPACE_NAME.to_owned(), "a".to_owned())]);
    for subject in label_sets(["s", "t"], &states).iter().map(|labels| pod(&own, labels)) {
        let isolated = |policy| evaluator::is_isolated(policy, &subject, Direction::Ingress);
        if isolated(a) != isolated(b) {
            return Some(format!("{subject:?}"));
        }
        for other in &others {
            for port in &ports {
                let side = |policy| {
                    evaluator::side(policy, &subject, Direction::Ingress, other, port, Blocks::OutsideOnly)
                };
                if side(a) != side(b) {
                    return Some(format!("{subject:?} {other:?} {port:?}"));
                }
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(support::one_in(8))]

    #[test]
    fn verdicts_agree_with_brute_force(
        isolated in proptest::collection::vec(cube(&["s", "t"]), 1..3),
        flows in proptest::collection::vec(flow(), 1..4),
        knives in proptest::collection::vec((flow(), 0..5_usize), 0..6),
        dropped in any::<Option<prop::sample::Index>>(),
    ) {
        let cut_all = |parts: Vec<Flow>, (knife, part): &(Flow, usize)| {
            parts.iter().flat_map(|flow| cut(flow, knife, *part)).collect()
        };
        let mut parts: Vec<Flow> = knives.iter().fold(flows.clone(), cut_all);
        if let Some(index) = dropped {
            parts.swap_remove(index.index(parts.len()));
        }
        let (whole, parts) = (policy(&isolated, flows), policy(&isolated, parts));
        for (a, b) in [(&whole, &parts), (&parts, &whole)] {
            match verify::compare(a, b) {
                Verdict::Proved(_) => prop_assert_eq!(difference(a, b), None),
                Verdict::Differs(witnesses) => prop_assert!(difference(a, b).is_some(), "{:?}", witnesses),
                other @ (Verdict::OutOfBudget(_) | Verdict::Refused(_)) => prop_assert!(false, "{:?}", other),
            }
        }
    }
}
