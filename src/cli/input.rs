//! PATHS to the files of one program.

use camino::{Utf8Path, Utf8PathBuf};

use super::args::Input;
use super::exit::Failure;
use super::io::{self, Kind};
use crate::load::{Loaded, Root, load};

/// Reads and parses everything that PATHS reach.
pub(super) fn read(input: &Input) -> Result<Loaded, Failure> {
    read_paths(input.paths.clone())
}

/// The same for paths that stand for themselves.
pub(super) fn read_paths(paths: Vec<Utf8PathBuf>) -> Result<Loaded, Failure> {
    Ok(load(roots(paths)?, &io::RealDisk::new()?)?)
}

/// What PATHS stand for; at least one thing.
pub(super) fn roots(mut paths: Vec<Utf8PathBuf>) -> Result<Vec<Root>, Failure> {
    paths.sort();
    paths.dedup();
    let mut roots = Vec::new();
    for path in &paths {
        roots.extend(roots_of(path)?);
    }
    if roots.is_empty() {
        let paths: Vec<_> = paths.iter().map(|path| format!("`{path}`")).collect();
        return Err(Failure(format!("there is no `.netdsl` file in {}", paths.join(", "))));
    }
    Ok(roots)
}

/// What one of PATHS stands for.
fn roots_of(path: &Utf8Path) -> Result<Vec<Root>, Failure> {
    if path == "-" {
        return Ok(vec![Root::Text { name: path.to_owned(), bytes: io::read_stdin()? }]);
    }
    Ok(match io::kind(path)? {
        Kind::File => vec![Root::File(short(path.to_owned()))],
        Kind::Folder => io::walk(path)?.into_iter().map(|path| Root::File(short(path))).collect(),
        Kind::Other => vec![Root::Text { name: path.to_owned(), bytes: io::read_stream(path)? }],
    })
}

/// Paths without a leading `./`, as people write them and as GitLab wants them.
fn short(path: Utf8PathBuf) -> Utf8PathBuf {
    path.strip_prefix(".").map(Utf8Path::to_owned).unwrap_or(path)
}
