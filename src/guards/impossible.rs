//! Finds a connection that is not possible: one that its source may not send, or its target may not receive.
//!
//! Each half by itself: everything that is asked for, less what the flows of that half allow, by sharp
//! difference of regions. What is left over is a connection that is denied.

use crate::algebra::{Cube, PortSet, Protocol, ProtocolPorts, Residue, Target, Text};
use crate::ir::{Direction, Flow, Policy};

use super::BlockMatching;
use super::budget::{self, Budget, CUT, LOOK};
use super::endpoints::{PodRegion, Region};
use super::ports::Port;
use super::witness::{Connection, Endpoint, Half, Reason};

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
    budget: &Budget,
) -> Option<Connection> {
    let ports = can_exist(ports, target);
    [Half::Egress, Half::Ingress].into_iter().find_map(|half| {
        let (subject, other, direction) = match half {
            Half::Egress => (source, target, Direction::Egress),
            Half::Ingress => (target, source, Direction::Ingress),
        };
        // Nothing constrains what is outside.
        let Region::Pods(subject) = subject else { return None };
        let left = denied(policy, subject, other, &ports, direction, budget)?;
        Some(connection(left, half))
    })
}

fn denied(
    policy: &Policy,
    subject: &PodRegion,
    other: &Region,
    ports: &PortSet,
    direction: Direction,
    budget: &Budget,
) -> Option<Wanted> {
    let namespace = policy.namespaces.get(subject.namespace.as_ref()?)?;
    if ports.is_empty() {
        return None;
    }
    let flows = namespace.flows.get(direction);
    for isolated in namespace.isolated.get(direction) {
        let Some(pods) = subject.pods.intersection(isolated) else { continue };
        let ports = Residue::from(ports);
        let wanted = Wanted { subject: subject.with_pods(pods), other: other.clone(), ports };
        if let Some(left) = uncovered(wanted, flows, budget) {
            return Some(left);
        }
    }
    None
}

/// What the flows leave of the wanted connections: the first part found.
fn uncovered(wanted: Wanted, flows: &[Flow], budget: &Budget) -> Option<Wanted> {
    let mut open = vec![(wanted, 0)];
    while let Some((wanted, from)) = open.pop() {
        let mut at = from;
        loop {
            let Some(flow) = flows.get(at) else { return Some(wanted) };
            if !budget.spend(LOOK, || budget::keys(flow)) {
                return None;
            }
            at += 1;
            if let Some(rest) = wanted.without(flow) {
                budget.spend(CUT, || wanted.cut_by(flow));
                open.extend(rest.into_iter().map(|rest| (rest, at)));
                break;
            }
        }
    }
    None
}

impl Wanted {
    /// The label keys on which a flow allows only part of this.
    fn cut_by<'f>(&self, flow: &'f Flow) -> Vec<&'f Text> {
        self.subject.pods.cut_by(&flow.subject).chain(self.other.cut_by(&flow.peer)).collect()
    }

    /// The parts that a flow does not allow, disjoint; `None` where it allows nothing of this.
    fn without(&self, flow: &Flow) -> Option<Vec<Self>> {
        if self.subject.pods.is_disjoint(&flow.subject) || !self.ports.meets(&flow.ports) {
            return None;
        }
        let shared_subject = self.subject.pods.intersection(&flow.subject)?;
        // `can reach` must not count on blocks that match pods.
        let shared_other = self.other.shared(&flow.peer, BlockMatching::Outside)?;
        let with_subject = |pods: Cube| Self { subject: self.subject.with_pods(pods), ..self.clone() };
        let mut rest: Vec<Self> =
            self.subject.pods.difference(&flow.subject).into_iter().map(with_subject).collect();
        let inside = self.subject.with_pods(shared_subject);
        let others = self.other.clone().rest(&flow.peer, BlockMatching::Outside).into_iter();
        rest.extend(others.map(|other| Self { subject: inside.clone(), other, ports: self.ports.clone() }));
        let ports = self.ports.minus(&flow.ports);
        if !ports.is_empty() {
            rest.push(Self { subject: inside, other: shared_other, ports });
        }
        Some(rest)
    }
}

/// The ports that the target can have, of the protocols that a policy can name: claims do not range over other
/// protocols, and an address has no container ports with names.
fn can_exist(ports: &PortSet, target: &Region) -> PortSet {
    let each = Protocol::ALL.map(|protocol| {
        let ports = ports.protocol(protocol);
        let ports = match target {
            Region::Pods(_) => ports.clone(),
            Region::Addresses(_) => ProtocolPorts::new(ports.numbers(), []),
        };
        PortSet::of(protocol, ports)
    });
    each.iter().fold(PortSet::empty(), |all, part| all.union(part))
}

fn connection(left: Wanted, half: Half) -> Connection {
    let subject = Endpoint::of(&Region::Pods(left.subject), None);
    let other = Endpoint::of(&left.other, None);
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
