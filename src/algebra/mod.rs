//! Pure sets: what a label key may hold, cubes over keys, intervals, ports, addresses.
//!
//! Comes in: values. Goes out: values in normal form, so that equal sets compare equal. Nothing here knows
//! spans, Kubernetes objects or the language; everything is exact, for every label value that could exist
//! (open world), and every operation is checked against a naive model in `tests/suite/laws`.

pub mod addresses;
pub mod cube;
mod few;
pub mod interval;
pub mod ports;
mod quick;
pub mod requirement;
pub mod residue;
mod shared;
mod sorted;

pub use addresses::{AddressSet, Block, Prefix};
pub use cube::Cube;
pub use interval::{Bound, IntervalSet};
pub use ports::{PortSet, Protocol, ProtocolPorts};
pub use quick::{QuickMap, fingerprint};
pub use requirement::{Requirement, State};
pub use residue::{Residue, Target};
pub use sorted::with_key;

/// A shared string: label keys and values, names of namespaces and ports. Cheap to clone, ordered by bytes.
pub type Text = std::sync::Arc<str>;

/// Whether two texts are equal. Shared ones most often are the same.
fn is_same(a: &str, b: &str) -> bool {
    std::ptr::eq(a, b) || a == b
}
