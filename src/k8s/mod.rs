//! NetworkPolicy objects, and their only way to text.
//!
//! Comes in: objects as k8s-openapi has them. Goes out: YAML, or JSON. Nothing here decides what an object says.

mod json;
mod view;
mod write;

/// An object of the output.
pub type Object = k8s_openapi::api::networking::v1::NetworkPolicy;

pub use json::{json_item, json_list};
pub use write::{join, write};
