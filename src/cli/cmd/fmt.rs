//! `netdsl fmt`: every file by itself, in place; what is no file goes to standard output.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use crate::cli::args::Fmt;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::io::{self, Stream};
use crate::cli::report::Report;
use crate::cli::words::counted;
use crate::diag::Diagnostic;
use crate::fmt;
use crate::load::{self, Loaded, Root};

/// A text that could be read.
struct Formatted<'a> {
    path: &'a Utf8Path,
    before: &'a str,
    after: String,
}

impl Formatted<'_> {
    fn is_changed(&self) -> bool {
        self.before != self.after
    }
}

/// Lays out, or shows what would change. A file with an error is reported and left as it is.
pub(in crate::cli) fn run(args: &Fmt, report: Report) -> Result<Exit, Failure> {
    let roots = once(input::roots(args.input.paths.clone())?);
    let files: BTreeSet<Utf8PathBuf> = roots.iter().filter_map(file).cloned().collect();
    let texts: Vec<_> = roots.into_iter().map(io::read_root).collect::<Result<_, _>>()?;
    let mut loaded = load::alone(texts);
    loaded.diagnostics.retain(Diagnostic::is_error);
    let formatted = format(&loaded);
    let changed = formatted.iter().filter(|text| text.is_changed()).count();

    report.findings(Stream::Err, &loaded.diagnostics, &loaded.sources, "left as it is")?;
    if args.check {
        formatted.iter().filter(|text| text.is_changed()).try_for_each(show)?;
    } else {
        formatted.iter().try_for_each(|text| write(text, &files))?;
    }
    if args.check && changed > 0 {
        io::to_stderr(format!("{} to lay out: `netdsl fmt` does it\n", count(changed)).as_bytes())?;
    } else if loaded.diagnostics.is_empty() && formatted.len() == files.len() {
        report.success(&format!("{}, {changed} changed", count(formatted.len())))?;
    }
    let unclean = !loaded.diagnostics.is_empty() || (args.check && changed > 0);
    Ok(if unclean { Exit::Findings } else { Exit::Clean })
}

/// Every file once.
fn once(roots: Vec<Root>) -> Vec<Root> {
    let mut seen = BTreeSet::new();
    roots.into_iter().filter(|root| file(root).is_none_or(|path| seen.insert(path.clone()))).collect()
}

fn file(root: &Root) -> Option<&Utf8PathBuf> {
    match root {
        Root::File(path) => Some(path),
        Root::Text { .. } => None,
    }
}

/// Lays out what has no error.
fn format(loaded: &Loaded) -> Vec<Formatted<'_>> {
    let broken: BTreeSet<_> = loaded.diagnostics.iter().map(|found| found.primary.span.file).collect();
    let sound = loaded.files.iter().filter(|tree| !broken.contains(&tree.id));
    sound
        .map(|tree| {
            let source = loaded.sources.get(tree.id);
            let after = fmt::print(source.text(), tree);
            Formatted { path: source.path(), before: source.text(), after }
        })
        .collect()
}

/// What would change, as a patch that `git apply` and `patch` take.
fn show(text: &Formatted<'_>) -> Result<(), Failure> {
    let diff = similar::TextDiff::from_lines(text.before, &text.after);
    let (old, new) = (format!("a/{}", text.path), format!("b/{}", text.path));
    let diff = diff.unified_diff().header(&old, &new).to_string();
    io::print(Stream::Out, |out| out.write_all(diff.as_bytes()))
}

/// A file in its place where it changes, anything else on standard output.
fn write(text: &Formatted<'_>, files: &BTreeSet<Utf8PathBuf>) -> Result<(), Failure> {
    match (files.contains(text.path), text.is_changed()) {
        (true, true) => io::replace(text.path, text.after.as_bytes()),
        (true, false) => Ok(()),
        (false, _) => io::print(Stream::Out, |out| out.write_all(text.after.as_bytes())),
    }
}

fn count(files: usize) -> String {
    counted(files, "file", "files")
}
