//! Data from elsewhere that is no part of the project: where it lies, and what to do without it.

use std::path::PathBuf;

/// The folder of a corpus; `None`, said aloud, where it is missing and nothing demands it.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let root = match std::env::var_os("NETDSL_CORPUS") {
        Some(path) => PathBuf::from(path),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus"),
    };
    let folder = root.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    let required = std::env::var_os("NETDSL_REQUIRE_CORPUS").is_some_and(|value| value == "1");
    assert!(!required, "the corpus is required and {} is missing", folder.display());
    eprintln!("SKIPPED: {} is missing", folder.display());
    None
}

/// The files below a folder whose names end so, sorted.
pub(crate) fn files(folder: &std::path::Path, endings: &[&str]) -> Vec<PathBuf> {
    let wanted = |path: &PathBuf| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending));
    let entries = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<PathBuf> = entries.filter(wanted).collect();
    all.sort();
    all
}

/// The text of a file.
#[expect(clippy::disallowed_methods, reason = "tests read their data themselves")]
pub(crate) fn text(path: &std::path::Path) -> String {
    std::fs::read_to_string(path).unwrap()
}
