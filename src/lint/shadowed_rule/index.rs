//! Where to look for the rules that may cover a piece.
//!
//! Pieces are filed by the numbers of their peers. A piece that covers another has a source and a target that cover
//! the other's, and these are known.

use super::piece::{Piece, Statements};
use super::wider::Wider;
use super::{MAX_CANDIDATES, MAX_LOOKED_AT};
use crate::algebra::{PortSet, with_key};
use crate::hir::Halves;
use crate::lint::Budget;
use crate::lint::facts::Facts;
use crate::lint::lists::Lists;
use crate::lint::peers::Number;

/// The rules of a program by the peers of their pieces; rules are given by their places in a list.
pub(super) struct Index<'a> {
    facts: &'a Facts<'a>,
    pieces: &'a [Piece<'a>],
    by_source: Lists<Filed>,
    wider: Wider,
}

/// A piece below its source.
#[derive(Clone, Copy)]
struct Filed {
    target: Number,
    /// Its place.
    piece: usize,
}

impl<'a> Index<'a> {
    pub(super) fn of(facts: &'a Facts<'a>, statements: &'a Statements<'a>) -> Self {
        let (pieces, count) = (&statements.pieces, facts.peers.len());
        Self { facts, pieces, by_source: filed(count, pieces), wider: Wider::of(facts) }
    }

    /// Rules with a piece that is equal; not all where there are many.
    pub(super) fn equal(&self, piece: &Piece) -> impl Iterator<Item = usize> {
        let same_peers = with_key(self.by_source.get(piece.from), piece.to, |filed| filed.target);
        let equal = with_key(same_peers, conditions(piece), |filed| conditions(&self.pieces[filed.piece]));
        equal.iter().take(MAX_CANDIDATES).map(|filed| self.pieces[filed.piece].statement)
    }

    /// Other rules with a piece that covers this one, in order; not all where there are many.
    pub(super) fn wider(&self, piece: &Piece, budget: &mut Budget) -> Vec<usize> {
        let lists = self.wider.than(piece.from).iter().flat_map(|from| {
            let filed = self.by_source.get(*from);
            self.wider.than(piece.to).iter().map(move |to| with_key(filed, *to, |filed| filed.target))
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

/// Beside its peers, what a piece says.
fn conditions<'a>(piece: &Piece<'a>) -> (&'a PortSet, Halves) {
    (piece.ports, piece.halves)
}

/// Pieces below their sources; those with both peers in common by what else they say.
fn filed(count: Number, pieces: &[Piece]) -> Lists<Filed> {
    let entry = |(at, piece): (usize, &Piece)| (piece.from, Filed { target: piece.to, piece: at });
    let mut entries: Vec<(Number, Filed)> = pieces.iter().enumerate().map(entry).collect();
    entries.sort_unstable_by(|(source, one), (of_other, other)| {
        let peers = (source, one.target).cmp(&(of_other, other.target));
        let conditions = || conditions(&pieces[one.piece]).cmp(&conditions(&pieces[other.piece]));
        peers.then_with(conditions).then(one.piece.cmp(&other.piece))
    });
    Lists::of_sorted(count, entries)
}
