//! Which files a run has: what was asked for, and what that uses, and so on.
//!
//! A file is known by its path without links, so each is read once however it is spelled, and a cycle ends. The
//! files come out in the order of these paths.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::decode::{Text, decode};
use super::{Disk, Place, Root, Unreadable};
use crate::parallel;
use crate::source::{Source, Sources};
use crate::syntax::{self, ast::ItemKind};

/// About how much work it is to read a file, in statements.
const STATEMENTS_OF_A_FILE: usize = 16;

/// A file of the run.
pub(super) struct Entry {
    /// Where it lies.
    pub(super) place: Place,
    /// Its text.
    pub(super) text: Text,
    /// The paths of its `use`s that lead nowhere.
    pub(super) problems: BTreeMap<String, Problem>,
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
    Text(String),
    /// A file, by its path without links, in which a sign that no name holds stands between the parts: so it
    /// compares as the path does, and that costs less.
    File(String),
}

impl Identity {
    fn of_file(canonical: &Utf8Path) -> Self {
        Self::File(canonical.as_str().replace(std::path::MAIN_SEPARATOR, "\0"))
    }
}

/// What was asked for, before it is read.
struct Asked {
    identity: Identity,
    /// How messages call it: of several spellings of one path the least.
    name: Utf8PathBuf,
    from: From,
}

/// Where a text comes from.
enum From {
    /// It is here.
    Bytes(Vec<u8>),
    /// It is a file.
    File {
        /// As it was asked for.
        asked: Utf8PathBuf,
        /// Without links.
        canonical: Utf8PathBuf,
    },
}

/// A text that was read.
struct Taken {
    identity: Identity,
    canonical: Option<Utf8PathBuf>,
    text: Text,
    /// The paths behind its `use`s.
    uses: BTreeSet<String>,
}

/// The files that are known so far.
struct Closure<'a> {
    disk: &'a dyn Disk,
    entries: BTreeMap<Identity, Entry>,
    /// Those whose `use`s were not followed yet.
    pending: BTreeMap<Identity, BTreeSet<String>>,
    /// The root of each folder.
    roots: BTreeMap<String, Utf8PathBuf>,
}

/// All files of a run, in order.
pub(super) fn closure(roots: Vec<Root>, disk: &dyn Disk) -> Result<Vec<Entry>, Unreadable> {
    let mut closure =
        Closure { disk, entries: BTreeMap::new(), pending: BTreeMap::new(), roots: BTreeMap::new() };
    for taken in asked_for(roots, disk) {
        closure.insert(taken?);
    }
    while let Some((next, uses)) = closure.pending.pop_first() {
        closure.follow(&next, uses);
    }
    Ok(closure.entries.into_values().collect())
}

/// Reads what was asked for, on all cores, each file once.
fn asked_for(roots: Vec<Root>, disk: &dyn Disk) -> Vec<Result<Taken, Unreadable>> {
    let size = roots.len() * STATEMENTS_OF_A_FILE;
    let asked = once_each(parallel::map(roots, size, |root| identified(root, disk)));
    parallel::map(asked, size, |asked| asked.and_then(|asked| read(asked, disk)))
}

fn identified(root: Root, disk: &dyn Disk) -> Result<Asked, Unreadable> {
    match root {
        Root::Text { name, bytes } => {
            let identity = Identity::Text(name.as_str().to_owned());
            Ok(Asked { identity, name, from: From::Bytes(bytes) })
        }
        Root::File(asked) => match disk.canonical(&asked) {
            Ok(canonical) => Ok(Asked {
                identity: Identity::of_file(&canonical),
                name: asked.clone(),
                from: From::File { asked, canonical },
            }),
            Err(reason) => Err(Unreadable { path: asked, reason }),
        },
    }
}

