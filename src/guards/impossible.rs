//! Finds a connection that is not possible: one that its source may not send, or its target may not receive.
//!
//! Each half by itself: everything that is asked for, less what the flows of that half allow, by sharp
//! difference of regions. What is left over is a connection that is denied.

use crate::algebra::{Cube, PortSet, Protocol, Residue, Target};
use crate::ir::{Direction, Flow, Peer, Policy};

use super::budget::Budget;
use super::endpoints::{PodRegion, Region};
use super::ports::Port;
use super::witness::{Address, Connection, Endpoint, Half, Reason};

/// Connections that are asked for: pods of one namespace with one region at the other end.
#[derive(Clone)]
struct Wanted {
    subject: PodRegion,
    other: Region,
    ports: Residue,
}

/// A connection from a source to a target on one of the ports that is denied.
pub(super) fn find(
    policy: &Policy,
    source: &Region,
    target: &Region,
    ports: &PortSet,
    budget: &mut Budget,
) -> Option<Connection> {
    [Half::Egress, Half::Ingress].into_iter().find_map(|half| {
        let (subject, other, direction) = match half {
            Half::Egress => (source, target, Direction::Egress),
            Half::Ingress => (target, source, Direction::Ingress),
        };
        // Nothing constrains what is outside.
        let Region::Pods(subject) = subject else { return None };
        let left = denied(policy, subject, other, ports, direction, budget)?;
        Some(connection(left, half))
    })
}

fn denied(
    policy: &Policy,
    subject: &PodRegion,
    other: &Region,
    ports: &PortSet,
    direction: Direction,
    budget: &mut Budget,
) -> Option<Wanted> {
    let namespace = policy.namespaces.get(subject.namespace.as_ref()?)?;
    let flows = namespace.flows.get(direction);
    for isolated in namespace.isolated.get(direction) {
        let Some(pods) = subject.pods.intersection(isolated) else { continue };
        let ports = Residue::from(&of_named_protocols(ports));
        let wanted = Wanted { subject: subject.with_pods(pods), other: other.clone(), ports };
        if let Some(left) = uncovered(wanted, flows, budget) {
            return Some(left);
        }
    }
    None
}

/// What the flows leave of the wanted connections: the first part found.
fn uncovered(wanted: Wanted, flows: &[Flow], budget: &mut Budget) -> Option<Wanted> {
    let mut open = vec![(wanted, 0)];
    while let Some((wanted, from)) = open.pop() {
        let mut at = from;
        loop {
            if !budget.step() {
                return None;
            }
            let Some(flow) = flows.get(at) else { return Some(wanted) };
            at += 1;
            if let Some(rest) = wanted.without(flow) {
                open.extend(rest.into_iter().map(|rest| (rest, at)));
                break;
            }
        }
    }
    None
}

impl Wanted {
    /// The parts that a flow does not allow, disjoint; `None` where it allows nothing of this.
    fn without(&self, flow: &Flow) -> Option<Vec<Self>> {
        let shared_subject = self.subject.pods.intersection(&flow.subject)?;
        let (shared_other, rest_other) = split(&self.other, &flow.peer)?;
        if !self.ports.meets(&flow.ports) {
            return None;
        }
        let with_subject = |pods: Cube| Self { subject: self.subject.with_pods(pods), ..self.clone() };
        let mut rest: Vec<Self> =
            self.subject.pods.difference(&flow.subject).into_iter().map(with_subject).collect();
        let inside = self.subject.with_pods(shared_subject);
        rest.extend(rest_other.into_iter().map(|other| Self {
            subject: inside.clone(),
            other,
            ports: self.ports.clone(),
        }));
        let ports = self.ports.minus(&flow.ports);
        if !ports.is_empty() {
            rest.push(Self { subject: inside, other: shared_other, ports });
        }
        Some(rest)
    }
}

/// The ports of the protocols that a policy can name: claims do not range over other ones.
fn of_named_protocols(ports: &PortSet) -> PortSet {
    let each = Protocol::ALL.map(|protocol| PortSet::of(protocol, ports.protocol(protocol).clone()));
    each.iter().fold(PortSet::empty(), |all, part| all.union(part))
}

/// The part of a region that a peer covers, and the rest in disjoint parts; `None` where it covers none of it.
/// A block covers addresses outside the cluster alone: `can reach` must not count on anything else.
fn split(region: &Region, peer: &Peer) -> Option<(Region, Vec<Region>)> {
    match (region, peer) {
        (_, Peer::Anywhere) => Some((region.clone(), Vec::new())),
        (Region::Pods(_), Peer::Addresses(_)) | (Region::Addresses(_), Peer::Pods(_)) => None,
        (Region::Addresses(addresses), Peer::Addresses(block)) => {
            let shared = addresses.intersection(block);
            let rest = addresses.difference(block);
            let rest = (!rest.is_empty()).then_some(Region::Addresses(rest));
            (!shared.is_empty()).then(|| (Region::Addresses(shared), rest.into_iter().collect()))
        }
        (Region::Pods(pods), Peer::Pods(peer)) => {
            let shared = pods.matching(peer)?;
            let namespaces = pods.namespaces.difference(&peer.namespaces);
            let elsewhere = namespaces.into_iter().map(|namespaces| PodRegion { namespaces, ..pods.clone() });
            let others = pods.pods.difference(&peer.pods);
            let others = others
                .into_iter()
                .map(|cube| PodRegion { namespaces: shared.namespaces.clone(), ..pods.with_pods(cube) });
            let rest = elsewhere.chain(others).map(Region::Pods).collect();
            Some((Region::Pods(shared), rest))
        }
    }
}

fn connection(left: Wanted, half: Half) -> Connection {
    let subject = Endpoint::of(&Region::Pods(left.subject), Address::Ignored);
    let other = Endpoint::of(&left.other, Address::Ignored);
    let port = match left.ports.witness().expect("what is left has a port") {
        Target::Number(protocol, number) => Port { protocol, number, names: Vec::new() },
        Target::Named(protocol, number, name) => Port { protocol, number, names: vec![name] },
        Target::OtherProtocol => unreachable!("claims do not range over other protocols"),
    };
    match half {
        Half::Egress => Connection::new(subject, other, port, Reason::Denied, Reason::Undecided),
        Half::Ingress => Connection::new(other, subject, port, Reason::Undecided, Reason::Denied),
    }
}
