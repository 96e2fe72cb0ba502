//! The fast path: claims that stand on both sides as they are, found by sorting.
//!
//! Claims of one subject and peer are joined by the union of their ports (of one subject and ports, by the union
//! of their addresses) and compared. What is not the same on both sides goes on; most of it never does.

use std::borrow::Cow;

use crate::algebra::{AddressSet, Cube, PortSet, QuickMap};
use crate::ir::Peer;

use super::claim::{Claim, Standing};

/// What is left on both sides, in the order of the claims that came in.
pub(super) fn settle<'a>(left: &[Claim<'a>], right: &[Claim<'a>]) -> (Vec<Claim<'a>>, Vec<Claim<'a>>) {
    let mut numbers = Numbers::with_capacity(left.len().max(right.len()));
    let (left_keys, right_keys) = (numbers.keys(left), numbers.keys(right));
    let (mut a, mut b) = (left_keys.as_slice(), right_keys.as_slice());
    let mut rest = (Vec::new(), Vec::new());
    while let Some(key) = [a.first(), b.first()].into_iter().flatten().map(|key| key.0).min() {
        let (ours, theirs) = (take(&mut a, key), take(&mut b, key));
        settle_run(&Run { claims: left, keys: ours }, &Run { claims: right, keys: theirs }, &mut rest);
    }
    (in_order(rest.0), in_order(rest.1))
}

/// The number of a claim's key, and the claim's index.
type Key = (u32, u32);
type Rest<'a> = Vec<(u32, Claim<'a>)>;

/// Claims of one key: they differ in their ports alone, or in nothing but their addresses.
struct Run<'r, 'a> {
    claims: &'r [Claim<'a>],
    keys: &'r [Key],
}

impl<'r, 'a> Run<'r, 'a> {
    fn iter(&self) -> impl Iterator<Item = &'r Claim<'a>> + Clone {
        let claims = self.claims;
        self.keys.iter().map(move |(_, index)| &claims[*index as usize])
    }
}

fn settle_run<'a>(left: &Run<'_, 'a>, right: &Run<'_, 'a>, rest: &mut (Rest<'a>, Rest<'a>)) {
    if let ([(_, a)], [(_, b)]) = (left.keys, right.keys)
        && same_rest(&left.claims[*a as usize], &right.claims[*b as usize])
    {
        return;
    }
    match (join(left), join(right)) {
        (None, None) => {}
        (Some(only), None) => rest.0.push(only),
        (None, Some(only)) => rest.1.push(only),
        (Some(ours), Some(theirs)) => settle_joined(ours, theirs, rest),
    }
}

fn settle_joined<'a>(
    mut ours: (u32, Claim<'a>),
    mut theirs: (u32, Claim<'a>),
    rest: &mut (Rest<'a>, Rest<'a>),
) {
    let (within, covers) = (is_within(&ours.1, &theirs.1), is_within(&theirs.1, &ours.1));
    if within && covers {
        return;
    }
    if within {
        ours.1.standing = Standing::Covered;
    }
    if covers {
        theirs.1.standing = Standing::Covered;
    }
    rest.0.push(ours);
    rest.1.push(theirs);
}

/// Small numbers for cubes, ports and keys, in the order in which they come: equal ones have the same.
struct Numbers<'c> {
    cubes: QuickMap<&'c Cube, u32>,
    /// By the place of its first requirement: cubes that share it share all, and thousands of claims do.
    places: QuickMap<usize, u32>,
    ports: QuickMap<&'c PortSet, u32>,
    /// Subject and peer of a claim, or its subject and ports where the peer is addresses.
    keys: QuickMap<[u32; 4], u32>,
    /// Place and number of the subject before: most claims have the same.
    subject: (usize, u32),
}

impl<'c> Numbers<'c> {
    /// For so many claims on a side.
    fn with_capacity(claims: usize) -> Self {
        Self {
            cubes: QuickMap::default(),
            places: QuickMap::with_capacity(claims),
            ports: QuickMap::default(),
            keys: QuickMap::with_capacity(claims),
            subject: (usize::MAX, 0),
        }
    }

