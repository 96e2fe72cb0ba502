//! What the exit code says, in every command, and how a command fails to run at all.

use std::fmt;
use std::process::ExitCode;

use crate::load::Unreadable;

/// The exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// 0: nothing to complain about.
    Clean,
    /// 1: errors, tests or guards that fail, or warnings that were denied.
    Findings,
    /// 2: wrong usage, or the outside world failed.
    CouldNotRun,
}

/// The codes as `--help` and the man pages show them.
pub(super) const HELP: &str = "\
Exit codes:
  0  clean: nothing was found, or warnings alone
  1  findings: errors, tests or guards that fail, a query that is not allowed, files that are stale
     or left over, or warnings with --deny-warnings
  2  could not run: wrong usage, a foreign file in the way, or one that cannot be read or written";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Clean => Self::SUCCESS,
            Exit::Findings => Self::from(1),
            Exit::CouldNotRun => Self::from(2),
        }
    }
}

/// Why a command could not run, as people say it.
#[derive(Debug)]
pub(super) struct Failure(pub(super) String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Unreadable> for Failure {
    fn from(Unreadable { path, reason }: Unreadable) -> Self {
        Self(format!("`{path}` cannot be read: {reason}"))
    }
}
