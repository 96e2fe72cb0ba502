//! One key: the states are some values, one that nobody mentions, and absent.

use netdsl::algebra::{Requirement, State, Text};
use proptest::prelude::*;

/// The states of a key that requirements over `a`, `b` and `c` can tell apart.
pub(super) const STATES: [Option<&str>; 5] = [None, Some("a"), Some("b"), Some("c"), Some("unmentioned")];

/// Any requirement over three values.
pub(super) fn requirement() -> impl Strategy<Value = Requirement> {
    let values = proptest::sample::subsequence(vec!["a", "b", "c"], 0..=3);
    (values, any::<bool>(), any::<bool>()).prop_map(|(values, complement, absent)| {
        Requirement::new(values.into_iter().rev().map(Text::from), complement, absent)
    })
}

fn points(requirement: &Requirement) -> Vec<bool> {
    STATES.iter().map(|state| requirement.contains(*state)).collect()
}

fn both(a: &Requirement, b: &Requirement, operation: impl Fn(bool, bool) -> bool) -> Vec<bool> {
    points(a).into_iter().zip(points(b)).map(|(x, y)| operation(x, y)).collect()
}

proptest! {
    #[test]
    fn operations_are_those_of_sets(a in requirement(), b in requirement()) {
        prop_assert_eq!(points(&a.intersection(&b)), both(&a, &b, |x, y| x && y));
        prop_assert_eq!(points(&a.union(&b)), both(&a, &b, |x, y| x || y));
        prop_assert_eq!(points(&a.difference(&b)), both(&a, &b, |x, y| x && !y));
        prop_assert_eq!(points(&a.complement()), both(&a, &a, |x, _| !x));
        prop_assert_eq!(a.is_subset(&b), !both(&a, &b, |x, y| x && !y).contains(&true));
        prop_assert_eq!(a.is_disjoint(&b), !both(&a, &b, |x, y| x && y).contains(&true));
        prop_assert_eq!(a.is_empty(), !points(&a).contains(&true));
        prop_assert_eq!(a.is_anything(), !points(&a).contains(&false));
    }

    #[test]
    fn equal_sets_compare_equal(a in requirement(), b in requirement()) {
        prop_assert_eq!(a == b, points(&a) == points(&b));
        prop_assert_eq!(a.union(&b), b.union(&a));
        prop_assert_eq!(a.difference(&b).union(&a.intersection(&b)), a);
    }

    #[test]
    fn a_witness_is_a_member(a in requirement()) {
        match a.witness() {
            None => prop_assert!(a.is_empty()),
            Some(State::Absent) => prop_assert!(a.contains(None)),
            Some(State::Value(value)) => prop_assert!(a.contains(Some(&value))),
        }
    }
}

/// The four operators of the API, by the states that they hold.
#[test]
fn constructors_hold_what_their_operators_do() {
    let (ab, none) = (|| ["a", "b"].map(Text::from), None);
    for (requirement, [a, other, absent]) in [
        (Requirement::one_of(ab()), [true, false, false]),
        (Requirement::not_one_of(ab()), [false, true, true]),
        (Requirement::exists(), [true, true, false]),
        (Requirement::absent(), [false, false, true]),
        (Requirement::anything(), [true, true, true]),
        (Requirement::one_of([]), [false, false, false]),
    ] {
        let held = [Some("a"), Some("unmentioned"), none].map(|state| requirement.contains(state));
        assert_eq!(held, [a, other, absent], "{requirement:?}");
        assert_eq!(requirement.allows_absent(), absent);
        assert_eq!(requirement.is_complement(), other);
    }
    assert_eq!(Requirement::one_of(ab()).values(), ab());
    assert_eq!(Requirement::not_one_of(ab()).values(), ab());
}

#[test]
fn a_witness_avoids_the_values_that_are_excluded() {
    let excluded = ["other", "other-1"].map(Text::from);
    let witness = Requirement::new(excluded, true, false).witness();
    assert_eq!(witness, Some(State::Value("other-2".into())));
}
