//! One compile in this process, phase by phase: the pipeline that users run, watched.
//!
//! Comes in: a folder with a program. Goes out on standard output: a line for each phase with its name, its time in
//! microseconds, and the most memory that the process held until its end, in KiB.

use std::fs;
use std::io::{Error, Result};
use std::time::{Duration, Instant};

use camino::Utf8Path;
use netdsl::backend::{Options, network_policy};
use netdsl::load::{self, Loaded};
use netdsl::output::Shape;
use netdsl::pipeline::{self, Output, Phase};
use netdsl::{denote, k8s, lower, minimise, verify};

use crate::disk::{self, Real};

/// A part of the compile, and what it took.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) time: Duration,
    /// In KiB: of the whole process until its end.
    pub(crate) peak: u64,
}

/// The parts that began, and when the last one did.
struct Record {
    parts: Vec<Part>,
    name: String,
    since: Instant,
}

impl Record {
    fn begins(&mut self, name: String) {
        let name = std::mem::replace(&mut self.name, name);
        self.parts.push(Part { name, time: self.since.elapsed(), peak: peak("self").unwrap_or_default() });
        self.since = Instant::now();
    }
}

/// Compiles and prints what each phase took; ends where a phase begins that `until` names, or at its end.
pub(crate) fn measure(folder: &Utf8Path, until: Option<&str>) -> Result<()> {
    let mut record = Record { parts: Vec::new(), name: "read".to_owned(), since: Instant::now() };
    let mut loaded = load(folder)?;
    let mut begins = |phase: Phase| {
        let name = name(phase);
        if until == Some(name.as_str()) {
            std::process::exit(0);
        }
        record.begins(name);
    };
    let compiled = pipeline::compile_to(&mut loaded, &Options::default(), Shape::default(), &mut begins);
    if until == Some("end") {
        return Ok(());
    }
    let finding = compiled.diagnostics.first().map(|it| it.message.clone()).unwrap_or_default();
    let output = compiled.output.ok_or_else(|| Error::other(format!("nothing was written: {finding}")))?;
    record.begins(String::new());
    drop(loaded);
    alone(folder, &output, &mut record)?;
    for part in record.parts.iter().filter(|part| !part.name.is_empty()) {
        println!("{}\t{}\t{}", part.name, part.time.as_micros(), part.peak);
    }
    Ok(())
}

fn load(folder: &Utf8Path) -> Result<Loaded> {
    load::load(disk::roots(folder)?, &Real).map_err(|error| Error::other(error.reason))
}

/// What `write` and `verify` consist of, once more, each for all namespaces on one core.
fn alone(folder: &Utf8Path, output: &Output, record: &mut Record) -> Result<()> {
    let found = pipeline::check(&mut load(folder)?);
    let (checked, _) = found.map_err(|_| Error::other("it was checked before"))?;
    let lowered = lower::lower(&checked);
    let policy = lowered.policy.clone();
    record.begins("write: minimise".to_owned());
    let minimal = minimise::minimise(policy);
    record.begins("write: emit".to_owned());
    let (objects, _) = network_policy::emit(&minimal, &lowered.presentation, &Options::default());
    record.begins("write: text".to_owned());
    let text = k8s::write(&objects);
    record.begins(String::new());
    assert!(text.len() == output.files[0].text.len(), "the same policies are written");
    record.begins("beside: a YAML library reads".to_owned());
    let objects = denote::read(&text).unwrap_or_default();
    record.begins("verify: denote".to_owned());
    let (policy, _) = denote::denote(&objects);
    record.begins("verify: compare".to_owned());
    let verdict = verify::compare(&lowered.policy, &policy);
    record.begins(String::new());
    assert!(matches!(verdict, verify::Verdict::Proved(_)), "what is written is proved");
    Ok(())
}

fn name(phase: Phase) -> String {
    format!("{phase:?}").to_lowercase()
}

/// The most memory that a process has held, in KiB, where the system says it.
pub(crate) fn peak(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
