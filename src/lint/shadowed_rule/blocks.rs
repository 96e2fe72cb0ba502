//! Which addresses cover which: of those that hold the others' first address.
//!
//! Blocks are gone over in order of their first addresses, with those at hand that have begun and not ended: the blocks
//! of CIDRs lie within each other or apart, so these are few. IPv4 and IPv6 share one line of numbers: where that finds
//! too many, comparing tells them apart.

use super::MAX_CANDIDATES;
use crate::algebra::AddressSet;
use crate::lint::Budget;
use crate::lint::peers::Number;

/// A run of addresses of a set.
struct Block<'a> {
    first: u128,
    last: u128,
    of: Number,
    set: &'a AddressSet,
}

/// Pairs of sets by their numbers, in order: one that is not empty, and one that covers it, itself among them; not all
/// where there are many.
pub(super) fn covering(sets: &[(Number, &AddressSet)], budget: &mut Budget) -> Vec<(Number, Number)> {
    let mut all: Vec<Block> = sets.iter().flat_map(|(of, set)| blocks(*of, set)).collect();
    all.sort_unstable_by_key(|block| (block.first, block.of));
    let mut firsts: Vec<(u128, Number, &AddressSet)> =
        sets.iter().filter_map(|(of, set)| Some((first(set)?, *of, *set))).collect();
    firsts.sort_unstable_by_key(|(first, of, _)| (*first, *of));
    let (mut next, mut open) = (all.into_iter().peekable(), Vec::new());
    let mut pairs = Vec::with_capacity(firsts.len());
    for (first, narrower, set) in firsts {
        while let Some(block) = next.next_if(|block| block.first <= first) {
            open.push(block);
        }
        if !budget.take(open.len()) {
            break;
        }
        open.retain(|block| block.last >= first);
        let covers = |block: &&Block| block.of == narrower || set.is_subset(block.set);
        pairs.extend(open.iter().filter(covers).take(MAX_CANDIDATES).map(|block| (narrower, block.of)));
    }
    pairs.sort_unstable();
    // A set may have a block of each family there.
    pairs.dedup();
    pairs
}

fn blocks(of: Number, set: &AddressSet) -> impl Iterator<Item = Block<'_>> {
    let v4 = set.v4().intervals().iter().map(|(first, last)| (u128::from(*first), u128::from(*last)));
    let v6 = set.v6().intervals().iter().copied();
    v4.chain(v6).map(move |(first, last)| Block { first, last, of, set })
}

fn first(set: &AddressSet) -> Option<u128> {
    set.v4().first().map(u128::from).or_else(|| set.v6().first())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Budget, Number, covering};
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
            let sets: Vec<(Number, &AddressSet)> = (7..).zip(&sets).collect();
            let some = sets.iter().filter(|(_, set)| !set.is_empty());
            let expected: Vec<(Number, Number)> = some
                .flat_map(|(of, set)| sets.iter().filter(|(_, wider)| set.is_subset(wider)).map(move |it| (*of, it.0)))
                .collect();
            prop_assert_eq!(covering(&sets, &mut Budget::new()), expected);
        }
    }
}
