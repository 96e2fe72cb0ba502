//! Whether an earlier run has done all that this one would, and the receipt for the next.
//!
//! Only a run into a folder has one: `--check` and standard output always compile and prove. So does whoever sets
//! `NETDSL_RECEIPTS` to anything but `on`, and every pipeline that says so with `CI`: what a pipeline keeps between its runs, others
//! may have written. What a receipt means is told in `cli/receipt`.

use std::collections::BTreeSet;
use std::fmt::Debug;

use crate::cli::args::Compile;
use crate::cli::exit::{Exit, Failure};
use crate::cli::io::{self, RealDisk, Stream};
use crate::cli::receipt::{self, Digest, Digester, Receipt, Testimony};
use crate::cli::report::Report;
use crate::load::{Disk, Root};
use crate::output::{Entry, Folder};

/// A folder with less in it has no receipt: to compile it takes no longer than to look at the bytes of the compiler.
const LEAST_BYTES: usize = 64 << 10;

/// What a run gathers for its receipt.
pub(super) struct Ledger {
    cache: io::Cache,
    key: Digest,
    compiler: io::Executable,
    testimony: Testimony,
}

impl Ledger {
    /// Of a run that may have a receipt, and has a place for it.
    pub(super) fn open(args: &Compile, report: Report, roots: &[Root], disk: &RealDisk) -> Option<Self> {
        if super::is_stream(args) || args.check || is_switched_off() {
            return None;
        }
        let here = disk.working_directory();
        let key = key(here.as_str(), args, report);
        // The folder may be made by this run.
        let output = io::without_links(&here.join(&args.output))?;
        let (cache, compiler) = (io::Cache::locate(&[here, output])?, io::Executable::open()?);
        Some(Self { cache, key, compiler, testimony: Testimony::of(roots) })
    }

    /// The receipt of an earlier run, where nothing has changed since: neither the compiler, nor a source, nor the folder.
    pub(super) fn unchanged(&mut self, args: &Compile, disk: &dyn Disk) -> Option<Receipt> {
        let receipt = Receipt::decode(&self.cache.read(&self.key)?, &self.key)?;
        let is_unchanged = self.compiler.digest()? == receipt.compiler
            && self.testimony.is_repeated(&receipt.questions, &receipt.sources, disk)
            && receipt::folder(&io::scan(&args.output, &BTreeSet::new()).ok()?) == receipt.folder;
        is_unchanged.then_some(receipt)
    }

    /// The file system, whose answers are the receipt's.
    pub(super) fn witness<'a>(&'a self, disk: &'a dyn Disk) -> impl Disk + 'a {
        self.testimony.witness(disk)
    }

    /// Remembers a run that ended well, and left this in the folder.
    pub(super) fn close(mut self, folder: &Folder, said: String, proved: String) {
        if bytes(folder) < LEAST_BYTES {
            return;
        }
        let Some(compiler) = self.compiler.digest() else { return };
        let (questions, sources) = self.testimony.finish();
        let folder = receipt::folder(folder);
        let receipt = Receipt { key: self.key, compiler, questions, sources, folder, said, proved };
        if let Some(bytes) = receipt.encode() {
            self.cache.keep(&receipt.key, &bytes);
        }
    }
}

fn bytes(folder: &Folder) -> usize {
    let bytes = folder.values().map(|entry| match entry {
        Entry::File(bytes) => bytes.len(),
        Entry::Folder | Entry::Other(_) => 0,
    });
    bytes.sum()
}

/// Says what the earlier run said, and that it was that one.
pub(super) fn say_again(receipt: &Receipt, report: Report) -> Result<Exit, Failure> {
    io::to_stderr(receipt.said.as_bytes())?;
    report.success(&format!("unchanged since the proof: {}", receipt.proved))?;
    Ok(Exit::Clean)
}

fn is_switched_off() -> bool {
    io::variable("NETDSL_RECEIPTS").is_some_and(|value| value != "on") || io::variable("CI").is_some()
}

/// Everything but the compiler that decides what a run does with its sources and how it says so. Arguments go in as a whole, so that none is
/// forgotten: a flag that changes nothing costs a compile, no more.
fn key(here: &str, args: &impl Debug, report: Report) -> Digest {
    let colour = report.colour(Stream::Err);
    let mut digester = Digester::default();
    digester.part(here).part(format!("{args:?}")).part(format!("{report:?}")).part(format!("{colour:?}"));
    digester.finish()
}

#[cfg(test)]
mod tests {
    use clap::{Arg, FromArgMatches};

    use super::{Digest, key};
    use crate::cli::args::{self, Args, Command};
    use crate::cli::report::Report;

    /// The key of a run of `netdsl compile -o DIR` with these arguments too.
    fn key_of(arguments: &[String]) -> Digest {
        let line = ["netdsl", "compile", "-o", "out"].map(str::to_owned);
        let matches = args::command("netdsl").try_get_matches_from(line.iter().chain(arguments)).unwrap();
        let args = Args::from_arg_matches(&matches).unwrap();
        let Command::Compile(compile) = &args.command else { panic!("{args:?}") };
        key("/here", compile, Report::new(args.global).unwrap())
    }

    /// Ways to give an argument; all of them differ from its default.
    fn given(arg: &Arg) -> Vec<Vec<String>> {
        let flag = arg.get_long().map(|long| format!("--{long}"));
        if !arg.get_action().takes_values() {
            return vec![flag.into_iter().collect()];
        }
        let is_default = |value: &String| arg.get_default_values().iter().any(|it| it == value.as_str());
        let mut values: Vec<String> =
            arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
        if values.is_empty() {
            values = vec!["a=b".to_owned(), "a=c".to_owned()];
        }
        let values = values.into_iter().filter(|value| !is_default(value) && value != "junit");
        values.map(|value| flag.iter().cloned().chain([value]).collect()).collect()
    }

    #[test]
    fn every_argument_is_part_of_the_key() {
        let command = args::command("netdsl");
        let compile = command.find_subcommand("compile").unwrap();
        let arguments: Vec<Vec<String>> = compile
            .get_arguments()
            .chain(command.get_arguments())
            // The folder stands in every line already.
            .filter(|arg| arg.get_id() != "output")
            .flat_map(given)
            .collect();
        assert!(arguments.len() > 15, "{arguments:?}");
        let mut seen = vec![(key_of(&[]), Vec::new())];
        for arguments in arguments {
            let key = key_of(&arguments);
            let twin = seen.iter().find(|(other, _)| *other == key);
            assert_eq!(twin, None, "{arguments:?}");
            seen.push((key, arguments));
        }
    }

    #[test]
    fn so_is_the_place() {
        let matches = args::command("netdsl").try_get_matches_from(["netdsl", "compile"]).unwrap();
        let report = Report::new(Args::from_arg_matches(&matches).unwrap().global).unwrap();
        let usual = key("/here", &"out", report);
        assert_eq!(usual, key("/here", &"out", report));
        assert!(usual != key("/there", &"out", report) && usual != key("/here", &"out2", report));
    }
}
