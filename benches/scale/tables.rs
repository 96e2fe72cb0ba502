//! The tables of `docs/performance.md`, from this machine and this build.

use std::io::{Error, Result};
use std::time::Duration;

use camino::Utf8Path;

use crate::clusters::{Program, Shape, cluster};
use crate::floors::{Floors, floors};
use crate::phases::Part;
use crate::process::{self, Run};
use crate::programs::scratch;
use crate::worst;

/// The row of the published cluster: of no other is it ten times the size.
const PUBLISHED: &str = "15,423 (the published cluster)";

/// All tables, for programs as large as `NETDSL_BENCH_RULES` says.
pub(crate) fn all() -> Result<()> {
    let most = std::env::var("NETDSL_BENCH_RULES").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    start()?;
    let sizes = [1_000, 10_000, 100_000, 1_000_000];
    let mut programs = vec![(PUBLISHED.to_owned(), cluster(&Shape::published()))];
    for rules in sizes.into_iter().filter(|rules| *rules <= most) {
        programs.push((grouped(rules), cluster(&Shape::of(rules))));
    }
    whole(&programs)?;
    for (name, program) in &programs {
        parts(name, program)?;
    }
    habits(&cluster(&Shape::of(most.min(10_000))))?;
    hard()
}

/// How long it takes to start.
fn start() -> Result<()> {
    let twenty = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/budget");
    let nothing = process::middle_of_many(process::nothing)?;
    let small = process::middle_of_many(|| Ok(process::netdsl(&twenty, &["compile", "twenty.netdsl"])))?;
    println!("\n### Start\n\n| | time |\n|---|--:|");
    println!("| a Rust program that ends at once | {} |", shown(nothing));
    println!("| `netdsl compile` of 20 lines | {} |", shown(small));
    Ok(())
}

/// The whole compile, as users run it.
fn whole(programs: &[(String, Program)]) -> Result<()> {
    println!("\n### The whole\n");
    println!("| rules | source | YAML | time | memory | times the time before | times the memory before |");
    println!("|--:|--:|--:|--:|--:|--:|--:|");
    let mut before: Option<Run> = None;
    for (name, program) in programs {
        let folder = scratch(program, "whole")?;
        let run = process::middle(|| process::netdsl(&folder, &["compile", "-q", "."]))?;
        let times = |now: f64, then: fn(&Run) -> f64| {
            before.as_ref().map_or_else(String::new, |run| format!("× {:.1}", now / then(run)))
        };
        println!(
            "| {name} | {} | {} | {} | {} | {} | {} |",
            bytes(program.bytes()),
            bytes(yaml(&folder)?.len()),
            shown(run.time),
            memory(run.peak),
            times(run.time.as_secs_f64(), |run| run.time.as_secs_f64()),
            times(mib(run.peak), |run| mib(run.peak)),
        );
        before = (name != PUBLISHED).then_some(run);
    }
    Ok(())
}

/// Each phase beside its floor.
fn parts(name: &str, program: &Program) -> Result<()> {
    let folder = scratch(program, "parts")?;
    let floors = floors(&folder, &yaml(&folder)?)?;
    let parts = process::phases(&folder)?;
    let of_the_pipeline = |part: &&Part| !part.name.contains(':');
    let whole: Duration = parts.iter().filter(of_the_pipeline).map(|part| part.time).sum();
    println!("\n### The phases: {name}, {}\n", bytes(floors.source_bytes));
    println!("| phase | time | share | its floor | times the floor | memory until its end |");
    println!("|---|--:|--:|--:|--:|--:|");
    for part in &parts {
        let share = 100.0 * part.time.as_secs_f64() / whole.as_secs_f64();
        let (floor, times) = floor_of(part, &floors);
        println!(
            "| {} | {} | {share:.1} % | {floor} | {times} | {} |",
            part.name,
            shown(part.time),
            memory(part.peak)
        );
    }
    println!("| whole | {} | 100 % | | | |", shown(whole));
    Ok(())
}

