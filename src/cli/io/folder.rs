//! The folder of the output: what lies in it, and files that appear and disappear in one step.
//!
//! What has to happen is decided elsewhere; this does it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::{plain, read_about};
use crate::cli::exit::Failure;
use crate::output::{Entry, Folder};

/// What lies in a folder where files of ours could be: everything on the wanted paths, and all YAML and JSON
/// files in it and one level below. A folder that is missing holds nothing.
pub(in crate::cli) fn scan(folder: &Utf8Path, wanted: &BTreeSet<&Utf8Path>) -> Result<Folder, Failure> {
    let mut found = Folder::new();
    match fs::metadata(folder) {
        Ok(there) if there.is_dir() => {}
        Ok(_) => return Err(Failure(format!("`{folder}` is no folder"))),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(unsearchable(folder, &error)),
    }
    scan_level(folder, Utf8Path::new(""), wanted, &mut found)?;
    let below: Vec<Utf8PathBuf> =
        found.iter().filter(|(_, entry)| **entry == Entry::Folder).map(|(path, _)| path.clone()).collect();
    for path in below {
        scan_level(folder, &path, wanted, &mut found)?;
    }
    Ok(found)
}

/// One level; its folders are noted, and searched by whoever wants to.
fn scan_level(
    folder: &Utf8Path,
    level: &Utf8Path,
    wanted: &BTreeSet<&Utf8Path>,
    found: &mut Folder,
) -> Result<(), Failure> {
    let entries = folder.join(level).read_dir_utf8().map_err(|error| unsearchable(folder, &error))?;
    for entry in entries {
        let entry = match entry {
            // A name that is no UTF-8 is none of ours.
            Err(error) if error.kind() == ErrorKind::InvalidData => continue,
            entry => entry.map_err(|error| unsearchable(folder, &error))?,
        };
        let path = level.join(entry.file_name());
        let kind = entry.file_type().map_err(|error| unsearchable(folder, &error))?;
        let could_be_ours = matches!(path.extension(), Some("yaml" | "json"));
        if kind.is_dir() {
            found.insert(path, Entry::Folder);
        } else if !kind.is_file() {
            let what = if kind.is_symlink() { "a link" } else { "no regular file" };
            found.insert(path, Entry::Other(what.to_owned()));
        } else if could_be_ours || wanted.contains(path.as_path()) || level.as_str().is_empty() {
            let read = if could_be_ours { read(entry.path()) } else { Ok(Vec::new()) };
            let unreadable = |error| Entry::Other(format!("a file that cannot be read: {}", plain(&error)));
            found.insert(path, read.map_or_else(unreadable, Entry::File));
        }
    }
    Ok(())
}

fn read(path: &Utf8Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    read_about(file, length)
}

fn unsearchable(folder: &Utf8Path, error: &io::Error) -> Failure {
    Failure(format!("`{folder}` cannot be searched: {}", plain(error)))
}

/// Puts a file in place of whatever is there, in one step: who reads sees the old one or the new one, and a run
/// that is killed leaves the old one, and at worst a file beside it whose name ends in `.tmp`.
pub(in crate::cli) fn put(path: &Utf8Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Utf8Path::new("."));
    let result = fs::create_dir_all(folder).and_then(|()| {
        let mut options = tempfile::Builder::new();
        usual_permissions(&mut options);
        let prefix = format!(".{}.", path.file_name().unwrap_or_default());
        let mut file = options.prefix(&prefix).suffix(".tmp").tempfile_in(folder)?;
        if let Some(permissions) = permissions(path) {
            file.as_file().set_permissions(permissions)?;
        }
        file.write_all(bytes)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    });
    result.map_err(|error| Failure(format!("`{path}` cannot be written: {}", plain(&error))))
}

/// Those of the file that is replaced.
fn permissions(path: &Utf8Path) -> Option<fs::Permissions> {
    fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|known| known.permissions())
}

/// What the user's mask leaves of "everybody may read and write", as for any new file.
#[cfg(unix)]
fn usual_permissions(options: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    options.permissions(fs::Permissions::from_mode(0o666));
}

/// Folders decide on permissions here.
#[cfg(not(unix))]
fn usual_permissions(_: &mut tempfile::Builder<'_, '_>) {}

/// Removes a file of the output, and its folder below the output's where that is empty now. Another run may
/// have been faster.
pub(in crate::cli) fn remove(output: &Utf8Path, path: &Utf8Path) -> Result<(), Failure> {
    let file = output.join(path);
    match fs::remove_file(&file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(Failure(format!("`{file}` cannot be removed: {}", plain(&error))));
        }
        Ok(()) | Err(_) => {}
    }
    if let Some(below) = path.parent().filter(|below| !below.as_str().is_empty()) {
        // Refused where anything is left in it, which is what is wanted.
        let _ = fs::remove_dir(output.join(below));
    }
    Ok(())
}

/// The path without links, where there is anything.
pub(in crate::cli) fn canonical(path: &Utf8Path) -> Option<Utf8PathBuf> {
    path.canonicalize_utf8().ok()
}
