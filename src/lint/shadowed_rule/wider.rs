//! Which peers cover which, looked up once for each distinct peer.
//!
//! Pods that cover others ask for at most what these ask for. So all pods are filed once, under the rarest value of a
//! label that they ask for, and found by looking under each value that the narrower ones ask for: among the pods of
//! the same namespace, and among those of many namespaces.

use std::ops::Range;

use super::{MAX_CANDIDATES, MAX_LOOKED_AT, blocks, piece};
use crate::algebra::{AddressSet, Cube, fingerprint, with_key};
use crate::lint::Budget;
use crate::lint::facts::Facts;
use crate::lint::lists::Lists;
use crate::lint::peers::{Number, Peer, Peers};

/// The peers that cover each peer of a rule; not all where there are many.
pub(super) struct Wider {
    covering: Lists<Number>,
}

impl Wider {
    /// Pods and addresses cover themselves.
    pub(super) fn of(facts: &Facts) -> Self {
        let peers = &facts.peers;
        let (single, many) = peers.by_namespace();
        let mut demands = Lists::with_capacity(many.end);
        (0..many.end).for_each(|number| demands.push(labels(peers.get(number))));
        let of_many = Shelf::of(many.clone(), &demands, peers);
        let (covering, budget) = (Lists::with_capacity(peers.len()), Budget::new());
        let mut search = Search { facts, demands: &demands, covering, budget };
        for numbers in single {
            let own = Shelf::of(numbers.clone(), &demands, peers);
            numbers.for_each(|number| search.look_up(number, &[&own, &of_many]));
        }
        many.clone().for_each(|number| search.look_up(number, &[&of_many]));
        let addresses = peers.addresses();
        (many.end..addresses.start).for_each(|_| search.covering.push(peers.anywhere()));
        let sets: Vec<(Number, &AddressSet)> =
            addresses.clone().filter_map(|number| Some((number, peers.get(number).addresses()?))).collect();
        let pairs = blocks::covering(&sets, &mut search.budget);
        for number in addresses {
            let covering = with_key(&pairs, number, |(narrower, _)| *narrower).iter();
            search.covering.push(covering.map(|(_, wider)| *wider).chain(peers.anywhere()));
        }
        Self { covering: search.covering }
    }

    /// The peers that cover a peer.
    pub(super) fn than(&self, number: Number) -> &[Number] {
        self.covering.get(number)
    }
}

/// What the pods that cover others are looked up with, and those that were found.
struct Search<'a> {
    facts: &'a Facts<'a>,
    demands: &'a Lists<u64>,
    covering: Lists<Number>,
    budget: Budget,
}

impl Search<'_> {
    /// Looks up what covers the next pods.
    fn look_up(&mut self, number: Number, shelves: &[&Shelf]) {
        if !self.facts.peers.is_in_rules(number) {
            return self.covering.push([]);
        }
        let filed = shelves.iter().flat_map(|shelf| shelf.candidates(self.demands.get(number)));
        let looked_at = filed.take(MAX_LOOKED_AT).take_while(|_| self.budget.take(1));
        let covering = looked_at.filter(|other| piece::covers(*other, number, self.facts));
        self.covering.push(covering.take(MAX_CANDIDATES).chain(self.facts.peers.anywhere()));
    }
}

/// Pods by what they ask for.
struct Shelf {
    // INVARIANT: sorted.
    filed: Vec<(u64, Number)>,
    /// Those that ask for nothing that could be looked up.
    others: Vec<Number>,
}

impl Shelf {
    fn of(numbers: Range<Number>, demands: &Lists<u64>, peers: &Peers) -> Self {
        let numbers = || numbers.clone().filter(|number| peers.is_in_rules(*number));
        let mut asked: Vec<u64> = numbers().flat_map(|number| demands.get(number)).copied().collect();
        asked.sort_unstable();
        let mut shelf = Self { filed: Vec::new(), others: Vec::new() };
        for number in numbers() {
            let frequency = |value: &&u64| with_key(&asked, **value, |it| *it).len();
            match demands.get(number).iter().min_by_key(frequency) {
                Some(rarest) => shelf.filed.push((*rarest, number)),
                None => shelf.others.push(number),
            }
        }
        shelf.filed.sort_unstable();
        shelf
    }

    /// All that may cover pods that ask for these values.
    fn candidates<'a>(&'a self, demands: &'a [u64]) -> impl Iterator<Item = Number> + 'a {
        let under = |value: &u64| with_key(&self.filed, *value, |(known, _)| *known);
        demands.iter().flat_map(under).map(|(_, number)| *number).chain(self.others.iter().copied())
    }
}

/// The values of labels that pods must have, by fingerprint. Several values of one label are no single thing:
/// narrower pods may have any of them.
fn labels(peer: Peer<'_>) -> impl Iterator<Item = u64> + use<'_> {
    let requirements = peer.selector().into_iter().flat_map(Cube::requirements);
    let single =
        requirements.filter(|(_, it)| !it.is_complement() && !it.allows_absent() && it.values().len() == 1);
    single.map(|(key, it)| fingerprint(&(key, it.values())))
}
