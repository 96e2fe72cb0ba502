//! NetworkPolicy objects, and their only way to text.
//!
//! Comes in: objects as k8s-openapi has them. Goes out: YAML, or JSON. Nothing here decides what an object says.

mod json;
mod view;
mod write;

/// An object of the output.
pub type Object = k8s_openapi::api::networking::v1::NetworkPolicy;

pub use json::{append_json, escaped, json_list};
pub use write::{append, join, write};

/// Texts with a separator between each two, behind what stands before the first. Each is freed when it has been copied.
fn joined(before: String, texts: Vec<String>, separator: &str) -> String {
    let mut joined = before;
    joined.reserve_exact(texts.iter().map(|text| text.len() + separator.len()).sum());
    for (at, text) in texts.into_iter().enumerate() {
        if at > 0 {
            joined += separator;
        }
        joined += &text;
    }
    joined
}
