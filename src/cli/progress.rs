//! A bar on the terminal for what takes longer than a second.
//!
//! Comes in: the phases as they begin. Goes out: one line on standard error that is gone when the run is over. In a pipe, in CI, on a
//! terminal that cannot go back, with `--quiet` and in formats for machines nothing is ever drawn.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::io::{self, Stream};
use super::report::Report;
use crate::pipeline::Phase;

/// What is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line is drawn anew.
const TICK: Duration = Duration::from_millis(100);

/// The line. Plain characters: it is read at a glance, and every terminal has them.
const LINE: &str = "{msg:<20} [{bar:30}] {elapsed}";

/// Reading comes before the phases.
const STEPS: usize = Phase::ALL.len() + 1;

/// A bar that appears when its time has come, and is taken away when this is dropped.
pub(super) struct Progress(Option<Shown>);

struct Shown {
    bar: ProgressBar,
    /// Dropped when the run is over: then the bar need not appear any more.
    over: Option<Sender<()>>,
    waiting: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins with reading.
    pub(super) fn start(report: Report) -> Self {
        Self(is_wanted(report).then(|| {
            let bar = bar(ProgressDrawTarget::hidden());
            let (over, is_over) = mpsc::channel();
            let later = bar.clone();
            let wait = move || {
                if is_over.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                    later.set_draw_target(ProgressDrawTarget::stderr());
                    later.enable_steady_tick(TICK);
                }
            };
            // Without a thread to spare there is no bar, and nothing else is lost.
            let waiting = std::thread::Builder::new().spawn(wait).ok();
            Shown { bar, over: Some(over), waiting }
        }))
    }

    /// Goes on to a phase.
    pub(super) fn begins(&self, phase: Phase) {
        if let Self(Some(shown)) = self {
            go_on(&shown.bar, phase);
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        drop(self.over.take());
        if let Some(waiting) = self.waiting.take() {
            // It cannot panic; and if it did, there would be no bar to take away.
            let _ = waiting.join();
        }
        self.bar.finish_and_clear();
    }
}

fn is_wanted(report: Report) -> bool {
    let cannot_go_back = io::variable("TERM").is_some_and(|term| term == "dumb");
    let is_ci = io::variable("CI").is_some();
    io::is_terminal(Stream::Err)
        && !report.is_quiet()
        && !report.format.is_machine()
        && !is_ci
        && !cannot_go_back
}

fn bar(target: ProgressDrawTarget) -> ProgressBar {
    let style = ProgressStyle::with_template(LINE).expect("the template is a constant, and a test draws it");
    ProgressBar::with_draw_target(Some(STEPS as u64), target)
        .with_style(style.progress_chars("=> "))
        .with_message("reading")
}

fn go_on(bar: &ProgressBar, phase: Phase) {
    let done = 1 + Phase::ALL.iter().filter(|earlier| **earlier < phase).count();
    bar.set_message(words(phase));
    bar.set_position(done as u64);
}

/// What a person calls it.
fn words(phase: Phase) -> &'static str {
    match phase {
        Phase::Check => "checking",
        Phase::Lint => "linting",
        Phase::Lower => "lowering",
        Phase::Prove => "proving the guards",
        Phase::Write => "writing the policies",
        Phase::Verify => "proving the output",
    }
}

#[cfg(test)]
mod tests {
    use indicatif::{InMemoryTerm, ProgressDrawTarget};

    use super::{bar, go_on, words};
    use crate::pipeline::Phase;

    fn drawn(phases: &[Phase]) -> (InMemoryTerm, indicatif::ProgressBar) {
        let terminal = InMemoryTerm::new(5, 80);
        let bar = bar(ProgressDrawTarget::term_like(Box::new(terminal.clone())));
        bar.tick();
        for phase in phases {
            go_on(&bar, *phase);
        }
        bar.force_draw();
        (terminal, bar)
    }

    #[test]
    fn it_begins_with_reading_and_an_empty_bar() {
        let (terminal, _bar) = drawn(&[]);
        let line = terminal.contents();
        assert!(line.starts_with("reading              [                              ] "), "{line}");
    }

    #[test]
    fn every_phase_has_its_words_and_goes_further_than_the_one_before() {
        let mut before = 0;
        for phase in Phase::ALL {
            let (terminal, _bar) = drawn(&[phase]);
            let line = terminal.contents();
            assert!(line.starts_with(&format!("{:<20} [=", words(phase))), "{line}");
            let now = line.matches('=').count();
            assert!(now > before, "{phase:?}: {line}");
            before = now;
        }
        assert!(before < 30, "the last phase is not over when it begins");
    }

    #[test]
    fn nothing_is_left_on_the_screen() {
        let (terminal, bar) = drawn(&[Phase::Check, Phase::Verify]);
        assert!(!terminal.contents().is_empty());
        bar.finish_and_clear();
        assert_eq!(terminal.contents(), "");
    }
}
