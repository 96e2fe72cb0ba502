//! `netdsl check`: findings, and no output.

use crate::backend::Options;
use crate::cli::args::Check;
use crate::cli::exit::{Exit, Failure};
use crate::cli::io::Stream;
use crate::cli::progress::Progress;
use crate::cli::report::Report;
use crate::cli::{input, mend};
use crate::diag::Diagnostic;
use crate::load::Loaded;
use crate::output::Shape;
use crate::{diag, pipeline};

/// Checks. Findings in a machine format are the data of this command.
pub(in crate::cli) fn run(args: &Check, report: Report) -> Result<Exit, Failure> {
    let (loaded, found) = checked(args, report)?;
    let denied = args.deny_warnings && !found.is_empty() && !diag::has_errors(&found);
    let consequence = if denied { "denied by --deny-warnings" } else { "" };
    let stream = if report.format.is_machine() { Stream::Out } else { Stream::Err };
    report.findings(stream, &found, &loaded.sources, consequence)?;
    if found.is_empty() {
        report.success(&all_is_well(loaded.places.len()))?;
    }
    Ok(if denied || diag::has_errors(&found) { Exit::Findings } else { Exit::Clean })
}

/// What is wrong with the program, once it is mended where that was asked for.
fn checked(args: &Check, report: Report) -> Result<(Loaded, Vec<Diagnostic>), Failure> {
    let progress = Progress::start(report);
    let check = |loaded: &mut Loaded| {
        let begins = &mut |phase| progress.begins(phase);
        pipeline::compile_to(loaded, &Options::default(), Shape::default(), begins).diagnostics
    };
    if args.fix {
        let (loaded, found, replaced) = mend::mend(&input::roots(args.input.paths.clone())?, check)?;
        drop(progress);
        replaced.iter().try_for_each(|line| report.success(line))?;
        return Ok((loaded, found));
    }
    let mut loaded = input::read(&args.input)?;
    let found = check(&mut loaded);
    Ok((loaded, found))
}

fn all_is_well(files: usize) -> String {
    match files {
        1 => "1 file, nothing to complain about".to_owned(),
        _ => format!("{files} files, nothing to complain about"),
    }
}
