//! Objects to YAML text: a small writer of exactly our own objects.
//!
//! Documents are split by `---`, lines end in LF, the text ends in one. `block` knows how maps and lists stand on
//! lines, `fields` what an object has. Of strings only those are written here that no reader of YAML 1.1 or 1.2
//! could take for something else; all others are for the library in `scalar` to quote, fold and escape. Its text is
//! the library's byte for byte: `tests` holds it to that, and `tests/suite/yaml` holds both to other readers.

mod block;
mod fields;
mod scalar;
#[cfg(test)]
mod tests;

use self::block::{Fields, Map};
use super::Object;

pub(super) use scalar::Prose;

/// The line between two documents.
const SEPARATOR: &str = "---\n";

/// The documents, in the order given.
pub fn write(objects: &[Object]) -> String {
    let mut text = String::new();
    for object in objects {
        append(&mut text, object);
    }
    text
}

/// Puts a document behind those that a text has.
pub fn append(text: &mut String, object: &Object) {
    if !text.is_empty() {
        text.push_str(SEPARATOR);
    }
    object.write(&mut Map::document(text));
    text.push('\n');
}

/// One text of texts with documents, after what stands before the first.
pub fn join(before: String, texts: Vec<String>) -> String {
    super::joined(before, texts, SEPARATOR)
}
