//! From written bytes to their meaning, by Kubernetes' rules and nobody else's.
//!
//! [`read()`] takes the text of a manifest and gives plain [`Object`]s, or every reason why it would not;
//! [`admission`] says what a real API server refuses; [`denote`] gives admitted objects their meaning as an
//! [`ir::Policy`](crate::ir::Policy). This is the trusted base of the proof: it never sees the compiler's other
//! phases, its writer, or the library that writes.

pub mod admission;
mod cidr;
mod documents;
mod meaning;
mod object;
mod plain;
pub mod read;
mod strict;

pub use documents::{ByNamespace, Document, documents};
pub use meaning::{Meaning, Oddity, Problem, denote};
pub use object::{Expression, IpBlock, Object, Peer, Port, PortRef, Rule, Selector, Spec, Str};
pub use read::{ReadError, read};
