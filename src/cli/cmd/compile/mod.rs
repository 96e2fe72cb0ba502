//! `netdsl compile`: policies on standard output or in a folder, or nothing at all.

mod command;
mod folder;
mod ledger;
mod stats;

use crate::backend::Options;
use crate::cli::args::{Compile, Layout, OutputFormat};
use crate::cli::clock::Clock;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::io::{self, Stream};
use crate::cli::labels;
use crate::cli::progress::Progress;
use crate::cli::report::Report;
use crate::cli::words::counted;
use crate::load::{Place, load};
use crate::output::{self, Folder, Kustomization, Shape};
use crate::pipeline::{self, Compiled, Output};

use ledger::Ledger;

/// Compiles, or finds that an earlier run did. Findings go to standard error in every format: the policies are the data.
pub(in crate::cli) fn run(args: &Compile, report: Report) -> Result<Exit, Failure> {
    let clock = Clock::start();
    refuse_flags_of_folders(args)?;
    let options = Options { labels: labels::collect(&args.label)? };
    let progress = Progress::start(report);
    let roots = input::roots(args.input.paths.clone())?;
    let disk = io::RealDisk::new()?;
    let mut ledger = Ledger::open(args, report, &roots, &disk);
    if let Some(receipt) = ledger.as_mut().and_then(|ledger| ledger.unchanged(args, &disk)) {
        drop(progress);
        return ledger::say_again(&receipt, report);
    }
    let mut loaded = match &ledger {
        Some(ledger) => load(roots, &ledger.witness(&disk))?,
        None => load(roots, &disk)?,
    };
    let Compiled { diagnostics, output } =
        pipeline::compile_to(&mut loaded, &options, shape(args), &mut |phase| progress.begins(phase));
    drop(progress);
    let Some(output) = output else {
        report.findings(Stream::Err, &diagnostics, &loaded.sources, "nothing was written")?;
        return Ok(Exit::Findings);
    };
    let figures = if args.stats { stats::stats(&output) } else { String::new() };
    let told = report.rendered(Stream::Err, &diagnostics, &loaded.sources) + &figures;
    io::to_stderr(told.as_bytes())?;
    let (exit, folder) = deliver(args, &output, &loaded.places, report)?;
    let proved = proved(&output);
    report.success(&format!("proved: {proved}, in {}", clock.elapsed()))?;
    if let (Exit::Clean, Some(ledger)) = (exit, ledger) {
        ledger.close(&folder, told, proved);
    }
    Ok(exit)
}

/// Hands out what was proved; how that ends, and what the folder holds then.
fn deliver(
    args: &Compile,
    output: &Output,
    places: &[Place],
    report: Report,
) -> Result<(Exit, Folder), Failure> {
    refuse_to_remove_all(args, output)?;
    if !is_stream(args) {
        return folder::bring_up_to_date(args, &output.files, places, report);
    }
    let texts = output.files.iter().map(|file| file.text.as_bytes());
    io::print(Stream::Out, |out| texts.into_iter().try_for_each(|text| out.write_all(text)))?;
    Ok((Exit::Clean, Folder::new()))
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
