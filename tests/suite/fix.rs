//! Laws of replacements.

use netdsl::diag::{Fix, Safety};
use netdsl::fix::{apply, disjoint};
use netdsl::source::{FileId, Sources, Span};
use proptest::prelude::{ProptestConfig, Strategy, proptest};
use proptest::{prop_assert, prop_assert_eq};

const TEXT: &str = "allow wéb => db\r\n";

fn file() -> FileId {
    Sources::default().add("a.netdsl", TEXT)
}

fn fix(start: usize, end: usize, text: &str) -> Fix {
    Fix { span: Span::new(file(), start, end), text: text.to_owned(), safety: Safety::Safe }
}

/// Replacements that may overlap, cut characters, or lie outside of the text.
fn fixes() -> impl Strategy<Value = Vec<Fix>> {
    let one = (0..TEXT.len() + 3, 0..5_usize, "[a-c]{0,2}");
    proptest::collection::vec(one.prop_map(|(start, length, text)| fix(start, start + length, &text)), 0..6)
}

#[test]
fn places_are_those_of_the_old_text() {
    assert_eq!(apply(TEXT, &[fix(11, 13, "->"), fix(0, 5, "never")]), "never wéb -> db\r\n");
    assert_eq!(apply(TEXT, &[fix(6, 6, "\""), fix(10, 10, "\"")]), "allow \"wéb\" => db\r\n");
    assert_eq!(apply("", &[fix(0, 0, "x")]), "x");
}

#[test]
fn of_what_overlaps_one_is_applied() {
    assert_eq!(apply("abcd", &[fix(0, 2, "x"), fix(1, 3, "y")]), "xcd");
    assert_eq!(apply("abcd", &[fix(0, 0, "x"), fix(0, 0, "y")]), "xabcd");
    assert_eq!(apply("abcd", &[fix(0, 0, "x"), fix(0, 0, "x")]), "xabcd");
    assert_eq!(apply("abcd", &[fix(0, 0, "x"), fix(0, 2, "y")]), "xabcd", "the other is for the next round");
    assert_eq!(apply("abcd", &[fix(0, 2, "x"), fix(2, 2, "y"), fix(3, 4, "")]), "xyc");
}

#[test]
fn what_fits_no_place_is_left_out() {
    assert_eq!(apply(TEXT, &[fix(7, 8, "x"), fix(100, 101, "y"), fix(19, 19, "z")]), TEXT);
    let backwards = Fix { span: Span { start: 3, end: 1, ..fix(0, 0, "").span }, ..fix(0, 0, "x") };
    assert_eq!(apply(TEXT, &[backwards]), TEXT);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_does_not_matter(fixes in fixes()) {
        let mut backwards = fixes.clone();
        backwards.reverse();
        prop_assert_eq!(apply(TEXT, &fixes), apply(TEXT, &backwards));
        let twice = [fixes.clone(), fixes.clone()].concat();
        prop_assert_eq!(apply(TEXT, &fixes), apply(TEXT, &twice));
    }

    /// One by one from the end, each leaves the places of the others as they are.
    #[test]
    fn together_is_one_by_one_from_the_end(fixes in fixes()) {
        let mut text = TEXT.to_owned();
        for fix in disjoint(TEXT, &fixes).into_iter().rev() {
            text.replace_range(fix.span.range(), &fix.text);
        }
        prop_assert_eq!(apply(TEXT, &fixes), text);
    }

    #[test]
    fn something_is_applied_where_anything_can_be(fixes in fixes()) {
        let possible = fixes.iter().any(|fix| TEXT.get(fix.span.range()).is_some());
        prop_assert_eq!(!disjoint(TEXT, &fixes).is_empty(), possible);
        prop_assert!(!fixes.is_empty() || apply(TEXT, &fixes) == TEXT);
    }
}
