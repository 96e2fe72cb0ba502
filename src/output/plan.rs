//! What has to happen to a folder: decided before anything does.
//!
//! A file without our header is not touched unless the user forces it, nor is one of ours that another program has a
//! part in; a file of ours that is no longer produced is an orphan, and removed only where that was asked for and
//! nothing says that it belongs to another program.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::{File, Format, Header};

/// What lies in a folder, by paths relative to it: every file that could be ours, and whatever is where a file
/// of ours goes.
pub type Folder = BTreeMap<Utf8PathBuf, Entry>;

/// What lies at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A regular file and what it holds.
    File(Vec<u8>),
    /// A folder.
    Folder,
    /// A link, a device, or a file that cannot be read: as people call it.
    Other(String),
}

/// Whether what this program did not write may be overwritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    /// Only files of ours that no other program has a part in.
    Ours,
    /// `--force`.
    Everything,
}

/// What happens to orphans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// They stay.
    Orphans,
    /// `--prune`: they go.
    Nothing,
}

/// What the user allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// Whether files of others are overwritten.
    pub overwrite: Overwrite,
    /// Whether orphans are removed.
    pub leave: Leave,
}

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub path: Utf8PathBuf,
    /// What is there; `None` for nothing.
    pub old: Option<Vec<u8>>,
    /// What is to be there.
    pub new: String,
}

/// A file of ours that is no longer produced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// Where.
    pub path: Utf8PathBuf,
    /// What it holds.
    pub old: Vec<u8>,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of an orphan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes.
    Removed,
    /// It stays, because nobody asked for it to go.
    Left,
    /// It stays whoever asks.
    Kept(Kept),
}

/// Why an orphan is never removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It comes from this file, which exists and is not part of the run.
    Source(String),
    /// Nobody knows what it comes from.
    UnknownSource,
}

/// What keeps a file from being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// A file without our header, or something that is no file: as people call it. `--force` overwrites it.
    Foreign(Utf8PathBuf, String),
    /// A file of ours that comes from this source, which exists and is not part of the run: what it says there would be
    /// lost. `--force` overwrites it.
    Elsewhere(Utf8PathBuf, String),
    /// A folder in place of a file, or no folder where there must be one: nothing overwrites it.
    InTheWay(Utf8PathBuf, String),
}

/// What has to happen.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Plan {
    /// The files to write; those that are equal already are not among them.
    pub changes: Vec<Change>,
    /// The files of ours that are no longer produced.
    pub orphans: Vec<Orphan>,
    /// What forbids all of it: nothing may be written where there is one.
    pub obstacles: Vec<Obstacle>,
}

impl Plan {
    /// What the folder holds when all of this has happened. A folder in it that became empty is still there, since nobody
    /// knows what else was in it.
    pub fn carried_out(self, mut folder: Folder) -> Folder {
        for orphan in self.orphans.iter().filter(|orphan| orphan.fate == Fate::Removed) {
            folder.remove(&orphan.path);
        }
        for change in self.changes {
            let parent = change.path.parent().filter(|parent| !parent.as_str().is_empty());
            if let Some(parent) = parent {
                folder.insert(parent.to_owned(), Entry::Folder);
            }
            folder.insert(change.path, Entry::File(change.new.into_bytes()));
        }
        folder
    }
}

/// Plans. `is_elsewhere` says of a source whether it exists and is not part of the run.
pub fn plan(wanted: &[File], folder: &Folder, request: Request, is_elsewhere: impl Fn(&str) -> bool) -> Plan {
    let mut plan = Plan::default();
    for file in wanted {
        if let Some(parent) = parent_in_the_way(&file.path, folder) {
            plan.obstacles.push(parent);
            continue;
        }
        match change(file, folder.get(&file.path), request.overwrite, &is_elsewhere) {
            Ok(change) => plan.changes.extend(change),
            Err(obstacle) => plan.obstacles.push(obstacle),
        }
    }
    plan.obstacles.dedup();
    let produced: BTreeSet<&Utf8Path> = wanted.iter().map(|file| file.path.as_path()).collect();
    for (path, entry) in folder.iter().filter(|(path, _)| !produced.contains(path.as_path())) {
        let Entry::File(old) = entry else { continue };
        let Some(header) = header(path, old).filter(|_| is_in_place(path, old)) else { continue };
        let fate = match (kept(header, &is_elsewhere), request.leave) {
            (Some(reason), _) => Fate::Kept(reason),
            (None, Leave::Orphans) => Fate::Left,
            (None, Leave::Nothing) => Fate::Removed,
        };
        plan.orphans.push(Orphan { path: path.clone(), old: old.clone(), fate });
    }
    plan
}

fn parent_in_the_way(path: &Utf8Path, folder: &Folder) -> Option<Obstacle> {
    let parent = path.parent().filter(|parent| !parent.as_str().is_empty())?;
    let what = match folder.get(parent)? {
        Entry::Folder => return None,
        Entry::File(_) => "a file".to_owned(),
        Entry::Other(what) => what.clone(),
    };
    Some(Obstacle::InTheWay(parent.to_owned(), what))
}

/// `None` where the file is as it should be.
fn change(
    file: &File,
    found: Option<&Entry>,
    overwrite: Overwrite,
    is_elsewhere: impl Fn(&str) -> bool,
) -> Result<Option<Change>, Obstacle> {
    let change = |old| Change { path: file.path.clone(), old, new: file.text.clone() };
    let foreign = |what: &str| Obstacle::Foreign(file.path.clone(), what.to_owned());
    match (found, overwrite) {
        (None, _) | (Some(Entry::Other(_)), Overwrite::Everything) => Ok(Some(change(None))),
        (Some(Entry::File(old)), _) if old == file.text.as_bytes() => Ok(None),
        (Some(Entry::Folder), _) => Err(Obstacle::InTheWay(file.path.clone(), "a folder".to_owned())),
        (Some(Entry::File(old)), Overwrite::Everything) => Ok(Some(change(Some(old.clone())))),
        (Some(Entry::File(old)), Overwrite::Ours) => match header(&file.path, old) {
            None => Err(foreign("a file that netdsl did not write")),
            Some(header) => match header.sources.into_iter().flatten().find(|name| is_elsewhere(name)) {
                Some(source) => Err(Obstacle::Elsewhere(file.path.clone(), source)),
                None => Ok(Some(change(Some(old.clone())))),
            },
        },
        (Some(Entry::Other(what)), Overwrite::Ours) => Err(foreign(what)),
    }
}

/// Whether a file lies where a layout puts it: below the folder, only the policies of a namespace in the folder of
/// its name. What lies elsewhere may be the output of a run into that very folder.
fn is_in_place(path: &Utf8Path, bytes: &[u8]) -> bool {
    let Some(parent) = path.parent().filter(|parent| !parent.as_str().is_empty()) else { return true };
    let wanted = format!("namespace:{parent}");
    let says_so = |line: &str| line.chars().filter(|c| !" \"',".contains(*c)).eq(wanted.chars());
    String::from_utf8_lossy(bytes).lines().any(says_so)
}

fn kept(header: Header, is_elsewhere: impl Fn(&str) -> bool) -> Option<Kept> {
    match header.sources {
        None => Some(Kept::UnknownSource),
        Some(sources) => sources.into_iter().find(|name| is_elsewhere(name)).map(Kept::Source),
    }
}

fn header(path: &Utf8Path, bytes: &[u8]) -> Option<Header> {
    let format = match path.extension() {
        Some("yaml") => Format::Yaml,
        Some("json") => Format::Json,
        Some(_) | None => return None,
    };
    Header::read(std::str::from_utf8(bytes).ok()?, format)
}
