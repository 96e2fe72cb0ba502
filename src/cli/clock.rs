//! How long a run took: for people, on standard error, and never part of any output.

#![expect(clippy::disallowed_methods, reason = "this is where the command line measures")]

use std::time::{Duration, Instant};

/// Runs from its creation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock(Instant);

impl Clock {
    /// Starts now.
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since, as people read it.
    pub(super) fn elapsed(self) -> String {
        shown(self.0.elapsed())
    }
}

fn shown(time: Duration) -> String {
    match time.as_millis() {
        0 => "less than 1 ms".to_owned(),
        millis @ 1..1000 => format!("{millis} ms"),
        millis => format!("{}.{} s", millis / 1000, millis % 1000 / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;
    use std::time::Duration;

    #[test]
    fn units_fit_the_length() {
        let times = [0, 1, 999, 1000, 1999, 61_300];
        let shown = times.map(|millis| shown(Duration::from_millis(millis)));
        assert_eq!(shown, ["less than 1 ms", "1 ms", "999 ms", "1.0 s", "1.9 s", "61.3 s"]);
    }
}
