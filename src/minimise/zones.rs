//! Addresses by which of several sets hold them.
//!
//! ```text
//! 10.0.0.0/8, 10.1.0.0/16    →    10.1.0.0/16: both    the rest of 10.0.0.0/8: the first
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::budget::Budget;
use crate::algebra::{AddressSet, Bound, IntervalSet};

/// All addresses that exactly these of the sets hold.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Zone {
    /// Sorted places of the sets.
    pub(super) sets: Vec<usize>,
    /// The addresses; disjoint from those of other zones.
    pub(super) addresses: AddressSet,
}

/// The zones of all addresses that any set holds; `None` where the budget does not suffice.
pub(super) fn zones(sets: &[&AddressSet], budget: &mut Budget) -> Option<Vec<Zone>> {
    if are_disjoint(sets.iter().map(|set| set.v4())) && are_disjoint(sets.iter().map(|set| set.v6())) {
        let zone = |(id, set): (usize, &&AddressSet)| Zone { sets: vec![id], addresses: (*set).clone() };
        return Some(sets.iter().enumerate().map(zone).collect());
    }
    let v4: Vec<_> = sets.iter().map(|set| set.v4()).collect();
    let v6: Vec<_> = sets.iter().map(|set| set.v6()).collect();
    let mut by_sets: BTreeMap<Vec<usize>, AddressSet> = BTreeMap::new();
    for (sets, numbers) in sweep(&v4, budget)? {
        by_sets.insert(sets, AddressSet::new(numbers, IntervalSet::empty()));
    }
    for (sets, numbers) in sweep(&v6, budget)? {
        let zone = by_sets.entry(sets).or_default();
        *zone = zone.union(&AddressSet::new(IntervalSet::empty(), numbers));
    }
    Some(by_sets.into_iter().map(|(sets, addresses)| Zone { sets, addresses }).collect())
}

/// Whether no number is in two of the sets.
fn are_disjoint<'s, T: Bound + 's>(sets: impl Iterator<Item = &'s IntervalSet<T>>) -> bool {
    let mut all: Vec<(T, T)> = sets.flat_map(IntervalSet::intervals).copied().collect();
    all.sort_unstable();
    all.is_sorted_by(|a, b| a.1 < b.0)
}

/// Goes over all ends of intervals in order, with the sets that are open there.
fn sweep<T: Bound>(
    sets: &[&IntervalSet<T>],
    budget: &mut Budget,
) -> Option<BTreeMap<Vec<usize>, IntervalSet<T>>> {
    let mut toggles: BTreeMap<T, Vec<usize>> = BTreeMap::new();
    for (id, set) in sets.iter().enumerate() {
        for (first, last) in set.intervals() {
            toggles.entry(*first).or_default().push(id);
            if let Some(after) = last.next() {
                toggles.entry(after).or_default().push(id);
            }
        }
    }
    let mut found: BTreeMap<Vec<usize>, Vec<(T, T)>> = BTreeMap::new();
    let mut open: BTreeSet<usize> = BTreeSet::new();
    let mut toggles = toggles.into_iter().peekable();
    while let Some((first, ids)) = toggles.next() {
        for id in ids {
            if !open.remove(&id) {
                open.insert(id);
            }
        }
        budget.take(1 + open.len())?;
        let last = toggles.peek().and_then(|(next, _)| next.previous()).unwrap_or(T::MAX);
        if !open.is_empty() {
            found.entry(open.iter().copied().collect()).or_default().push((first, last));
        }
    }
    Some(found.into_iter().map(|(sets, all)| (sets, IntervalSet::new(all))).collect())
}
