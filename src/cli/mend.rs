//! `check --fix`: applies the safe replacements until there are none left, and writes the files once.
//!
//! The rounds in between exist in memory alone, so that a file is never seen half mended.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::exit::Failure;
use super::io;
use crate::diag::{Diagnostic, render};
use crate::fix;
use crate::load::{Disk, Loaded, Root, load};

/// How often the program is checked again: replacements that undo each other end here.
const MAX_ROUNDS: usize = 16;

/// What was replaced, a line each.
pub(super) type Report = Vec<String>;

/// Mends the files of a program; `check` says what is wrong with it. Goes out: the program as it is then, what is
/// still wrong with it, and what was replaced.
pub(super) fn mend(
    roots: &[Root],
    check: impl Fn(&mut Loaded) -> Vec<Diagnostic>,
) -> Result<(Loaded, Vec<Diagnostic>, Report), Failure> {
    if roots.iter().any(|root| matches!(root, Root::Text { .. })) {
        return Err(Failure("`--fix` mends files, and one of the paths is none".to_owned()));
    }
    let mut disk = Patched { disk: io::RealDisk::new()?, texts: BTreeMap::new() };
    let mut report = Report::new();
    let mut rounds = 0..MAX_ROUNDS;
    loop {
        let mut loaded = load(roots.to_vec(), &disk)?;
        let found = check(&mut loaded);
        let replaced = if rounds.next().is_some() { disk.patch(&loaded, &found) } else { Report::new() };
        if replaced.is_empty() {
            disk.texts.iter().try_for_each(|(path, text)| io::replace(path, text.as_bytes()))?;
            return Ok((loaded, found, report));
        }
        report.extend(replaced);
    }
}

/// The file system, with some files as they will be.
struct Patched {
    disk: io::RealDisk,
    /// By path without links.
    texts: BTreeMap<Utf8PathBuf, String>,
}

impl Patched {
    /// One round; what it replaced.
    fn patch(&mut self, loaded: &Loaded, found: &[Diagnostic]) -> Report {
        let mut report = Report::new();
        for (file, fixes) in fix::safe(found) {
            let source = loaded.sources.get(file);
            // The prelude comes behind the files that were loaded.
            if let Some(path) = loaded.places.get(file.index()).and_then(|place| place.path.as_ref()) {
                let chosen = fix::disjoint(source.text(), &fixes);
                report.extend(
                    chosen.iter().map(|fix| format!("fixed {}", render::replacement(fix, &loaded.sources))),
                );
                self.texts.insert(path.clone(), fix::apply(source.text(), &fixes));
            }
        }
        report
    }
}

impl Disk for Patched {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, String> {
        let canonical = self.disk.canonical(path)?;
        match self.texts.get(&canonical) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => self.disk.read(path),
        }
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, String> {
        self.disk.canonical(path)
    }

    fn exists(&self, path: &Utf8Path) -> bool {
        self.disk.exists(path)
    }

    fn working_directory(&self) -> Utf8PathBuf {
        self.disk.working_directory()
    }
}
