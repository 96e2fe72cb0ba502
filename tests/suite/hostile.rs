//! Broken, mutated and hostile programs: every one is refused or compiled, none breaks the compiler, and none makes
//! it write what it cannot prove.

use netdsl::diag::codes::Output;
use netdsl::diag::{self, Code};
use proptest::prelude::*;

use crate::generate;
use crate::support;

/// Pieces that turn up where they do not belong.
const PIECES: [&str; 40] = [
    "allow",
    "never",
    "only",
    "->",
    "|",
    ",",
    ":",
    "=",
    "!=",
    "!",
    "*",
    "/",
    "(",
    ")",
    "{",
    "}",
    "\n",
    "\"",
    "# x\n",
    "## d\n",
    "in (a, b)",
    "notin (web)",
    "except",
    "where",
    "pods",
    "namespace",
    "external",
    "default deny",
    "host-network",
    "10.0.0.0/8",
    "[::/0]",
    "0.0.0.0/0",
    ":53/udp",
    ":8000-8999",
    "\"http\"",
    "managed",
    "cluster",
    "anywhere",
    "é",
    "\t",
];

/// Puts pieces into a text, or takes as much away, at char boundaries.
fn mutate(text: &str, edits: &[(prop::sample::Index, usize, bool)]) -> String {
    let mut text = text.to_owned();
    for (at, piece, insert) in edits {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let Some(at) = places.get(at.index(places.len().max(1))).copied() else { continue };
        if *insert {
            text.insert_str(at, PIECES[*piece]);
        } else {
            let gone: usize = text[at..].chars().take(*piece).map(char::len_utf8).sum();
            text.replace_range(at..at + gone, "");
        }
    }
    text
}

/// What a sound compiler never says: that its own output is wrong.
fn blames_itself(code: Code) -> bool {
    [Output::ProofFailed, Output::ProofBudget].into_iter().any(|own| Code::from(own) == code)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_programs_are_refused_or_proved(
        program in generate::programs(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..PIECES.len(), any::<bool>()), 0..6),
    ) {
        let text = mutate(&program.text(), &edits);
        let compiled = support::compile(&text, "it.netdsl");
        let own: Vec<_> = compiled.diagnostics.iter().filter(|it| blames_itself(it.code)).collect();
        prop_assert!(own.is_empty(), "{}\n{text}", compiled.rendered);
        prop_assert_eq!(compiled.yaml.is_none(), diag::has_errors(&compiled.diagnostics));
    }
}
