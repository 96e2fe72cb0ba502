//! Where receipts lie: a folder of the user's own, outside of every tree that others write.
//!
//! It is not believed where others could write to it, nor in a checkout, in the working directory or in the output, where a
//! pull request could. The variables of the environment say where it is, and nothing else: netdsl looks up no users. Where there
//! is none, or it cannot be used, nothing is remembered, and nobody is told: the run is as good without.

use std::fs::{self, File};
use std::io::{self, Read, Write};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::variable;
use crate::cli::receipt::{Digest, MOST_BYTES};

/// How many are kept.
const MOST_FILES: usize = 32;

/// How many bytes all of them may have.
const MOST_BYTES_OF_ALL: u64 = 32 << 20;

/// What their names end in.
const EXTENSION: &str = "receipt";

/// The folder.
pub(in crate::cli) struct Cache(Utf8PathBuf);

impl Cache {
    /// The user's, where it may be believed; it need not exist yet. It must not lie in any of these trees.
    pub(in crate::cli) fn locate(trees: &[Utf8PathBuf]) -> Option<Self> {
        let folder = without_links(&base()?.join("netdsl"))?;
        let is_checkout =
            |above: &Utf8Path| above.join(".git").exists() || above.join("netdsl.toml").exists();
        let is_theirs =
            trees.iter().any(|tree| folder.starts_with(tree)) || folder.ancestors().any(is_checkout);
        (!is_theirs && is_private(&folder)).then_some(Self(folder))
    }

    /// What is remembered under this key.
    pub(in crate::cli) fn read(&self, key: &Digest) -> Option<Vec<u8>> {
        let path = self.path(key);
        if !is_private_file(&path) {
            return None;
        }
        let mut bytes = Vec::new();
        File::open(path).ok()?.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// Remembers, or does not.
    pub(in crate::cli) fn keep(&self, key: &Digest, bytes: &[u8]) {
        let _ = self.put(key, bytes).and_then(|()| self.forget_the_oldest());
    }

    fn path(&self, key: &Digest) -> Utf8PathBuf {
        self.0.join(key.as_str()).with_extension(EXTENSION)
    }

    /// In one step. A file that is cut short by a crash is seen by its digest.
    fn put(&self, key: &Digest, bytes: &[u8]) -> io::Result<()> {
        make_private(&self.0)?;
        let suffix = format!(".{EXTENSION}");
        let mut file = tempfile::Builder::new().suffix(&suffix).tempfile_in(&self.0)?;
        file.write_all(bytes)?;
        file.persist(self.path(key))?;
        Ok(())
    }

    fn forget_the_oldest(&self) -> io::Result<()> {
        let mut known = Vec::new();
        for entry in self.0.read_dir_utf8()? {
            let entry = entry?;
            let found = entry.metadata()?;
            if found.is_file() && entry.path().extension() == Some(EXTENSION) {
                known.push((found.modified()?, found.len(), entry.into_path()));
            }
        }
        known.sort_by(|one, other| other.cmp(one));
        let mut bytes = 0;
        for (newer, (_, length, path)) in known.iter().enumerate() {
            bytes += length;
            if newer >= MOST_FILES || bytes > MOST_BYTES_OF_ALL {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}

/// The program that runs.
pub(in crate::cli) struct Executable {
    file: File,
    /// Once it is known.
    digest: Option<Digest>,
}

impl Executable {
    /// Opened at once, its file stays the same when an update puts another in its place. Linux knows it even where that
    /// has happened already.
    pub(in crate::cli) fn open() -> Option<Self> {
        let path =
            if cfg!(target_os = "linux") { "/proc/self/exe".into() } else { std::env::current_exe().ok()? };
        Some(Self { file: File::open(path).ok()?, digest: None })
    }

    /// Of its bytes.
    pub(in crate::cli) fn digest(&mut self) -> Option<Digest> {
        if self.digest.is_none() {
            self.digest = Digest::read(&mut self.file).ok();
        }
        self.digest.clone()
    }
}

/// Where the user keeps what can be had again.
fn base() -> Option<Utf8PathBuf> {
    let is_text = |value: &String| !value.contains(char::REPLACEMENT_CHARACTER);
    let folder =
        |name: &str| variable(name).filter(is_text).map(Utf8PathBuf::from).filter(|path| path.is_absolute());
    let usual = || match std::env::consts::OS {
        "windows" => folder("LOCALAPPDATA"),
        "macos" => folder("HOME").map(|home| home.join("Library/Caches")),
        _ => folder("HOME").map(|home| home.join(".cache")),
    };
    folder("XDG_CACHE_HOME").or_else(usual)
}

/// The path without links, as far as it exists.
pub(in crate::cli) fn without_links(path: &Utf8Path) -> Option<Utf8PathBuf> {
    let existing = path.ancestors().find(|above| above.exists())?;
    let rest = path.strip_prefix(existing).ok()?;
    let is_plain = rest.components().all(|part| matches!(part, Utf8Component::Normal(_)));
    is_plain.then(|| existing.canonicalize_utf8().ok()).flatten().map(|real| real.join(rest))
}

/// Whether nobody but the user, and root, can write to a folder, or put another in its place: above it, others may own
/// nothing, and write only where the sticky bit keeps them from what is not theirs.
#[cfg(unix)]
fn is_private(folder: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let user = rustix::process::geteuid().as_raw();
    folder.ancestors().all(|path| match fs::symlink_metadata(path) {
        Err(error) => error.kind() == io::ErrorKind::NotFound,
        Ok(found) => {
            let (owner, mode) = (found.uid(), found.mode());
            let is_shared = mode & 0o022 != 0;
            let is_sticky = mode & 0o1000 != 0;
            let is_itself = path == folder;
            found.is_dir()
                && (owner == user || owner == 0 && !is_itself)
                && (!is_shared || is_sticky && !is_itself)
        }
    })
}

/// Whether this is a file of the user's that nobody else may open.
#[cfg(unix)]
fn is_private_file(path: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let user = rustix::process::geteuid().as_raw();
    fs::symlink_metadata(path)
        .is_ok_and(|found| found.is_file() && found.uid() == user && found.mode() & 0o777 == 0o600)
}

#[cfg(unix)]
fn make_private(folder: &Utf8Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Elsewhere a user's folders are the user's own, and what lies in them too.
#[cfg(not(unix))]
fn is_private(_: &Utf8Path) -> bool {
    true
}

#[cfg(not(unix))]
fn is_private_file(path: &Utf8Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
}

#[cfg(not(unix))]
fn make_private(folder: &Utf8Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}
