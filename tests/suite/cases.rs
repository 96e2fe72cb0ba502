//! The conformance cases: every file below `tests/cases` is a small program that shows one sentence of the language.
//!
//! A case gets exactly the diagnostics that it claims, and compiles where it claims no error; its source, what is
//! said about it and its YAML are kept together in `snapshots/cases`. A line `# file: NAME` begins another file,
//! which the first takes in by `use`.
//!
//! Most lints look at whole programs, which these are not: of W0006 and on, a case gets those of the lint alone in whose
//! folder it lies (`tests/cases/lints/NAME`), and those about silencers; it claims no others.

mod claims;

use std::path::PathBuf;

use netdsl::diag::codes::Lint;
use netdsl::diag::{Code, Diagnostic};

use crate::support::{self, Asked, Compiled, File, Place};

/// The last warning that every case gets.
const LAST_GENERAL_WARNING: &str = "W0005";

/// A case, and where it stands.
struct Case {
    /// Below `tests/cases`, with `/`, without the extension.
    name: String,
    /// Its files; the first is the program.
    files: Vec<File>,
}

#[test]
fn cases_get_what_they_claim() {
    let failures: Vec<String> = all().iter().filter_map(judge).collect();
    assert!(
        failures.is_empty(),
        "{} cases differ from their claims:\n\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn cases_keep_their_wording_and_yaml() {
    let differing: Vec<String> = all().iter().filter_map(|case| snapshot(case).err()).collect();
    assert!(differing.is_empty(), "{} cases changed:\n{}", differing.len(), differing.join("\n"));
}

#[test]
fn cases_say_what_they_show() {
    for case in all() {
        let first = case.files[0].text.lines().next().unwrap_or("").trim_start_matches('\u{feff}');
        assert!(first.starts_with("# ") && first.len() > 10, "{}: the first line says nothing", case.name);
    }
}

#[test]
fn no_snapshot_outlives_its_case() {
    let folder = support::repository("snapshots/cases");
    let names: Vec<String> = all().into_iter().map(|case| case.name).collect();
    let kept = if folder.exists() { support::files_below(&folder, "snap") } else { Vec::new() };
    let orphan = |path: &PathBuf| !names.contains(&support::relative(&path.with_extension(""), &folder));
    let orphans: Vec<_> = kept.into_iter().filter(orphan).collect();
    assert!(orphans.is_empty(), "no case has these snapshots: {orphans:?}");
}

/// Every case.
fn all() -> Vec<Case> {
    let folder = support::repository("tests/cases");
    let paths = support::files_below(&folder, "netdsl");
    assert!(paths.len() > 300, "the cases are not where they should be: {} found", paths.len());
    paths
        .into_iter()
        .map(|path| {
            let name = support::relative(&path.with_extension(""), &folder);
            let main = path.file_name().unwrap().to_str().unwrap().to_owned();
            Case { name, files: split(main, &support::read(&path)) }
        })
        .collect()
}

/// The files of a case's text.
fn split(main: String, text: &str) -> Vec<File> {
    let mut files = vec![File { path: main, text: String::new() }];
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("# file: ") {
            Some(path) => files.push(File { path: path.trim().to_owned(), text: String::new() }),
            None => files.last_mut().unwrap().text.push_str(line),
        }
    }
    files
}

fn run(case: &Case) -> Compiled {
    support::compile_files_and_keep(&case.files, Asked::First, |found| is_asked_for(case, found))
}

/// Whether a case is about what was found.
fn is_asked_for(case: &Case, found: &Diagnostic) -> bool {
    let Code::Lint(lint) = found.code else { return true };
    let entry = lint.entry();
    let folder = case.name.strip_prefix("lints/").and_then(|name| name.split('/').next());
    let in_folder = folder.is_some_and(|folder| {
        folder == entry.title || matches!(lint, Lint::UnusedSilencer | Lint::InvalidSilencer)
    });
    in_folder || entry.code <= LAST_GENERAL_WARNING
}

/// What is wrong with a case.
fn judge(case: &Case) -> Option<String> {
    let compiled = run(case);
    let claimed: Vec<_> = case.files.iter().flat_map(claims::claims).collect();
    let found: Vec<(_, &Place)> = compiled.diagnostics.iter().zip(&compiled.positions).collect();
    assert_eq!(found.len(), compiled.diagnostics.len(), "{}: every diagnostic has a place", case.name);

    let mut wrong = claims::differences(&claimed, &found);
    let refused = compiled.diagnostics.iter().any(netdsl::diag::Diagnostic::is_error);
    match (refused, &compiled.yaml) {
        (true, Some(_)) => wrong.push("something was written in spite of errors".to_owned()),
        (false, None) => wrong.push("nothing was written, and nothing says why".to_owned()),
        (true, None) | (false, Some(_)) => {}
    }
    (!wrong.is_empty()).then(|| format!("tests/cases/{}.netdsl\n  {}\n", case.name, wrong.join("\n  ")))
}

/// Compares a case with its snapshot.
fn snapshot(case: &Case) -> Result<(), String> {
    let compiled = run(case);
    let section = |title: &str, text: &str| format!("─── {title} ───\n{text}");
    let mut sections: Vec<_> = case.files.iter().map(|it| section(&it.path, &visible(&it.text))).collect();
    if !compiled.rendered.trim().is_empty() {
        sections.push(section("diagnostics", &visible(&compiled.rendered)));
    }
    sections.extend(compiled.yaml.map(|yaml| section("YAML", &yaml)));
    let (folder, name) = case.name.rsplit_once('/').unwrap();
    support::compare_with_snapshot(&format!("cases/{folder}"), name, &sections.concat())
}

/// A text in which characters that an editor would hide can be seen.
fn visible(text: &str) -> String {
    let hidden = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{feff}' | '\u{a0}');
    text.chars().fold(String::new(), |mut shown, c| {
        if hidden(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
        shown
    })
}
