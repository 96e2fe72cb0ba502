//! A count of steps, so that the same input gives the same verdict on every machine.

/// Steps that any proof may take: a few seconds.
const BASE: u64 = 20_000_000;
/// More of them for each flow that is compared.
const PER_FLOW: u64 = 200;

/// The steps for comparing so many flows.
pub(super) fn steps(flows: usize) -> u64 {
    let flows = u64::try_from(flows).unwrap_or(u64::MAX);
    BASE.saturating_add(flows.saturating_mul(PER_FLOW))
}

/// What is left of the steps.
pub(super) struct Budget {
    all: u64,
    left: u64,
}

/// No steps are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exhausted;

impl Budget {
    /// The budget for comparing so many flows.
    pub(super) fn new(flows: usize) -> Self {
        Self::of(steps(flows))
    }

    /// A budget of so many steps.
    pub(super) fn of(steps: u64) -> Self {
        Self { all: steps, left: steps }
    }

    /// Takes steps away.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Exhausted> {
        let steps = u64::try_from(steps).unwrap_or(u64::MAX);
        let left = self.left.checked_sub(steps);
        self.left = left.unwrap_or(0);
        left.map(drop).ok_or(Exhausted)
    }

    /// The steps taken so far.
    pub(super) fn spent(&self) -> u64 {
        self.all - self.left
    }
}
