//! What holds for every text.

use super::{dump, read};
use netdsl::diag::Diagnostic;
use netdsl::source::{Source, Span};
use proptest::prelude::*;

/// Words and signs of the language, so that random texts come near to programs.
const TOKENS: [&str; 66] = [
    "allow ",
    "never ",
    "only ",
    "pods ",
    "port ",
    "label ",
    "labels ",
    "namespace ",
    "namespaces ",
    "external ",
    "network ",
    "service ",
    "override ",
    "default ",
    "deny ",
    "host-network",
    "use ",
    "test ",
    "@name(\"x\")",
    "where ",
    "except ",
    "in ",
    "notin ",
    "can reach ",
    "cannot reach ",
    "ingress ",
    "egress ",
    "anywhere",
    "cluster",
    "managed",
    "a",
    "db",
    "app",
    "=",
    "==",
    "!=",
    "!",
    ",",
    "|",
    ":",
    "/",
    "*",
    "(",
    ")",
    "[",
    "]",
    "->",
    "=>",
    "{",
    "}",
    "{\n",
    "\n}\n",
    "\n",
    "\n",
    "\r\n",
    " ",
    "# c\n",
    "## d\n",
    "\"q\"",
    "\"",
    "10.0.0.0/8",
    "::1",
    "80",
    "é→",
    "\u{0}",
    ";",
];

/// A program with every kind of statement.
const PROGRAM: &str = "use \"a\"\nlabel app = pods | x\nnamespace label t = *\nnetwork n = 10.0.0.0/8 | ::/0\n  except 10.1.0.0/16\n\
service s = k/app=x:53/udp | n:1\n## doc\nnamespace k labels t=a {\n  default deny\n  ## doc\n  @name(\"p\")\n  pods p where app in (a, b), !c {\n    \
port h = 80, \"http\"\n    host-network\n  }\n  allow ingress */app=x, y!=z | [::1] ->\n    p:h | s # c\n  never * -> p:*/tcp\n}\n\
external namespace e { pods q where app=x }\nnamespaces ts where t=* { only managed -> cluster }\ntest \"t\" {\n  k/p can reach e/q:1\n}\n";

fn check_span(source: &Source, span: Span) {
    let text = source.text();
    assert!(span.start <= span.end && span.end as usize <= text.len(), "{span:?}");
    assert!(
        text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize),
        "{span:?}"
    );
}

fn check_finding(source: &Source, found: &Diagnostic) {
    check_span(source, found.primary.span);
    found.secondary.iter().for_each(|label| check_span(source, label.span));
    found.fix.iter().for_each(|fix| check_span(source, fix.span));
    assert!(!found.message.contains("something else"), "{}", found.message);
}

/// Parses a text and checks what must hold whatever it is.
fn check(text: &str) {
    let (sources, id, parsed) = read(text);
    let source = sources.get(id);
    parsed.diagnostics.iter().for_each(|found| check_finding(source, found));
    parsed.file.comments.iter().for_each(|comment| check_span(source, comment.span));
    parsed.file.items.iter().for_each(|item| check_span(source, item.span));
    let tree = dump::file(&parsed.file);
    let errors = parsed.diagnostics.iter().any(Diagnostic::is_error);
    assert!(errors || !tree.contains("BROKEN"), "broken without a finding:\n{text}\n{tree}");
}

#[test]
fn the_program_of_these_laws_is_legal() {
    let (sources, _, parsed) = read(PROGRAM);
    assert_eq!(super::render(&sources, &parsed.diagnostics), "");
}

#[test]
fn every_prefix_of_a_program_is_read() {
    (0..PROGRAM.len()).for_each(|end| check(&PROGRAM[..end]));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_text_is_read(text in "\\PC*") {
        check(&text);
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        check(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_tokens_are_read(tokens in proptest::collection::vec(proptest::sample::select(&TOKENS[..]), 0..60)) {
        check(&tokens.concat());
    }

    #[test]
    fn any_mutation_of_a_program_is_read(at in 0..PROGRAM.len(), gone in 0..30_usize, token in proptest::sample::select(&TOKENS[..])) {
        let end = (at + gone).min(PROGRAM.len());
        check(&format!("{}{token}{}", &PROGRAM[..at], &PROGRAM[end..]));
    }

    /// A line of junk in a program is one finding, and takes nothing else with it.
    #[test]
    fn a_bad_line_hides_nothing(line in 0..PROGRAM.lines().count()) {
        let lines: Vec<&str> = PROGRAM.lines().collect();
        let text = [&lines[..line], &["frobnicate"], &lines[line..]].concat().join("\n");
        let (_, _, parsed) = read(&text);
        let before = lines.get(line.wrapping_sub(1)).copied().unwrap_or_default();
        let inside = lines[line].trim_start().starts_with("except") || before.ends_with("->");
        if !inside {
            prop_assert_eq!(parsed.diagnostics.len(), 1, "{}", text);
            let tree = dump::file(&parsed.file);
            let kept: String = tree.lines().filter(|line| line.trim() != "BROKEN").flat_map(|line| [line, "\n"]).collect();
            let whole = dump::file(&read(PROGRAM).2.file);
            // A doc comment or `@name` before the junk goes with it.
            let without = |tree: &str| tree.replace(" ## doc", "").replace(" @\"p\"", "");
            prop_assert_eq!(without(&kept), without(&whole));
        }
    }

    /// Two texts of whole lines, one behind the other, say what each says.
    #[test]
    fn whole_programs_add_up(at in 0..8_usize) {
        let tops = ["label a = *\n", "namespace n {\n allow a -> b\n}\n", "alow x\n", "never a/b -> c/d\n", "\n# c\n",
            "test \"x\" { a/b can reach c/d }\n", "label a = , b\n", "external namespace e { pods p where a=b }\n"];
        for other in tops {
            let both = format!("{}{other}", tops[at]);
            let alone = |text: &str| dump::file(&read(text).2.file);
            prop_assert_eq!(alone(&both), alone(tops[at]) + &alone(other));
            let count = |text: &str| read(text).2.diagnostics.len();
            prop_assert_eq!(count(&both), count(tops[at]) + count(other));
        }
    }
}
