//! Plain lines, and lines that nearly are, read both ways.

use proptest::prelude::*;

use super::read;
use crate::source::{FileId, Sources};
use crate::syntax::convert::Converter;
use crate::syntax::grammar::{self, Entry};

fn file() -> FileId {
    Sources::default().add("main.netdsl", "")
}

/// What the grammar makes of a line; `None` where it does not parse, or parses and is refused.
fn by_grammar(line: &str) -> Option<String> {
    let mut converter = Converter::new(file(), 7);
    let pair = grammar::parse(Entry::Statement, line).ok()?.next()?;
    let statement = converter.statement(pair);
    converter.refusals.is_empty().then(|| format!("{statement:?}"))
}

fn plainly(line: &str) -> Option<String> {
    read(file(), 7, line).map(|statement| format!("{statement:?}"))
}

#[test]
fn plain_lines_are_read_as_by_the_grammar() {
    for line in [
        "allow a -> b",
        "allow web->db:5432",
        "allow *  ->\tkasm/db : 5432 , 53/udp,*  ",
        "allow a | kasm/app=web, tier = t1 | kasm/* -> b:*/tcp | c:8000-8999",
        "allow app=web.1_B- -> a-b_C:http",
        "allow ingress-nginx -> b",
        "allow 10.0.0.0/8->1.2.3.4:80 | 1..2/x-y",
        "pods db where app=db",
        "pods db where app = db, app.kubernetes.io/name=x.y,  a.b=c ",
        "port http=80",
        "port main = 8000, 9000-9001/sctp, x, *",
    ] {
        assert!(plainly(line).is_some(), "{line}");
        assert_eq!(plainly(line), by_grammar(line), "{line}");
    }
}

#[test]
fn other_lines_are_left_to_the_grammar() {
    for line in [
        "",
        "allow",
        "allow ingress a -> b",
        "allow anywhere -> b",
        "allow managed/a -> b",
        "allow */a -> b",
        "allow fe80::1 -> b",
        "allow a:b:c -> d",
        "allow a.b -> c",
        "allow 10.0.0.0/ -> c",
        "allow a==b -> c",
        "allow a=* -> c",
        "allow a, b=c -> d",
        "allow a -> b c",
        "allow a ->\n b",
        "allow é -> b",
        "allow aé -> b",
        "allow a -> \"b\"",
        "allow a -> b # c",
        "allowa -> b",
        "pods where where a=b",
        "pods a wherever a=b",
        "pods a where a",
        "pods a where a.b/=c",
        "port a == 1",
        "port a = 1/",
    ] {
        assert_eq!(plainly(line), None, "{line}");
    }
}

/// Pieces of lines, most of them such as are read plainly.
const PIECES: &[&str] = &[
    " ",
    "\t",
    "->",
    "=",
    ",",
    ":",
    "|",
    "/",
    "*",
    "a",
    "b-c",
    "app",
    "kasm",
    "80",
    "8000-8999",
    "udp",
    "where",
    "x.y",
    "allow ",
    "pods ",
    "port ",
    "ingress ",
    "egress",
    "anywhere",
    "managed",
    "in",
    "(",
    "==",
    "!=",
    "!",
    "::",
    "-",
    ">",
    "é",
    "\"q\"",
    "#",
    "\n",
    ".",
    "A_1",
];

/// A plain line with a few pieces put into it.
fn lines() -> impl Strategy<Value = String> {
    let plain = prop::sample::select(vec![
        "allow a -> b:80",
        "allow kasm/a | b=c , d=e -> f/* : 53/udp, x",
        "allow 10.0.0.0/8 -> 1.2.3.4:80",
        "pods a where b=c, d.e/f=g",
        "port a = 80, 81/tcp",
    ]);
    let changes = prop::collection::vec((0_usize..64, prop::sample::select(PIECES)), 0..4);
    (plain, changes).prop_map(|(plain, changes)| {
        let mut line: Vec<char> = plain.chars().collect();
        for (at, piece) in changes {
            let at = at % (line.len() + 1);
            line.splice(at..(at + 1).min(line.len()), piece.chars());
        }
        line.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_line_is_read_otherwise_than_by_the_grammar(line in lines()) {
        if let Some(plain) = plainly(&line) {
            prop_assert_eq!(Some(plain), by_grammar(&line), "{}", line);
        }
    }

    #[test]
    fn nor_any_row_of_pieces(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..12)) {
        let line = pieces.concat();
        if let Some(plain) = plainly(&line) {
            prop_assert_eq!(Some(plain), by_grammar(&line), "{}", line);
        }
    }
}
