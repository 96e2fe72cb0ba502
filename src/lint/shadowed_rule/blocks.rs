//! Which addresses cover which: of those that hold the others' first address.
//!
//! Blocks are gone over in order of their first addresses, with those at hand that have begun and not ended: the blocks
//! of CIDRs lie within each other or apart, so these are few. IPv4 and IPv6 share one line of numbers: where that finds
//! too many, comparing tells them apart.

use super::MAX_CANDIDATES;
use crate::algebra::AddressSet;
use crate::lint::Budget;

/// A run of addresses of a set.
struct Block {
    first: u128,
    last: u128,
    /// The place of its set.
    of: usize,
}

/// Pairs of sets by their places, in order: one that is not empty, and one that covers it, itself among them; not all
/// where there are many.
pub(super) fn covering(sets: &[&AddressSet], budget: &mut Budget) -> Vec<(usize, usize)> {
    let mut all: Vec<Block> = sets.iter().enumerate().flat_map(|(of, set)| blocks(of, set)).collect();
    all.sort_unstable_by_key(|block| (block.first, block.of));
    let firsts = sets.iter().enumerate().filter_map(|(of, set)| Some((first(set)?, of)));
    let mut firsts: Vec<(u128, usize)> = firsts.collect();
    firsts.sort_unstable();
    let (mut next, mut open) = (all.into_iter().peekable(), Vec::new());
    let mut pairs = Vec::with_capacity(firsts.len());
    for (first, narrower) in firsts {
        while let Some(block) = next.next_if(|block| block.first <= first) {
            open.push(block);
        }
        if !budget.take(open.len()) {
            break;
        }
        open.retain(|block| block.last >= first);
        let covers = |block: &&Block| block.of == narrower || sets[narrower].is_subset(sets[block.of]);
        pairs.extend(open.iter().filter(covers).take(MAX_CANDIDATES).map(|block| (narrower, block.of)));
    }
    pairs.sort_unstable();
    // A set may have a block of each family there.
    pairs.dedup();
    pairs
}

fn blocks(of: usize, set: &AddressSet) -> impl Iterator<Item = Block> {
    let v4 = set.v4().intervals().iter().map(|(first, last)| (u128::from(*first), u128::from(*last)));
    let v6 = set.v6().intervals().iter().copied();
    v4.chain(v6).map(move |(first, last)| Block { first, last, of })
}

fn first(set: &AddressSet) -> Option<u128> {
    set.v4().first().map(u128::from).or_else(|| set.v6().first())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Budget, covering};
    use crate::algebra::{AddressSet, IntervalSet};

    /// Few numbers, so that sets often lie within each other, and both families have the same.
    fn set() -> impl Strategy<Value = AddressSet> {
        let runs = || proptest::collection::vec((0_u8..12, 0_u8..6), 0..3);
        (runs(), runs()).prop_map(|(v4, v6)| {
            let v4 = v4.into_iter().map(|(first, more)| (u32::from(first), u32::from(first + more)));
            let v6 = v6.into_iter().map(|(first, more)| (u128::from(first), u128::from(first + more)));
            AddressSet::new(IntervalSet::new(v4), IntervalSet::new(v6))
        })
    }

    proptest! {
        #[test]
        fn what_covers_others_is_found(sets in proptest::collection::vec(set(), 0..12)) {
            let sets: Vec<&AddressSet> = sets.iter().collect();
            let pairs = |narrower: usize| (0..sets.len()).map(move |wider| (narrower, wider));
            let covers = |(narrower, wider): &(usize, usize)| sets[*narrower].is_subset(sets[*wider]);
            let some = (0..sets.len()).filter(|at| !sets[*at].is_empty());
            let expected: Vec<(usize, usize)> = some.flat_map(pairs).filter(covers).collect();
            prop_assert_eq!(covering(&sets, &mut Budget::new()), expected);
        }
    }
}
