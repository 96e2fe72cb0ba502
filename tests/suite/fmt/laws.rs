//! What holds for every program: laying out changes no word, no comment and no byte of the output, and does it once.

use proptest::prelude::{ProptestConfig, Strategy, proptest};
use proptest::{prop_assert, prop_assert_eq};

use super::mangle::{Comments, mangled, messes};
use super::{check, comments, format, meaning};
use crate::generate::programs;
use crate::support;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() }
}

/// Words of which some need their quotes.
fn words() -> impl Strategy<Value = String> {
    let some = "pods|label|where|except|in|notin|can|cannot|anywhere|cluster|managed|ingress|egress|allow|reach|labels|10|fd00";
    let any = "[-a-zA-Z0-9_./:*|,(){} ]{0,8}";
    proptest::prop_oneof![
        proptest::string::string_regex(some).unwrap(),
        proptest::string::string_regex(any).unwrap()
    ]
}

/// What hits a text.
const PIECES: [&str; 24] = [
    "",
    "",
    " ",
    "\n",
    "\r\n",
    "\t",
    "#",
    "# c\n",
    "## d\n",
    "\n\n\n",
    "|",
    ",",
    "->",
    "=",
    "(",
    ")",
    "{}",
    "\"\"",
    "\"",
    "[",
    "]",
    " # c\n  | ",
    " except ",
    "!",
];

fn can_be_read(text: &str) -> bool {
    let mut sources = netdsl::source::Sources::default();
    let id = sources.add("case.netdsl", text);
    netdsl::fmt::format(&sources, id).is_ok()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn programs_keep_meaning_and_comments(program in programs(), mess in messes(Comments::Added)) {
        let text = mangled(&program.text(), &mess);
        prop_assert_eq!(meaning(&text), meaning(&program.text()), "{}", text);
        check(&text);
    }

    #[test]
    fn programs_keep_their_yaml(program in programs(), mess in messes(Comments::Added)) {
        let formatted = format(&mangled(&program.text(), &mess));
        let (before, after) = (support::compile(&program.text(), "a.netdsl"), support::compile(&formatted, "a.netdsl"));
        prop_assert!(before.yaml.is_some());
        prop_assert_eq!(before.yaml, after.yaml);
    }

    #[test]
    fn white_space_and_continuations_do_not_matter(program in programs(), mess in messes(Comments::None)) {
        prop_assert_eq!(format(&mangled(&program.text(), &mess)), format(&program.text()));
    }

    /// Whatever is left of a case after a hit in it, if it can still be read.
    #[test]
    fn damaged_texts_keep_what_is_left(which in 0..400_usize, at in 0..2000_usize, gone in 0..12_usize, put in proptest::sample::select(&PIECES[..])) {
        let cases = support::files_below(&support::repository("tests/cases"), "netdsl");
        let text = support::read(&cases[which % cases.len()]);
        let at = text.floor_char_boundary(at % (text.len() + 1));
        let end = text.floor_char_boundary((at + gone).min(text.len())).max(at);
        let damaged = format!("{}{put}{}", &text[..at], &text[end..]);
        if can_be_read(&damaged) {
            check(&damaged);
        }
    }

    /// A word in quotes, wherever one may stand, keeps them where they matter.
    #[test]
    fn quotes_go_where_they_mean_nothing(a in words(), b in words(), c in words()) {
        check(&format!(
            "label \"{a}\" = \"{b}\" | \"{c}\"\n\
             network \"{a}\" = \"{b}\" | \"{c}\" except \"{a}\"\n\
             service \"{a}\" = \"{b}\":\"{c}\" | \"{c}\"/\"{a}\":1\n\
             namespaces \"{b}\" where \"{a}\" in (\"{b}\", \"{c}\"), !\"{c}\", \"{b}\"=*\n\
             external namespace \"{a}\" labels \"{b}\"=\"{c}\", !\"{c}\"\n\
             namespace \"{a}\" {{\n\
               @name(\"{c}\")\n\
               pods \"{a}\" where \"{b}\"=\"{c}\" {{\n\
                 port \"{a}\" = \"{b}\", \"{c}\"/udp\n\
               }}\n\
               allow \"{a}\" -> \"{b}\":\"{c}\"\n\
               allow ingress \"{a}\" | \"{b}\"/\"{c}\" -> \"{b}\"\n\
               allow egress \"{a}\"=\"{b}\", \"{c}\"!=\"{a}\" -> \"{c}\" notin (\"{a}\")\n\
               allow \"{c}\"/\"{a}\"=\"{b}\" -> \"{c}\"/* | managed/\"{a}\"=*:\"{b}\"\n\
               never \"{a}\" != \"{b}\" -> \"{c}\"\n\
             }}\n\
             test \"{a}\" {{\n\
               \"{a}\" can reach \"{b}\"\n\
               \"{b}\"/\"{c}\" | \"{a}\" cannot reach \"{c}\":\"{b}\"\n\
             }}\n"
        ));
    }
}

/// Every case and example that can be read.
#[test]
fn cases_keep_meaning_and_comments() {
    let mut seen = 0;
    for path in support::files_below(&support::repository("tests/cases"), "netdsl") {
        let text = support::read(&path);
        if can_be_read(&text) {
            check(&text);
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen} cases can be read");
}

#[test]
fn examples_and_the_prelude_are_laid_out() {
    let examples = support::files_below(&support::repository("examples"), "netdsl");
    assert!(examples.len() >= 5);
    let texts = examples.iter().map(|path| support::read(path)).chain([netdsl::check::PRELUDE.to_owned()]);
    for text in texts {
        assert_eq!(check(&text), text);
    }
}

#[test]
fn what_cannot_be_read_is_refused() {
    for text in ["alow a -> b\n", "namespace n {\n", "label a = \"x\n", "namespace n {\n  label a = b\n}\n"] {
        assert!(!can_be_read(text), "{text}");
    }
}

/// Time is linear: these take minutes where it is not.
#[test]
fn long_texts_are_laid_out_at_once() {
    let lines = "  allow a, # c\n    # d\n    b=c -> d:1, # e\n    2 # f\n  # g\n".repeat(20_000);
    let one = format!("label a = {}\n", vec!["b # c\n"; 20_000].join("| "));
    let wide = format!("label a = {}\n", vec!["b"; 50_000].join(" | "));
    let comments_alone = "# c\n\n\n".repeat(50_000);
    for text in
        [format!("namespace n {{\n{lines}}}\n").replace("allow a,", "allow a=*,"), one, wide, comments_alone]
    {
        let formatted = format(&text);
        assert_eq!(comments(&formatted).len(), comments(&text).len());
    }
}
