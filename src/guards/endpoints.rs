//! The ends of connections as regions: pods of one declared namespace, pods of the undeclared ones, addresses.

use crate::algebra::{AddressSet, Cube, IntervalSet, Requirement, Text};
use crate::ir::{NAMESPACE_NAME, Peer, PodPeer, World};

use super::budget::Budget;

/// A set of endpoints in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Region {
    Pods(PodRegion),
    /// Never empty.
    Addresses(AddressSet),
}

/// Pods of one declared namespace, or of all undeclared ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PodRegion {
    /// The declared namespace; `None` for the undeclared ones.
    pub(super) namespace: Option<Text>,
    /// The labels that the namespaces can have.
    pub(super) namespaces: Cube,
    pub(super) pods: Cube,
    /// The addresses that the pods can have.
    pub(super) addresses: AddressSet,
}

/// The regions that peers cover, where blocks are addresses outside the cluster alone.
///
/// `Anywhere` covers all pods and all addresses here: claims do not range over nodes and pods in the host's network.
pub(super) fn covered(world: &World, peers: &[Peer]) -> Vec<Region> {
    peers.iter().flat_map(|peer| regions(world, peer)).collect()
}

fn regions(world: &World, peer: &Peer) -> Vec<Region> {
    match peer {
        Peer::Addresses(addresses) if addresses.is_empty() => Vec::new(),
        Peer::Addresses(addresses) => vec![Region::Addresses(addresses.clone())],
        Peer::Pods(peer) => pod_regions(world, peer, &world.pod_addresses),
        Peer::Anywhere => {
            let all = PodPeer { namespaces: Cube::all(), pods: Cube::all() };
            let mut regions = pod_regions(world, &all, &world.pod_addresses);
            regions.push(Region::Addresses(every_address()));
            regions
        }
    }
}

/// Everything but what peers cover. A block stands here for the addresses in it, and for pods with such
/// addresses: they are left out of the addresses that the remaining pods can have.
///
/// `None` where the budget is spent.
pub(super) fn all_but(world: &World, peers: &[Peer], budget: &mut Budget) -> Option<Vec<Region>> {
    if peers.contains(&Peer::Anywhere) {
        return Some(Vec::new());
    }
    let mut blocks = AddressSet::empty();
    let mut rest = vec![PodPeer { namespaces: Cube::all(), pods: Cube::all() }];
    for peer in peers {
        match peer {
            Peer::Anywhere => {}
            Peer::Addresses(addresses) => blocks = blocks.union(addresses),
            Peer::Pods(peer) => rest = without(rest, peer, budget)?,
        }
    }
    let pods = world.pod_addresses.difference(&blocks);
    let mut regions: Vec<Region> = rest.iter().flat_map(|peer| pod_regions(world, peer, &pods)).collect();
    let outside = every_address().difference(&blocks);
    if !outside.is_empty() {
        regions.push(Region::Addresses(outside));
    }
    Some(regions)
}

/// What is left of peers without another: pods of other namespaces, and other pods of the same ones.
fn without(peers: Vec<PodPeer>, other: &PodPeer, budget: &mut Budget) -> Option<Vec<PodPeer>> {
    let mut rest = Vec::new();
    for peer in peers {
        if !budget.step() {
            return None;
        }
        for namespaces in peer.namespaces.difference(&other.namespaces) {
            rest.push(PodPeer { namespaces, pods: peer.pods.clone() });
        }
        if let Some(namespaces) = peer.namespaces.intersection(&other.namespaces) {
            for pods in peer.pods.difference(&other.pods) {
                rest.push(PodPeer { namespaces: namespaces.clone(), pods });
            }
        }
    }
    Some(rest)
}

/// One region for each declared namespace that the peer can cover, and one for all others.
fn pod_regions(world: &World, peer: &PodPeer, addresses: &AddressSet) -> Vec<Region> {
    let declared = world.namespaces.iter().map(|(name, labels)| (Some(name.clone()), labels.clone()));
    let names = world.namespaces.keys().cloned();
    // Every namespace carries its name, so "any other" is never absent.
    let others = Cube::of(NAMESPACE_NAME.into(), Requirement::new(names, true, false));
    let all = declared.chain(others.map(|labels| (None, labels)));
    all.filter_map(|(namespace, labels)| {
        let namespaces = labels.intersection(&peer.namespaces)?;
        let pods = peer.pods.clone();
        Some(Region::Pods(PodRegion { namespace, namespaces, pods, addresses: addresses.clone() }))
    })
    .collect()
}

fn every_address() -> AddressSet {
    AddressSet::new(IntervalSet::range(0, u32::MAX), IntervalSet::range(0, u128::MAX))
}

impl PodRegion {
    /// The part of the region that a peer's labels match.
    pub(super) fn matching(&self, peer: &PodPeer) -> Option<Self> {
        Some(Self {
            namespace: self.namespace.clone(),
            namespaces: self.namespaces.intersection(&peer.namespaces)?,
            pods: self.pods.intersection(&peer.pods)?,
            addresses: self.addresses.clone(),
        })
    }

    /// The part of the region with certain pod labels.
    pub(super) fn with_pods(&self, pods: Cube) -> Self {
        Self { pods, ..self.clone() }
    }

    /// The part of the region whose addresses lie in a block.
    pub(super) fn with_addresses(&self, block: &AddressSet) -> Option<Self> {
        let addresses = self.addresses.intersection(block);
        (!addresses.is_empty()).then(|| Self { addresses, ..self.clone() })
    }
}
