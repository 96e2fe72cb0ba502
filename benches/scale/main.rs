//! What a compile costs, beside what it cannot cost less than: `cargo bench`.
//!
//! `cargo bench` prints tables for programs of 1,000 to 100,000 rules; `NETDSL_BENCH_RULES=1000000` for more.
//! `cargo bench -- generate 10000 DIR` writes such a program (also `published`, and `worst` for one of each kind).
//! Programs are compiled by child processes, so that each has its own peak memory.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement reads, takes time and prints"
)]

#[path = "../clusters/mod.rs"]
mod clusters;
mod disk;
mod floors;
mod phases;
mod process;
mod programs;
mod tables;
#[path = "../clusters/worst.rs"]
mod worst;

use std::io::Result;
use std::process::ExitCode;

use camino::Utf8Path;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        [] => tables::all(),
        ["generate", what, folder] => programs::generate(what, Utf8Path::new(folder)),
        // For child processes, and for the budget of instructions.
        ["nothing"] => Ok(()),
        ["measure", folder] => phases::measure(Utf8Path::new(folder), None),
        ["measure", folder, until] => phases::measure(Utf8Path::new(folder), Some(until)),
        ["path"] => path(),
        _ => Err(std::io::Error::other("usage: cargo bench -- [generate RULES|published|worst DIR]")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Where this program and the compiler lie: what the budget of instructions runs.
fn path() -> Result<()> {
    println!("{}\n{}", std::env::current_exe()?.display(), env!("CARGO_BIN_EXE_netdsl"));
    Ok(())
}
