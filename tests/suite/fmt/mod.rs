//! The formatter: what each statement looks like, where comments go, laws over all programs, and the command.

mod comments;
mod laws;
mod mangle;
mod statements;

use netdsl::source::Sources;

use crate::support;

/// Lays out a text that has no error.
fn format(text: &str) -> String {
    let mut sources = Sources::default();
    let id = sources.add("case.netdsl", text);
    match netdsl::fmt::format(&sources, id) {
        Ok(formatted) => formatted,
        Err(found) => panic!("{}\nin:\n{text}", support::human(&found, &sources)),
    }
}

/// The tree of a text without error: places left out, and quotes and brackets that mean nothing.
fn meaning(text: &str) -> String {
    let (tree, _) = read(text);
    crate::syntax::dump::file(&tree).replace('"', "").replace(" Square)", " None)")
}

/// The comments of a text in order, without the white space behind them.
fn comments(text: &str) -> Vec<String> {
    let (tree, sources) = read(text);
    tree.comments.iter().map(|it| sources.snippet(it.span).trim_end().to_owned()).collect()
}

fn read(text: &str) -> (netdsl::syntax::ast::File, Sources) {
    let mut sources = Sources::default();
    let id = sources.add("case.netdsl", text);
    let parsed = netdsl::syntax::parse(&sources, id);
    let found = parsed.diagnostics;
    assert!(!netdsl::diag::has_errors(&found), "{}\nin:\n{text}", support::human(&found, &sources));
    (parsed.file, sources)
}

/// What must hold for whatever is laid out; the result.
fn check(text: &str) -> String {
    let formatted = format(text);
    assert_eq!(format(&formatted), formatted, "laying out twice differs from once, for:\n{text}");
    assert_eq!(meaning(&formatted), meaning(text), "another meaning for:\n{text}\nis:\n{formatted}");
    assert_eq!(comments(&formatted), comments(text), "other comments for:\n{text}\nis:\n{formatted}");
    assert!(formatted.is_empty() || formatted.ends_with('\n') && !formatted.ends_with("\n\n"), "{formatted}");
    assert!(!formatted.starts_with('\n') && !formatted.contains("\n\n\n"), "{formatted}");
    assert!(
        !formatted.contains(" \n") && !formatted.contains(['\r', '\u{feff}']) && !formatted.contains("\n\t"),
        "{formatted}"
    );
    formatted
}

/// Compares texts and what becomes of them with `snapshots/fmt/NAME.snap`.
fn snapshot(name: &str, texts: &[&str]) {
    let section =
        |text: &&str| format!("─── before ───\n{}\n─── after ───\n{}\n", text.trim_end(), check(text));
    let content: String = texts.iter().map(section).collect();
    support::compare_with_snapshot("fmt", name, &content).unwrap();
}
