//! Which files a run has: what was asked for, and what that uses, and so on.
//!
//! A file is known by its path without links, so each is read once however it is spelled, and a cycle ends. The
//! files come out in the order of these paths.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::decode::{Text, decode};
use super::{Disk, Place, Root, Unreadable};
use crate::source::Sources;
use crate::syntax::{self, ast::ItemKind};

/// A file of the run.
pub(super) struct Entry {
    /// How messages call it.
    pub(super) name: Utf8PathBuf,
    /// Where it lies.
    pub(super) place: Place,
    /// Its text.
    pub(super) text: Text,
    /// The paths of its `use`s that lead nowhere.
    pub(super) uses: BTreeMap<String, Problem>,
}

/// Why a `use` leads nowhere.
pub(super) enum Problem {
    /// There is no such file, or it cannot be read, for this reason.
    Missing(String),
    /// It lies outside of this folder.
    Outside(Utf8PathBuf),
}

/// What tells files apart, and orders them: texts that are no files first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    /// A text that is no file, by its name.
    Text(Utf8PathBuf),
    /// A file, by its path without links.
    File(Utf8PathBuf),
}

/// The files that are known so far.
struct Closure<'a> {
    disk: &'a mut dyn Disk,
    entries: BTreeMap<Identity, Entry>,
    /// Those whose `use`s were not followed yet.
    pending: BTreeSet<Identity>,
    /// The root of each folder.
    roots: BTreeMap<Utf8PathBuf, Utf8PathBuf>,
}

/// All files of a run, in order.
pub(super) fn closure(roots: Vec<Root>, disk: &mut dyn Disk) -> Result<Vec<Entry>, Unreadable> {
    let mut closure =
        Closure { disk, entries: BTreeMap::new(), pending: BTreeSet::new(), roots: BTreeMap::new() };
    for root in roots {
        closure.add_root(root)?;
    }
    while let Some(next) = closure.pending.pop_first() {
        closure.follow(&next);
    }
    Ok(closure.entries.into_values().collect())
}

impl Closure<'_> {
    /// Reads what was asked for. Of several spellings of one path, messages show the least.
    fn add_root(&mut self, root: Root) -> Result<(), Unreadable> {
        let (identity, name, bytes) = match root {
            Root::Text { name, bytes } => (Identity::Text(name.clone()), name, bytes),
            Root::File(path) => {
                let unreadable = |reason| Unreadable { path: path.clone(), reason };
                let canonical = self.disk.canonical(&path).map_err(unreadable)?;
                let identity = Identity::File(canonical);
                if let Some(entry) = self.entries.get_mut(&identity) {
                    entry.name = path.min(entry.name.clone());
                    return Ok(());
                }
                let bytes = self.disk.read(&path).map_err(unreadable)?;
                (identity, path, bytes)
            }
        };
        self.insert(identity, name, bytes);
        Ok(())
    }

    fn insert(&mut self, identity: Identity, name: Utf8PathBuf, bytes: Vec<u8>) {
        let place = self.place(&identity);
        let entry = Entry { name, place, text: decode(bytes), uses: BTreeMap::new() };
        self.pending.insert(identity.clone());
        self.entries.insert(identity, entry);
    }

    fn place(&mut self, identity: &Identity) -> Place {
        match identity {
            Identity::Text(_) => {
                let root = self.root_of(&self.disk.working_directory());
                Place { name: "-".to_owned(), path: None, root }
            }
            Identity::File(path) => {
                let root = self.root_of(path.parent().unwrap_or(path));
                Place { name: relative(path, &root), path: Some(path.clone()), root }
            }
        }
    }

    /// Takes in what a file uses.
    fn follow(&mut self, using: &Identity) {
        let entry = &self.entries[using];
        let paths = used_paths(&entry.name, &entry.text.content);
        let shown_folder = entry.name.parent().map(Utf8Path::to_owned).unwrap_or_default();
        let folder = match using {
            Identity::Text(_) => self.disk.working_directory(),
            Identity::File(path) => path.parent().map(Utf8Path::to_owned).unwrap_or_default(),
        };
        let mut problems = BTreeMap::new();
        for path in paths {
            let name = normalised(&shown_folder.join(&path));
            if let Err(problem) = self.take_in(&folder, &path, name) {
                problems.insert(path, problem);
            }
        }
        self.entries.get_mut(using).expect("entries are never removed").uses = problems;
    }

    /// Takes in one used file. It is looked at only where its path, as written, stays inside the root.
    fn take_in(&mut self, folder: &Utf8Path, path: &str, name: Utf8PathBuf) -> Result<(), Problem> {
        let root = self.root_of(folder);
        let written = folder.join(path);
        if !normalised(&written).starts_with(&root) {
            return Err(Problem::Outside(root));
        }
        let canonical = self.disk.canonical(&written).map_err(Problem::Missing)?;
        if !canonical.starts_with(&root) {
            return Err(Problem::Outside(root));
        }
        let identity = Identity::File(canonical.clone());
        if !self.entries.contains_key(&identity) {
            let bytes = self.disk.read(&canonical).map_err(Problem::Missing)?;
            self.insert(identity, name, bytes);
        }
        Ok(())
    }

    /// The nearest folder at or above this one that holds `.git` or `netdsl.toml`, else the working directory.
    fn root_of(&mut self, folder: &Utf8Path) -> Utf8PathBuf {
        if let Some(root) = self.roots.get(folder) {
            return root.clone();
        }
        let marked = folder.ancestors().find(|folder| {
            self.disk.exists(&folder.join(".git")) || self.disk.exists(&folder.join("netdsl.toml"))
        });
        let root = marked.map_or_else(|| self.disk.working_directory(), Utf8Path::to_owned);
        self.roots.insert(folder.to_owned(), root.clone());
        root
    }
}

/// A path as seen from a folder, with `/` on every system. Both are absolute and without links.
fn relative(path: &Utf8Path, folder: &Utf8Path) -> String {
    let shared = folder.ancestors().find(|ancestor| path.starts_with(ancestor)).unwrap_or(folder);
    let up = folder.strip_prefix(shared).map_or(0, |rest| rest.components().count());
    let down = path.strip_prefix(shared).unwrap_or(path);
    std::iter::repeat_n("..", up)
        .chain(down.components().map(|part| part.as_str()))
        .collect::<Vec<_>>()
        .join("/")
}

/// The paths behind `use`, as written. Most files have none, and are not parsed for it: ids follow the order of
/// the files, which is known only when all are.
fn used_paths(name: &Utf8Path, text: &str) -> BTreeSet<String> {
    let may_use = |line: &str| line.trim_start_matches(['\u{feff}', ' ', '\t']).starts_with("use");
    if !text.lines().any(may_use) {
        return BTreeSet::new();
    }
    let mut sources = Sources::default();
    let id = sources.add(name, text);
    let parsed = syntax::parse(&sources, id);
    let used = parsed.file.items.into_iter().filter_map(|item| match item.kind {
        ItemKind::Use(word) => Some(word.text.to_string()),
        ItemKind::Label(_)
        | ItemKind::Namespace(_)
        | ItemKind::NamespaceSet(_)
        | ItemKind::Network(_)
        | ItemKind::Service(_)
        | ItemKind::Member(_) => None,
    });
    used.collect()
}

/// The path without `.` and, as far as the text tells, without `..`.
fn normalised(path: &Utf8Path) -> Utf8PathBuf {
    let mut parts: Vec<Utf8Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Utf8Component::CurDir, _) | (Utf8Component::ParentDir, Some(Utf8Component::RootDir)) => {}
            (Utf8Component::ParentDir, Some(Utf8Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.into_iter().collect()
}
