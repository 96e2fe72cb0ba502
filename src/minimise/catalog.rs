//! What is allowed, by numbers: each distinct subject, selector, set of addresses and set of ports has one.
//!
//! ```text
//! app=web: from kasm/app=db on 443    →    3: from (0, 7) on 2
//! ```
//!
//! Numbers follow the canonical order, so that sorting and comparing them is sorting and comparing what they stand
//! for, without reading a label. Each catalog lives for one namespace and direction.

use std::hash::Hash;

use super::quick::QuickMap;
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

impl<'a> Catalog<'a> {
    /// Numbers everything; the entries are in the order in which they came.
    pub(super) fn new(
        entries: impl Iterator<Item = (&'a Cube, PeerRef<'a>, &'a PortSet)>,
    ) -> (Self, Vec<Entry>) {
        let mut met = Met::default();
        let mut entries: Vec<Entry> =
            entries.map(|(subject, peer, ports)| met.entry(subject, peer, ports)).collect();
        let (subjects, of_subject) = met.subjects.sorted();
        let (namespaces, of_namespaces) = met.namespaces.sorted();
        let (pods, of_pods) = met.pods.sorted();
        let (addresses, of_addresses) = met.addresses.sorted();
        let (ports, of_ports) = met.ports.sorted();
        let place = |places: &[Number], met: Number| places[index(met)];
        for Entry { subject, peer, ports } in &mut entries {
            *subject = place(&of_subject, *subject);
            *ports = place(&of_ports, *ports);
            match peer {
                PeerNumber::Anywhere => {}
                PeerNumber::Pods(PodsNumber { namespaces, pods }) => {
                    *namespaces = place(&of_namespaces, *namespaces);
                    *pods = place(&of_pods, *pods);
                }
                PeerNumber::Addresses(set) => *set = place(&of_addresses, *set),
            }
        }
        (Self { subjects, namespaces, pods, addresses, ports }, entries)
    }
}

/// A number as a place in a list.
pub(super) fn index(number: Number) -> usize {
    usize::try_from(number).expect("places have 32 bits at least")
}

#[derive(Default)]
struct Met<'a> {
    subjects: Distinct<'a, Cube>,
    namespaces: Distinct<'a, Cube>,
    pods: Distinct<'a, Cube>,
    addresses: Distinct<'a, AddressSet>,
    ports: Distinct<'a, PortSet>,
}

impl<'a> Met<'a> {
    fn entry(&mut self, subject: &'a Cube, peer: PeerRef<'a>, ports: &'a PortSet) -> Entry {
        let peer = match peer {
            PeerRef::Anywhere => PeerNumber::Anywhere,
            PeerRef::Addresses(set) => PeerNumber::Addresses(self.addresses.meet(set)),
            PeerRef::Pods(PodPeer { namespaces, pods }) => PeerNumber::Pods(PodsNumber {
                namespaces: self.namespaces.meet(namespaces),
                pods: self.pods.meet(pods),
            }),
        };
        Entry { subject: self.subjects.meet(subject), peer, ports: self.ports.meet(ports) }
    }
}

/// Distinct values in the order in which they were met.
struct Distinct<'a, T> {
    met: Vec<&'a T>,
    // Only ever asked for one value: the order of its entries is never seen.
    numbers: QuickMap<&'a T, Number>,
    last: Number,
}

impl<T> Default for Distinct<'_, T> {
    fn default() -> Self {
        Self { met: Vec::new(), numbers: QuickMap::default(), last: 0 }
    }
}

impl<'a, T: Ord + Hash> Distinct<'a, T> {
    /// What comes together often has the same subject, selector or ports: the last one is looked at first.
    fn meet(&mut self, value: &'a T) -> Number {
        if self.met.get(index(self.last)).is_some_and(|last| *last == value) {
            return self.last;
        }
        let next = Number::try_from(self.met.len()).expect("a program has fewer than 2^32 flows");
        self.last = *self.numbers.or_insert(value, next);
        if self.last == next {
            self.met.push(value);
        }
        self.last
    }

    /// The values in order, and for each number by which one was met its place there.
    fn sorted(self) -> (Vec<&'a T>, Vec<Number>) {
        let mut order: Vec<Number> = (0..).take(self.met.len()).collect();
        order.sort_unstable_by_key(|number| self.met[index(*number)]);
        let mut places = vec![0; order.len()];
        for (place, number) in (0..).zip(&order) {
            places[index(*number)] = place;
        }
        (order.iter().map(|number| self.met[index(*number)]).collect(), places)
    }
}
