//! Which claims can meet a piece: by subject first, then by a label value that the peer must have.

use std::collections::BTreeMap;

use crate::algebra::{Cube, Requirement};
use crate::ir::Peer;

use super::claim::Claim;
use super::piece::Piece;

/// Pieces that are looked up before building an index pays.
const WORTH_BUILDING: usize = 32;
/// A list of more values is as good as no list.
const LONGEST_LIST: usize = 64;
/// Cubes that are looked at to see which keys tell them apart.
const SAMPLE: usize = 1024;

/// Finds candidates among the claims of one side.
pub(super) enum Index<'c> {
    /// All of them, so many.
    Scan(usize),
    /// By subject.
    Shelves(Cubes<'c, 1>, Vec<Shelf<'c>>),
}

/// The claims of one subject.
pub(super) struct Shelf<'c> {
    anywhere: Vec<usize>,
    addresses: Vec<usize>,
    pods: Cubes<'c, 2>,
}

impl<'c> Index<'c> {
    /// An index for so many look-ups.
    pub(super) fn new(claims: &'c [Claim<'_>], lookups: usize) -> Self {
        if lookups <= WORTH_BUILDING {
            return Self::Scan(claims.len());
        }
        let mut subjects: BTreeMap<&Cube, Vec<usize>> = BTreeMap::new();
        for (index, claim) in claims.iter().enumerate() {
            subjects.entry(claim.subject).or_default().push(index);
        }
        let cubes: Vec<(usize, [&Cube; 1])> = (0..).zip(subjects.keys().map(|subject| [*subject])).collect();
        let shelves = subjects.values().map(|members| Shelf::new(claims, members)).collect();
        Self::Shelves(Cubes::new(&cubes), shelves)
    }

    /// Every claim that can meet the piece, and maybe others; in order.
    pub(super) fn candidates(&self, piece: &Piece) -> Vec<usize> {
        let (subjects, shelves) = match self {
            Self::Scan(count) => return (0..*count).collect(),
            Self::Shelves(subjects, shelves) => (subjects, shelves),
        };
        let mut found = Vec::new();
        for shelf in subjects.find([&piece.subject]) {
            shelves[shelf].add(&piece.peer, &mut found);
        }
        found.sort_unstable();
        found
    }
}

impl<'c> Shelf<'c> {
    fn new(claims: &'c [Claim<'_>], members: &[usize]) -> Self {
        let (mut anywhere, mut addresses, mut pods) = (Vec::new(), Vec::new(), Vec::new());
        for index in members.iter().copied() {
            match claims[index].peer.as_ref() {
                Peer::Anywhere => anywhere.push(index),
                Peer::Addresses(_) => addresses.push(index),
                Peer::Pods(peer) => pods.push((index, [&peer.namespaces, &peer.pods])),
            }
        }
        Self { anywhere, addresses, pods: Cubes::new(&pods) }
    }

    fn add(&self, peer: &Peer, found: &mut Vec<usize>) {
        found.extend(&self.anywhere);
        match peer {
            Peer::Anywhere => {}
            Peer::Addresses(_) => found.extend(&self.addresses),
            Peer::Pods(peer) => found.extend(self.pods.find([&peer.namespaces, &peer.pods])),
        }
    }
}

/// Tuples of cubes, each filed under the values of the one key that tells most of them apart.
pub(super) struct Cubes<'c, const N: usize> {
    filed: BTreeMap<(usize, &'c str), BTreeMap<&'c str, Vec<usize>>>,
    /// Those without any list of values: always candidates.
    wide: Vec<usize>,
}

