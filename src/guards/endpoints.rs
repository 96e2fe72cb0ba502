//! The ends of connections as regions: pods of one declared namespace, pods of the undeclared ones, addresses.

use crate::algebra::{AddressSet, Cube, IntervalSet, Requirement, Text};
use crate::ir::{NAMESPACE_NAME, Peer, PodPeer, World};

use super::BlockMatching;

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

impl Region {
    /// The part that a peer covers; `None` where it covers none of it.
    pub(super) fn shared(&self, peer: &Peer, matching: BlockMatching) -> Option<Self> {
        match (self, peer) {
            (_, Peer::Anywhere) => Some(self.clone()),
            (Self::Pods(pods), Peer::Pods(peer)) => pods.matching(peer).map(Self::Pods),
            (Self::Addresses(_), Peer::Pods(_)) => None,
            (Self::Addresses(addresses), Peer::Addresses(block)) => {
                let shared = addresses.intersection(block);
                (!shared.is_empty()).then_some(Self::Addresses(shared))
            }
            (Self::Pods(pods), Peer::Addresses(block)) => match matching {
                BlockMatching::Outside => None,
                BlockMatching::Pods => pods.with_addresses(pods.addresses.intersection(block)),
            },
        }
    }

    /// The label keys on which a peer covers only part of it.
    pub(super) fn cut_by<'p>(&self, peer: &'p Peer) -> Vec<&'p Text> {
        match (self, peer) {
            (Self::Pods(own), Peer::Pods(peer)) => {
                own.namespaces.cut_by(&peer.namespaces).chain(own.pods.cut_by(&peer.pods)).collect()
            }
            (Self::Pods(_), Peer::Anywhere | Peer::Addresses(_)) | (Self::Addresses(_), _) => Vec::new(),
        }
    }

    /// The part that a peer does not cover, in disjoint regions.
    pub(super) fn rest(self, peer: &Peer, matching: BlockMatching) -> Vec<Self> {
        match (self, peer) {
            (_, Peer::Anywhere) => Vec::new(),
            (Self::Pods(pods), Peer::Pods(peer)) => pods.not_matching(peer),
            (addresses @ Self::Addresses(_), Peer::Pods(_)) => vec![addresses],
            (Self::Addresses(addresses), Peer::Addresses(block)) => {
                let rest = addresses.difference(block);
                if rest.is_empty() { Vec::new() } else { vec![Self::Addresses(rest)] }
            }
            (Self::Pods(pods), Peer::Addresses(block)) => match matching {
                BlockMatching::Outside => vec![Self::Pods(pods)],
                BlockMatching::Pods => {
                    pods.with_addresses(pods.addresses.difference(block)).into_iter().collect()
                }
            },
        }
    }
}

impl PodRegion {
    /// The part of the region that a peer's labels match.
    fn matching(&self, peer: &PodPeer) -> Option<Self> {
        // Most peers are pods of another namespace: nothing is built for these.
        if self.namespaces.is_disjoint(&peer.namespaces) || self.pods.is_disjoint(&peer.pods) {
            return None;
        }
        Some(Self {
            namespace: self.namespace.clone(),
            namespaces: self.namespaces.intersection(&peer.namespaces)?,
            pods: self.pods.intersection(&peer.pods)?,
            addresses: self.addresses.clone(),
        })
    }

    /// Pods of other namespaces, and other pods of the same ones.
    fn not_matching(self, peer: &PodPeer) -> Vec<Region> {
        let Some(shared) = self.matching(peer) else { return vec![Region::Pods(self)] };
        let elsewhere = self.namespaces.difference(&peer.namespaces).into_iter();
        let elsewhere = elsewhere.map(|namespaces| Self { namespaces, ..self.clone() });
        let others = self.pods.difference(&peer.pods).into_iter();
        let others = others.map(|pods| Self { pods, ..shared.clone() });
        elsewhere.chain(others).map(Region::Pods).collect()
    }

    /// The part of the region with certain pod labels.
    pub(super) fn with_pods(&self, pods: Cube) -> Self {
        Self { pods, ..self.clone() }
    }

    fn with_addresses(&self, addresses: AddressSet) -> Option<Region> {
        (!addresses.is_empty()).then(|| Region::Pods(Self { addresses, ..self.clone() }))
    }
}
