//! The only file that reads, writes and prints.
//!
//! A closed pipe is no failure: whoever closed it has seen enough.

#![expect(clippy::disallowed_methods, reason = "this is the file that the reasons in clippy.toml name")]

mod cache;
mod closed;
mod folder;

use std::fs::{self, File};
use std::io::{self, ErrorKind, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};

use super::exit::{Exit, Failure};
use crate::load::{Disk, Root, Unreadable};
use crate::source::MAX_FILE_BYTES;

pub(super) use cache::{Cache, Executable, without_links};
pub(super) use folder::{canonical, put, remove, scan};

/// Where text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stream {
    /// Data.
    Out,
    /// Everything else.
    Err,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A pipe or a device, as `<(command)` is.
    Other,
}

/// Lets something write to a stream; a closed pipe ends it quietly, a closed stream is a failure.
pub(super) fn print(
    stream: Stream,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let run = |out: &mut dyn Write| write(out).and_then(|()| out.flush());
    let result = match stream {
        Stream::Out if closed::is_closed(&io::stdout()) => run(&mut closed::Closed),
        Stream::Out => run(&mut io::BufWriter::new(io::stdout().lock())),
        Stream::Err => run(&mut io::BufWriter::new(io::stderr().lock())),
    };
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure(format!("the output cannot be written: {}", plain(&error))))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Prints to standard error.
pub(super) fn to_stderr(text: &[u8]) -> Result<(), Failure> {
    print(Stream::Err, |out| out.write_all(text))
}

/// Prints what clap has to say: help, the version, or what is wrong with the arguments.
pub(super) fn print_clap(message: &clap::Error) -> Exit {
    // Where the stream is closed, the exit code still says it.
    let _ = message.print();
    if message.exit_code() == 0 { Exit::Clean } else { Exit::CouldNotRun }
}

/// Whether a stream ends at a person.
pub(super) fn is_terminal(stream: Stream) -> bool {
    match stream {
        Stream::Out => io::stdout().is_terminal(),
        Stream::Err => io::stderr().is_terminal(),
    }
}

/// A variable of the environment that is set and not empty. What is no text in it is U+FFFD.
pub(super) fn variable(name: &str) -> Option<String> {
    let value = std::env::var_os(name).filter(|value| !value.is_empty())?;
    Some(value.to_string_lossy().into_owned())
}

/// What a path leads to.
pub(super) fn kind(path: &Utf8Path) -> Result<Kind, Unreadable> {
    let found = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    Ok(match (found.is_file(), found.is_dir()) {
        (true, _) => Kind::File,
        (false, true) => Kind::Folder,
        (false, false) => Kind::Other,
    })
}

/// Standard input; one byte more than the limit is enough to see that it is too long.
pub(super) fn read_stdin() -> Result<Vec<u8>, Unreadable> {
    if closed::is_closed(&io::stdin()) {
        return Err(unreadable("-".into(), &io::Error::other("standard input is closed")));
    }
    read_all(io::stdin().lock()).map_err(|error| unreadable("-".into(), &error))
}

/// What was asked for, with the name that messages show.
pub(super) fn read_root(root: Root) -> Result<(Utf8PathBuf, Vec<u8>), Unreadable> {
    match root {
        Root::Text { name, bytes } => Ok((name, bytes)),
        Root::File(path) => read_stream(&path).map(|bytes| (path, bytes)),
    }
}

/// A pipe or a device, or a file.
pub(super) fn read_stream(path: &Utf8Path) -> Result<Vec<u8>, Unreadable> {
    File::open(path).and_then(read_all).map_err(|error| unreadable(path, &error))
}

/// Every `.netdsl` file below a folder that no `.gitignore` excludes, in a git checkout or not. The user's own
/// git configuration is not asked: the same folder is the same program on every machine.
pub(super) fn walk(folder: &Utf8Path) -> Result<Vec<Utf8PathBuf>, Failure> {
    let mut files = Vec::new();
    let walk = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .git_ignore(true)
        .require_git(false)
        .parents(true)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build();
    for entry in walk {
        let entry = entry.map_err(|error| Failure(format!("`{folder}` cannot be searched: {error}")))?;
        if entry.path().extension().is_some_and(|it| it == "netdsl") && leads_to_file(&entry) {
            files.push(utf8(entry.into_path())?);
        }
    }
    // Paths compare by their parts; with a sign that no name holds between them, their texts do the same for less.
    files.sort_by_cached_key(|path| path.as_str().replace(std::path::MAIN_SEPARATOR, "\0"));
    Ok(files)
}

/// A link that leads nowhere is a file that cannot be read: left out, its guards would be gone in silence.
fn leads_to_file(entry: &ignore::DirEntry) -> bool {
    match entry.file_type() {
        Some(kind) if !kind.is_symlink() => kind.is_file(),
        Some(_) | None => entry.path().metadata().map_or(entry.path_is_symlink(), |found| found.is_file()),
    }
}

