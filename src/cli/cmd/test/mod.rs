//! `netdsl test`: the tests and the guards, one line each, and the counterexamples of those that fail.

mod junit;
mod nearest;
mod outcome;

use crate::cli::args;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::io::{self, Stream};
use crate::cli::report::Report;
use crate::diag::Diagnostic;
use crate::diag::render::{Format, one_line};
use crate::load::Loaded;
use crate::source::Sources;
use crate::{diag, lower, pipeline};

use outcome::Outcome;

/// Proves them. Without a report, JUnit XML was asked for.
pub(in crate::cli) fn run(args: &args::Test, report: Option<Report>) -> Result<Exit, Failure> {
    let mut loaded = input::read(&args.input)?;
    match outcomes(&mut loaded) {
        Err(diagnostics) => unsound(&diagnostics, &loaded.sources, report),
        Ok(mut outcomes) => {
            if let Some(text) = &args.filter {
                outcomes = matching(outcomes, text)?;
            }
            match report {
                None => print_junit(&junit::report(&outcomes, &loaded.sources))?,
                Some(report) => show(&outcomes, &loaded.sources, report)?,
            }
            let passed = outcomes.iter().all(Outcome::passed);
            Ok(if passed { Exit::Clean } else { Exit::Findings })
        }
    }
}

/// What became of every test and guard; the findings, where the program is not sound.
fn outcomes(loaded: &mut Loaded) -> Result<Vec<Outcome>, Vec<Diagnostic>> {
    let (checked, _) = pipeline::check(loaded)?;
    let lowered = lower::lower(&checked);
    let proofs = pipeline::prove(&checked, &lowered.policy);
    Ok(outcome::outcomes(checked.program(), &proofs, &loaded.sources))
}

/// Those that a filter keeps. A filter that keeps nothing is a mistake: a pipeline with a name that somebody changed
/// would pass for ever.
fn matching(outcomes: Vec<Outcome>, text: &str) -> Result<Vec<Outcome>, Failure> {
    let (kept, others): (Vec<Outcome>, Vec<Outcome>) =
        outcomes.into_iter().partition(|outcome| outcome.contains(text));
    if !kept.is_empty() {
        return Ok(kept);
    }
    let near = nearest::nearest(text, others.iter().map(Outcome::text));
    let near: Vec<String> = near.into_iter().map(|it| format!("`{}`", one_line(it))).collect();
    let advice = match (others.as_slice(), near.as_slice()) {
        ([], _) => "the program has none".to_owned(),
        (_, []) => "`netdsl test` lists them all".to_owned(),
        (_, near) => format!("did you mean {}?", near.join(" or ")),
    };
    Err(Failure(format!("no test has `{}` in its name, and no guard in its text; {advice}", one_line(text))))
}

/// A program with errors has no meaning that a test could be about.
fn unsound(found: &[Diagnostic], sources: &Sources, report: Option<Report>) -> Result<Exit, Failure> {
    match report {
        None => print_junit(&junit::unsound(found, sources))?,
        Some(report) => report.findings(findings_stream(report), found, sources, "nothing was tested")?,
    }
    Ok(Exit::Findings)
}

/// One line each, the findings, and how many there are of which.
fn show(outcomes: &[Outcome], sources: &Sources, report: Report) -> Result<(), Failure> {
    let mut found: Vec<Diagnostic> = outcomes.iter().flat_map(|it| &it.findings).cloned().collect();
    diag::sort(&mut found);
    if report.format.is_machine() {
        return report.findings(Stream::Out, &found, sources, "");
    }
    let told: Vec<&Outcome> = outcomes.iter().filter(|it| !(report.is_quiet() && it.passed())).collect();
    let lines: String = told.iter().map(|outcome| line(outcome, sources)).collect();
    io::print(Stream::Out, |out| out.write_all(lines.as_bytes()))?;
    report.findings(Stream::Err, &found, sources, "")?;
    let passed = outcomes.iter().filter(|it| it.passed()).count();
    if report.is_quiet() && passed == outcomes.len() {
        return Ok(());
    }
    let summary = format!("{passed} passed, {} failed\n", outcomes.len() - passed);
    io::print(Stream::Out, |out| out.write_all(summary.as_bytes()))
}

fn line(outcome: &Outcome, sources: &Sources) -> String {
    let verdict = if outcome.passed() { "ok    " } else { "FAILED" };
    let path = one_line(sources.get(outcome.span.file).path().as_str());
    let line = sources.position(outcome.span).line;
    format!("{verdict}  {}  ({path}:{line})\n", one_line(&outcome.title()))
}

/// Findings in a machine format are the data of this command.
fn findings_stream(report: Report) -> Stream {
    match report.format {
        Format::Human | Format::Short => Stream::Err,
        Format::Json | Format::Sarif | Format::Github | Format::Gitlab => Stream::Out,
    }
}

fn print_junit(xml: &str) -> Result<(), Failure> {
    io::print(Stream::Out, |out| out.write_all(xml.as_bytes()))
}
