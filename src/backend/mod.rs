//! Targets of the compiler, one folder each. The one that is there writes Kubernetes' NetworkPolicy.
//!
//! Comes in: [`Minimal`](crate::minimise::Minimal) and the names and descriptions of
//! [`ir::Presentation`](crate::ir::Presentation). Goes out: objects, and what the target cannot take.

use std::collections::BTreeMap;

use crate::algebra::Text;
use crate::ir::Origin;

pub mod network_policy;

/// What the user asked for, beside the program.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Options {
    /// Labels for every object, beside `app.kubernetes.io/managed-by`, which always says `netdsl`.
    pub labels: BTreeMap<String, String>,
}

/// What the target cannot take. Nothing may be written where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// An object is larger than client-side apply can store, and has no seam to split it at.
    TooLarge {
        /// Its namespace.
        namespace: Text,
        /// Its name.
        name: String,
        /// Its size as JSON, in bytes.
        bytes: usize,
        /// The most that it may have.
        limit: usize,
        /// The statements behind it, sorted; none for a `default-deny`.
        origins: Vec<Origin>,
    },
}
