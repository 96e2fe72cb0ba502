//! The real file system, as loading asks for it.

use std::fs;
use std::io::Result;

use camino::{Utf8Path, Utf8PathBuf};
use netdsl::load::{Disk, Root};

/// Everything, as seen from the root.
pub(crate) struct Real;

impl Disk for Real {
    fn read(&self, path: &Utf8Path) -> std::result::Result<Vec<u8>, String> {
        fs::read(path).map_err(|error| error.to_string())
    }

    fn canonical(&self, path: &Utf8Path) -> std::result::Result<Utf8PathBuf, String> {
        path.canonicalize_utf8().map_err(|error| error.to_string())
    }

    fn exists(&self, path: &Utf8Path) -> bool {
        path.exists()
    }

    fn working_directory(&self) -> Utf8PathBuf {
        "/".into()
    }
}

/// The files of a folder, sorted.
pub(crate) fn files(folder: &Utf8Path) -> Result<Vec<Utf8PathBuf>> {
    let mut files = folder
        .read_dir_utf8()?
        .map(|entry| entry.map(camino::Utf8DirEntry::into_path))
        .collect::<Result<Vec<_>>>()?;
    files.retain(|path| path.extension() == Some("netdsl"));
    files.sort();
    Ok(files)
}

/// The same as roots of a program.
pub(crate) fn roots(folder: &Utf8Path) -> Result<Vec<Root>> {
    Ok(files(folder)?.into_iter().map(Root::File).collect())
}
