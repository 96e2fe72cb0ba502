//! One compile in this process, phase by phase: the pipeline that users run, watched.
//!
//! Comes in: a folder with a program. Goes out on standard output: a line for each phase with its name, its time in
//! microseconds, and the most memory that the process held until its end, in KiB.

use std::fs;
use std::io::{Error, Result};
use std::time::{Duration, Instant};

use camino::Utf8Path;
use netdsl::backend::Options;
use netdsl::output::Shape;
use netdsl::pipeline::{self, Output, Phase};
use netdsl::{denote, load, verify};

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

/// Compiles and prints what each phase took; ends where a phase begins that `until` names,
/// or at its end.
pub(crate) fn measure(folder: &Utf8Path, until: Option<&str>) -> Result<()> {
    let mut record = Record { parts: Vec::new(), name: "read".to_owned(), since: Instant::now() };
    let compiled = {
        let mut loaded =
            load::load(disk::roots(folder)?, &mut Real).map_err(|error| Error::other(error.reason))?;
        let mut begins = |phase: Phase| {
            let name = name(phase);
            if until == Some(name.as_str()) {
                std::process::exit(0);
            }
            record.begins(name);
        };
        pipeline::compile_to(&mut loaded, &Options::default(), Shape::default(), &mut begins)
    };
    if until == Some("end") {
        return Ok(());
    }
    record.begins("proof: read".to_owned());
    let finding = compiled.diagnostics.first().map(|it| it.message.clone()).unwrap_or_default();
    let output = compiled.output.ok_or_else(|| Error::other(format!("nothing was written: {finding}")))?;
    again(&output, &mut record);
    for part in &record.parts {
        println!("{}\t{}\t{}", part.name, part.time.as_micros(), part.peak);
    }
    Ok(())
}

/// The parts of the proof once more, one by one.
fn again(output: &Output, record: &mut Record) {
    let text = &output.files[0].text;
    let objects = denote::read(text).unwrap_or_default();
    record.begins("proof: denote".to_owned());
    let (policy, _) = denote::denote(&objects);
    record.begins("proof: compare".to_owned());
    let verdict = verify::compare(&policy, &policy);
    assert!(matches!(verdict, verify::Verdict::Proved(_)), "what was read is equal to itself");
    record.begins("end".to_owned());
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
