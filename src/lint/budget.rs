//! An amount of work, counted in steps and never in time, so that the same program gets the same warnings.

/// The comparisons that one lint may make beside its linear part.
const STEPS: usize = 10_000_000;

/// What is left of an amount of work.
#[derive(Debug)]
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { left: STEPS }
    }

    /// Takes steps; `false` where not enough are left, and from then on.
    pub(super) fn take(&mut self, steps: usize) -> bool {
        self.left = self.left.saturating_sub(steps);
        self.left > 0
    }
}