    fn keys(&mut self, claims: &'c [Claim<'_>]) -> Vec<Key> {
        let mut keys: Vec<Key> = claims.iter().map(|claim| self.key(claim)).zip(0..).collect();
        keys.sort_unstable();
        keys
    }

    fn key(&mut self, claim: &'c Claim<'_>) -> u32 {
        let place = place(claim.subject);
        if self.subject.0 != place {
            self.subject = (place, self.cube(claim.subject));
        }
        let subject = self.subject.1;
        let key = match claim.peer.as_ref() {
            Peer::Anywhere => [subject, 0, 0, 0],
            Peer::Pods(peer) => [subject, 1, self.cube(&peer.namespaces), self.cube(&peer.pods)],
            Peer::Addresses(_) => [subject, 2, number(&mut self.ports, claim.ports.as_ref()), 0],
        };
        number(&mut self.keys, key)
    }

    fn cube(&mut self, cube: &'c Cube) -> u32 {
        let place = place(cube);
        if let Some(known) = self.places.get(&place) {
            return *known;
        }
        let number = number(&mut self.cubes, cube);
        *self.places.or_insert(place, number)
    }
}

/// Where a cube's requirements lie, most of all the first; no place for none.
fn place(cube: &Cube) -> usize {
    cube.requirements().next().map_or(0, |(key, _)| std::ptr::from_ref(key).addr())
}

/// The number of a value: the next one where it has none.
fn number<T: Eq + std::hash::Hash>(numbers: &mut QuickMap<T, u32>, value: T) -> u32 {
    let next = u32::try_from(numbers.len()).expect("fewer values than fit into memory");
    *numbers.or_insert(value, next)
}

fn take<'k>(keys: &mut &'k [Key], wanted: u32) -> &'k [Key] {
    let end = keys.iter().take_while(|key| key.0 == wanted).count();
    let (run, after) = keys.split_at(end);
    *keys = after;
    run
}

/// Whether two claims of one key are equal in what it says nothing of.
fn same_rest(a: &Claim<'_>, b: &Claim<'_>) -> bool {
    match (a.peer.as_ref(), b.peer.as_ref()) {
        (Peer::Addresses(x), Peer::Addresses(y)) => x == y,
        (Peer::Anywhere | Peer::Pods(_) | Peer::Addresses(_), _) => a.ports == b.ports,
    }
}

/// All claims of a run as one; `None` where there are none.
fn join<'a>(run: &Run<'_, 'a>) -> Option<(u32, Claim<'a>)> {
    let (_, index) = *run.keys.first()?;
    let mut all = run.claims[index as usize].clone();
    if run.keys.len() > 1 {
        all.standing = run.iter().map(|claim| claim.standing).max().unwrap_or(Standing::Open);
        match all.peer.as_ref() {
            Peer::Addresses(_) => all.peer = Cow::Owned(Peer::Addresses(addresses(run))),
            Peer::Anywhere | Peer::Pods(_) => all.ports = Cow::Owned(ports(run)),
        }
    }
    Some((index, all))
}

fn ports(run: &Run<'_, '_>) -> PortSet {
    run.iter().fold(PortSet::empty(), |all, claim| all.union(&claim.ports))
}

fn addresses(run: &Run<'_, '_>) -> AddressSet {
    AddressSet::union_of(run.iter().filter_map(|claim| match claim.peer.as_ref() {
        Peer::Addresses(set) => Some(set),
        Peer::Anywhere | Peer::Pods(_) => None,
    }))
}

/// Whether a claim lies in another of the same key.
fn is_within(a: &Claim<'_>, b: &Claim<'_>) -> bool {
    match (a.peer.as_ref(), b.peer.as_ref()) {
        (Peer::Addresses(x), Peer::Addresses(y)) => x.is_subset(y),
        (Peer::Anywhere | Peer::Pods(_) | Peer::Addresses(_), _) => a.ports.is_subset(&b.ports),
    }
}