/// Writes a file, and its folder where it is missing.
pub(super) fn write(path: &Utf8Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Utf8Path::new("."));
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, bytes));
    written.map_err(|error| Failure(format!("`{path}` cannot be written: {}", plain(&error))))
}

/// Replaces what a file holds, at once: nobody ever sees half of it. A link stays a link, and whoever might read
/// the file still may.
pub(super) fn replace(path: &Utf8Path, bytes: &[u8]) -> Result<(), Failure> {
    let replaced = || -> io::Result<()> {
        let target = fs::canonicalize(path)?;
        let folder = target.parent().unwrap_or_else(|| std::path::Path::new("/"));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        let permissions = fs::metadata(&target)?.permissions();
        if permissions.readonly() {
            return Err(ErrorKind::PermissionDenied.into());
        }
        file.write_all(bytes)?;
        file.as_file().set_permissions(permissions)?;
        file.persist(&target)?;
        Ok(())
    };
    replaced().map_err(|error| Failure(format!("`{path}` cannot be written: {}", plain(&error))))
}

/// The real file system.
pub(super) struct RealDisk {
    working_directory: Utf8PathBuf,
    /// The folder that was asked for last, and its path without links: most files of a run are beside each other.
    folder: Mutex<(Utf8PathBuf, Utf8PathBuf)>,
}

impl RealDisk {
    /// The file system as seen from the working directory.
    pub(super) fn new() -> Result<Self, Failure> {
        let here = std::env::current_dir().and_then(fs::canonicalize);
        let here = here
            .map_err(|error| Failure(format!("the working directory cannot be found: {}", plain(&error))))?;
        Ok(Self { working_directory: utf8(here)?, folder: Mutex::default() })
    }

    /// The path of a folder without links.
    fn canonical_folder(&self, folder: &Utf8Path) -> io::Result<Utf8PathBuf> {
        let folder = if folder.as_str().is_empty() { Utf8Path::new(".") } else { folder };
        let mut last = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        if last.0 != folder {
            *last = (folder.to_owned(), folder.canonicalize_utf8()?);
        }
        Ok(last.1.clone())
    }

    /// The path of a file without links, where its name is none itself. Elsewhere than on Linux a name may be
    /// written in several ways, and the system alone knows which one counts.
    fn canonical_file(&self, path: &Utf8Path) -> io::Result<Option<Utf8PathBuf>> {
        match (path.parent(), path.file_name()) {
            (Some(folder), Some(name))
                if cfg!(target_os = "linux") && fs::symlink_metadata(path)?.is_file() =>
            {
                Ok(Some(self.canonical_folder(folder)?.join(name)))
            }
            (Some(_) | None, _) => Ok(None),
        }
    }
}

impl Disk for RealDisk {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, String> {
        let found = fs::metadata(path).map_err(|error| plain(&error))?;
        // A pipe could keep us waiting for ever.
        if !found.is_file() {
            return Err("it is no file".to_owned());
        }
        File::open(path).and_then(|file| read_about(file, found.len())).map_err(|error| plain(&error))
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, String> {
        match self.canonical_file(path) {
            Ok(Some(found)) => Ok(found),
            Ok(None) => path.canonicalize_utf8().map_err(|error| plain(&error)),
            Err(error) => Err(plain(&error)),
        }
    }

    fn exists(&self, path: &Utf8Path) -> bool {
        path.exists()
    }

    fn working_directory(&self) -> Utf8PathBuf {
        self.working_directory.clone()
    }
}

/// All bytes up to one more than the limit.
fn read_all(from: impl Read) -> io::Result<Vec<u8>> {
    read_about(from, 0)
}

/// The same of what is about so long: with room for one byte more, a single read takes it all.
fn read_about(from: impl Read, length: u64) -> io::Result<Vec<u8>> {
    let room = usize::try_from(length).map_or(MAX_FILE_BYTES, |length| length.min(MAX_FILE_BYTES));
    let mut bytes = Vec::with_capacity(room + 1);
    from.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn utf8(path: PathBuf) -> Result<Utf8PathBuf, Failure> {
    Utf8PathBuf::from_path_buf(path)
        .map_err(|path| Failure(format!("the name of `{}` is not UTF-8", path.display())))
}

fn unreadable(path: &Utf8Path, error: &io::Error) -> Unreadable {
    Unreadable { path: path.to_owned(), reason: plain(error) }
}

/// The reason in words that do not depend on the operating system, where it is one of the usual ones.
fn plain(error: &io::Error) -> String {
    let usual = [
        (ErrorKind::NotFound, "there is no such file"),
        (ErrorKind::PermissionDenied, "permission denied"),
        (ErrorKind::IsADirectory, "it is a folder"),
    ];
    let found = usual.iter().find(|(kind, _)| *kind == error.kind());
    found.map_or_else(|| error.to_string(), |(_, words)| (*words).to_owned())
}
