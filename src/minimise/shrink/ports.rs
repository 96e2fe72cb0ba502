//! Entries of a rule's list of ports that can go, or be narrower.
//!
//! ```text
//! {web}: 443-444, 8443    others grant 444, 8443    →    {web}: 443
//! ```

use std::collections::BTreeSet;

use super::{Claim, Part, Piece, Shrinker};
use crate::algebra::{PortSet, Protocol};

/// The numbers at which some list of ports begins, or has ended.
pub(super) type Cuts = BTreeSet<(Protocol, u16)>;

/// The cuts of all rules; each has one list of ports.
fn cuts(parts: &[Part]) -> Cuts {
    let lists = parts.iter().filter_map(|part| part.claims.first()).map(|claim| &claim.ports);
    let of = |ports: &PortSet, protocol: Protocol| -> Vec<(Protocol, u16)> {
        let intervals = ports.protocol(protocol).numbers().intervals().iter();
        let ends = intervals.flat_map(|(first, last)| [Some(*first), last.checked_add(1)]);
        ends.flatten().map(|number| (protocol, number)).collect()
    };
    lists.flat_map(|ports| Protocol::ALL.into_iter().flat_map(move |protocol| of(ports, protocol))).collect()
}

/// One entry of a list of ports.
enum Entry {
    Numbers(Protocol, u16, u16),
    Name(PortSet),
}

impl Entry {
    fn ports(&self) -> PortSet {
        match self {
            Self::Numbers(protocol, first, last) => PortSet::range(*protocol, *first, *last),
            Self::Name(name) => name.clone(),
        }
    }
}

/// The entries of a list of ports; none where no list is written.
fn entries(ports: &PortSet) -> Vec<Entry> {
    if ports.is_every() {
        return Vec::new();
    }
    let of = |protocol: Protocol| {
        let own = ports.protocol(protocol);
        let numbers = own.numbers().intervals().iter();
        let names = own.names().iter().map(move |name| Entry::Name(PortSet::named(protocol, name.clone())));
        numbers.map(move |(first, last)| Entry::Numbers(protocol, *first, *last)).chain(names)
    };
    Protocol::ALL.into_iter().flat_map(of).collect()
}

impl Shrinker<'_, '_> {
    /// Takes from the list of ports what other rules allow to all peers of the rule, where it is no longer then.
    pub(super) fn ports(&mut self, range: std::ops::Range<usize>) {
        let before: Vec<Option<Claim>> = range.clone().map(|id| self.space.replace(id, None)).collect();
        let claims: Vec<&Claim> = before.iter().flatten().collect();
        let ports = claims.first().map(|claim| claim.ports.clone()).unwrap_or_default();
        let left: Vec<PortSet> =
            entries(&ports).iter().filter_map(|entry| self.needed(&claims, entry)).collect();
        let less = PortSet::union_of(&left);
        let shorter = !less.is_empty() && less != ports;
        self.changed |= shorter;
        for (id, claim) in range.zip(before) {
            let next =
                claim.map(|claim| if shorter { Claim { ports: less.clone(), ..claim } } else { claim });
            self.space.replace(id, next);
        }
    }

    /// What an entry must keep; `None` where it can go.
    fn needed(&mut self, claims: &[&Claim], entry: &Entry) -> Option<PortSet> {
        let whole = entry.ports();
        if self.is_granted(claims, &whole) {
            return None;
        }
        match entry {
            Entry::Numbers(protocol, first, last) if first < last => {
                let (first, last) = self.narrower(claims, *protocol, *first, *last);
                Some(PortSet::range(*protocol, first, last))
            }
            Entry::Numbers(..) | Entry::Name(_) => Some(whole),
        }
    }

    /// The range without what others grant at its ends. One entry stays one, so nothing within can go.
    fn narrower(&mut self, claims: &[&Claim], protocol: Protocol, first: u16, last: u16) -> (u16, u16) {
        let cuts = self.cuts.get_or_init(|| cuts(self.parts));
        let inside = cuts.range((protocol, first + 1)..=(protocol, last)).map(|(_, number)| *number);
        let cuts: Vec<u16> = inside.collect();
        let (mut start, mut end) = (first, last);
        for cut in &cuts {
            if !self.is_granted(claims, &PortSet::range(protocol, start, cut - 1)) {
                break;
            }
            start = *cut;
        }
        for cut in cuts.iter().rev().take_while(|cut| **cut > start) {
            if !self.is_granted(claims, &PortSet::range(protocol, *cut, end)) {
                break;
            }
            end = cut - 1;
        }
        (start, end)
    }

    /// Whether the others grant these ports to all peers of the claims.
    fn is_granted(&mut self, claims: &[&Claim], ports: &PortSet) -> bool {
        claims.iter().all(|claim| {
            let part = Claim { ports: ports.clone(), ..(*claim).clone() };
            self.covers(&Piece::from(&part))
        })
    }
}
