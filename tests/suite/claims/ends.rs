//! What a guard says of the ends of a connection: an address where a block of addresses lets the pod through, and only
//! there; never one pod as both ends; no name of a container port at an address.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use netdsl::algebra::{AddressSet, Cube, PortSet, Prefix, Protocol, Requirement, Text};
use netdsl::guards::{self, Endpoint, Verdict};
use netdsl::ir::{Claim, ClaimKind, Flow, NAMESPACE_NAME, Origin, Peer, PodPeer, Policy, World};

fn addresses(first: [u8; 4], length: u8) -> AddressSet {
    AddressSet::from(Prefix::new(first.into(), length).unwrap())
}

fn block(first: [u8; 4], length: u8) -> Peer {
    Peer::Addresses(addresses(first, length))
}

fn namespace(name: &str) -> Cube {
    Cube::of(NAMESPACE_NAME.into(), Requirement::one_of([Text::from(name)])).unwrap()
}

fn pods(name: &str) -> Peer {
    Peer::Pods(PodPeer { namespaces: namespace(name), pods: Cube::all() })
}

/// `shop` and `bank`, with pods at these addresses.
fn world(pod_addresses: AddressSet) -> World {
    let namespaces = ["shop", "bank"].map(|name| (Text::from(name), namespace(name)));
    World { namespaces: namespaces.into(), pod_addresses }
}

/// `shop` is isolated both ways, and has these flows in both directions.
fn policy<const N: usize>(peers: [(Peer, PortSet); N]) -> Policy {
    let mut policy = Policy::default();
    let shop = policy.namespaces.entry("shop".into()).or_default();
    for (peer, ports) in peers {
        let flow = Flow { subject: Cube::all(), peer, ports, origin: Origin(0) };
        shop.flows.ingress.push(flow.clone());
        shop.flows.egress.push(flow);
    }
    shop.isolated.ingress.push(Cube::all());
    shop.isolated.egress.push(Cube::all());
    policy
}

fn web() -> PortSet {
    PortSet::range(Protocol::Tcp, 80, 80)
}

fn never(from: Peer, to: Peer, ports: PortSet) -> Claim {
    Claim { kind: ClaimKind::Never, sources: vec![from], targets: vec![(to, ports)] }
}

/// Whether each end of the counterexample is told by an address: its source, its target.
fn told(policy: &Policy, world: &World, claim: &Claim) -> [bool; 2] {
    let Verdict::Fails(found) = guards::prove(policy, world, claim) else {
        panic!("{claim:?} does not hold");
    };
    [&found.source, &found.target].map(|end| match end {
        Endpoint::Pod { address, .. } => address.is_some(),
        Endpoint::Address(_) => true,
    })
}

#[test]
fn a_pod_that_a_block_lets_through_has_its_address() {
    let (by_block, world) = (policy([(block([10, 0, 0, 0], 8), web())]), world(addresses([10, 0, 0, 0], 8)));
    assert_eq!(told(&by_block, &world, &never(pods("bank"), pods("shop"), web())), [true, false]);
    assert_eq!(told(&by_block, &world, &never(pods("shop"), pods("bank"), web())), [false, true]);
    let by_labels = policy([(pods("bank"), web())]);
    assert_eq!(told(&by_labels, &world, &never(pods("bank"), pods("shop"), web())), [false, false]);
    assert_eq!(told(&by_labels, &world, &never(pods("shop"), pods("bank"), web())), [false, false]);
}

#[test]
fn a_block_elsewhere_lets_no_pod_through() {
    let (by_block, world) = (policy([(block([10, 0, 0, 0], 8), web())]), world(addresses([11, 0, 0, 0], 8)));
    for claim in [never(pods("bank"), pods("shop"), web()), never(pods("shop"), pods("bank"), web())] {
        assert_eq!(guards::prove(&by_block, &world, &claim), Verdict::Holds);
    }
}

#[test]
fn two_pods_do_not_share_the_only_address() {
    let within = |single: [u8; 4], world: &World| {
        let by_block = policy([(block(single, 32), web())]);
        guards::prove(&by_block, world, &never(pods("shop"), pods("shop"), web()))
    };
    let only = [10, 0, 0, 1];
    assert_eq!(within(only, &world(addresses(only, 32))), Verdict::Holds);
    assert_eq!(within(only, &world(addresses([10, 0, 0, 0], 8))), Verdict::Holds, "both must have it");
    let (world, by_block) =
        (world(addresses([10, 0, 0, 0], 31)), policy([(block([10, 0, 0, 0], 31), web())]));
    let Verdict::Fails(found) = guards::prove(&by_block, &world, &never(pods("shop"), pods("shop"), web()))
    else {
        panic!("two addresses are enough");
    };
    assert_ne!(found.source, found.target);
}

#[test]
fn an_address_has_no_names_of_ports() {
    let named = || PortSet::named(Protocol::Tcp, "http".into());
    let (policy, world) = (policy([(Peer::Anywhere, named())]), world(addresses([10, 0, 0, 0], 8)));
    let outside = never(pods("shop"), block([192, 0, 2, 0], 24), named());
    assert_eq!(guards::prove(&policy, &world, &outside), Verdict::Holds);
    let inside = never(pods("shop"), pods("bank"), named());
    assert!(matches!(guards::prove(&policy, &world, &inside), Verdict::Fails(_)));
}

#[test]
fn everybody_is_every_address_to_the_first_and_the_last() {
    let world = world(addresses([10, 0, 0, 0], 8));
    let only = |from: Peer| Claim { kind: ClaimKind::Only, ..never(from, pods("shop"), web()) };
    let single = |address: IpAddr| {
        let length = if address.is_ipv4() { 32 } else { 128 };
        Peer::Addresses(AddressSet::from(Prefix::new(address, length).unwrap()))
    };
    let ends: [IpAddr; 4] = [
        Ipv4Addr::UNSPECIFIED.into(),
        Ipv4Addr::BROADCAST.into(),
        Ipv6Addr::UNSPECIFIED.into(),
        Ipv6Addr::from_bits(u128::MAX).into(),
    ];
    for end in ends {
        let open = policy([(single(end), web())]);
        let Verdict::Fails(found) = guards::prove(&open, &world, &only(pods("bank"))) else {
            panic!("{end} is somebody else");
        };
        assert_eq!(found.source, Endpoint::Address(end));
        assert_eq!(guards::prove(&open, &world, &only(single(end))), Verdict::Holds);
    }
    let nobody = Peer::Addresses(AddressSet::empty());
    assert_eq!(guards::prove(&policy([]), &world, &only(nobody)), Verdict::Holds);
}
