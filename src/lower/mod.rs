//! A checked program in, its meaning out: who is isolated, and both halves of each rule.
//!
//! Naive on purpose: no rule is merged, dropped or reordered here, because this is the side of the proof that
//! people read. A half is written only into managed namespaces and only for pods that the program isolates in
//! that direction. Each namespace can be lowered by itself: that is a [`Plan`].

mod claims;
mod peers;
mod plan;
mod presentation;

pub use claims::{Claimed, claim, claims, world};
pub use plan::Plan;

use crate::check::Checked;
use crate::ir;

/// The meaning of a program, and what people read in its output beside.
#[derive(Clone, Debug, Default)]
pub struct Lowered {
    /// Isolated pods and allowed connections.
    pub policy: ir::Policy,
    /// Names and descriptions. The [`Origin`](ir::Origin) of a flow is the index of its statement here.
    pub presentation: ir::Presentation,
}

/// Lowers a program as a whole.
pub fn lower(checked: &Checked) -> Lowered {
    let plan = Plan::of(checked);
    Lowered { policy: plan.policy(), presentation: plan.presentation() }
}
