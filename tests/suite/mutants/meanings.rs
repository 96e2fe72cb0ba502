//! Faults behind the lowering: each flow and each isolated selector lost, widened, narrowed and put elsewhere.

use netdsl::algebra::{AddressSet, Cube, IntervalSet, PortSet, Protocol, ProtocolPorts, Requirement, Text};
use netdsl::ir::{Direction, Flow, Namespace, Peer, PodPeer, Policy};

/// All policies that differ from this one by one fault.
pub(super) fn mutants(policy: &Policy) -> Vec<Policy> {
    let mut all = Vec::new();
    for name in policy.namespaces.keys() {
        let mut put = |namespace: Option<Namespace>| {
            let mut policy = policy.clone();
            match namespace {
                None => drop(policy.namespaces.remove(name)),
                Some(namespace) => drop(policy.namespaces.insert(name.clone(), namespace)),
            }
            all.push(policy);
        };
        let namespace = &policy.namespaces[name];
        put(None);
        for direction in Direction::BOTH {
            for new in isolation(namespace, direction) {
                put(Some(new));
            }
            for new in flows(namespace, direction) {
                put(Some(new));
            }
        }
    }
    all
}

fn other(direction: Direction) -> Direction {
    match direction {
        Direction::Ingress => Direction::Egress,
        Direction::Egress => Direction::Ingress,
    }
}

fn isolation(namespace: &Namespace, direction: Direction) -> Vec<Namespace> {
    let mut all = Vec::new();
    for at in 0..namespace.isolated.get(direction).len() {
        let mut without = namespace.clone();
        let cube = without.isolated.get_mut(direction).remove(at);
        let mut moved = without.clone();
        moved.isolated.get_mut(other(direction)).push(cube.clone());
        for other in cubes(&cube) {
            let mut changed = without.clone();
            changed.isolated.get_mut(direction).push(other);
            all.push(changed);
        }
        all.extend([without, moved]);
    }
    all
}

fn flows(namespace: &Namespace, direction: Direction) -> Vec<Namespace> {
    let mut all = Vec::new();
    for at in 0..namespace.flows.get(direction).len() {
        let mut without = namespace.clone();
        let flow = without.flows.get_mut(direction).remove(at);
        let mut moved = without.clone();
        moved.flows.get_mut(other(direction)).push(flow.clone());
        for other in changed(&flow) {
            let mut changed = without.clone();
            changed.flows.get_mut(direction).push(other);
            all.push(changed);
        }
        all.extend([without, moved]);
    }
    all
}

/// One flow, wider or narrower or another one.
fn changed(flow: &Flow) -> Vec<Flow> {
    let mut all: Vec<Flow> =
        cubes(&flow.subject).into_iter().map(|subject| Flow { subject, ..flow.clone() }).collect();
    all.extend(peers(&flow.peer).into_iter().map(|peer| Flow { peer, ..flow.clone() }));
    all.extend(ports(&flow.ports).into_iter().map(|ports| Flow { ports, ..flow.clone() }));
    all
}

/// Each requirement dropped, turned round, with another value, and open to pods without the key; and one more.
fn cubes(cube: &Cube) -> Vec<Cube> {
    let more = Requirement::one_of(["another".into()]);
    let mut all: Vec<Cube> = cube.with(&Text::from("one-more"), more.clone()).into_iter().collect();
    for (key, requirement) in cube.requirements() {
        let new = [
            Requirement::anything(),
            requirement.complement(),
            requirement.union(&more),
            requirement.difference(&Requirement::one_of(requirement.values().first().cloned())),
            Requirement::exists(),
            Requirement::absent(),
        ];
        // A finite set together with absent has no operator, so nobody can write it by mistake.
        let sayable = |it: &&Requirement| it.is_complement() || !it.allows_absent() || it.values().is_empty();
        let new = new
            .iter()
            .filter(sayable)
            .filter(|it| !it.is_complement() || it.values().is_empty() || it.allows_absent());
        all.extend(new.filter_map(|requirement| cube.with(key, requirement.clone())));
    }
    all
}

fn peers(peer: &Peer) -> Vec<Peer> {
    let mut all = vec![Peer::Anywhere];
    match peer {
        Peer::Anywhere => {
            let every = AddressSet::new(IntervalSet::range(0, u32::MAX), IntervalSet::range(0, u128::MAX));
            all = vec![
                Peer::Addresses(every),
                Peer::Pods(PodPeer { namespaces: Cube::all(), pods: Cube::all() }),
            ];
        }
        Peer::Pods(PodPeer { namespaces, pods }) => {
            let of = |namespaces: Cube, pods: Cube| Peer::Pods(PodPeer { namespaces, pods });
            all.push(of(pods.clone(), namespaces.clone()));
            all.extend(cubes(namespaces).into_iter().map(|it| of(it, pods.clone())));
            all.extend(cubes(pods).into_iter().map(|it| of(namespaces.clone(), it)));
        }
        Peer::Addresses(set) => {
            let (v4, v6) = (set.v4().clone(), set.v6().clone());
            let shorter = IntervalSet::new(v4.intervals().iter().skip(1).copied());
            let longer = IntervalSet::new(v4.intervals().iter().map(|(first, last)| (*first, last | 1)));
            all.extend(
                [shorter, longer, IntervalSet::empty()]
                    .map(|v4| AddressSet::new(v4, v6.clone()))
                    .map(Peer::Addresses),
            );
            all.push(Peer::Addresses(AddressSet::new(v4, IntervalSet::empty())));
        }
    }
    all.retain(|it| !matches!(it, Peer::Addresses(set) if set.is_empty()));
    all
}

/// All ports, one number more or fewer, another protocol, and without the names.
fn ports(ports: &PortSet) -> Vec<PortSet> {
    let mut all = vec![PortSet::every()];
    for protocol in Protocol::ALL {
        let own = ports.protocol(protocol);
        let of = |part: ProtocolPorts| {
            let others = Protocol::ALL.into_iter().filter(|it| *it != protocol);
            let others = others.map(|it| PortSet::of(it, ports.protocol(it).clone()));
            others.fold(PortSet::of(protocol, part), |all, part| all.union(&part))
        };
        let names = || own.names().iter().cloned();
        all.push(of(ProtocolPorts::new(own.numbers(), [])));
        all.push(of(ProtocolPorts::new(&IntervalSet::range(1, u16::MAX), [])));
        for (first, last) in own.numbers().intervals() {
            let more = own.numbers().union(&IntervalSet::range(*first, last.saturating_add(1)));
            let fewer = own.numbers().difference(&IntervalSet::range(*first, *first));
            all.extend([more, fewer].map(|numbers| of(ProtocolPorts::new(&numbers, names()))));
        }
    }
    let [tcp, udp, sctp] = Protocol::ALL.map(|protocol| ports.protocol(protocol).clone());
    let turned = [(Protocol::Tcp, sctp), (Protocol::Udp, tcp), (Protocol::Sctp, udp)];
    all.push(turned.into_iter().fold(PortSet::empty(), |all, (p, part)| all.union(&PortSet::of(p, part))));
    all.retain(|it| !it.is_empty() || it.is_every());
    all
}
