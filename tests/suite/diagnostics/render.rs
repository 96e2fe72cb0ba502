//! Every format by snapshot, and what must hold for any input: no terminal codes from sources, no whole
//! megabytes of a line, right columns, fingerprints that stay.

use std::collections::BTreeSet;

use netdsl::diag::codes::{Labels, Lint, Names, Syntax};
use netdsl::diag::render::{Colour, Format, Options, render};
use netdsl::diag::{Diagnostic, Safety};
use netdsl::source::{FileId, Sources, Span};
use serde_json::Value;

const SHOP: &str = "\
namespace shop {
  pods db where app=db { port sql = 5432 }
}
label tier = application | database

namespace web {
  allow app=web, tier=aplication -> shop/db
  allow app=web
    -> shop/db
}
";

fn show(format: Format, diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let options = Options { colour: Colour::Plain, consequence: "nothing was written" };
    show_with(format, diagnostics, sources, options)
}

fn show_with(format: Format, diagnostics: &[Diagnostic], sources: &Sources, options: Options) -> String {
    let mut out = Vec::new();
    render(format, diagnostics, sources, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/diagnostics");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn find(sources: &Sources, file: FileId, text: &str) -> Span {
    let start = sources.get(file).text().find(text).unwrap();
    Span::new(file, start, start + text.len())
}

/// An error with everything that a finding can have, a warning, one over two lines, and one in another file.
fn shop() -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let shop = sources.add("shop.netdsl", SHOP);
    let other = sources.add("teams/a, b: 100%.netdsl", "use \"gone.netdsl\"\n");
    let word = find(&sources, shop, "aplication");
    let rule = find(&sources, shop, "app=web\n    -> shop/db");
    let diagnostics = vec![
        Diagnostic::new(Lint::RuleWithoutEffect, find(&sources, shop, "port sql"), "this says nothing", ""),
        Diagnostic::new(
            Labels::UnknownValue,
            word,
            "`tier=aplication` is not a value of label `tier`",
            "no pod can carry this, so the rule would allow nothing",
        )
        .with_label(find(&sources, shop, "application | database"), "its values are declared here")
        .with_note("closed labels list all their values")
        .with_help("did you mean `application`?")
        .with_fix(word, "application", Safety::Suggestion),
        Diagnostic::new(Names::NoNamespace, rule, "two lines", "of one statement").with_fix(
            rule.after(),
            ":5432",
            Safety::Safe,
        ),
        Diagnostic::new(
            Names::UseMissing,
            find(&sources, other, "\"gone.netdsl\""),
            "`gone.netdsl` is not there",
            "100% of it, with\nanother line",
        )
        .with_label(find(&sources, shop, "shop"), "in another file"),
    ];
    (sources, diagnostics)
}

