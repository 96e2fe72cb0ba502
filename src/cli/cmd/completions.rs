//! `netdsl completions`: a script for a shell.

use crate::cli::args::{self, Completions};
use crate::cli::exit::{Exit, Failure};
use crate::cli::io::{self, Stream};

/// Prints the script.
pub(in crate::cli) fn run(args: &Completions) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut args::command("netdsl"), "netdsl", &mut script);
    io::print(Stream::Out, |out| out.write_all(&script))?;
    Ok(Exit::Clean)
}