impl<'c, const N: usize> Cubes<'c, N> {
    fn new(cubes: &[(usize, [&'c Cube; N])]) -> Self {
        let ranks = ranks(cubes);
        let mut all = Self { filed: BTreeMap::new(), wide: Vec::new() };
        for (index, parts) in cubes {
            let best = lists(parts).max_by_key(|(slot, _)| ranks.get(slot).copied().unwrap_or(0));
            let Some((slot, requirement)) = best else {
                all.wide.push(*index);
                continue;
            };
            let bucket = all.filed.entry(slot).or_default();
            for value in requirement.values() {
                bucket.entry(value.as_ref()).or_default().push(*index);
            }
        }
        all
    }

    fn find(&self, parts: [&Cube; N]) -> Vec<usize> {
        let mut found = self.wide.clone();
        for ((part, key), buckets) in &self.filed {
            match parts[*part].get(key) {
                Some(wanted) if !wanted.is_complement() => {
                    for value in wanted.values() {
                        found.extend(buckets.get(value.as_ref()).into_iter().flatten());
                    }
                }
                Some(_) | None => found.extend(buckets.values().flatten()),
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The keys for which a tuple lists the values that it takes.
fn lists<'s, 'c, const N: usize>(
    parts: &'s [&'c Cube; N],
) -> impl Iterator<Item = ((usize, &'c str), &'c Requirement)> + 's {
    let listed = |requirement: &Requirement| {
        !requirement.is_complement()
            && !requirement.allows_absent()
            && requirement.values().len() <= LONGEST_LIST
    };
    parts.iter().enumerate().flat_map(move |(part, cube)| {
        let wanted = cube.requirements().filter(move |(_, requirement)| listed(requirement));
        wanted.map(move |(key, requirement)| ((part, key.as_ref()), requirement))
    })
}

/// How many values each key has in a sample.
fn ranks<'c, const N: usize>(cubes: &[(usize, [&'c Cube; N])]) -> BTreeMap<(usize, &'c str), usize> {
    let stride = cubes.len() / SAMPLE + 1;
    let mut seen: BTreeMap<(usize, &str), std::collections::BTreeSet<&str>> = BTreeMap::new();
    for (_, parts) in cubes.iter().step_by(stride) {
        for (slot, requirement) in lists(parts) {
            seen.entry(slot).or_default().extend(requirement.values().iter().map(AsRef::as_ref));
        }
    }
    seen.into_iter().map(|(slot, values)| (slot, values.len())).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Index;
    use crate::algebra::{Cube, PortSet, Requirement, Text};
    use crate::ir::{Peer, PodPeer};
    use crate::verify::claim::Claim;
    use crate::verify::piece::Piece;

    fn cube() -> impl Strategy<Value = Cube> {
        let values = proptest::sample::subsequence(vec!["a", "b", "c"], 0..=3);
        let state = (values, any::<bool>(), any::<bool>());
        let one = (proptest::sample::select(vec!["k", "l"]), state);
        proptest::collection::vec(one, 0..3).prop_filter_map("contradiction", |all| {
            Cube::from_requirements(all.into_iter().map(|(key, (values, complement, absent))| {
                let values = values.into_iter().map(Text::from);
                (Text::from(key), Requirement::new(values, complement, absent))
            }))
        })
    }

    fn pair() -> impl Strategy<Value = (Cube, Peer)> {
        let pods = (cube(), cube()).prop_map(|(namespaces, pods)| Peer::Pods(PodPeer { namespaces, pods }));
        (cube(), prop_oneof![4 => pods, 1 => Just(Peer::Anywhere)])
    }

    proptest! {
        #[test]
        fn every_claim_that_meets_a_piece_is_found(
            pairs in proptest::collection::vec(pair(), 0..20),
            (subject, peer) in pair(),
        ) {
            let every = PortSet::every();
            let claims: Vec<Claim<'_>> = pairs.iter().map(|(s, p)| Claim::new(s, p, &every)).collect();
            let piece = Piece::from(&Claim::new(&subject, &peer, &every));
            let meeting = (0..claims.len()).filter(|index| piece.meets(&claims[*index]));
            let found = Index::new(&claims, usize::MAX).candidates(&piece);
            prop_assert!(found.is_sorted());
            for index in meeting {
                prop_assert!(found.contains(&index), "{:?} {:?}", claims[index], piece);
            }
        }
    }
}
