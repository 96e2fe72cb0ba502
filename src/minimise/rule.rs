//! A rule: peers, ports, and where they come from. None of the three can be empty.
//!
//! In NetworkPolicy an empty list of peers or ports means everybody or everything, so the types here leave no
//! way to make one.

use std::cmp::Ordering;

use crate::algebra::{AddressSet, PortSet};
use crate::ir::{Origin, Peer, PodPeer};

/// Connections with all of these peers, on all of these ports.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    peers: Peers,
    // INVARIANT: not empty.
    ports: PortSet,
    // INVARIANT: sorted, without repetition, not empty.
    origins: Vec<Origin>,
}

/// The other ends of a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peers {
    /// Every pod, every address, and the rest.
    Anywhere,
    /// These.
    Listed(Listed),
}

/// Pods and addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    // INVARIANT: `pods` is sorted and without repetition; not both are empty.
    pods: Vec<PodPeer>,
    addresses: AddressSet,
}

/// A peer, wherever it is kept.
#[derive(Clone, Copy)]
pub(super) enum PeerRef<'a> {
    Anywhere,
    Pods(&'a PodPeer),
    Addresses(&'a AddressSet),
}

impl<'a> From<&'a Peer> for PeerRef<'a> {
    fn from(peer: &'a Peer) -> Self {
        match peer {
            Peer::Anywhere => Self::Anywhere,
            Peer::Pods(peer) => Self::Pods(peer),
            Peer::Addresses(set) => Self::Addresses(set),
        }
    }
}

impl From<PeerRef<'_>> for Peer {
    fn from(peer: PeerRef<'_>) -> Self {
        match peer {
            PeerRef::Anywhere => Self::Anywhere,
            PeerRef::Pods(peer) => Self::Pods(peer.clone()),
            PeerRef::Addresses(set) => Self::Addresses(set.clone()),
        }
    }
}

/// Lists with pods come first, as pods come first in each list.
impl Ord for Listed {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |listed: &Self| listed.pods.is_empty();
        (key(self).cmp(&key(other)))
            .then_with(|| self.pods.cmp(&other.pods))
            .then_with(|| self.addresses.cmp(&other.addresses))
    }
}

impl PartialOrd for Listed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Listed {
    /// These pods and addresses; `None` where there are none.
    pub fn new(pods: impl IntoIterator<Item = PodPeer>, addresses: AddressSet) -> Option<Self> {
        let mut pods: Vec<PodPeer> = pods.into_iter().collect();
        pods.sort();
        pods.dedup();
        (!pods.is_empty() || !addresses.is_empty()).then_some(Self { pods, addresses })
    }

    /// The same pods with other addresses; `None` where there is nobody then.
    pub(super) fn with_addresses(self, addresses: AddressSet) -> Option<Self> {
        (!self.pods.is_empty() || !addresses.is_empty()).then_some(Self { addresses, ..self })
    }

    /// Sets of pods, sorted. Every requirement is one that a selector can say.
    pub fn pods(&self) -> &[PodPeer] {
        &self.pods
    }

    /// Addresses outside the cluster.
    pub fn addresses(&self) -> &AddressSet {
        &self.addresses
    }
}

impl Peers {
    /// These peers together; `None` of none.
    pub(super) fn of<'a>(all: impl Iterator<Item = &'a Peer>) -> Option<Self> {
        let (mut pods, mut sets) = (Vec::new(), Vec::new());
        for peer in all {
            match peer {
                Peer::Anywhere => return Some(Self::Anywhere),
                Peer::Pods(peer) => pods.push(peer.clone()),
                Peer::Addresses(set) => sets.push(set),
            }
        }
        Listed::new(pods, AddressSet::union_of(sets)).map(Self::Listed)
    }

    /// One after the other: anywhere; or pods first, then all addresses as one.
    pub(super) fn each(&self) -> impl Iterator<Item = PeerRef<'_>> {
        let (pods, rest) = match self {
            Self::Anywhere => (&[][..], Some(PeerRef::Anywhere)),
            Self::Listed(listed) => {
                let addresses = Some(listed.addresses()).filter(|set| !set.is_empty());
                (listed.pods(), addresses.map(PeerRef::Addresses))
            }
        };
        pods.iter().map(PeerRef::Pods).chain(rest)
    }

    /// The union of several; `None` of none.
    fn union<'a>(all: impl Iterator<Item = &'a Self>) -> Option<Self> {
        let (mut pods, mut sets) = (Vec::new(), Vec::new());
        for peers in all {
            match peers {
                Self::Anywhere => return Some(Self::Anywhere),
                Self::Listed(listed) => {
                    pods.extend_from_slice(&listed.pods);
                    sets.push(&listed.addresses);
                }
            }
        }
        Listed::new(pods, AddressSet::union_of(sets)).map(Self::Listed)
    }
}

impl Rule {
    /// A rule with these peers and ports, neither of which is empty.
    pub(super) fn new(peers: Peers, ports: PortSet, mut origins: Vec<Origin>) -> Self {
        debug_assert!(!ports.is_empty(), "in NetworkPolicy an empty list means every port");
        origins.sort_unstable();
        origins.dedup();
        Self { peers, ports, origins }
    }

    /// One rule out of several with equal ports: all their peers. `None` of none.
    pub(super) fn with_all_peers(rules: &[Self]) -> Option<Self> {
        let ports = rules.first()?.ports.clone();
        debug_assert!(
            rules.iter().all(|rule| rule.ports == ports),
            "only rules with equal ports share peers"
        );
        let origins = all_origins(rules);
        let peers = Peers::union(rules.iter().map(|rule| &rule.peers))?;
        Some(Self { peers, ports, origins })
    }

    /// One rule out of several with equal peers: all their ports. `None` of none.
    pub(super) fn with_all_ports(rules: &[Self]) -> Option<Self> {
        let peers = rules.first()?.peers.clone();
        debug_assert!(
            rules.iter().all(|rule| rule.peers == peers),
            "only rules with equal peers share ports"
        );
        let ports: Vec<PortSet> = rules.iter().map(|rule| rule.ports.clone()).collect();
        let ports = PortSet::union_of(&ports);
        Some(Self { peers, ports, origins: all_origins(rules) })
    }

    /// The rule with other peers.
    pub(super) fn with_peers(self, peers: Peers) -> Self {
        Self { peers, ..self }
    }

    /// The other ends.
    pub fn peers(&self) -> &Peers {
        &self.peers
    }

    /// The ports; never empty.
    pub fn ports(&self) -> &PortSet {
        &self.ports
    }

    /// The statements that the rule stands for, sorted; never empty.
    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }
}

fn all_origins(rules: &[Rule]) -> Vec<Origin> {
    let mut origins: Vec<Origin> = rules.iter().flat_map(|rule| rule.origins.iter().copied()).collect();
    origins.sort_unstable();
    origins.dedup();
    origins
}
