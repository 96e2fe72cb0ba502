//! Small things that make a repository pleasant to read, so that nobody has to ask for them in a review.

use std::path::{Path, PathBuf};

use crate::support;

/// The most lines that a file below `src` has without its tests.
const MOST_LINES: usize = 500;

/// Files that may be longer, with their own limits.
const LONG: &[(&str, usize)] = &[
    // One flat list of types: the whole syntax tree, most of it documentation.
    ("src/syntax/ast.rs", 540),
];

/// A text of the repository and its path there, with `/`.
struct Text {
    path: String,
    text: String,
}

fn texts(folder: &str, extension: &str) -> Vec<Text> {
    let root = support::repository("");
    let paths = support::files_below(&support::repository(folder), extension);
    paths.iter().map(|path| text(&root, path)).collect()
}

fn text(root: &Path, path: &Path) -> Text {
    Text { path: support::relative(path, root), text: support::read(path) }
}

/// Everything that people write as Rust.
fn rust() -> Vec<Text> {
    let found: Vec<Text> = ["src", "tests/suite", "fuzz/src", "fuzz/fuzz_targets"]
        .into_iter()
        .flat_map(|folder| texts(folder, "rs"))
        .collect();
    assert!(found.len() > 150, "the sources are not where they should be: {}", found.len());
    found
}

/// Everything that people write as Markdown.
fn prose() -> Vec<Text> {
    let root = support::repository("");
    let is_markdown = |path: &PathBuf| path.extension().is_some_and(|it| it == "md");
    let at_the_root = support::entries(&root).into_iter().filter(is_markdown).map(|path| text(&root, &path));
    let found: Vec<Text> = at_the_root.chain(texts("docs", "md")).chain(texts("examples", "md")).collect();
    assert!(found.len() > 10, "the documents are not where they should be: {}", found.len());
    found
}

/// Everything that people write, beside cases and snapshots, whose odd bytes are their point.
fn written() -> Vec<Text> {
    let root = support::repository("");
    let named =
        ["Cargo.toml", "clippy.toml", "deny.toml", "rustfmt.toml", ".gitignore", ".ci/run", "LICENSE"];
    let files = named.iter().map(|name| text(&root, &root.join(name)));
    let programs = ["src", "examples"].into_iter().flat_map(|folder| texts(folder, "netdsl"));
    files.chain(rust()).chain(prose()).chain(programs).chain(texts("grammar", "pest")).collect()
}

/// Fails with all problems at once.
#[track_caller]
fn none(problems: impl IntoIterator<Item = String>) {
    let problems: Vec<String> = problems.into_iter().collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// The lines of some texts of which something is true, as `path:line: line`.
fn lines(texts: &[Text], wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let of = |it: &Text| -> Vec<String> {
        let numbered = it.text.lines().enumerate().filter(|(_, line)| wrong(line));
        numbered.map(|(at, line)| format!("{}:{}: {line}", it.path, at + 1)).collect()
    };
    texts.iter().flat_map(of).collect()
}

#[test]
fn files_are_short() {
    let length = |it: &Text| it.text.lines().take_while(|line| *line != "#[cfg(test)]").count();
    let limit =
        |it: &Text| LONG.iter().find(|(path, _)| *path == it.path).map_or(MOST_LINES, |(_, most)| *most);
    let sources = texts("src", "rs");
    let long = sources.iter().filter(|it| length(it) > limit(it));
    none(long.map(|it| format!("{} has {} lines", it.path, length(it))));
}

#[test]
fn modules_say_what_they_are_for() {
    let silent = rust().into_iter().filter(|it| !it.text.starts_with("//! "));
    none(silent.map(|it| format!("{} does not begin with `//!`", it.path)));
}

#[test]
fn nothing_is_left_for_later() {
    let markers = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("to", "do!(")];
    let more = [concat!("unimple", "mented!("), concat!("dbg", "!(")];
    none(lines(&written(), |line| markers.iter().chain(&more).any(|marker| line.contains(marker))));
}

#[test]
fn lines_end_where_their_text_ends() {
    none(lines(&written(), |line| line.ends_with([' ', '\t', '\r'])));
}

#[test]
fn files_end_in_one_line_end() {
    let wrong = |it: &Text| !it.text.ends_with('\n') || it.text.ends_with("\n\n");
    none(written().into_iter().filter(wrong).map(|it| it.path));
}

#[test]
fn no_document_knows_the_machine_it_was_written_on() {
    let folders = ["/work/", "/tmp/", "/home/", "/root/"];
    let names_one = |line: &str| folders.iter().any(|folder| line.contains(folder));
    none(lines(&prose(), names_one));
    none(lines(&texts("src", "rs"), |line| line.trim_start().starts_with("//") && names_one(line)));
}

#[test]
fn links_lead_somewhere() {
    let mut problems = Vec::new();
    for document in prose() {
        let folder = support::repository(&document.path).parent().unwrap().to_owned();
        for target in links(&document.text) {
            let file = target.split('#').next().unwrap();
            if !target.contains("://") && !file.is_empty() && !folder.join(file).exists() {
                problems.push(format!("{} links to {target}", document.path));
            }
        }
    }
    none(problems);
}

/// The targets of the links of a Markdown text.
fn links(text: &str) -> Vec<&str> {
    let behind = text.split("](").skip(1);
    behind
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target)
        .filter(|it| !it.contains(' '))
        .collect()
}

#[test]
fn the_readme_shows_every_example_and_document() {
    let readme = support::read(&support::repository("README.md"));
    let folders = support::entries(&support::repository("examples")).into_iter().filter(|path| path.is_dir());
    let documents = support::files_below(&support::repository("docs"), "md");
    let root = support::repository("");
    let missing = folders.chain(documents).map(|path| support::relative(&path, &root));
    none(missing.filter(|path| !links(&readme).contains(&path.as_str())));
}

#[test]
fn the_changelog_knows_the_version() {
    let manifest = support::read(&support::repository("Cargo.toml"));
    let version = manifest.split("version = \"").nth(1).unwrap().split('"').next().unwrap();
    let changelog = support::read(&support::repository("CHANGELOG.md"));
    let headings: Vec<&str> = changelog.lines().filter(|line| line.starts_with("## ")).collect();
    let is_known = |heading: &&&str| heading.starts_with("## Unreleased") || heading.contains(version);
    assert!(headings.iter().any(|heading| is_known(&heading)), "{version} is not among {headings:?}");
}

#[test]
fn switches_of_the_tests_are_documented() {
    let architecture = support::read(&support::repository("ARCHITECTURE.md"));
    let rust = rust();
    let is_part = |next: &char| next.is_ascii_uppercase() || *next == '_';
    let name = |rest: &str| format!("NETDSL_{}", rest.chars().take_while(is_part).collect::<String>());
    let used = rust.iter().flat_map(|it| it.text.split(concat!("\"NETD", "SL_")).skip(1)).map(name);
    none(used.filter(|name| !architecture.contains(name.as_str())));
}
