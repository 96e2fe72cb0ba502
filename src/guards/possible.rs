//! Finds a connection that is possible: one whose source may send it and whose target may receive it.
//!
//! Both halves are unions of pieces: pods that are not isolated, and flows. A connection is possible where a
//! piece of one half and a piece of the other meet. Pieces are made one at a time and depth first: however many
//! there are, only the budget grows thin, never the memory.

use std::net::IpAddr;

use crate::algebra::{AddressSet, Cube, IntervalSet, PortSet};
use crate::ir::{Direction, Flow, Peer, Policy, World};

use super::BlockMatching;
use super::budget::{self, Budget, CUT, LOOK};
use super::endpoints::Region;
use super::ports::{self, Names};
use super::witness::{Connection, Endpoint, Reason};

/// What to look for, at one target.
pub(super) struct Search<'a> {
    pub(super) policy: &'a Policy,
    pub(super) world: &'a World,
    pub(super) matching: BlockMatching,
    /// Whose connections are left out: everybody else's are looked for.
    pub(super) but: &'a [Peer],
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
    pub(super) fn run(&self, sources: &[Region], budget: &Budget) -> Option<Connection> {
        self.pieces(self.target, Direction::Ingress, budget).find_map(|way_in| {
            let ports: Vec<&PortSet> =
                way_in.flow.iter().map(|flow| &flow.ports).chain([self.ports]).collect();
            ports::common(&ports, names(self.target))?;
            let about = || way_in.flow.into_iter().flat_map(budget::keys);
            sources.iter().take_while(|_| budget.spend(LOOK, about)).find_map(|source| {
                if self.is_foreign(source) {
                    return None;
                }
                self.others(self.open_to(&way_in, source)?, &way_in, budget)
            })
        })
    }

    /// Whether a connection to the target is nobody's business: `only` is about everybody but FROM, and no policy
    /// is about connections from one address outside the cluster to another.
    fn is_foreign(&self, source: &Region) -> bool {
        let outside = matches!((source, self.target), (Region::Addresses(_), Region::Addresses(_)));
        outside && !self.but.is_empty()
    }

    /// A connection from the part of a source that is not left out.
    fn others(&self, source: Region, way_in: &Piece<'a>, budget: &Budget) -> Option<Connection> {
        let mut open = vec![(source, self.but)];
        while let Some((source, but)) = open.pop() {
            if !budget.spend(CUT, || but.first().map_or_else(Vec::new, |peer| source.cut_by(peer))) {
                return None;
            }
            match but.split_first() {
                Some((peer, but)) => {
                    open.extend(source.rest(peer, self.matching).into_iter().map(|rest| (rest, but)));
                }
                None => {
                    if let Some(found) = self.from(&source, way_in, budget) {
                        return Some(found);
                    }
                }
            }
        }
        None
    }

    /// A connection from a source that a way in admits.
    fn from(&self, source: &Region, way_in: &Piece<'a>, budget: &Budget) -> Option<Connection> {
        self.pieces(source, Direction::Egress, budget).find_map(|way_out| {
            let target = self.open_to(&way_out, &way_in.region)?;
            let opened = [way_in.flow, way_out.flow].into_iter().flatten().map(|flow| &flow.ports);
            let sets: Vec<&PortSet> = opened.chain([self.ports]).collect();
            let port = ports::common(&sets, names(&target))?;
            let (from, to) = self.addresses(&way_out.region, &target)?;
            let source =
                Endpoint::of(&way_out.region, from.filter(|_| self.matters(way_in, &way_out.region)));
            let target = Endpoint::of(&target, to.filter(|_| self.matters(&way_out, &target)));
            Some(Connection::new(source, target, port, way_out.reason, way_in.reason))
        })
    }

    /// Addresses for the pods at both ends; `None` where both could only have the same one, and so be one pod.
    fn addresses(&self, source: &Region, target: &Region) -> Option<(Option<IpAddr>, Option<IpAddr>)> {
        let of = |region: &Region| match region {
            Region::Pods(pods) => pods.addresses.clone(),
            Region::Addresses(_) => AddressSet::empty(),
        };
        let (from, to) = (of(source), of(target));
        let (Some(first), Some(second), BlockMatching::Pods) = (from.witness(), to.witness(), self.matching)
        else {
            return Some((from.witness(), to.witness()));
        };
        if first != second {
            return Some((Some(first), Some(second)));
        }
        if let Some(first) = from.difference(&single(second)).witness() {
            return Some((Some(first), Some(second)));
        }
        to.difference(&single(first)).witness().map(|second| (Some(first), Some(second)))
    }

    /// Whether the address of a pod decides: where a block of the other side's flow, or of the claim, is about it.
    fn matters(&self, other: &Piece<'_>, region: &Region) -> bool {
        let Region::Pods(pods) = region else { return false };
        let by_block = match other.flow.map(|flow| &flow.peer) {
            Some(Peer::Addresses(_)) => self.matching == BlockMatching::Pods,
            Some(Peer::Pods(_) | Peer::Anywhere) | None => false,
        };
        by_block || pods.addresses != self.world.pod_addresses
    }

    /// The ways into, or out of, a region.
    fn pieces<'s>(
        &'s self,
        region: &'s Region,
        direction: Direction,
        budget: &'s Budget,
    ) -> Box<dyn Iterator<Item = Piece<'a>> + 's> {
        let open = |reason| Box::new(std::iter::once(Piece { region: region.clone(), flow: None, reason }));
        let Region::Pods(pods) = region else { return open(Reason::Outside) };
        let known = pods.namespace.as_ref().and_then(|name| self.policy.namespaces.get(name));
        let Some(namespace) = known else { return open(Reason::NotIsolated) };
        let not_isolated =
            Outside { open: vec![(pods.pods.clone(), namespace.isolated.get(direction))], budget };
        let not_isolated = not_isolated.map(|cube| Piece {
            region: Region::Pods(pods.with_pods(cube)),
            flow: None,
            reason: Reason::NotIsolated,
        });
        let flows = namespace
            .flows
            .get(direction)
            .iter()
            .take_while(|flow| budget.spend(LOOK, || budget::keys(flow)));
        let allowed = flows.filter(|flow| !flow.subject.is_disjoint(&pods.pods)).filter_map(|flow| {
            let region = Region::Pods(pods.with_pods(flow.subject.intersection(&pods.pods)?));
            Some(Piece { region, flow: Some(flow), reason: Reason::Allowed(flow.origin) })
        });
        Box::new(not_isolated.chain(allowed))
    }

    /// The part of the other end that a piece is open to.
    fn open_to(&self, piece: &Piece<'_>, other: &Region) -> Option<Region> {
        match piece.flow {
            None => Some(other.clone()),
            Some(flow) => other.shared(&flow.peer, self.matching),
        }
    }
}

