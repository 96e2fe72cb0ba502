//! `netdsl compile`: the YAML on standard output, or nothing at all.

use crate::backend::Options;
use crate::cli::args::Compile;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::io::{self, Stream};
use crate::cli::report::Report;
use crate::pipeline;

/// Compiles. Findings go to standard error in every format: the YAML is the data.
pub(in crate::cli) fn run(args: &Compile, report: Report) -> Result<Exit, Failure> {
    let mut loaded = input::read(&args.input)?;
    let outcome = pipeline::compile(&mut loaded, &Options::default());
    let consequence = if outcome.yaml.is_some() { "" } else { "nothing was written" };
    report.findings(Stream::Err, &outcome.diagnostics, &loaded.sources, consequence)?;
    let Some(yaml) = outcome.yaml else { return Ok(Exit::Findings) };
    io::print(Stream::Out, |out| out.write_all(yaml.as_bytes()))?;
    Ok(Exit::Clean)
}