fn in_order(mut rest: Rest<'_>) -> Vec<Claim<'_>> {
    rest.sort_unstable_by_key(|(index, _)| *index);
    rest.into_iter().map(|(_, claim)| claim).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Numbers, settle};
    use crate::algebra::{AddressSet, Cube, PortSet, Prefix, Protocol, Requirement, Text};
    use crate::ir::{Peer, PodPeer};
    use crate::verify::claim::Claim;

    /// Each call makes it anew, so that equal ones share nothing.
    fn cube() -> impl Strategy<Value = Cube> {
        let one = (
            proptest::sample::select(vec!["k", "l"]),
            proptest::sample::select(vec!["a", "b"]),
            any::<bool>(),
        );
        proptest::collection::vec(one, 0..2).prop_filter_map("contradiction", |all| {
            Cube::from_requirements(all.into_iter().map(|(key, value, complement)| {
                (Text::from(key), Requirement::new([Text::from(value)], complement, complement))
            }))
        })
    }

    fn ports() -> impl Strategy<Value = PortSet> {
        (0..3_u16).prop_map(|number| PortSet::range(Protocol::Tcp, number, 2))
    }

    fn peer() -> impl Strategy<Value = Peer> {
        let block = |first: u8| AddressSet::from(Prefix::new([first, 0, 0, 0].into(), 8).unwrap());
        prop_oneof![
            4 => (cube(), cube()).prop_map(|(namespaces, pods)| Peer::Pods(PodPeer { namespaces, pods })),
            1 => Just(Peer::Anywhere),
            1 => (1..3_u8).prop_map(move |first| Peer::Addresses(block(first))),
        ]
    }

    fn claims() -> impl Strategy<Value = Vec<(Cube, Peer, PortSet)>> {
        proptest::collection::vec((cube(), peer(), ports()), 0..8)
    }

    fn of(all: &[(Cube, Peer, PortSet)]) -> Vec<Claim<'_>> {
        all.iter().map(|(subject, peer, ports)| Claim::new(subject, peer, ports)).collect()
    }

    /// Whether one set of ports, or of addresses, joins two claims.
    fn are_alike(a: &Claim<'_>, b: &Claim<'_>) -> bool {
        let beside = match (a.peer.as_ref(), b.peer.as_ref()) {
            (Peer::Addresses(_), Peer::Addresses(_)) => a.ports == b.ports,
            (Peer::Anywhere | Peer::Pods(_) | Peer::Addresses(_), _) => a.peer == b.peer,
        };
        a.subject == b.subject && beside
    }

    proptest! {
        #[test]
        fn claims_have_one_key_where_they_are_alike_and_only_there(left in claims(), right in claims()) {
            let all = [of(&left), of(&right)].concat();
            let mut numbers = Numbers::with_capacity(all.len());
            let keys: Vec<u32> = all.iter().map(|claim| numbers.key(claim)).collect();
            for (a, x) in all.iter().zip(&keys) {
                for (b, y) in all.iter().zip(&keys) {
                    prop_assert_eq!(x == y, are_alike(a, b), "{:?} {:?}", a, b);
                }
            }
        }

        #[test]
        fn a_claim_is_gone_only_where_the_other_side_has_it(left in claims(), right in claims()) {
            let (ours, theirs) = (of(&left), of(&right));
            let (rest, _) = settle(&ours, &theirs);
            let gone = ours.iter().filter(|claim| !rest.iter().any(|other| are_alike(claim, other)));
            for claim in gone {
                let alike = || theirs.iter().filter(|other| are_alike(claim, other));
                let ports = alike().fold(PortSet::empty(), |all, other| all.union(&other.ports));
                prop_assert!(claim.ports.is_subset(&ports), "{:?}", claim);
                if let Peer::Addresses(set) = claim.peer.as_ref() {
                    let sets = || alike().filter_map(|other| match other.peer.as_ref() {
                        Peer::Addresses(set) => Some(set),
                        Peer::Anywhere | Peer::Pods(_) => None,
                    });
                    prop_assert!(set.is_subset(&AddressSet::union_of(sets())), "{:?}", claim);
                }
            }
        }
    }
}
