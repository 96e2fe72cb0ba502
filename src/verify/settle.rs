//! The fast path: claims that stand on both sides as they are, found by sorting.
//!
//! Claims of one subject and peer are joined by the union of their ports (of one subject and ports, by the union
//! of their addresses) and compared. What is not the same on both sides goes on; most of it never does.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::algebra::{AddressSet, Cube, IntervalSet, PortSet};
use crate::ir::Peer;

use super::claim::{Claim, Standing};

/// What is left on both sides, in the order of the claims that came in.
pub(super) fn settle<'a>(left: &[Claim<'a>], right: &[Claim<'a>]) -> (Vec<Claim<'a>>, Vec<Claim<'a>>) {
    let mut numbers = Numbers::default();
    let (left_keys, right_keys) = (numbers.keys(left), numbers.keys(right));
    let (mut a, mut b) = (left_keys.as_slice(), right_keys.as_slice());
    let mut rest = (Vec::new(), Vec::new());
    while let Some(key) = [a.first(), b.first()].into_iter().flatten().map(|key| key.0).min() {
        let (ours, theirs) = (take(&mut a, key), take(&mut b, key));
        settle_run(&Run { claims: left, keys: ours }, &Run { claims: right, keys: theirs }, &mut rest);
    }
    (in_order(rest.0), in_order(rest.1))
}

/// Subject and peer of a claim, or its subject and ports where the peer is addresses; and its index.
type Key = ([u32; 4], usize);
type Rest<'a> = Vec<(usize, Claim<'a>)>;

/// Claims of one key.
struct Run<'r, 'a> {
    claims: &'r [Claim<'a>],
    keys: &'r [Key],
}

impl<'r, 'a> Run<'r, 'a> {
    fn iter(&self) -> impl Iterator<Item = &'r Claim<'a>> {
        let claims = self.claims;
        self.keys.iter().map(move |(_, index)| &claims[*index])
    }
}

fn settle_run<'a>(left: &Run<'_, 'a>, right: &Run<'_, 'a>, rest: &mut (Rest<'a>, Rest<'a>)) {
    if let ([(_, a)], [(_, b)]) = (left.keys, right.keys)
        && same_rest(&left.claims[*a], &right.claims[*b])
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
    mut ours: (usize, Claim<'a>),
    mut theirs: (usize, Claim<'a>),
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

/// Small numbers for cubes and ports: equal ones have the same.
#[derive(Default)]
struct Numbers<'c> {
    cubes: BTreeMap<&'c Cube, u32>,
    /// By the place of its first requirement: cubes that share it share all, and thousands of claims do.
    places: BTreeMap<usize, u32>,
    ports: BTreeMap<&'c PortSet, u32>,
}

impl<'c> Numbers<'c> {
    fn keys(&mut self, claims: &'c [Claim<'_>]) -> Vec<Key> {
        let mut keys: Vec<Key> = claims.iter().map(|claim| self.key(claim)).zip(0..).collect();
        keys.sort_unstable();
        keys
    }

    fn key(&mut self, claim: &'c Claim<'_>) -> [u32; 4] {
        let subject = self.cube(claim.subject);
        match claim.peer.as_ref() {
            Peer::Anywhere => [subject, 0, 0, 0],
            Peer::Pods(peer) => [subject, 1, self.cube(&peer.namespaces), self.cube(&peer.pods)],
            Peer::Addresses(_) => [subject, 2, self.set(&claim.ports), 0],
        }
    }

    fn cube(&mut self, cube: &'c Cube) -> u32 {
        let first = cube.requirements().next();
        let place = first.map_or(0, |(key, _)| std::ptr::from_ref(key).addr());
        *self.places.entry(place).or_insert_with(|| number(&mut self.cubes, cube))
    }

    fn set(&mut self, ports: &'c PortSet) -> u32 {
        number(&mut self.ports, ports)
    }
}

/// The number of a value: the next one where it has none.
fn number<T: Ord>(numbers: &mut BTreeMap<T, u32>, value: T) -> u32 {
    let next = u32::try_from(numbers.len()).expect("fewer values than fit into memory");
    *numbers.entry(value).or_insert(next)
}

fn take<'k>(keys: &mut &'k [Key], wanted: [u32; 4]) -> &'k [Key] {
    let end = keys.iter().take_while(|key| key.0 == wanted).count();
    let (run, after) = keys.split_at(end);
    *keys = after;
    run
}

fn same_rest(a: &Claim<'_>, b: &Claim<'_>) -> bool {
    a.ports == b.ports && a.peer == b.peer
}

/// All claims of a run as one; `None` where there are none.
fn join<'a>(run: &Run<'_, 'a>) -> Option<(usize, Claim<'a>)> {
    let (_, index) = *run.keys.first()?;
    let mut all = run.claims[index].clone();
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
    let sets = || {
        run.iter().filter_map(|claim| match claim.peer.as_ref() {
            Peer::Addresses(set) => Some(set),
            Peer::Anywhere | Peer::Pods(_) => None,
        })
    };
    AddressSet::new(
        IntervalSet::new(sets().flat_map(|set| set.v4().intervals().iter().copied())),
        IntervalSet::new(sets().flat_map(|set| set.v6().intervals().iter().copied())),
    )
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
