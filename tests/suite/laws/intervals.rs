//! Intervals: the points are every bound that can occur, and one number between any two.

use netdsl::algebra::IntervalSet;
use proptest::prelude::*;

/// Bounds at both ends of the type, next to each other and far apart.
const BOUNDS: [u16; 9] = [0, 1, 2, 5, 6, 1000, 65533, 65534, 65535];
const POINTS: [u16; 13] = [0, 1, 2, 3, 4, 5, 6, 7, 1000, 30000, 65533, 65534, 65535];

pub(super) fn set() -> impl Strategy<Value = IntervalSet<u16>> {
    let bound = || proptest::sample::select(BOUNDS.to_vec());
    proptest::collection::vec((bound(), bound()), 0..5).prop_map(IntervalSet::new)
}

fn points(set: &IntervalSet<u16>) -> Vec<bool> {
    POINTS.iter().map(|point| set.contains(*point)).collect()
}

fn both(a: &IntervalSet<u16>, b: &IntervalSet<u16>, operation: impl Fn(bool, bool) -> bool) -> Vec<bool> {
    points(a).into_iter().zip(points(b)).map(|(x, y)| operation(x, y)).collect()
}

fn is_normal(set: &IntervalSet<u16>) -> bool {
    let apart = |pair: &[(u16, u16)]| u32::from(pair[0].1) + 1 < u32::from(pair[1].0);
    set.intervals().iter().all(|(first, last)| first <= last) && set.intervals().windows(2).all(apart)
}

proptest! {
    #[test]
    fn operations_are_those_of_sets(a in set(), b in set()) {
        for (found, model) in [
            (a.intersection(&b), both(&a, &b, |x, y| x && y)),
            (a.union(&b), both(&a, &b, |x, y| x || y)),
            (a.difference(&b), both(&a, &b, |x, y| x && !y)),
            (a.complement(), both(&a, &a, |x, _| !x)),
        ] {
            prop_assert_eq!(points(&found), model);
            prop_assert!(is_normal(&found), "{:?}", found);
        }
        prop_assert_eq!(a.is_subset(&b), !both(&a, &b, |x, y| x && !y).contains(&true));
        prop_assert_eq!(a.is_disjoint(&b), !both(&a, &b, |x, y| x && y).contains(&true));
        prop_assert_eq!(a.is_empty(), !points(&a).contains(&true));
        prop_assert_eq!(a == b, points(&a) == points(&b));
    }

    #[test]
    fn a_set_is_what_its_intervals_hold(pairs in proptest::collection::vec((0..40_u16, 0..40_u16), 0..8)) {
        let set = IntervalSet::new(pairs.clone());
        for number in 0..41 {
            prop_assert_eq!(set.contains(number), pairs.iter().any(|(first, last)| (*first..=*last).contains(&number)));
        }
        prop_assert_eq!(set.first(), (0..41).find(|number| set.contains(*number)));
        prop_assert!(is_normal(&set));
    }
}
