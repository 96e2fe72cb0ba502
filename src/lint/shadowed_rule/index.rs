//! Where to look for the rules that may cover a piece.
//!
//! A piece that covers another asks for at most what the other asks for. So each is filed once, under the rarest
//! thing that it asks for, and found by looking under each thing that the narrower piece asks for.

use std::collections::BTreeMap;

use crate::algebra::{AddressSet, Cube, PortSet};
use crate::hir::{Halves, PeerKind, Scope};

use super::piece::{Piece, Statement};
use crate::lint::Budget;
use crate::lint::facts::Facts;

/// The most rules that are compared with one.
const MAX_CANDIDATES: usize = 256;

/// The most rules that are looked at for one.
const MAX_LOOKED_AT: usize = 4_096;

/// Something that a piece asks for. Whoever covers the piece asks for it too, or for nothing of the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Feature<'a> {
    /// Nothing that could be looked up.
    None,
    /// A value of a label, of the source or the target.
    Value(Side, &'a str, &'a str),
    /// A namespace, of the source or the target.
    Scope(Side, Scope),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    From,
    To,
}

/// A peer in an order.
type Key<'a> = (Option<Scope>, Option<&'a Cube>, Option<&'a AddressSet>);

/// What pieces have in common that are equal.
type Identity<'a> = (Key<'a>, Key<'a>, &'a PortSet, Halves);

/// The rules of a program by what their pieces ask for; rules are given by their places in a list.
#[derive(Debug)]
pub(super) struct Index<'a> {
    /// Where there are at least two.
    equal: BTreeMap<Identity<'a>, Vec<usize>>,
    features: BTreeMap<Feature<'a>, Vec<(usize, Piece<'a>)>>,
}

impl<'a> Index<'a> {
    pub(super) fn of(statements: &[Statement<'a>]) -> Self {
        let mut frequency: BTreeMap<Feature, usize> = BTreeMap::new();
        let pieces =
            || (0..).zip(statements).flat_map(|(at, it)| it.pieces.iter().map(move |piece| (at, piece)));
        for (_, piece) in pieces() {
            for feature in features(piece) {
                *frequency.entry(feature).or_default() += 1;
            }
        }
        let mut index = Self { equal: equal(pieces().collect()), features: BTreeMap::new() };
        for (at, piece) in pieces() {
            let rarest = demands(piece).into_iter().min_by_key(|it| (frequency.get(it).copied(), *it));
            index.features.entry(rarest.unwrap_or(Feature::None)).or_default().push((at, *piece));
        }
        index
    }

    /// Rules with a piece that is equal; not all where there are many.
    pub(super) fn equal(&self, piece: &Piece<'a>) -> &[usize] {
        self.equal.get(&identity(piece)).map_or(&[], Vec::as_slice)
    }

    /// Rules with a piece that covers this one; not all where there are many.
    pub(super) fn wider(&self, facts: &Facts, piece: &Piece<'a>, budget: &mut Budget) -> Vec<usize> {
        let features = features(piece).into_iter().chain([Feature::None]);
        let filed = features.filter_map(|feature| self.features.get(&feature)).flatten();
        let looked_at = filed.take(MAX_LOOKED_AT).take_while(|_| budget.take(1));
        let covering = looked_at.filter(|(_, other)| other.covers(piece, facts.program));
        let mut found: Vec<usize> = covering.take(MAX_CANDIDATES).map(|(at, _)| *at).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The rules with equal pieces. Most pieces have no equal, so they are sorted rather than filed one by one.
fn equal<'a>(mut pieces: Vec<(usize, &Piece<'a>)>) -> BTreeMap<Identity<'a>, Vec<usize>> {
    pieces.sort_by(|(_, one), (_, other)| identity(one).cmp(&identity(other)));
    let groups = pieces.chunk_by(|(_, one), (_, other)| identity(one) == identity(other));
    let several = groups.filter(|group| group.len() > 1);
    let rules =
        |group: &[(usize, &Piece<'a>)]| group.iter().take(MAX_CANDIDATES).map(|(at, _)| *at).collect();
    several.map(|group| (identity(group[0].1), rules(group))).collect()
}

fn identity<'a>(piece: &Piece<'a>) -> Identity<'a> {
    (key(piece.from), key(piece.to), piece.ports, piece.halves)
}

fn key(peer: &PeerKind) -> Key<'_> {
    match peer {
        PeerKind::Anywhere => (None, None, None),
        PeerKind::Pods { scope, selector } => (Some(*scope), Some(selector), None),
        PeerKind::Addresses(addresses) => (None, None, Some(addresses)),
    }
}

fn sides<'a>(piece: &Piece<'a>) -> impl Iterator<Item = (Side, Scope, &'a Cube)> {
    [(Side::From, piece.from), (Side::To, piece.to)].into_iter().filter_map(|(side, peer)| match peer {
        PeerKind::Pods { scope, selector } => Some((side, *scope, selector)),
        PeerKind::Anywhere | PeerKind::Addresses(_) => None,
    })
}

/// Under what a piece is looked for: all that it asks for.
fn features<'a>(piece: &Piece<'a>) -> Vec<Feature<'a>> {
    sides(piece)
        .flat_map(|(side, scope, selector)| {
            let values = selector.requirements().filter(|(_, it)| !it.is_complement());
            let values = values.flat_map(move |(key, it)| {
                it.values().iter().map(move |value| Feature::Value(side, key, value))
            });
            values.chain([Feature::Scope(side, scope)])
        })
        .collect()
}

/// Under what a piece may be filed: what every piece that it covers asks for as well.
fn demands<'a>(piece: &Piece<'a>) -> Vec<Feature<'a>> {
    sides(piece)
        .flat_map(|(side, scope, selector)| {
            // Several values are no single thing: a narrower selector may have any of them.
            let single = selector
                .requirements()
                .filter(|(_, it)| !it.is_complement() && !it.allows_absent() && it.values().len() == 1);
            let values = single
                .flat_map(move |(key, it)| it.values().iter().map(move |v| Feature::Value(side, key, v)));
            let scope = match scope {
                Scope::Namespace(_) => Some(Feature::Scope(side, scope)),
                Scope::Set(_) | Scope::Managed | Scope::Cluster => None,
            };
            values.chain(scope)
        })
        .collect()
}
