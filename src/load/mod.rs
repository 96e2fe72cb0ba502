//! From the paths of a run to parsed files: the closure over `use`.
//!
//! Comes in: the files that were asked for, and a [`Disk`] to look at. Goes out: every file that they reach, each
//! once, parsed, in an order that depends on the files alone and never on the order of the arguments. Nothing
//! here touches the real file system: that is `cli/io.rs`.

mod closure;
mod decode;

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use crate::diag::codes::{Names, Syntax};
use crate::diag::{self, Diagnostic};
use crate::parallel;
use crate::source::{FileId, MAX_FILE_BYTES, Sources, Span};
use crate::syntax::{self, Parsed, ast};

use closure::{Entry, Problem};
use decode::{Faults, Text};

/// What loading asks of a file system, of several cores at once. The command line has the real one, tests one in
/// memory.
pub trait Disk: Sync {
    /// The bytes of a regular file. More than [`MAX_FILE_BYTES`] may be cut to one byte more than that.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read: the reason, as people say it.
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, String>;

    /// The absolute path that leads to the same file without links, `.` and `..`.
    ///
    /// # Errors
    /// When there is no such file: the reason, as people say it.
    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, String>;

    /// Whether there is anything at this path.
    fn exists(&self, path: &Utf8Path) -> bool;

    /// The absolute path, without links, to which relative ones are relative.
    fn working_directory(&self) -> Utf8PathBuf;
}

/// A text that was asked for.
#[derive(Clone, Debug)]
pub enum Root {
    /// A file.
    File(Utf8PathBuf),
    /// A text that is no file, such as standard input; what it uses is relative to the working directory.
    Text {
        /// How messages call it.
        name: Utf8PathBuf,
        /// What it holds.
        bytes: Vec<u8>,
    },
}

/// About how long a statement is, to judge whether a program is worth several cores.
const BYTES_OF_A_STATEMENT: usize = 32;

/// All files of a run.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// Their texts.
    pub sources: Sources,
    /// Their statements, in the order of their ids.
    pub files: Vec<ast::File>,
    /// Where they lie, in the same order.
    pub places: Vec<Place>,
    /// What is wrong with them as texts.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where a file lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its path as seen from the root, with `/`; `-` for a text that is no file.
    pub name: String,
    /// Its absolute path without links; `None` for a text that is no file.
    pub path: Option<Utf8PathBuf>,
    /// The root: the nearest folder with `.git` or `netdsl.toml`, else the working directory.
    pub root: Utf8PathBuf,
}

/// A file that was asked for cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// As it was asked for.
    pub path: Utf8PathBuf,
    /// Why.
    pub reason: String,
}

/// Reads and parses what was asked for and everything that it uses.
///
/// # Errors
/// When a file that was asked for cannot be read. One that is used is a diagnostic at the `use`.
pub fn load(roots: Vec<Root>, disk: &dyn Disk) -> Result<Loaded, Unreadable> {
    Ok(Loaded::of(closure::closure(roots, disk)?))
}

/// Parses texts without what they use: each stands for itself, under the name that messages show.
pub fn alone(texts: impl IntoIterator<Item = (Utf8PathBuf, Vec<u8>)>) -> Loaded {
    let entry = |(name, bytes): (Utf8PathBuf, Vec<u8>)| {
        let place = Place { name: name.to_string(), path: None, root: Utf8PathBuf::new() };
        Entry::new(place, decode::decode(name, bytes))
    };
    Loaded::of(texts.into_iter().map(entry).collect())
}

impl Loaded {
    /// Parses files, which know nothing of each other, on all cores.
    fn of(entries: Vec<Entry>) -> Self {
        let mut loaded = Self::default();
        let bytes: usize = entries.iter().map(|entry| entry.text.source.text().len()).sum();
        let mut files = Vec::with_capacity(entries.len());
        for Entry { place, text: Text { source, faults }, problems } in entries {
            loaded.places.push(place);
            files.push((loaded.sources.push(source), faults, problems));
        }
        let ids = files.iter().map(|(id, ..)| *id).collect();
        let sources = &loaded.sources;
        let parsed = parallel::map(ids, bytes / BYTES_OF_A_STATEMENT, |id| syntax::parse(sources, id));
        loaded.files.reserve_exact(files.len());
        for ((id, faults, problems), parsed) in files.iter().zip(parsed) {
            loaded.add(*id, faults, problems, parsed);
        }
        diag::sort(&mut loaded.diagnostics);
        loaded
    }

    /// Takes in what a file says, beside what was wrong with its bytes, and with what it uses.
    fn add(
        &mut self,
        id: FileId,
        faults: &Faults,
        problems: &BTreeMap<String, Problem>,
        Parsed { file, diagnostics }: Parsed,
    ) {
        let source = self.sources.get(id);
        let bad: Vec<_> = faults.bad.iter().map(|bad| Span::new(id, bad.start, bad.end)).collect();
        let bad_lines: Vec<u32> = bad.iter().map(|span| source.line_at(span.start)).collect();

        // What the parser says about a line that was mended is about the mend.
        let is_mended = |found: &Diagnostic| {
            found.primary.span.file == id
                && bad_lines.binary_search(&source.line_at(found.primary.span.start)).is_ok()
        };
        self.diagnostics.extend(diagnostics.into_iter().filter(|found| !is_mended(found)));
        self.diagnostics.extend(bad.into_iter().map(not_utf8));
        if faults.too_long {
            self.diagnostics.push(too_long(id));
        }
        for item in &file.items {
            if let ast::ItemKind::Use(word) = &item.kind
                && let Some(problem) = problems.get(word.text.as_str())
            {
                self.diagnostics.push(unusable(word, problem));
            }
        }
        self.files.push(file);
    }
}

/// E0105, one for each line.
fn not_utf8(span: Span) -> Diagnostic {
    Diagnostic::new(
        Syntax::NotText,
        span,
        "the file is not UTF-8 text",
        "these bytes are no character, so nobody can know what the line says",
    )
    .with_help("save the file as UTF-8")
}

/// E0110 for a whole file.
fn too_long(id: FileId) -> Diagnostic {
    Diagnostic::new(
        Syntax::Limit,
        Span::new(id, 0, 0),
        format!("the file is longer than {} MiB", MAX_FILE_BYTES >> 20),
        "nothing of it is read",
    )
    .with_help("split it into several files")
}

/// E0206 or E0207.
fn unusable(word: &ast::Word, problem: &Problem) -> Diagnostic {
    let path = &word.text;
    match problem {
        Problem::Missing(reason) => Diagnostic::new(
            Names::UseMissing,
            word.span,
            format!("`{path}` cannot be read: {reason}"),
            "what it declares is not known here",
        )
        .with_help("the path is relative to the folder of this file"),
        Problem::Outside(root) => Diagnostic::new(
            Names::UseOutside,
            word.span,
            format!("`{path}` lies outside of the root"),
            "netdsl reads nothing beyond the root",
        )
        .with_note(format!("the root is `{root}`"))
        .with_help(
            "the root is the nearest folder with `.git` or `netdsl.toml`, else the working directory: \
             put an empty `netdsl.toml` into the folder that holds both files",
        ),
    }
}
