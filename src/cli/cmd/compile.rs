//! `netdsl compile`: the YAML on standard output, or nothing at all.

use crate::backend::Options;
use crate::cli::args::Compile;
use crate::cli::clock::Clock;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::io::{self, Stream};
use crate::cli::report::Report;
use crate::cli::words::counted;
use crate::pipeline::{self, Output};

/// Compiles. Findings go to standard error in every format: the YAML is the data.
pub(in crate::cli) fn run(args: &Compile, report: Report) -> Result<Exit, Failure> {
    let clock = Clock::start();
    let mut loaded = input::read(&args.input)?;
    let outcome = pipeline::compile(&mut loaded, &Options::default());
    let consequence = if outcome.output.is_some() { "" } else { "nothing was written" };
    report.findings(Stream::Err, &outcome.diagnostics, &loaded.sources, consequence)?;
    let Some(output) = outcome.output else { return Ok(Exit::Findings) };
    io::print(Stream::Out, |out| out.write_all(output.yaml.as_bytes()))?;
    report.success(&proved(&output, clock))?;
    Ok(Exit::Clean)
}

/// What was proved, in one line.
fn proved(output: &Output, clock: Clock) -> String {
    let policies = counted(output.policies, "policy says", "policies say");
    let rules = counted(output.rules, "rule says", "rules say");
    format!("proved: {policies} what {rules}, in {}", clock.elapsed())
}
