//! The ports on which a pair might connect, where none was asked for: each is tried by itself.

use crate::algebra::{Cube, IntervalSet, PortSet, Protocol, ProtocolPorts, Requirement, Text};
use crate::guards::Connection;
use crate::ir::{Direction, Flow, NAMESPACE_NAME, Namespace, Peer, Policy};

use super::Pair;

/// More ports than this between two peers are not tried one by one.
const MOST: usize = 64;

/// The port of an example where all are alike.
const ORDINARY: u16 = 80;

/// The port of a connection that is possible, where one is, then those that flows of either end begin with; at
/// least one.
pub(super) fn candidates(policy: &Policy, pair: &Pair, possible: Option<&Connection>) -> Vec<PortSet> {
    let mut ports: Vec<PortSet> = possible.map(of).into_iter().collect();
    let both = [(&pair.target, Direction::Ingress), (&pair.source, Direction::Egress)];
    for (subject, direction) in both {
        for (_, namespace) in policy.namespaces.iter().filter(|(name, _)| may_be_in(subject, name)) {
            for flow in flows(namespace, direction, subject) {
                for port in atoms(&flow.ports) {
                    if ports.len() < MOST && !ports.contains(&port) {
                        ports.push(port);
                    }
                }
            }
        }
    }
    if ports.is_empty() {
        ports.push(PortSet::range(Protocol::Tcp, ORDINARY, ORDINARY));
    }
    ports
}

fn of(connection: &Connection) -> PortSet {
    match connection.port_names.first() {
        Some(name) => PortSet::named(connection.protocol, name.clone()),
        None => PortSet::range(connection.protocol, connection.port, connection.port),
    }
}

fn may_be_in(subject: &Peer, name: &Text) -> bool {
    let here = || Cube::of(NAMESPACE_NAME.into(), Requirement::one_of([name.clone()]));
    match subject {
        Peer::Anywhere => true,
        Peer::Addresses(_) => false,
        Peer::Pods(pods) => here().is_some_and(|here| !pods.namespaces.is_disjoint(&here)),
    }
}

fn flows<'a>(
    namespace: &'a Namespace,
    direction: Direction,
    subject: &'a Peer,
) -> impl Iterator<Item = &'a Flow> {
    let touches = |flow: &&Flow| match subject {
        Peer::Anywhere => true,
        Peer::Addresses(_) => false,
        Peer::Pods(pods) => !flow.subject.is_disjoint(&pods.pods),
    };
    namespace.flows.get(direction).iter().filter(touches)
}

/// The first port of each interval, and each name.
fn atoms(ports: &PortSet) -> Vec<PortSet> {
    let of = |protocol| {
        let part: &ProtocolPorts = ports.protocol(protocol);
        let numbers: &IntervalSet<u16> = part.numbers();
        let numbers =
            numbers.intervals().iter().map(move |(first, _)| PortSet::range(protocol, *first, *first));
        numbers.chain(part.names().iter().map(move |name| PortSet::named(protocol, name.clone())))
    };
    Protocol::ALL.into_iter().flat_map(of).collect()
}
