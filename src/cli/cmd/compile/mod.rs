//! `netdsl compile`: policies on standard output or in a folder, or nothing at all.

mod command;
mod folder;
mod ledger;
mod stats;

use std::io::Write;

use crate::backend::Options;
use crate::cli::args::{Compile, Layout, OutputFormat};
use crate::cli::clock::Clock;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::io::{self, Stream};
use crate::cli::labels;
use crate::cli::progress::Progress;
use crate::cli::receipt::Said;
use crate::cli::report::Report;
use crate::cli::words::counted;
use crate::load::load;
use crate::output::{self, Folder, Kustomization, Shape};
use crate::pipeline::{self, Compiled, Output};
use crate::source::Sources;

use ledger::Ledger;

/// Compiles, or finds that an earlier run did. Findings go to standard error in every format: the policies are the data.
pub(in crate::cli) fn run(args: &Compile, report: Report) -> Result<Exit, Failure> {
    let clock = Clock::start();
    refuse_flags_of_folders(args)?;
    let options = Options { labels: labels::collect(&args.label)? };
    let progress = Progress::start(report);
    let roots = input::roots(args.input.paths.clone())?;
    let mut disk = io::RealDisk::new()?;
    let mut ledger = Ledger::open(args, report, &roots, &disk);
    if let Some(receipt) = ledger.as_mut().and_then(|ledger| ledger.unchanged(args, &mut disk)) {
        drop(progress);
        return ledger::say_again(&receipt, report);
    }
    let mut loaded = match &mut ledger {
        Some(ledger) => load(roots, &mut ledger.witness(&mut disk))?,
        None => load(roots, &mut disk)?,
    };
    let outcome =
        pipeline::compile_to(&mut loaded, &options, shape(args), &mut |phase| progress.begins(phase));
    drop(progress);
    let said = tell(args, report, &outcome, &loaded.sources)?;
    let Some(output) = outcome.output else { return Ok(Exit::Findings) };
    refuse_to_remove_all(args, &output)?;
    let (exit, folder) = if is_stream(args) {
        let texts = output.files.iter().map(|file| file.text.as_bytes());
        io::print(Stream::Out, |out| texts.into_iter().try_for_each(|text| out.write_all(text)))?;
        (Exit::Clean, Folder::new())
    } else {
        folder::bring_up_to_date(args, &output.files, &loaded.places, report)?
    };
    let proved = proved(&output);
    report.success(&format!("proved: {proved}, in {}", clock.elapsed()))?;
    if let (Exit::Clean, Some(ledger)) = (exit, ledger) {
        ledger.close(&folder, said, proved);
    }
    Ok(exit)
}

/// Shows what was found, and the figures where they are wanted.
fn tell(args: &Compile, report: Report, outcome: &Compiled, sources: &Sources) -> Result<Said, Failure> {
    let consequence = if outcome.output.is_some() { "" } else { "nothing was written" };
    let figures = outcome.output.as_ref().filter(|_| args.stats).map(stats::stats);
    let mut said = Said::nothing();
    io::print(Stream::Err, |out| {
        let mut out = said.on_the_way_to(out);
        report.render(Stream::Err, &outcome.diagnostics, sources, consequence, &mut out)?;
        out.write_all(figures.unwrap_or_default().as_bytes())
    })?;
    Ok(said)
}

/// A program of which nothing arrived looks like one that says nothing.
fn refuse_to_remove_all(args: &Compile, output: &Output) -> Result<(), Failure> {
    if args.prune && !args.check && !args.force && output.policies == 0 {
        let message = "the program has no policies, so `--prune` would remove all that it ever wrote: \
                       add `--force` if that is meant";
        return Err(Failure(message.to_owned()));
    }
    Ok(())
}

fn is_stream(args: &Compile) -> bool {
    args.output == "-"
}

/// Flags that would be ignored without a folder are mistakes.
fn refuse_flags_of_folders(args: &Compile) -> Result<(), Failure> {
    let given = [
        ("--check", args.check),
        ("--prune", args.prune),
        ("--force", args.force),
        ("--layout", args.layout.is_some()),
        ("--kustomization", args.kustomization),
    ];
    match given.iter().find(|(_, given)| *given && is_stream(args)) {
        Some((flag, _)) => Err(Failure(format!("`{flag}` is about a folder: add `-o DIR`"))),
        None => Ok(()),
    }
}

fn shape(args: &Compile) -> Shape {
    let in_a_folder = match args.layout {
        None | Some(Layout::Namespace) => output::Layout::Namespace,
        Some(Layout::Policy) => output::Layout::Policy,
        Some(Layout::Single) => output::Layout::Single,
    };
    Shape {
        layout: if is_stream(args) { output::Layout::Stream } else { in_a_folder },
        format: match args.format {
            OutputFormat::Yaml => output::Format::Yaml,
            OutputFormat::Json => output::Format::Json,
        },
        kustomization: if args.kustomization { Kustomization::Written } else { Kustomization::Absent },
    }
}

/// What was proved.
fn proved(output: &Output) -> String {
    let policies = counted(output.policies, "policy says", "policies say");
    let rules = counted(output.rules, "rule says", "rules say");
    format!("{policies} what {rules}")
}
