//! A count of steps for one search, so that the same input gives the same output on every machine.
//!
//! What a search did not get to stays as it is: the output is larger then, as exact, and not called minimal.

/// Steps of one search in one namespace and direction: a few seconds at most.
pub(super) const MAX_STEPS: usize = 20_000_000;

/// What is left of the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Budget {
    left: usize,
    spent: bool,
}

impl Budget {
    /// So many steps.
    pub(super) fn of(steps: usize) -> Self {
        Self { left: steps, spent: false }
    }

    /// Takes steps; `None` where there were not enough left, and from then on.
    pub(super) fn take(&mut self, steps: usize) -> Option<()> {
        match self.left.checked_sub(steps) {
            Some(left) if !self.spent => self.left = left,
            Some(_) | None => self.spent = true,
        }
        (!self.spent).then_some(())
    }

    /// Ends the search here.
    pub(super) fn give_up(&mut self) {
        self.spent = true;
    }

    /// Whether something was not searched to its end.
    pub(super) fn is_spent(&self) -> bool {
        self.spent
    }
}