/// Several spellings of one path become one.
fn once_each(all: Vec<Result<Asked, Unreadable>>) -> Vec<Result<Asked, Unreadable>> {
    let mut places: BTreeMap<Identity, usize> = BTreeMap::new();
    let mut once: Vec<Result<Asked, Unreadable>> = Vec::with_capacity(all.len());
    for found in all {
        let earlier = found.as_ref().ok().and_then(|again| places.get(&again.identity).copied());
        match (found, earlier.map(|at| &mut once[at])) {
            (Ok(again), Some(Ok(known))) => known.name = again.name.min(std::mem::take(&mut known.name)),
            (found, _) => {
                places.extend(found.as_ref().ok().map(|new| (new.identity.clone(), once.len())));
                once.push(found);
            }
        }
    }
    once
}

fn read(Asked { identity, name, from }: Asked, disk: &dyn Disk) -> Result<Taken, Unreadable> {
    let (bytes, canonical) = match from {
        From::Bytes(bytes) => (bytes, None),
        From::File { asked, canonical } => match disk.read(&asked) {
            Ok(bytes) => (bytes, Some(canonical)),
            Err(reason) => return Err(Unreadable { path: asked, reason }),
        },
    };
    Ok(Taken::new(identity, canonical, name, bytes))
}

impl Entry {
    /// A file of which nothing was used yet.
    pub(super) fn new(place: Place, text: Text) -> Self {
        Self { place, text, problems: BTreeMap::new() }
    }
}

impl Taken {
    fn new(identity: Identity, canonical: Option<Utf8PathBuf>, name: Utf8PathBuf, bytes: Vec<u8>) -> Self {
        let text = decode(name, bytes);
        let uses = used_paths(&text.source);
        Self { identity, canonical, text, uses }
    }
}

impl Closure<'_> {
    fn insert(&mut self, Taken { identity, canonical, text, uses }: Taken) {
        let place = self.place(canonical);
        if !uses.is_empty() {
            self.pending.insert(identity.clone(), uses);
        }
        self.entries.insert(identity, Entry::new(place, text));
    }

    fn place(&mut self, canonical: Option<Utf8PathBuf>) -> Place {
        match canonical {
            None => {
                let root = self.root_of(&self.disk.working_directory());
                Place { name: "-".to_owned(), path: None, root }
            }
            Some(path) => {
                let root = self.root_of(path.parent().unwrap_or(&path));
                Place { name: relative(&path, &root), path: Some(path), root }
            }
        }
    }

    /// Takes in what a file uses.
    fn follow(&mut self, using: &Identity, paths: BTreeSet<String>) {
        let entry = &self.entries[using];
        let shown_folder = entry.text.source.path().parent().map(Utf8Path::to_owned).unwrap_or_default();
        let folder = match &entry.place.path {
            None => self.disk.working_directory(),
            Some(path) => path.parent().map(Utf8Path::to_owned).unwrap_or_default(),
        };
        let mut problems = BTreeMap::new();
        for path in paths {
            let name = normalised(&shown_folder.join(&path));
            if let Err(problem) = self.take_in(&folder, &path, name) {
                problems.insert(path, problem);
            }
        }
        self.entries.get_mut(using).expect("entries are never removed").problems = problems;
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
        let identity = Identity::of_file(&canonical);
        if !self.entries.contains_key(&identity) {
            let bytes = self.disk.read(&canonical).map_err(Problem::Missing)?;
            self.insert(Taken::new(identity, Some(canonical), name, bytes));
        }
        Ok(())
    }

    /// The nearest folder at or above this one that holds `.git` or `netdsl.toml`, else the working directory.
    fn root_of(&mut self, folder: &Utf8Path) -> Utf8PathBuf {
        if let Some(root) = self.roots.get(folder.as_str()) {
            return root.clone();
        }
        let marked = folder.ancestors().find(|folder| {
            self.disk.exists(&folder.join(".git")) || self.disk.exists(&folder.join("netdsl.toml"))
        });
        let root = marked.map_or_else(|| self.disk.working_directory(), Utf8Path::to_owned);
        self.roots.insert(folder.as_str().to_owned(), root.clone());
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
fn used_paths(source: &Source) -> BTreeSet<String> {
    let may_use = |line: &str| line.trim_start_matches(['\u{feff}', ' ', '\t']).starts_with("use");
    if !source.text().contains("use") || !source.text().lines().any(may_use) {
        return BTreeSet::new();
    }
    let mut sources = Sources::default();
    let id = sources.push(source.clone());
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
