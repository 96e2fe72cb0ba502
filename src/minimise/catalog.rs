//! What is allowed, by numbers: each distinct subject, selector, set of addresses and set of ports has one.
//!
//! ```text
//! app=web: from kasm/app=db on 443    →    3: from (0, 7) on 2
//! ```
//!
//! Numbers follow the canonical order, so that sorting and comparing them is sorting and comparing what they stand
//! for, without reading a label. Each catalog lives for one namespace and direction.

use crate::algebra::{AddressSet, Cube, PortSet};
use crate::ir::{Peer, PodPeer};

/// A number of a catalog.
pub(super) type Number = u32;

/// Distinct values, sorted; the number of each is its place.
pub(super) struct Catalog<'a> {
    pub(super) subjects: Vec<&'a Cube>,
    pub(super) namespaces: Vec<&'a Cube>,
    pub(super) pods: Vec<&'a Cube>,
    pub(super) addresses: Vec<&'a AddressSet>,
    pub(super) ports: Vec<&'a PortSet>,
}

/// One subject with one peer on some ports, by numbers; ordered like what they stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) subject: Number,
    pub(super) peer: PeerNumber,
    pub(super) ports: Number,
}

/// A peer by numbers; ordered like [`Peer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PeerNumber {
    Anywhere,
    Pods(PodsNumber),
    Addresses(Number),
}

/// Pods by the numbers of their namespaces' selector and their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PodsNumber {
    pub(super) namespaces: Number,
    pub(super) pods: Number,
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

impl<'a> PeerRef<'a> {
    fn pods(self) -> Option<&'a PodPeer> {
        match self {
            Self::Pods(peer) => Some(peer),
            Self::Anywhere | Self::Addresses(_) => None,
        }
    }

    fn addresses(self) -> Option<&'a AddressSet> {
        match self {
            Self::Addresses(set) => Some(set),
            Self::Anywhere | Self::Pods(_) => None,
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

/// A subject with a peer on some ports.
pub(super) type Said<'a> = (&'a Cube, PeerRef<'a>, &'a PortSet);

impl<'a> Catalog<'a> {
    /// Numbers everything; the entries are in the order in which they came.
    pub(super) fn new(said: impl Iterator<Item = Said<'a>>) -> (Self, Vec<Entry>) {
        let said: Vec<Said<'a>> = said.collect();
        let blank = Entry { subject: 0, peer: PeerNumber::Anywhere, ports: 0 };
        let mut entries = vec![blank; said.len()];
        let each = || said.iter().enumerate();
        let pods = || each().filter_map(|(at, (_, peer, _))| Some((peer.pods()?, at)));
        let addresses = each().filter_map(|(at, (_, peer, _))| Some((peer.addresses()?, at)));
        let subjects =
            numbered(each().map(|(at, said)| (said.0, at)), |at, number| entries[at].subject = number);
        let ports = numbered(each().map(|(at, said)| (said.2, at)), |at, number| entries[at].ports = number);
        let addresses = numbered(addresses, |at, number| entries[at].peer = PeerNumber::Addresses(number));
        let namespaces = numbered(pods().map(|(peer, at)| (&peer.namespaces, at)), |at, namespaces| {
            entries[at].peer = PeerNumber::Pods(PodsNumber { namespaces, pods: 0 });
        });
        let pods = numbered(pods().map(|(peer, at)| (&peer.pods, at)), |at, number| {
            if let PeerNumber::Pods(peer) = &mut entries[at].peer {
                peer.pods = number;
            }
        });
        (Self { subjects, namespaces, pods, addresses, ports }, entries)
    }
}

/// The distinct values of a column, sorted; `put` is told the number of each entry's.
///
/// Sorted and not hashed: few are equal, and of those most are one shared value.
fn numbered<'a, T: Ord>(
    column: impl Iterator<Item = (&'a T, usize)>,
    mut put: impl FnMut(usize, Number),
) -> Vec<&'a T> {
    let mut column: Vec<(&T, usize)> = column.collect();
    column.sort_unstable_by(|a, b| a.0.cmp(b.0));
    let mut distinct = Vec::with_capacity(column.len());
    let mut number = 0;
    for alike in column.chunk_by(|a, b| a.0 == b.0) {
        alike.iter().for_each(|(_, at)| put(*at, number));
        distinct.push(alike[0].0);
        number = number.checked_add(1).expect("a program has fewer than 2^32 flows");
    }
    distinct
}

/// A number as a place in a list.
pub(super) fn index(number: Number) -> usize {
    usize::try_from(number).expect("places have 32 bits at least")
}