#[test]
fn every_format() {
    let (sources, diagnostics) = shop();
    for (name, format) in [
        ("human", Format::Human),
        ("short", Format::Short),
        ("json", Format::Json),
        ("sarif", Format::Sarif),
        ("github", Format::Github),
        ("gitlab", Format::Gitlab),
    ] {
        let text = show(format, &diagnostics, &sources);
        let text = match format {
            Format::Json => text.lines().map(pretty).collect::<Vec<_>>().join("\n"),
            Format::Sarif | Format::Gitlab => pretty(&text),
            Format::Human | Format::Short | Format::Github => text,
        };
        snapshot(name, &text.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    }
}

fn pretty(json: &str) -> String {
    let value: Value = serde_json::from_str(json).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

#[test]
fn nothing_found() {
    let sources = Sources::default();
    assert_eq!(show(Format::Human, &[], &sources), "");
    assert_eq!(show(Format::Short, &[], &sources), "");
    assert_eq!(show(Format::Json, &[], &sources), "");
    assert_eq!(show(Format::Github, &[], &sources), "");
    assert_eq!(show(Format::Gitlab, &[], &sources), "[]\n");
    let sarif: Value = serde_json::from_str(&show(Format::Sarif, &[], &sources)).unwrap();
    assert_eq!(sarif["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn colours() {
    let (sources, diagnostics) = shop();
    let options = Options { colour: Colour::Ansi, consequence: "nothing was written" };
    let painted = show_with(Format::Human, &diagnostics[1..2], &sources, options);
    assert!(painted.contains('\u{1b}'), "{painted}");
    let plain = show(Format::Human, &diagnostics[1..2], &sources);
    assert_eq!(without_escapes(&painted), plain, "colours add escapes and nothing else");
}

fn without_escapes(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |all, part| all + part.split_once('m').unwrap().1)
}

/// A text, the piece of it that is marked, and how that is shown.
fn marked(text: &str, piece: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("a.netdsl", text);
    let span = find(&sources, file, piece);
    let found = Diagnostic::new(Syntax::UnexpectedText, span, "the message", "the consequence");
    show(Format::Human, &[found], &sources)
}

#[test]
fn awkward_texts() {
    let cases = [
        ("tabs", "\tallow\ta -> b\n", "a -> b"),
        ("wide characters", "# 数据库 é e\u{301} 👍 then\n", "then"),
        ("a wide character marked", "# 数据库 then\n", "据"),
        ("CRLF", "allow a -> b\r\nallow c -> d\r\n", "c -> d"),
        ("CRLF at the end", "allow a ->\r\n", "->\r\n"),
        ("terminal escapes", "allow \u{1b}[31mred\u{7} \u{202e}dlrow\u{7f}\n", "red"),
        ("the first character", "x", "x"),
        ("with its line end", "allow a\nb\n", "a\n"),
        ("many lines", &"line\n".repeat(40), &"line\n".repeat(30)),
        ("five lines", "a\nb\nc\nd\ne\n", "b\nc\nd\ne\n"),
    ];
    let shown = cases.map(|(name, text, piece)| format!("--- {name}\n{}", marked(text, piece)));
    snapshot("awkward-texts", &shown.join("\n"));
}

#[test]
fn ends_and_empty_texts() {
    let mut sources = Sources::default();
    let empty = sources.add("empty.netdsl", "");
    let ended = sources.add("ended.netdsl", "namespace a {\n");
    let open = sources.add("open.netdsl", "namespace a {");
    let at =
        |file, offset| Diagnostic::new(Syntax::MissingBrace, Span::new(file, offset, offset), "no `}`", "");
    let found = [at(empty, 0), at(ended, 14), at(open, 13)];
    let formats = [Format::Human, Format::Short, Format::Github];
    let text = formats.map(|format| show(format, &found, &sources)).join("\n");
    snapshot("ends-and-empty-texts", &text);
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let before = "é".repeat(5_000_000);
    let text = format!("first {before} wrong {before} declared {before}\nnext\n");
    let mut sources = Sources::default();
    let file = sources.add("long.netdsl", text);
    let found =
        Diagnostic::new(Syntax::UnexpectedText, find(&sources, file, "wrong"), "message", "consequence")
            .with_label(find(&sources, file, "declared"), "too far away to be shown")
            .with_label(find(&sources, file, "next"), "near");
    for format in [Format::Human, Format::Json, Format::Sarif, Format::Gitlab, Format::Github] {
        let text = show(format, std::slice::from_ref(&found), &sources);
        assert!(text.len() < 8000, "{format:?} writes {} bytes", text.len());
    }
    snapshot("long-line", &show(Format::Human, &[found], &sources));
}

#[test]
fn many_findings_in_one_long_line_take_linear_time() {
    let mut sources = Sources::default();
    let file = sources.add("long.netdsl", "é ".repeat(1_000_000));
    let found =
        |n: usize| Diagnostic::new(Syntax::UnexpectedText, Span::new(file, 300 * n, 300 * n + 2), "m", "c");
    let all: Vec<_> = (0..10_000).map(found).collect();
    // A renderer that counts from the start of the line for each finding looks at 15 GB here, and does not end
    // while anybody waits.
    let short = show(Format::Short, &all, &sources);
    assert!(short.ends_with("long.netdsl:1:1999801: error[E0101]: m\n"), "{}", &short[short.len() - 80..]);
    for format in [Format::Human, Format::Json, Format::Sarif, Format::Gitlab, Format::Github] {
        assert!(show(format, &all, &sources).len() < 2_000 * all.len());
    }
}

#[test]
fn the_replacement_is_said_once() {
    let mut sources = Sources::default();
    let file = sources.add("a.netdsl", "allow a == b\n");
    let span = Span::new(file, 8, 10);
    let found =
        || Diagnostic::new(Labels::KubectlNotation, span, "message", "").with_fix(span, "=", Safety::Safe);
    let unsaid = show(Format::Human, &[found()], &sources);
    assert!(unsaid.contains("= help: write `=` instead of `==`"), "{unsaid}");
    let said = show(Format::Human, &[found().with_help("netdsl writes `=`")], &sources);
    assert_eq!(said.matches("help:").count(), 1, "{said}");
}

#[test]
fn fingerprints_stay_when_lines_move_and_never_repeat() {
    let fingerprints = |text: &str, format: Format| -> Vec<String> {
        let mut sources = Sources::default();
        let file = sources.add("a.netdsl", text);
        let found: Vec<_> = text
            .match_indices("bad")
            .map(|(at, _)| Diagnostic::new(Syntax::UnexpectedText, Span::new(file, at, at + 3), "m", "c"))
            .collect();
        let log: Value = serde_json::from_str(&show(format, &found, &sources)).unwrap();
        let (list, pointer) = if format == Format::Gitlab {
            (log, "/fingerprint")
        } else {
            (log["runs"][0]["results"].clone(), "/partialFingerprints/netdslLine~1v1")
        };
        let name = |it: &Value| it.pointer(pointer).unwrap().as_str().unwrap().to_owned();
        list.as_array().unwrap().iter().map(name).collect()
    };
    for format in [Format::Gitlab, Format::Sarif] {
        let before = fingerprints("bad one\nbad bad two\nbad one\n", format);
        let after = fingerprints("# a comment\n\n  bad one\nbad bad two\n\nbad one\n", format);
        assert_eq!(before, after);
        assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), 4);
    }
}

#[test]
fn sarif_has_what_the_standard_requires() {
    let (sources, diagnostics) = shop();
    let text = show(Format::Sarif, &diagnostics, &sources);
    let typed: serde_sarif::sarif::Sarif = serde_json::from_str(&text).unwrap();
    let run = &typed.runs[0];
    let rules = run.tool.driver.rules.as_ref().unwrap();
    let results = run.results.as_ref().unwrap();
    assert_eq!(results.len(), diagnostics.len());
    for result in results {
        let index = usize::try_from(result.rule_index.unwrap()).unwrap();
        assert_eq!(Some(&rules[index].id), result.rule_id.as_ref());
        let place = result.locations.as_ref().unwrap()[0].physical_location.as_ref().unwrap();
        assert!(place.region.as_ref().unwrap().start_line.unwrap() >= 1);
        let uri = place.artifact_location.as_ref().unwrap().uri.as_ref().unwrap();
        assert!(!uri.contains([' ', ':', '%']) || uri.contains("%20"), "{uri}");
    }
    assert!(rules.iter().all(|rule| !rule.help.as_ref().unwrap().text.is_empty()));
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["version"], "2.1.0");
    assert!(value["$schema"].as_str().unwrap().contains("sarif"));
}

#[test]
fn a_hostile_file_name_does_not_reach_the_terminal() {
    let mut sources = Sources::default();
    let file = sources.add("a\u{1b}[2J\n::error::b.netdsl", "x\n");
    let found = [Diagnostic::new(Syntax::UnexpectedText, Span::new(file, 0, 1), "bad \u{1b}[1m", "\u{7}")];
    for format in [Format::Human, Format::Short, Format::Github] {
        let text = show(format, &found, &sources);
        assert!(!text.contains(['\u{1b}', '\u{7}']), "{format:?}: {text:?}");
        assert!(!text.lines().any(|line| line.starts_with("::error::b")), "{format:?}: {text:?}");
    }
}
