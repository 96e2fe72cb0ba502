//! The output in a folder: what the plan says, done or, with `--check`, shown.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use similar::TextDiff;

use super::command;
use crate::cli::args::Compile;
use crate::cli::exit::{Exit, Failure};
use crate::cli::io::{self, Stream};
use crate::cli::report::Report;
use crate::cli::words::counted;
use crate::diag::render::one_line;
use crate::load::Place;
use crate::output::{
    self, Change, Fate, File, Folder, Kept, Leave, Obstacle, Orphan, Overwrite, Plan, Request,
};

/// Makes the folder hold these files, or says where it does not; what it holds then. Nothing is touched where anything is
/// in the way.
pub(super) fn bring_up_to_date(
    args: &Compile,
    files: &[File],
    places: &[Place],
    report: Report,
) -> Result<(Exit, Folder), Failure> {
    let wanted: BTreeSet<&Utf8Path> = files.iter().map(|file| file.path.as_path()).collect();
    let found = io::scan(&args.output, &wanted)?;
    let request = Request {
        overwrite: if args.force { Overwrite::Everything } else { Overwrite::Ours },
        leave: if args.prune { Leave::Nothing } else { Leave::Orphans },
    };
    let sources = Sources::of(places);
    let plan = output::plan(files, &found, request, |name| sources.is_elsewhere(name));
    if !plan.obstacles.is_empty() {
        return Err(in_the_way(args, &plan.obstacles));
    }
    if args.check {
        return Ok((check(args, &plan)?, found));
    }
    Ok((apply(args, &plan, report)?, plan.carried_out(found)))
}

/// The files of this run, and where others of the same program would be.
struct Sources<'a> {
    roots: BTreeSet<&'a Utf8Path>,
    run: BTreeSet<&'a Utf8Path>,
}

impl<'a> Sources<'a> {
    fn of(places: &'a [Place]) -> Self {
        let roots = places.iter().map(|place| place.root.as_path()).collect();
        Self { roots, run: places.iter().filter_map(|place| place.path.as_deref()).collect() }
    }

    /// Whether a file exists that is not part of this run.
    fn is_elsewhere(&self, name: &str) -> bool {
        let existing = self.roots.iter().filter_map(|root| io::canonical(&root.join(name)));
        existing.into_iter().any(|path| !self.run.contains(path.as_path()))
    }
}

fn in_the_way(args: &Compile, obstacles: &[Obstacle]) -> Failure {
    let told = obstacles.iter().map(|obstacle| match obstacle {
        Obstacle::Foreign(path, what) => {
            format!("`{}` is {what}; --force overwrites it", shown(args, path))
        }
        Obstacle::Elsewhere(path, source) => {
            let (path, source) = (shown(args, path), one_line(source));
            format!(
                "`{path}` also comes from `{source}`, which exists and is not part of this run: \
                 compile them together, or choose another folder; --force overwrites it"
            )
        }
        Obstacle::InTheWay(path, what) => format!("`{}` is {what}: move it away", shown(args, path)),
    });
    let told: Vec<String> = told.collect();
    Failure(format!("{}; nothing was written", told.join("\nerror: ")))
}

fn apply(args: &Compile, plan: &Plan, report: Report) -> Result<Exit, Failure> {
    for change in &plan.changes {
        io::put(&args.output.join(&change.path), change.new.as_bytes())?;
    }
    let (removed, left): (Vec<&Orphan>, Vec<&Orphan>) =
        plan.orphans.iter().partition(|orphan| orphan.fate == Fate::Removed);
    for orphan in &removed {
        io::remove(&args.output, &orphan.path)?;
    }
    for orphan in &removed {
        report.success(&format!("`{}` removed", shown(args, &orphan.path)))?;
    }
    if !(plan.changes.is_empty() && removed.is_empty()) {
        let written = counted(plan.changes.len(), "file", "files");
        let removed = if removed.is_empty() { String::new() } else { format!(", {} removed", removed.len()) };
        report.success(&format!("{written} written{removed}"))?;
    }
    if left.is_empty() {
        return Ok(Exit::Clean);
    }
    let told: String = left.iter().map(|orphan| left_over(args, orphan)).collect();
    io::to_stderr((told + &mend(args, &[], &left)).as_bytes())?;
    Ok(Exit::Findings)
}

