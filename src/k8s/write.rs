//! Objects to YAML text: the only place that names the YAML library.
//!
//! Documents are split by `---`, lines end in LF, the text ends in one. Every string that YAML 1.1 or 1.2 could
//! read as something else comes out quoted; `tests/suite/yaml` holds the library to that.

use serde::ser::{Serialize, Serializer};
use serde_yaml::{DoubleQuoted, SerializerOptions};

use super::Object;
use super::view::View;

/// The line between two documents.
const SEPARATOR: &str = "---\n";

/// The documents, in the order given.
pub fn write(objects: &[Object]) -> String {
    let mut text = String::new();
    for (index, object) in objects.iter().enumerate() {
        if index > 0 {
            text.push_str(SEPARATOR);
        }
        write_to(&mut text, object);
    }
    text
}

/// Appends one document to a text.
fn write_to(text: &mut String, object: &Object) {
    serde_yaml::to_fmt_writer_with_options(text, &View(object), options())
        .expect("views hold only maps, lists, strings and numbers, and a String takes every byte");
}

/// One text of documents that were written each for itself, after what stands before the first.
pub fn join(before: String, documents: Vec<String>) -> String {
    let mut text = before;
    text.reserve_exact(documents.iter().map(|document| document.len() + SEPARATOR.len()).sum());
    let mut separator = "";
    for document in documents {
        text += separator;
        text += &document;
        separator = SEPARATOR;
    }
    text
}

/// Never folded: a folded scalar reads back as what was written only after unfolding in one's head.
fn options() -> SerializerOptions {
    serde_yaml::ser_options! { folded_wrap_chars: usize::MAX }
}

/// Text that people wrote, of any number of lines.
///
/// Lines that begin or end in white space, or are empty at an end of the text, make block scalars that readers
/// take in different ways (some refuse a tab, some count it as indentation), so such text is quoted and escaped.
pub(super) struct Prose<'a>(pub(super) &'a str);

impl Serialize for Prose<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if is_tame(self.0) {
            serializer.serialize_str(self.0)
        } else {
            DoubleQuoted(self.0).serialize(serializer)
        }
    }
}

fn is_tame(text: &str) -> bool {
    let lines_are = text.trim() == text && text.split('\n').all(|line| line.trim() == line);
    lines_are && !is_like_a_date(text)
}

/// What begins as a date does, or is made as a time is: readers do not agree where such things end.
fn is_like_a_date(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let of_times = |byte: u8| byte.is_ascii_digit() || b":._+-".contains(&byte);
    digits > 0 && text.as_bytes().get(digits) == Some(&b'-') || text.bytes().all(of_times)
}
