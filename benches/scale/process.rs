//! Programs run as child processes: how long they take, and how much memory.

use std::io::{Error, Result};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use camino::Utf8Path;

use crate::phases::{self, Part};

/// What a run took.
pub(crate) struct Run {
    pub(crate) time: Duration,
    /// In KiB, as seen a few milliseconds before its end; 0 where the system does not say.
    pub(crate) peak: u64,
    /// Its exit code; `None` where it was ended because it took too long.
    pub(crate) exit: Option<i32>,
}

/// Nothing takes longer.
const LIMIT: Duration = Duration::from_mins(2);

/// The compiler, as users have it, but that it remembers nothing: each run is a whole one.
pub(crate) fn netdsl(folder: &Utf8Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_netdsl"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("NETDSL_RECEIPTS", "off")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// A Rust program that ends at once.
pub(crate) fn nothing() -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("nothing").stdout(Stdio::null());
    Ok(command)
}

/// The run of the middle time of three.
pub(crate) fn middle(mut command: impl FnMut() -> Command) -> Result<Run> {
    let mut runs = (0..3).map(|_| run(&mut command())).collect::<Result<Vec<_>>>()?;
    runs.sort_by_key(|run| run.time);
    Ok(runs.swap_remove(1))
}

/// Runs a program to its end. Its memory is looked at again and again: the most it held only ever grows.
pub(crate) fn run(command: &mut Command) -> Result<Run> {
    let start = Instant::now();
    let mut child = command.spawn()?;
    let mut peak = 0;
    let exit = loop {
        peak = phases::peak(&child.id().to_string()).unwrap_or(peak);
        if let Some(status) = child.try_wait()? {
            break status.code();
        }
        if start.elapsed() > LIMIT {
            stop(&mut child)?;
            break None;
        }
        std::thread::sleep(Duration::from_millis(2).min(start.elapsed() / 20));
    };
    Ok(Run { time: start.elapsed(), peak, exit })
}

fn stop(child: &mut Child) -> Result<()> {
    child.kill()?;
    child.wait().map(|_| ())
}

/// The middle time of many runs, for programs that are over in no time.
pub(crate) fn middle_of_many(mut command: impl FnMut() -> Result<Command>) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..201 {
        let mut command = command()?;
        let start = Instant::now();
        command.status()?;
        times.push(start.elapsed());
    }
    times.sort();
    Ok(times[times.len() / 2])
}

/// What each phase takes, in a process of its own.
pub(crate) fn phases(folder: &Utf8Path) -> Result<Vec<Part>> {
    let output = Command::new(std::env::current_exe()?).args(["measure", folder.as_str()]).output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        return Err(Error::other(text));
    }
    Ok(text.lines().filter_map(part).collect())
}

fn part(line: &str) -> Option<Part> {
    let mut fields = line.split('\t');
    let name = fields.next()?.to_owned();
    let time = Duration::from_micros(fields.next()?.parse().ok()?);
    Some(Part { name, time, peak: fields.next()?.parse().ok()? })
}

/// The code of the first error of a program.
pub(crate) fn first_error(folder: &Utf8Path) -> Result<String> {
    let mut command = netdsl(folder, &["compile", "--message-format", "short", "."]);
    let output = command.stderr(Stdio::piped()).output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let code = text.split("error[").nth(1).and_then(|rest| rest.split(']').next());
    Ok(code.map_or_else(|| "no finding".to_owned(), str::to_owned))
}
