//! `netdsl check`: findings, and no output.

use crate::backend::Options;
use crate::cli::args::Check;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::io::Stream;
use crate::cli::report::Report;
use crate::{diag, pipeline};

/// Checks. Findings in a machine format are the data of this command.
pub(in crate::cli) fn run(args: &Check, report: Report) -> Result<Exit, Failure> {
    let mut loaded = input::read(&args.input)?;
    let outcome = pipeline::compile(&mut loaded, &Options::default());
    let found = &outcome.diagnostics;
    let denied = args.deny_warnings && !found.is_empty() && !diag::has_errors(found);
    let consequence = if denied { "denied by --deny-warnings" } else { "" };
    let stream = if report.format.is_machine() { Stream::Out } else { Stream::Err };
    report.findings(stream, found, &loaded.sources, consequence)?;
    if found.is_empty() {
        report.success(&all_is_well(loaded.files.len()))?;
    }
    Ok(if denied || diag::has_errors(found) { Exit::Findings } else { Exit::Clean })
}

fn all_is_well(files: usize) -> String {
    match files {
        1 => "1 file, nothing to complain about".to_owned(),
        _ => format!("{files} files, nothing to complain about"),
    }
}