/// What is said about an orphan that stays.
fn left_over(args: &Compile, orphan: &Orphan) -> String {
    let why = match &orphan.fate {
        Fate::Removed | Fate::Left => "left over from an earlier run".to_owned(),
        Fate::Kept(Kept::Source(source)) => {
            let source = one_line(source);
            format!("kept, because it comes from `{source}`, which exists and is not part of this run")
        }
        Fate::Kept(Kept::UnknownSource) => "kept, because it does not say what it comes from".to_owned(),
    };
    format!("error: `{}` is not part of the output: {why}\n", shown(args, &orphan.path))
}

/// The commands that mend what a run did not.
fn mend(args: &Compile, changes: &[Change], orphans: &[&Orphan]) -> String {
    let (kept, prunable): (Vec<&Orphan>, Vec<&Orphan>) =
        orphans.iter().partition(|orphan| matches!(orphan.fate, Fate::Kept(_)));
    let mut lines = Vec::new();
    if !(changes.is_empty() && prunable.is_empty()) {
        let flags: &[&str] = if prunable.is_empty() { &[] } else { &["--prune"] };
        lines.push(format!("  = help: to mend that: {}\n", command::again(args, flags)));
    }
    if !args.kustomization
        && prunable.iter().any(|orphan| output::is_kustomization(&orphan.path, &orphan.old))
    {
        let others = prunable.len() > 1;
        let flags: &[&str] = if others { &["--kustomization", "--prune"] } else { &["--kustomization"] };
        let again = command::again(args, flags);
        lines.push(format!("  = help: or give `--kustomization`, as the run that wrote it did: {again}\n"));
    }
    if !kept.is_empty() {
        let paths = kept.iter().map(|orphan| command::quoted(args.output.join(&orphan.path).as_str()));
        let paths = paths.collect::<Vec<_>>().join(" ");
        lines.push(format!("  = help: if nobody needs what was kept: rm -- {paths}\n"));
    }
    lines.concat()
}

/// Shows what a run would do, as a patch.
fn check(args: &Compile, plan: &Plan) -> Result<Exit, Failure> {
    if plan.changes.is_empty() && plan.orphans.is_empty() {
        return Ok(Exit::Clean);
    }
    let changes = plan.changes.iter().map(|change| change_shown(args, change));
    let orphans = plan.orphans.iter().map(|orphan| {
        let path = shown(args, &orphan.path);
        format!("orphan: {path}\n{}", diff(&path, Some(&orphan.old), None))
    });
    let text: String = changes.chain(orphans).collect();
    io::print(Stream::Out, |out| out.write_all(text.as_bytes()))?;
    let number = counted(plan.changes.len() + plan.orphans.len(), "file is", "files are");
    let orphans: Vec<&Orphan> = plan.orphans.iter().collect();
    let told = format!("error: {number} not up to date\n{}", mend(args, &plan.changes, &orphans));
    io::to_stderr(told.as_bytes())?;
    Ok(Exit::Findings)
}

fn change_shown(args: &Compile, change: &Change) -> String {
    let path = shown(args, &change.path);
    let word = if change.old.is_some() { "stale" } else { "missing" };
    format!("{word}: {path}\n{}", diff(&path, change.old.as_deref(), Some(&change.new)))
}

/// A unified diff; nothing is `/dev/null`, as git and patch have it.
fn diff(path: &str, old: Option<&[u8]>, new: Option<&str>) -> String {
    let name =
        |exists: bool, side: &str| if exists { format!("{side}/{path}") } else { "/dev/null".to_owned() };
    let (before, after) = (name(old.is_some(), "a"), name(new.is_some(), "b"));
    let old = String::from_utf8_lossy(old.unwrap_or_default());
    TextDiff::from_lines(&*old, new.unwrap_or_default()).unified_diff().header(&before, &after).to_string()
}

fn shown(args: &Compile, path: &Utf8Path) -> String {
    let path: Utf8PathBuf = args.output.join(path);
    one_line(path.as_str())
}
