//! Everything that is allowed in one namespace and direction, to be asked whether the claims cover a piece of it.
//!
//! Most answers are "no", and one point of the piece shows it: a concrete pod, peer and port that no claim allows.
//! Only a piece that passes that is taken apart.

use std::net::IpAddr;

use super::budget::Budget;
use super::cover::CoverIndex;
use super::piece::{Claim, Piece};
use crate::algebra::{Cube, State, Target, Text};
use crate::ir::Peer;

/// Claims that may change, filed as they were in the beginning.
///
/// A claim that grows later may not be found for its new part; that hides an answer "yes", and invents none.
pub(super) struct Space<'a> {
    index: CoverIndex<'a, 3>,
    claims: Vec<Option<Claim>>,
}

/// What a piece that is cut off costs, in comparisons: it is made of lists that are copied.
const STEPS_OF_A_PIECE: usize = 32;

/// And what each of its requirements costs.
const STEPS_OF_A_REQUIREMENT: usize = 4;

/// One pod, peer and port.
struct Point<'p> {
    subject: Labels<'p>,
    end: End<'p>,
    port: Target,
}

/// Keys, sorted, and their values.
type Labels<'p> = Vec<(&'p str, Text)>;

enum End<'p> {
    Pod { namespace: Labels<'p>, pod: Labels<'p> },
    Address(IpAddr),
    Rest,
}

impl<'a> Space<'a> {
    /// The space of these claims; `all` is the cube of everything.
    pub(super) fn new(claims: &'a [Claim], all: &'a Cube) -> Self {
        let product = |claim: &'a Claim| match &claim.peer {
            Peer::Pods(peer) => [&claim.subject, &peer.namespaces, &peer.pods],
            Peer::Anywhere | Peer::Addresses(_) => [&claim.subject, all, all],
        };
        let products: Vec<[&Cube; 3]> = claims.iter().map(product).collect();
        Self { index: CoverIndex::new(products), claims: claims.iter().cloned().map(Some).collect() }
    }

    /// A claim as it is now; `None` where it is gone.
    pub(super) fn claim(&self, id: usize) -> Option<&Claim> {
        self.claims[id].as_ref()
    }

    /// Puts another claim, or none, in the place of one, and gives back what was there.
    pub(super) fn replace(&mut self, id: usize, claim: Option<Claim>) -> Option<Claim> {
        std::mem::replace(&mut self.claims[id], claim)
    }

    /// Whether the claims that `counts` takes allow all of the piece; `None` where the budget does not suffice.
    pub(super) fn covers(
        &self,
        piece: &Piece,
        counts: impl Fn(usize) -> bool,
        budget: &mut Budget,
    ) -> Option<bool> {
        Some(self.has_point(piece, &counts, budget)? && self.covers_all(piece, &counts, budget)?)
    }

    fn has_point(&self, piece: &Piece, counts: impl Fn(usize) -> bool, budget: &mut Budget) -> Option<bool> {
        let Some(point) = Point::of(piece) else { return Some(true) };
        for id in self.index.holding(point.tokens()) {
            budget.take(1)?;
            if self.claims[id].as_ref().is_some_and(|claim| counts(id) && point.is_in(claim)) {
                return Some(true);
            }
        }
        Some(false)
    }

    /// Depth first, so that memory grows with depth alone.
    fn covers_all(&self, piece: &Piece, counts: impl Fn(usize) -> bool, budget: &mut Budget) -> Option<bool> {
        budget.take(self.claims.len())?;
        let claims = self.claims.iter().enumerate().filter(|(id, _)| counts(*id));
        let near: Vec<&Claim> =
            claims.filter_map(|(_, claim)| claim.as_ref()).filter(|claim| piece.meets(claim)).collect();
        let mut open = vec![(piece.clone(), 0)];
        while let Some((piece, from)) = open.pop() {
            let next = (from..near.len()).find(|at| piece.meets(near[*at]));
            let Some(next) = next else { return Some(false) };
            let left = piece.minus(near[next]);
            let steps = |piece: &Piece| STEPS_OF_A_PIECE + STEPS_OF_A_REQUIREMENT * piece.requirements();
            budget.take(1 + next - from + left.iter().map(steps).sum::<usize>())?;
            open.extend(left.into_iter().map(|piece| (piece, next + 1)));
        }
        Some(true)
    }
}

impl<'p> Point<'p> {
    /// The labels, by the factor of the index that asks for them.
    fn tokens(&self) -> impl Iterator<Item = (usize, &str, &str)> {
        let (namespace, pod): (&[_], &[_]) = match &self.end {
            End::Pod { namespace, pod } => (namespace, pod),
            End::Address(_) | End::Rest => (&[], &[]),
        };
        let factors = [(0, &*self.subject), (1, namespace), (2, pod)];
        factors.into_iter().flat_map(|(factor, labels)| {
            labels.iter().map(move |(key, value): &(&str, Text)| (factor, *key, &**value))
        })
    }

    /// `None` of an empty piece.
    fn of(piece: &'p Piece) -> Option<Self> {
        let end = match &piece.peer {
            Peer::Pods(peer) => End::Pod { namespace: labels(&peer.namespaces), pod: labels(&peer.pods) },
            Peer::Addresses(set) => End::Address(set.first()?),
            Peer::Anywhere => End::Rest,
        };
        Some(Self { subject: labels(&piece.subject), end, port: piece.ports.witness()? })
    }

    fn is_in(&self, claim: &Claim) -> bool {
        let peer = match (&self.end, &claim.peer) {
            (_, Peer::Anywhere) => true,
            (End::Pod { namespace, pod }, Peer::Pods(peer)) => {
                has(&peer.namespaces, namespace) && has(&peer.pods, pod)
            }
            (End::Address(address), Peer::Addresses(set)) => set.contains(*address),
            (End::Pod { .. } | End::Rest, Peer::Addresses(_))
            | (End::Address(_) | End::Rest, Peer::Pods(_)) => false,
        };
        peer && has(&claim.subject, &self.subject) && self.port.is_in(&claim.ports)
    }
}

/// The labels of one member of a cube: keys that need not be there are not.
fn labels(cube: &Cube) -> Labels<'_> {
    let states = cube.requirements().filter_map(|(key, requirement)| {
        match requirement.witness().expect("a cube is not empty") {
            State::Value(value) => Some((&**key, value)),
            State::Absent => None,
        }
    });
    states.collect()
}

fn has(cube: &Cube, labels: &Labels<'_>) -> bool {
    cube.matches(|key| labels.iter().find(|(own, _)| *own == key).map(|(_, value)| &**value))
}
