//! One file a command.

pub(super) mod check;
pub(super) mod compile;
pub(super) mod completions;
pub(super) mod explain;
pub(super) mod fmt;
pub(super) mod man;
pub(super) mod prelude;
pub(super) mod query;
pub(super) mod test;
