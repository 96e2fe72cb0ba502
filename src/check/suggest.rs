//! "Did you mean": the declared name that is spelled most like an undeclared one.
//!
//! Bounded: a program with many errors and many names must not take quadratic time, so after an amount of
//! work no more suggestions are made. The amount is counted in compared characters, never in time.

/// Pairs of characters that one run may compare.
const BUDGET: usize = 50_000_000;
/// Longer words are not compared; no legal name is longer than that.
const MAX_LENGTH: usize = 320;

/// Finds suggestions until its budget is spent.
#[derive(Debug)]
pub(super) struct Suggester {
    left: usize,
}

impl Suggester {
    pub(super) fn new() -> Self {
        Self { left: BUDGET }
    }

    /// One that never suggests anything.
    pub(super) fn silent() -> Self {
        Self { left: 0 }
    }

    /// The candidate with the fewest typing errors in it, the first in order on a tie; `None` where nothing
    /// is near enough to be what was meant.
    pub(super) fn nearest<'a>(
        &mut self,
        wrong: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        if wrong.len() > MAX_LENGTH {
            return None;
        }
        let tolerance = (wrong.chars().count() / 3).max(1);
        let mut best: Option<(usize, &str)> = None;
        for candidate in candidates {
            self.left = self.left.saturating_sub(1);
            if candidate.len().abs_diff(wrong.len()) > tolerance + 3 {
                continue;
            }
            self.left = self.left.saturating_sub(wrong.len() * candidate.len());
            if self.left == 0 {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&wrong.to_lowercase(), &candidate.to_lowercase());
            if distance <= tolerance && best.is_none_or(|(known, _)| distance < known) {
                best = Some((distance, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }
}