/// Whether names of container ports can match at a target.
fn names(target: &Region) -> Names {
    match target {
        Region::Pods(_) => Names::Resolve,
        Region::Addresses(_) => Names::Never,
    }
}

fn single(address: IpAddr) -> AddressSet {
    match address {
        IpAddr::V4(it) => {
            AddressSet::new(IntervalSet::range(it.to_bits(), it.to_bits()), IntervalSet::empty())
        }
        IpAddr::V6(it) => {
            AddressSet::new(IntervalSet::empty(), IntervalSet::range(it.to_bits(), it.to_bits()))
        }
    }
}

/// The parts of a cube that lie outside others, disjoint, one at a time.
struct Outside<'s> {
    /// Parts that are still to be cut, and by what.
    open: Vec<(Cube, &'s [Cube])>,
    budget: &'s Budget,
}

impl Iterator for Outside<'_> {
    type Item = Cube;

    fn next(&mut self) -> Option<Cube> {
        while let Some((cube, others)) = self.open.pop() {
            if !self.budget.spend(CUT, || others.first().into_iter().flat_map(|other| cube.cut_by(other))) {
                return None;
            }
            let Some((other, others)) = others.split_first() else { return Some(cube) };
            self.open.extend(cube.difference(other).into_iter().map(|rest| (rest, others)));
        }
        None
    }
}
