//! What looks hard and is not stays cheap.

use netdsl::algebra::{Cube, PortSet, Requirement, Text};
use netdsl::ir::{Flow, NAMESPACE_NAME, Origin, Peer, PodPeer, Policy};
use netdsl::verify::{self, Verdict};

/// Flows from pods that must have these values, of all namespaces.
fn policy(peers: Vec<Cube>) -> Policy {
    let mut policy = Policy::default();
    let namespace = policy.namespaces.entry("shop".into()).or_default();
    namespace.isolated.ingress.push(Cube::all());
    for pods in peers {
        let peer = Peer::Pods(PodPeer { namespaces: Cube::all(), pods });
        let flow = Flow { subject: Cube::all(), peer, ports: PortSet::every(), origin: Origin(0) };
        namespace.flows.ingress.push(flow);
    }
    policy
}

#[test]
fn many_values_of_one_key_are_no_hard_case() {
    let values = |range: std::ops::Range<usize>| range.map(|n| Text::from(format!("v{n}")));
    let one_by_one =
        values(0..3000).map(|value| Cube::of(NAMESPACE_NAME.into(), Requirement::one_of([value])).unwrap());
    let at_once = Cube::of(NAMESPACE_NAME.into(), Requirement::one_of(values(0..3000))).unwrap();
    let verdict = verify::compare(&policy(one_by_one.collect()), &policy(vec![at_once]));
    assert!(matches!(verdict, Verdict::Proved(stats) if stats.steps < 100_000), "{verdict:?}");
}
