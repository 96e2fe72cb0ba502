//! Steps that a proof may still take: counted, never timed, so that every machine gives the same answer.

use std::cell::Cell;

/// What it costs to look at a flow or a region.
pub(super) const LOOK: u64 = 1;

/// What it costs to cut a region in parts.
pub(super) const CUT: u64 = 20;

/// What is left of a budget.
#[derive(Debug)]
pub(super) struct Budget {
    left: Cell<u64>,
}

impl Budget {
    pub(super) fn new(steps: u64) -> Self {
        Self { left: Cell::new(steps) }
    }

    /// Takes steps; false, and from then on always, when there are none left.
    pub(super) fn spend(&self, steps: u64) -> bool {
        self.left.set(self.left.get().saturating_sub(steps));
        !self.is_spent()
    }

    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }
}
