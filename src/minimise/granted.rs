//! What the policy of a wider subject allows is not written again for a narrower one.
//!
//! ```text
//! all pods → X: 443    app=web → X: 443, 8443    →    all pods → X: 443    app=web → X: 8443
//! ```
//!
//! Exact, as rules of all policies that select a pod add up. A policy that has no rules left goes only where
//! others isolate its pods; that is decided later, from the isolated sets. A flow is compared with single wider
//! flows here; what only several of them grant together is found by a later pass.

use std::collections::BTreeMap;

use super::budget::{Budget, MAX_STEPS};
use super::cover::CoverIndex;
use super::needed::needed;
use super::zones::{self, Zone};
use crate::algebra::{AddressSet, Cube, PortSet};
use crate::ir::{Flow, Peer};

/// The flows without what flows with a wider subject allow.
pub(super) fn granted(mut flows: Vec<Flow>) -> Vec<Flow> {
    flows.sort();
    let groups: Vec<&[Flow]> = flows.chunk_by(|a, b| a.subject == b.subject).collect();
    let subjects: Vec<[&Cube; 1]> = groups.iter().map(|group| [&group[0].subject]).collect();
    let index = CoverIndex::new(&subjects);
    let mut budget = Budget::of(MAX_STEPS);
    let wider: Vec<Vec<usize>> = (0..groups.len()).map(|id| index.holders(id, &mut budget)).collect();
    let mut shelves: BTreeMap<usize, Shelf<'_>> = BTreeMap::new();
    for id in wider.iter().flatten() {
        shelves.entry(*id).or_insert_with(|| Shelf::new(groups[*id]));
    }
    let mut left = Vec::with_capacity(flows.len());
    for (group, wider) in groups.iter().zip(&wider) {
        let wider: Vec<&Shelf<'_>> = wider.iter().map(|id| &shelves[id]).collect();
        left.extend(without(group, &wider, &mut budget));
    }
    left
}

/// The flows of one subject, filed to be asked what they grant.
struct Shelf<'a> {
    anywhere: PortSet,
    addresses: Vec<(&'a AddressSet, &'a PortSet)>,
    pods: CoverIndex<'a, 2>,
    ports: Vec<&'a PortSet>,
}

impl<'a> Shelf<'a> {
    fn new(flows: &'a [Flow]) -> Self {
        let (mut anywhere, mut addresses) = (PortSet::empty(), Vec::new());
        let (mut pods, mut ports) = (Vec::new(), Vec::new());
        for flow in flows {
            match &flow.peer {
                Peer::Anywhere => anywhere = anywhere.union(&flow.ports),
                Peer::Addresses(set) => addresses.push((set, &flow.ports)),
                Peer::Pods(peer) => {
                    pods.push([&peer.namespaces, &peer.pods]);
                    ports.push(&flow.ports);
                }
            }
        }
        Self { anywhere, addresses, pods: CoverIndex::new(&pods), ports }
    }

    /// The ports that single flows allow with all of these pods.
    fn of_pods(&self, peer: [&Cube; 2], budget: &mut Budget) -> PortSet {
        let holders = self.pods.holders_of(peer, budget).into_iter();
        holders.fold(self.anywhere.clone(), |all, id| all.union(self.ports[id]))
    }
}

/// The flows of one subject without what these shelves allow.
fn without(flows: &[Flow], wider: &[&Shelf<'_>], budget: &mut Budget) -> Vec<Flow> {
    if wider.is_empty() {
        return flows.to_vec();
    }
    let anywhere = wider.iter().fold(PortSet::empty(), |all, shelf| all.union(&shelf.anywhere));
    let (mut left, mut blocks) = (Vec::new(), Vec::new());
    for flow in flows {
        let granted = match &flow.peer {
            Peer::Addresses(set) => {
                blocks.push((set, flow));
                continue;
            }
            Peer::Anywhere => anywhere.clone(),
            Peer::Pods(peer) => wider.iter().fold(PortSet::empty(), |all, shelf| {
                all.union(&shelf.of_pods([&peer.namespaces, &peer.pods], budget))
            }),
        };
        left.extend(shorter(flow, &granted));
    }
    left.extend(without_blocks(&blocks, wider, &anywhere, budget));
    left
}

fn shorter(flow: &Flow, granted: &PortSet) -> Option<Flow> {
    let ports = needed(&flow.ports, granted);
    (!ports.is_empty()).then(|| Flow { ports, ..flow.clone() })
}

/// Zone by zone, as other blocks may allow other ports to some of the addresses.
fn without_blocks(
    own: &[(&AddressSet, &Flow)],
    wider: &[&Shelf<'_>],
    anywhere: &PortSet,
    budget: &mut Budget,
) -> Vec<Flow> {
    let others = || wider.iter().flat_map(|shelf| &shelf.addresses);
    let sets: Vec<&AddressSet> =
        own.iter().map(|(set, _)| *set).chain(others().map(|(set, _)| *set)).collect();
    let grants: Vec<&PortSet> = others().map(|(_, ports)| *ports).collect();
    let Some(zones) = zones::zones(&sets, budget) else {
        return own.iter().map(|(_, flow)| (*flow).clone()).collect();
    };
    let of_zone = |Zone { sets, addresses }: Zone| {
        let (mine, theirs) = sets.split_at(sets.partition_point(|id| *id < own.len()));
        let granted = theirs.iter().fold(anywhere.clone(), |all, id| all.union(grants[id - own.len()]));
        let flows = mine.iter().filter_map(|id| shorter(own[*id].1, &granted)).collect::<Vec<Flow>>();
        flows.into_iter().map(move |flow| Flow { peer: Peer::Addresses(addresses.clone()), ..flow })
    };
    zones.into_iter().flat_map(of_zone).collect()
}
