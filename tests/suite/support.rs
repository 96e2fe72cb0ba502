//! What the tests that compile programs share: one way into the compiler, and reading the files of the repository.
//!
//! Comes in: texts and the names under which messages show them. Goes out: everything that a run has to say about
//! them, with the places worked out. Nothing here judges.

use std::path::{Path, PathBuf};

use camino::{Utf8Path, Utf8PathBuf};
use netdsl::backend::Options;
use netdsl::diag::Diagnostic;
use netdsl::diag::render::{self, Format};
use netdsl::load::{Disk, Root};
use proptest::test_runner::Config;

/// A property that looks at thousands of connections a case: one in so many of the usual number of cases, which
/// `PROPTEST_CASES` sets.
pub(crate) fn one_in(times: u32) -> Config {
    let usual = Config::default();
    Config { cases: usual.cases / times, failure_persistence: None, ..usual }
}

/// A source text and its path, relative to the folder of the program, with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// The name that messages show.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) text: String,
}

/// Which of the files are named on the command line; the others are there for `use`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The first.
    First,
    /// All.
    All,
}

/// What a run says about a program.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    /// What was found, in the order in which it is shown.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The same for people, without colour.
    pub(crate) rendered: String,
    /// The documents; `None` where errors kept them from being written.
    pub(crate) yaml: Option<String>,
    /// The place of each diagnostic, in the same order.
    pub(crate) positions: Vec<Place>,
}

/// The part of a primary span that lies on its first line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The file's name.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
    /// The first character, from 1.
    pub(crate) column: u32,
    /// How many characters, to the end of the line at most.
    pub(crate) length: u32,
}

/// Compiles a program of one file.
pub(crate) fn compile(text: &str, name: &str) -> Compiled {
    compile_files(&[File { path: name.to_owned(), text: text.to_owned() }], Asked::First)
}

/// Compiles a program of several files that lie in one folder, which is the working directory and the root of `use`.
pub(crate) fn compile_files(files: &[File], asked: Asked) -> Compiled {
    compile_files_and_keep(files, asked, |_| true)
}

/// The same, with those findings alone that somebody wants to see.
pub(crate) fn compile_files_and_keep(
    files: &[File],
    asked: Asked,
    keep: impl Fn(&Diagnostic) -> bool,
) -> Compiled {
    let asked = match asked {
        Asked::First => &files[..1],
        Asked::All => files,
    };
    let asked: Vec<&str> = asked.iter().map(|file| file.path.as_str()).collect();
    let mut loaded = load(files, &asked);
    let mut compiled = netdsl::pipeline::compile(&mut loaded, &Options::default());
    compiled.diagnostics.retain(keep);
    let positions = compiled.diagnostics.iter().map(|it| place(&loaded.sources, it.primary.span)).collect();
    let rendered = human(&compiled.diagnostics, &loaded.sources);
    Compiled {
        diagnostics: compiled.diagnostics,
        rendered,
        yaml: compiled.output.map(|output| output.files[0].text.clone()),
        positions,
    }
}

/// A program of all of these files, parsed.
pub(crate) fn parse_files(files: &[File]) -> netdsl::load::Loaded {
    load(files, &files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>())
}

/// A program of one file, parsed.
pub(crate) fn parse(text: &str) -> netdsl::load::Loaded {
    load(&[File { path: "main.netdsl".to_owned(), text: text.to_owned() }], &["main.netdsl"])
}

fn load(files: &[File], asked: &[impl AsRef<str>]) -> netdsl::load::Loaded {
    let roots = asked.iter().map(|path| Root::File(path.as_ref().into())).collect();
    netdsl::load::load(roots, &mut Memory { files }).unwrap()
}

/// Findings as people see them, without colour.
pub(crate) fn human(diagnostics: &[Diagnostic], sources: &netdsl::source::Sources) -> String {
    let options = render::Options { colour: render::Colour::Plain, consequence: "" };
    let mut out = Vec::new();
    render::render(Format::Human, diagnostics, sources, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Files that are nowhere but here, in the folder `/program`.
pub(crate) struct Memory<'a> {
    pub(crate) files: &'a [File],
}

impl Memory<'_> {
    fn find(&self, path: &Utf8Path) -> Option<&File> {
        let mut parts: Vec<&str> = Vec::new();
        for part in path.strip_prefix("/program").unwrap_or(path).components() {
            match part.as_str() {
                ".." => drop(parts.pop()),
                "." => {}
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        self.files.iter().find(|file| file.path == path)
    }
}

impl Disk for Memory<'_> {
    fn read(&mut self, path: &Utf8Path) -> Result<Vec<u8>, String> {
        self.find(path).map(|file| file.text.clone().into_bytes()).ok_or_else(|| "no such file".to_owned())
    }

    fn canonical(&mut self, path: &Utf8Path) -> Result<Utf8PathBuf, String> {
        let found = self.find(path).ok_or_else(|| "no such file".to_owned())?;
        Ok(Utf8Path::new("/program").join(&found.path))
    }

    fn exists(&mut self, path: &Utf8Path) -> bool {
        self.find(path).is_some()
    }

    fn working_directory(&self) -> Utf8PathBuf {
        Utf8PathBuf::from("/program")
    }
}

/// The place of a span.
pub(crate) fn place(sources: &netdsl::source::Sources, span: netdsl::source::Span) -> Place {
    let source = sources.get(span.file);
    let start = sources.position(span);
    let on_the_line = sources.snippet(span).lines().next().unwrap_or("").chars().count();
    Place {
        file: source.path().to_string(),
        line: start.line,
        column: start.column,
        length: u32::try_from(on_the_line).unwrap(),
    }
}

/// The objects of a stream of YAML documents, read by a library that has nothing to do with the writer.
pub(crate) fn documents(yaml: &str) -> Vec<yaml_serde::Value> {
    use serde::Deserialize;
    yaml_serde::Deserializer::from_str(yaml)
        .map(|document| yaml_serde::Value::deserialize(document).unwrap())
        .filter(|document| !document.is_null())
        .collect()
}

/// A path of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The text of a file of the repository.
#[expect(clippy::disallowed_methods, reason = "tests read their own data")]
pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files below a folder with an extension, sorted.
pub(crate) fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in entries(folder) {
        if path.is_dir() {
            found.extend(files_below(&path, extension));
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    found
}

/// What a folder holds, sorted.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// A path below a folder, with `/` on every system.
pub(crate) fn relative(path: &Path, folder: &Path) -> String {
    let parts = path.strip_prefix(folder).unwrap().components();
    parts.map(|part| part.as_os_str().to_str().unwrap()).collect::<Vec<_>>().join("/")
}

/// Compares with the snapshot of this name in a folder below `snapshots/`; the reason where it differs.
pub(crate) fn compare_with_snapshot(folder: &str, name: &str, content: &str) -> Result<(), String> {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(repository("snapshots").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let compare = || settings.bind(|| insta::assert_snapshot!(name, content));
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(compare))
        .map_err(|_| format!("snapshots/{folder}/{name}.snap differs"))
}
