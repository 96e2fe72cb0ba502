//! Kubernetes' own end-to-end scenarios, well-known recipes and official examples as programs of the language.
//!
//! Each file of `tests/scenarios/e2e` is one scenario: its first line cites the title in Kubernetes' suite
//! (`test/e2e/network/netpol`), `#|` lines hold the truth table. The written YAML is asked by the oracle about every
//! cell, and the compiler proves the table too. Each file of `recipes` and `website` means what the policy does that
//! it transcribes; these policies stay outside, and are read where they are.

mod e2e;
mod originals;
mod table;

use std::path::{Path, PathBuf};

use crate::support::{self, Compiled};

/// The programs of a folder below `tests/scenarios`.
fn programs(folder: &str) -> Vec<PathBuf> {
    support::files_below(&support::repository("tests/scenarios").join(folder), "netdsl")
}

/// All programs.
pub(crate) fn all() -> Vec<PathBuf> {
    ["e2e", "recipes", "website"].into_iter().flat_map(programs).collect()
}

/// The name of a program.
fn name(path: &Path) -> &str {
    path.file_stem().unwrap().to_str().unwrap()
}

/// A program that has no errors.
fn compiled(text: &str, path: &Path) -> Compiled {
    let compiled = support::compile(text, name(path));
    assert!(compiled.yaml.is_some(), "{}:\n{}", path.display(), compiled.rendered);
    compiled
}
