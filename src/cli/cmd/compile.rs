//! `netdsl compile`: the YAML on standard output, or nothing at all.

use crate::backend::Options;
use crate::cli::args::Compile;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::io::{self, Stream};
use crate::cli::report::Report;
use crate::minimise::Size;
use crate::pipeline::{self, Output};

/// Compiles. Findings go to standard error in every format: the YAML is the data.
pub(in crate::cli) fn run(args: &Compile, report: Report) -> Result<Exit, Failure> {
    let mut loaded = input::read(&args.input)?;
    let outcome = pipeline::compile(&mut loaded, &Options::default());
    let consequence = if outcome.output.is_some() { "" } else { "nothing was written" };
    report.findings(Stream::Err, &outcome.diagnostics, &loaded.sources, consequence)?;
    let Some(output) = outcome.output else { return Ok(Exit::Findings) };
    if args.stats {
        io::to_stderr(stats(&output).as_bytes())?;
    }
    io::print(Stream::Out, |out| out.write_all(output.yaml.as_bytes()))?;
    Ok(Exit::Clean)
}

fn stats(output: &Output) -> String {
    let (size, proof) = output.size;
    let Size { policies, rules, peers, port_entries } = size;
    let bytes = output.yaml.len();
    let gap = proof.rules.saturating_sub(proof.lower_bound);
    let fewest = match gap {
        0 => "minimal (proved)".to_owned(),
        _ => format!("not proved minimal: at least {} (gap {gap})", proof.lower_bound),
    };
    let rest =
        if proof.irredundant { "nothing can be removed" } else { "not proved minimal: the budget is spent" };
    format!(
        "policies: {policies}\nrules: {rules}, {fewest}\npeers: {peers}\nport entries: {port_entries}\nbytes: {bytes}\nredundancy: {rest}\n"
    )
}