/// The floor of a phase, and how far above it the phase is.
fn floor_of(part: &Part, floors: &Floors) -> (String, String) {
    let (what, floor) = match part.name.as_str() {
        "read" => ("read the source", floors.read),
        "write: emit" => ("sort the names", floors.sort),
        "write: text" => ("write the bytes", floors.write),
        "beside: a YAML library reads" => ("go over the bytes", floors.scan),
        _ => return Default::default(),
    };
    let times = part.time.as_secs_f64() / floor.as_secs_f64();
    (format!("{what}: {}", shown(floor)), format!("{times:.1}"))
}

/// What is done again and again while a program grows.
fn habits(program: &Program) -> Result<()> {
    let folder = scratch(program, "habits")?;
    let deploy = folder.join("deploy");
    let deploy = deploy.as_str();
    println!(
        "\n### Habits, on {} lines\n",
        program.files.iter().map(|(_, text)| text.lines().count()).sum::<usize>()
    );
    println!("| | time | memory |\n|---|--:|--:|");
    let cache = tempfile::tempdir()?;
    let remembering = |arguments: &[&str]| {
        let mut command = process::netdsl(&folder, arguments);
        command.env("NETDSL_RECEIPTS", "on").env_remove("CI").env("XDG_CACHE_HOME", cache.path());
        command
    };
    let row = |what: &str, arguments: &[&str]| -> Result<()> {
        let run = process::middle(|| remembering(arguments))?;
        println!("| {what} | {} | {} |", shown(run.time), memory(run.peak));
        Ok(())
    };
    process::run(&mut remembering(&["compile", "-q", "-o", deploy, "."]))?;
    let source = floors(&folder, "")?;
    println!("| reading the files | {} | |", shown(source.read));
    let front: Duration =
        process::phases(&folder)?.iter().take_while(|part| part.name != "write").map(|part| part.time).sum();
    println!("| all findings but those of the output: an editor's keystroke | {} | |", shown(front));
    row("`compile`, to standard output", &["compile", "-q", "."])?;
    row("`compile -o` again, nothing changed", &["compile", "-q", "-o", deploy, "."])?;
    row("`compile -o --check`", &["compile", "-q", "-o", deploy, "--check", "."])?;
    row("`check`", &["check", "-q", "."])?;
    row("`fmt --check`", &["fmt", "-q", "--check", "."])
}

/// The worst case of each phase.
fn hard() -> Result<()> {
    println!("\n### Hard cases\n\n| much of | source | time | memory | outcome |\n|---|--:|--:|--:|---|");
    for worst in worst::all() {
        let folder = scratch(&worst.program, "worst")?;
        let run = process::run(&mut process::netdsl(&folder, &["compile", "-q", "."]))?;
        let outcome = match run.exit {
            Some(0) => "written and proved".to_owned(),
            Some(_) => process::first_error(&folder)?,
            None => "not done".to_owned(),
        };
        let source = bytes(worst.program.bytes());
        println!("| {} | {source} | {} | {} | {outcome} |", worst.much, shown(run.time), memory(run.peak));
    }
    Ok(())
}

/// What a program compiles to.
fn yaml(folder: &Utf8Path) -> Result<String> {
    let output =
        process::netdsl(folder, &["compile", "-q", "."]).stdout(std::process::Stdio::piped()).output()?;
    if !output.status.success() {
        return Err(Error::other(format!("{folder} does not compile")));
    }
    String::from_utf8(output.stdout).map_err(Error::other)
}

fn shown(time: Duration) -> String {
    match time.as_micros() {
        0..10_000 => format!("{:.2} ms", time.as_secs_f64() * 1e3),
        10_000..1_000_000 => format!("{} ms", time.as_millis()),
        _ => format!("{:.2} s", time.as_secs_f64()),
    }
}

#[expect(clippy::cast_precision_loss, reason = "figures of three digits")]
fn mib(kib: u64) -> f64 {
    kib as f64 / 1024.0
}

fn memory(kib: u64) -> String {
    format!("{:.0} MiB", mib(kib))
}

#[expect(clippy::cast_precision_loss, reason = "figures of three digits")]
fn bytes(count: usize) -> String {
    format!("{:.1} MB", count as f64 / 1e6)
}

/// Digits in groups of three.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
