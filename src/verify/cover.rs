//! The slow path: whether a union of claims covers a piece, by taking them away one after the other.

use std::rc::Rc;

use super::budget::{Budget, Exhausted};
use super::claim::Claim;
use super::piece::Piece;

/// A part that no candidate covers and that `accept` takes for a difference; `None` where all is covered.
///
/// Depth first, so that memory grows with depth and not with the number of parts.
pub(super) fn uncovered<T>(
    piece: Piece,
    claims: &[Claim<'_>],
    candidates: &[usize],
    budget: &mut Budget,
    accept: impl Fn(&Piece) -> Option<T>,
) -> Result<Option<T>, Exhausted> {
    let mut open = vec![(piece, Rc::new(candidates.to_vec()))];
    while let Some((piece, candidates)) = open.pop() {
        let mut live = Vec::new();
        let mut covered = false;
        for index in candidates.iter() {
            let claim = &claims[*index];
            budget.spend(claim.size())?;
            if piece.meets(claim) {
                live.push(*index);
                covered = piece.is_within(claim);
            }
            if covered {
                break;
            }
        }
        if covered {
            continue;
        }
        // The widest claim leaves the fewest parts.
        let Some(widest) = (0..live.len()).min_by_key(|at| claims[live[*at]].requirements()) else {
            match accept(&piece) {
                Some(difference) => return Ok(Some(difference)),
                None => continue,
            }
        };
        let claim = &claims[live.remove(widest)];
        let left = piece.minus(claim);
        budget.spend(left.len() * claim.size())?;
        let live = Rc::new(live);
        open.extend(left.into_iter().map(|part| (part, Rc::clone(&live))));
    }
    Ok(None)
}
