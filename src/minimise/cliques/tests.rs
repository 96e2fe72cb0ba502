//! The search for fewest rules beside a brute force over small relations.

use proptest::prelude::*;

use super::{Bits, Cover, Relation, fewest};
use crate::minimise::budget::Budget;

const ENOUGH: usize = 1_000_000;

/// A row a word: `1` is needed, `-` may be, `0` may not.
fn relation(rows: &[&str]) -> Relation {
    let columns = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let of = |row: &str, wanted: &[char]| {
        let marks = row.chars().enumerate().filter(|(_, mark)| wanted.contains(mark));
        Bits::of(columns, marks.map(|(at, _)| at))
    };
    Relation {
        columns,
        need: rows.iter().map(|row| of(row, &['1'])).collect(),
        may: rows.iter().map(|row| of(row, &['1', '-'])).collect(),
    }
}

fn solved(rows: &[&str]) -> (usize, usize) {
    let cover = fewest(&relation(rows), &mut Budget::of(ENOUGH));
    (cover.cliques.len(), cover.lower)
}

#[test]
fn small_relations_have_known_covers() {
    assert_eq!(solved(&["000", "000"]), (0, 0));
    assert_eq!(solved(&["111", "111"]), (1, 1));
    assert_eq!(solved(&["10", "01"]), (2, 2));
    assert_eq!(solved(&["110", "011"]), (2, 2));
    // The middle row is the union of the others: two rectangles that overlap in it.
    assert_eq!(solved(&["1100", "1111", "0011"]), (2, 2));
    // What may be, and need not, makes one rectangle of two.
    assert_eq!(solved(&["1-", "-1"]), (1, 1));
}

#[test]
fn exhausted_search_proves_what_no_set_of_places_does() {
    // All but the diagonal of 4 × 4: four rectangles of two by two do it, three do not.
    assert_eq!(solved(&["0111", "1011", "1101", "1110"]), (4, 4));
}

#[test]
fn past_the_budget_the_cover_stands_and_claims_less() {
    let rows = ["011111", "101111", "110111", "111011", "111101", "111110"];
    for steps in 0..2_000 {
        let cover = fewest(&relation(&rows), &mut Budget::of(steps));
        check(&relation(&rows), &cover);
        assert!(cover.lower <= 4 && cover.cliques.len() >= 4, "{steps}: {cover:?}");
    }
}

/// Everything needed is in a rectangle, and nothing in one that may not be.
fn check(relation: &Relation, cover: &Cover) {
    for (row, (need, may)) in relation.need.iter().zip(&relation.may).enumerate() {
        let own = cover.cliques.iter().filter(|clique| clique.rows.contains(row));
        let given = Bits::of(relation.columns, own.flat_map(|clique| clique.columns.iter()));
        assert!(need.is_subset(&given) && given.is_subset(may), "row {row} of {relation:?}: {cover:?}");
    }
    assert!(cover.lower <= cover.cliques.len());
}

/// The size of a smallest cover, by trying all sets of rectangles of rising number.
fn optimum(relation: &Relation) -> usize {
    let places = relation.places();
    let mut held: Vec<u32> = (1..1_u32 << relation.columns)
        .map(|columns| {
            let columns =
                Bits::of(relation.columns, (0..relation.columns).filter(|at| columns >> at & 1 == 1));
            let clique = relation.clique(columns);
            let held = places
                .iter()
                .enumerate()
                .filter(|(_, (row, column))| clique.rows.contains(*row) && clique.columns.contains(*column));
            held.fold(0, |all, (at, _)| all | 1 << at)
        })
        .collect();
    held.sort_unstable();
    held.dedup();
    let all = (1_u32 << places.len()) - 1;
    let mut reached = std::collections::BTreeSet::from([0]);
    for count in 0.. {
        if reached.contains(&all) {
            return count;
        }
        reached = reached.iter().flat_map(|known| held.iter().map(move |more| known | more)).collect();
    }
    unreachable!("all rows by themselves are a cover")
}

fn relations() -> impl Strategy<Value = Relation> {
    let mark = prop::sample::select(vec!['0', '0', '1', '1', '-']);
    let row = move |width| prop::collection::vec(mark.clone(), width).prop_map(String::from_iter);
    (1..5_usize)
        .prop_flat_map(move |width| prop::collection::vec(row(width), 1..6))
        .prop_map(|rows| relation(&rows.iter().map(String::as_str).collect::<Vec<_>>()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn covers_are_exact_and_proved_minima_are_minima(relation in relations(), steps in 0..400_usize) {
        let optimum = optimum(&relation);
        let full = fewest(&relation, &mut Budget::of(ENOUGH));
        check(&relation, &full);
        prop_assert_eq!((full.cliques.len(), full.lower), (optimum, optimum), "{:?}", relation);
        let short = fewest(&relation, &mut Budget::of(steps));
        check(&relation, &short);
        prop_assert!(short.lower <= optimum);
    }
}
