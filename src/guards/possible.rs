//! Finds a connection that is possible: one whose source may send it and whose target may receive it.
//!
//! Both halves are unions of pieces: pods that are not isolated, and flows. A connection is possible where a
//! piece of one half and a piece of the other meet.

use crate::algebra::{AddressSet, Cube, PortSet};
use crate::ir::{Direction, Flow, Namespace, Peer, Policy};

use super::BlockMatching;
use super::budget::Budget;
use super::endpoints::{PodRegion, Region};
use super::ports::{self, Names};
use super::witness::{Address, Connection, Endpoint, Reason};

/// What to look for, at one target.
pub(super) struct Search<'a> {
    pub(super) policy: &'a Policy,
    pub(super) matching: BlockMatching,
    pub(super) target: &'a Region,
    pub(super) ports: &'a PortSet,
}

/// A way in or out: part of the region, the part of the other end that it is open to, and the flow that opens it.
struct Piece<'a> {
    region: Region,
    /// `None`: open to everybody on every port, because the pods are not isolated or outside.
    flow: Option<&'a Flow>,
    reason: Reason,
}

impl<'a> Search<'a> {
    /// A possible connection from one of the sources to the target, on one of the ports.
    pub(super) fn run(&self, sources: &[Region], budget: &mut Budget) -> Option<Connection> {
        let ways_in = self.pieces(self.target, Direction::Ingress, budget);
        for way_in in &ways_in {
            for source in sources {
                if !budget.step() {
                    return None;
                }
                let Some(source) = self.open_to(way_in, source) else { continue };
                if let Some(found) = self.from(&source, way_in, budget) {
                    return Some(found);
                }
            }
        }
        None
    }

    /// A connection from a source that a way in admits.
    fn from(&self, source: &Region, way_in: &Piece<'a>, budget: &mut Budget) -> Option<Connection> {
        for way_out in self.pieces(source, Direction::Egress, budget) {
            if !budget.step() {
                return None;
            }
            let Some(target) = self.open_to(&way_out, &way_in.region) else { continue };
            let names = match target {
                Region::Pods(_) => Names::Resolve,
                Region::Addresses(_) => Names::Never,
            };
            let opened = [way_in.flow, way_out.flow].into_iter().flatten().map(|flow| &flow.ports);
            let sets: Vec<&PortSet> = opened.chain([self.ports]).collect();
            if let Some(port) = ports::common(&sets, names) {
                let address = self.address_matters(way_in, &way_out);
                let source = Endpoint::of(&way_out.region, address.0);
                let target = Endpoint::of(&target, address.1);
                return Some(Connection::new(source, target, port, way_out.reason, way_in.reason));
            }
        }
        None
    }

    /// Whether the addresses of the pods at either end decide: where a block matches them.
    fn address_matters(&self, way_in: &Piece<'_>, way_out: &Piece<'_>) -> (Address, Address) {
        let by_block = |piece: &Piece<'_>| match piece.flow.map(|flow| &flow.peer) {
            Some(Peer::Addresses(_)) if self.matching == BlockMatching::Pods => Address::Matters,
            Some(Peer::Addresses(_) | Peer::Pods(_) | Peer::Anywhere) | None => Address::Ignored,
        };
        (by_block(way_in), by_block(way_out))
    }

    /// The ways into, or out of, a region.
    fn pieces(&self, region: &Region, direction: Direction, budget: &mut Budget) -> Vec<Piece<'a>> {
        let Region::Pods(pods) = region else {
            return vec![Piece { region: region.clone(), flow: None, reason: Reason::Outside }];
        };
        let known = pods.namespace.as_ref().and_then(|name| self.policy.namespaces.get(name));
        let Some(namespace) = known else {
            return vec![Piece { region: region.clone(), flow: None, reason: Reason::NotIsolated }];
        };
        let mut pieces = not_isolated(namespace, pods, direction, budget);
        for flow in namespace.flows.get(direction) {
            if !budget.step() {
                return Vec::new();
            }
            if let Some(subject) = flow.subject.intersection(&pods.pods) {
                let region = Region::Pods(pods.with_pods(subject));
                pieces.push(Piece { region, flow: Some(flow), reason: Reason::Allowed(flow.origin) });
            }
        }
        pieces
    }

    /// The part of the other end that a piece is open to.
    fn open_to(&self, piece: &Piece<'_>, other: &Region) -> Option<Region> {
        let Some(flow) = piece.flow else { return Some(other.clone()) };
        match (&flow.peer, other) {
            (Peer::Anywhere, _) => Some(other.clone()),
            (Peer::Pods(peer), Region::Pods(pods)) => pods.matching(peer).map(Region::Pods),
            (Peer::Pods(_), Region::Addresses(_)) => None,
            (Peer::Addresses(block), Region::Addresses(addresses)) => {
                let shared = block.intersection(addresses);
                (!shared.is_empty()).then_some(Region::Addresses(shared))
            }
            (Peer::Addresses(block), Region::Pods(pods)) => self.pods_in(block, pods),
        }
    }

    fn pods_in(&self, block: &AddressSet, pods: &PodRegion) -> Option<Region> {
        match self.matching {
            BlockMatching::Outside => None,
            BlockMatching::Pods => pods.with_addresses(block).map(Region::Pods),
        }
    }
}

/// The pods of a region that nothing isolates in a direction.
fn not_isolated<'a>(
    namespace: &Namespace,
    pods: &PodRegion,
    direction: Direction,
    budget: &mut Budget,
) -> Vec<Piece<'a>> {
    let mut open: Vec<Cube> = vec![pods.pods.clone()];
    for isolated in namespace.isolated.get(direction) {
        if !budget.step() {
            return Vec::new();
        }
        open = open.iter().flat_map(|cube| cube.difference(isolated)).collect();
    }
    let piece =
        |cube| Piece { region: Region::Pods(pods.with_pods(cube)), flow: None, reason: Reason::NotIsolated };
    open.into_iter().map(piece).collect()
}
