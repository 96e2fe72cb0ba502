//! The text of a manifest becomes [`Object`]s, or the list of everything in it that is not plainly a NetworkPolicy.
//!
//! Stricter than Kubernetes on purpose: what two readers of YAML could take for two things is refused (unknown
//! and repeated keys, anchors, tags, unquoted scalars such as `on` or `1_000`), so that what is proved here is
//! what kubectl reads. Takes documents split by `---`, and lists of objects; JSON is YAML. Time and memory are
//! linear in the text, nesting is capped.

mod characters;
mod fields;
mod metadata;
mod object;
mod scalars;
mod spec;
mod tree;

use super::Object;

/// Why a text was not read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadError {
    /// The line of the text, from 1.
    pub line: u32,
    /// The field, such as `spec.ingress[0].ports[1].port`; empty for the text as a whole.
    pub path: String,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.path.as_str() {
            "" => write!(f, "line {}: {}", self.line, self.message),
            path => write!(f, "line {}: {path}: {}", self.line, self.message),
        }
    }
}

/// Reads every NetworkPolicy of a text. One error anywhere, and no object is handed out.
///
/// # Errors
///
/// Everything that was found wrong, in the order of the text.
pub fn read(text: &str) -> Result<Vec<Object<'_>>, Vec<ReadError>> {
    let mut errors = characters::check(text);
    let mut objects = Vec::new();
    let mut documents = tree::Documents::new(text);
    while let Some(document) = documents.next(&mut errors) {
        object::collect(&document, &mut objects, &mut errors);
    }
    if errors.is_empty() { Ok(objects) } else { Err(errors) }
}
