//! Systematic faults in the output of real programs: none may pass the proof unless it changes nothing.
//!
//! Comes in: the examples and Kubernetes' own scenarios, compiled. Each line of their YAML is mangled in every way
//! of `texts`, and each flow of their meaning in every way of `meanings`, as a bug behind the lowering would. What
//! comes of each: the text is refused, or it differs and the oracle confirms every witness, or it is proved, and
//! then the oracle must not find a connection on which the two disagree.

mod harmless;
mod meanings;
mod texts;

use std::path::{Path, PathBuf};

use netdsl::backend::{self, Options};
use netdsl::ir::Policy;
use netdsl::lower::{self, Lowered};
use netdsl::verify::{self, Verdict};
use netdsl::{k8s, minimise, pipeline};

use crate::oracle::kubernetes::Manifests;
use crate::oracle::witness;
use crate::support::{self, File};

/// About how many mutants of one program are tried, unless [`ALL`] is set: every so manieth.
const MOST: usize = 50;

/// Set, all mutants are tried.
const ALL: &str = "NETDSL_ALL_MUTANTS";

/// What came of the mutants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    all: usize,
    refused: usize,
    differ: usize,
    harmless: usize,
}

/// A real program, what it means, and what is written for it.
struct Subject {
    name: String,
    lowered: Lowered,
    yaml: String,
    manifests: Manifests,
}

impl Subject {
    fn new(name: String, files: &[File]) -> Self {
        let mut loaded = support::parse_files(files);
        let (checked, _) = pipeline::check(&mut loaded).unwrap_or_else(|found| panic!("{name}: {found:?}"));
        let lowered = lower::lower(&checked);
        let yaml = written(&lowered.policy, &lowered);
        let manifests = Manifests::read(&yaml);
        Self { name, lowered, yaml, manifests }
    }

    /// What the proof makes of a text in place of the one that was written; the reason where that is wrong.
    fn judge(&self, text: &str, tally: &mut Tally) -> Result<(), String> {
        tally.all += 1;
        match verify::verify(&self.lowered.policy, text) {
            Verdict::Refused(_) => tally.refused += 1,
            Verdict::Differs(witnesses) => {
                let theirs = Manifests::read(text);
                if let Some(wrong) =
                    witnesses.iter().find(|it| !witness::is_real(it, &self.manifests, &theirs))
                {
                    return Err(format!("not real: {wrong}"));
                }
                tally.differ += 1;
            }
            Verdict::Proved(_) => match harmless::difference(&self.yaml, text) {
                None => tally.harmless += 1,
                Some(case) => return Err(format!("proved, and different: {case}")),
            },
            Verdict::OutOfBudget(overrun) => return Err(overrun.to_string()),
        }
        Ok(())
    }
}

/// The text that a policy is written as, with the names of a program.
fn written(policy: &Policy, lowered: &Lowered) -> String {
    let minimal = minimise::minimise(policy.clone());
    let (objects, _) = backend::network_policy::emit(&minimal, &lowered.presentation, &Options::default());
    k8s::write(&objects)
}

/// The examples and the end-to-end scenarios.
fn subjects() -> Vec<Subject> {
    let program = |folder: &Path, paths: &[PathBuf]| {
        let file = |path: &PathBuf| File { path: support::relative(path, folder), text: support::read(path) };
        Subject::new(paths[0].display().to_string(), &paths.iter().map(file).collect::<Vec<_>>())
    };
    let examples = support::entries(&support::repository("examples")).into_iter().filter(|it| it.is_dir());
    let mut all: Vec<Subject> =
        examples.map(|it| program(&it, &support::files_below(&it, "netdsl"))).collect();
    let scenarios = support::repository("tests/scenarios/e2e");
    let paths = support::files_below(&scenarios, "netdsl");
    all.extend(paths.iter().map(|path| program(&scenarios, std::slice::from_ref(path))));
    assert!(all.len() > 50, "the programs are found");
    all
}

/// Tries faults of all programs, all of them or a part that is the same each time.
fn tally<F>(faults: impl Fn(&Subject) -> Vec<F>, text: impl Fn(&Subject, &F) -> String) -> Tally {
    let mut tally = Tally::default();
    let mut survivors = Vec::new();
    for subject in subjects() {
        let faults = faults(&subject);
        let stride = if std::env::var_os(ALL).is_some() { 1 } else { faults.len() / MOST + 1 };
        let texts = faults.iter().step_by(stride).map(|fault| text(&subject, fault));
        for text in texts.filter(|text| *text != subject.yaml) {
            if let Err(why) = subject.judge(&text, &mut tally) {
                survivors.push(format!("{}: {why}\n{}", subject.name, changed(&subject.yaml, &text)));
            }
        }
    }
    eprintln!("{tally:?}");
    assert!(survivors.is_empty(), "{} of {} survive:\n{}", survivors.len(), tally.all, survivors.join("\n"));
    assert_eq!(tally.refused + tally.differ + tally.harmless, tally.all);
    tally
}

/// The lines on which two texts differ, with a few around.
fn changed(before: &str, after: &str) -> String {
    let (before, after): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let start = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let shown = |lines: &[&str]| {
        let around: Vec<&str> = lines.iter().skip(start.saturating_sub(8)).take(20).copied().collect();
        format!("  {}\n", around.join("\n  "))
    };
    format!("before:\n{}after:\n{}", shown(&before), shown(&after))
}

#[test]
fn no_fault_in_a_written_text_is_proved() {
    let faults = |subject: &Subject| texts::faults(&subject.yaml).into_iter().collect();
    let tally = tally(faults, |subject, fault: &texts::Fault| fault.applied(&subject.yaml));
    assert!(tally.refused > 1000 && tally.differ > 200 && tally.harmless > 200, "{tally:?}");
}

#[test]
fn no_fault_behind_the_lowering_is_proved() {
    let faults = |subject: &Subject| meanings::mutants(&subject.lowered.policy);
    let tally = tally(faults, |subject, policy| written(policy, &subject.lowered));
    assert!(tally.differ > 500, "{tally:?}");
}
