//! Where to look for the rules that may cover a piece.
//!
//! Pieces are filed by the numbers of their peers. A piece that covers another has a source and a target that cover
//! the other's, and these are known; where addresses are on one side, the other side is where to begin.

use super::piece::{Piece, Statements};
use super::wider::Wider;
use super::{MAX_CANDIDATES, MAX_LOOKED_AT};
use crate::algebra::PortSet;
use crate::hir::Halves;
use crate::lint::Budget;
use crate::lint::facts::Facts;
use crate::lint::lists::{Lists, with_key};
use crate::lint::peers::Number;

/// The rules of a program by the peers of their pieces; rules are given by their places in a list.
pub(super) struct Index<'a> {
    facts: &'a Facts<'a>,
    pieces: &'a [Piece<'a>],
    by_source: Lists<Filed>,
    by_target: Lists<Filed>,
    wider: Wider,
}

/// A piece below one of its peers.
#[derive(Clone, Copy)]
struct Filed {
    /// The other peer.
    other: Number,
    /// Its place.
    piece: usize,
}

impl<'a> Index<'a> {
    pub(super) fn of(facts: &'a Facts<'a>, statements: &'a Statements<'a>) -> Self {
        let (pieces, count) = (&statements.pieces, facts.peers.len());
        Self {
            facts,
            pieces,
            by_source: filed(count, pieces, |piece| (piece.from, piece.to)),
            by_target: filed(count, pieces, |piece| (piece.to, piece.from)),
            wider: Wider::of(facts),
        }
    }

    /// Rules with a piece that is equal; not all where there are many.
    pub(super) fn equal(&self, piece: &Piece) -> impl Iterator<Item = usize> {
        let same_peers = with_key(self.by_source.get(piece.from), piece.to, |filed| filed.other);
        let equal = with_key(same_peers, conditions(piece), |filed| conditions(&self.pieces[filed.piece]));
        equal.iter().take(MAX_CANDIDATES).map(|filed| self.pieces[filed.piece].statement)
    }

    /// Other rules with a piece that covers this one, in order; not all where there are many.
    pub(super) fn wider(&self, piece: &Piece, budget: &mut Budget) -> Vec<usize> {
        let addresses = self.facts.peers.addresses();
        let (by_peer, own, other) = if addresses.contains(&piece.from) {
            (&self.by_target, piece.to, piece.from)
        } else {
            (&self.by_source, piece.from, piece.to)
        };
        let lists = self.wider.than(own).iter().flat_map(|own| {
            let filed = by_peer.get(*own);
            let covering = self.wider.than(other).iter();
            let below = covering.map(move |other| with_key(filed, *other, |filed| filed.other));
            below.chain(addresses.contains(&other).then(|| below_addresses(filed, addresses.start)))
        });
        let affordable = lists.take_while(|list| budget.take(1 + list.len().min(MAX_LOOKED_AT)));
        let looked_at = affordable.flatten().take(MAX_LOOKED_AT).map(|filed| &self.pieces[filed.piece]);
        let covering = looked_at.filter(|it| it.statement != piece.statement && it.covers(piece, self.facts));
        let mut found: Vec<usize> = covering.take(MAX_CANDIDATES).map(|it| it.statement).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Those whose other peer is addresses, of which the first has this number.
fn below_addresses(filed: &[Filed], first: Number) -> &[Filed] {
    &filed[filed.partition_point(|filed| filed.other < first)..]
}

/// Beside its peers, what a piece says.
fn conditions<'a>(piece: &Piece<'a>) -> (&'a PortSet, Halves) {
    (piece.ports, piece.halves)
}

/// Pieces below one of their peers; those with both peers in common by what else they say.
fn filed(count: Number, pieces: &[Piece], peers: impl Fn(&Piece) -> (Number, Number)) -> Lists<Filed> {
    let entry = |(place, piece)| {
        let (own, other) = peers(piece);
        (own, Filed { other, piece: place })
    };
    let mut entries: Vec<(Number, Filed)> = pieces.iter().enumerate().map(entry).collect();
    entries.sort_unstable_by(|(own, one), (of_other, other)| {
        let peers = (own, one.other).cmp(&(of_other, other.other));
        let conditions = || conditions(&pieces[one.piece]).cmp(&conditions(&pieces[other.piece]));
        peers.then_with(conditions).then(one.piece.cmp(&other.piece))
    });
    Lists::of_sorted(count, entries)
}
