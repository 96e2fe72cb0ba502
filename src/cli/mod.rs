//! The command line: arguments in, an exit code out.
//!
//! Data goes to standard output and everything else to standard error. `io.rs` alone reads, writes and prints;
//! `cmd/` has one file a command.

mod args;
mod clock;
mod cmd;
mod exit;
mod input;
mod io;
mod labels;
mod mend;
mod progress;
mod receipt;
mod report;
mod words;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Args, Command};
use exit::{Exit, Failure};
use report::Report;

/// Runs the command that the arguments name; the first of them is the program's own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let name = called_as(arguments.first());
    let parsed =
        args::command(name).try_get_matches_from(arguments).and_then(|found| Args::from_arg_matches(&found));
    let exit = match parsed {
        Ok(args) => dispatch(&args),
        Err(message) => io::print_clap(&message),
    };
    exit.into()
}

/// kubectl runs `kubectl-netdsl` for `kubectl netdsl`, and help should say what the user typed.
fn called_as(program: Option<&OsString>) -> &'static str {
    let stem = program.and_then(|program| Path::new(program).file_stem());
    if stem.is_some_and(|stem| stem == "kubectl-netdsl") { "kubectl netdsl" } else { "netdsl" }
}

/// Runs one command. What could not be done is said here, once.
fn dispatch(args: &Args) -> Exit {
    run_command(args).unwrap_or_else(|failure| {
        // Where standard error is gone too, the exit code still says it.
        let _ = io::to_stderr(format!("error: {failure}\n").as_bytes());
        Exit::CouldNotRun
    })
}

fn run_command(args: &Args) -> Result<Exit, Failure> {
    let report = || {
        let only_tests = "`--message-format junit` is for `netdsl test` alone: other commands run no tests";
        Report::new(args.global).ok_or_else(|| Failure(only_tests.to_owned()))
    };
    match &args.command {
        Command::Compile(compile) => cmd::compile::run(compile, report()?),
        Command::Check(check) => cmd::check::run(check, report()?),
        Command::Test(test) => cmd::test::run(test, Report::new(args.global)),
        Command::Query(query) => cmd::query::run(query, report()?),
        Command::Fmt(fmt) => cmd::fmt::run(fmt, report()?),
        Command::Explain(explain) => cmd::explain::run(explain),
        Command::Prelude => cmd::prelude::run(),
        Command::Completions(completions) => cmd::completions::run(completions),
        Command::Man(man) => cmd::man::run(man),
    }
}
