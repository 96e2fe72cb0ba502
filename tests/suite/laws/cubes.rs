//! Several keys: the points are all combinations of the keys' states.

use netdsl::algebra::{Cube, Requirement, Text};
use proptest::prelude::*;

use super::requirements::{STATES, requirement};

const KEYS: [&str; 3] = ["k", "l", "m"];

fn requirements() -> impl Strategy<Value = Vec<(Text, Requirement)>> {
    let one = (proptest::sample::select(KEYS.to_vec()), requirement());
    proptest::collection::vec(one.prop_map(|(key, requirement)| (key.into(), requirement)), 0..5)
}

fn cube() -> impl Strategy<Value = Cube> {
    requirements().prop_filter_map("contradiction", Cube::from_requirements)
}

fn all_points() -> Vec<[Option<&'static str>; 3]> {
    let mut all = Vec::new();
    for k in STATES {
        for l in STATES {
            all.extend(STATES.map(|m| [k, l, m]));
        }
    }
    all
}

fn points(cube: &Cube) -> Vec<bool> {
    let label = |point: [Option<&'static str>; 3]| {
        move |key: &str| point[KEYS.iter().position(|k| *k == key).unwrap()]
    };
    all_points().into_iter().map(|point| cube.matches(label(point))).collect()
}

fn both(a: &Cube, b: &Cube, operation: impl Fn(bool, bool) -> bool) -> Vec<bool> {
    points(a).into_iter().zip(points(b)).map(|(x, y)| operation(x, y)).collect()
}

/// Sorted, each key once, and nothing that says nothing: else a look-up by key would miss what is asked.
fn is_normal(cube: &Cube) -> bool {
    let keys: Vec<&Text> = cube.requirements().map(|(key, _)| key).collect();
    keys.is_sorted_by(|a, b| a < b)
        && cube
            .requirements()
            .all(|(key, own)| !own.is_empty() && !own.is_anything() && cube.get(key) == Some(own))
}

#[test]
fn a_cube_of_one_requirement_asks_for_it_alone() {
    assert!(Cube::all().is_all() && Cube::all().requirements().len() == 0);
    let one = Cube::of("k".into(), Requirement::exists()).unwrap();
    assert_eq!(one.requirements().collect::<Vec<_>>(), [(&Text::from("k"), &Requirement::exists())]);
    assert_eq!(Cube::of("k".into(), Requirement::anything()), Some(Cube::all()));
    assert_eq!(Cube::of("k".into(), Requirement::one_of([])), None);
}

proptest! {
    #[test]
    fn requirements_hold_together(all in requirements()) {
        let holds = |point: [Option<&str>; 3]| all.iter().all(|(key, requirement)| {
            requirement.contains(point[KEYS.iter().position(|k| *k == key.as_ref()).unwrap()])
        });
        let model: Vec<bool> = all_points().into_iter().map(holds).collect();
        match Cube::from_requirements(all.clone()) {
            None => prop_assert!(!model.contains(&true)),
            Some(cube) => {
                prop_assert!(is_normal(&cube), "{:?}", cube);
                prop_assert_eq!(points(&cube), model);
            }
        }
    }

    #[test]
    fn operations_are_those_of_sets(a in cube(), b in cube()) {
        let shared = both(&a, &b, |x, y| x && y);
        match a.intersection(&b) {
            None => prop_assert!(!shared.contains(&true)),
            Some(found) => {
                prop_assert!(is_normal(&found), "{:?}", found);
                prop_assert_eq!(points(&found), shared.clone());
            }
        }
        prop_assert_eq!(a.is_disjoint(&b), !shared.contains(&true));
        prop_assert_eq!(a.is_subset(&b), !both(&a, &b, |x, y| x && !y).contains(&true));
        prop_assert_eq!(a == b, points(&a) == points(&b));
        prop_assert_eq!(a.is_all(), !points(&a).contains(&false));
    }

    #[test]
    fn a_difference_is_exact_and_its_parts_are_disjoint(a in cube(), b in cube()) {
        let parts = a.difference(&b);
        prop_assert!(parts.len() <= b.requirements().len().max(1));
        prop_assert!(parts.iter().all(is_normal), "{:?}", parts);
        prop_assert!(!a.is_disjoint(&b) || parts == [a.clone()], "{:?}", parts);
        let held: Vec<Vec<bool>> = parts.iter().map(points).collect();
        let counts = (0..all_points().len()).map(|n| held.iter().filter(|part| part[n]).count());
        let model: Vec<usize> = both(&a, &b, |x, y| x && !y).into_iter().map(usize::from).collect();
        prop_assert_eq!(counts.collect::<Vec<usize>>(), model);
    }

    /// The keys that are named are those along which it has to be cut, and no others.
    #[test]
    fn a_cube_is_cut_along_the_keys_on_which_the_other_is_narrower(a in cube(), b in cube()) {
        let keys: Vec<&Text> = a.cut_by(&b).collect();
        prop_assert_eq!(keys.is_empty(), a.is_subset(&b));
        for key in KEYS {
            let any = Requirement::anything();
            let narrower = !a.get(key).unwrap_or(&any).is_subset(b.get(key).unwrap_or(&any));
            prop_assert_eq!(keys.iter().any(|it| it.as_ref() == key), narrower);
        }
    }

    #[test]
    fn replacing_a_requirement_replaces_it(a in cube(), key in proptest::sample::select(KEYS.to_vec()), new in requirement()) {
        let key = Text::from(key);
        let Some(replaced) = a.with(&key, new.clone()) else {
            prop_assert!(new.is_empty());
            return Ok(());
        };
        prop_assert!(is_normal(&replaced), "{:?}", replaced);
        for other in KEYS.map(Text::from) {
            let expected = if other == key { Some(&new).filter(|r| !r.is_anything()) } else { a.get(&other) };
            prop_assert_eq!(replaced.get(&other), expected);
        }
    }
}

#[test]
fn a_requirement_is_found_among_many_as_among_few() {
    let key = |number: usize| Text::from(format!("k{number}"));
    let only = |number: usize| Requirement::one_of([Text::from(number.to_string())]);
    for count in 0..40 {
        let cube = Cube::from_requirements((0..count).map(|number| (key(number), only(number)))).unwrap();
        for number in 0..count {
            assert_eq!(cube.get(&key(number)), Some(&only(number)), "{number} of {count}");
        }
        for other in ["", "k", "l0", "k40", "k00"] {
            assert_eq!(cube.get(other), None, "{other} of {count}");
        }
    }
}
