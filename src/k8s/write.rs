//! Objects to YAML text: the only place that names the YAML library.
//!
//! Documents are split by `---`, lines end in LF, the text ends in one. Every string that YAML 1.1 or 1.2 could
//! read as something else comes out quoted; `tests/suite/yaml` holds the library to that.

use serde_yaml::SerializerOptions;

use super::Object;
use super::view::View;

/// The documents, in the order given.
pub fn write(objects: &[Object]) -> String {
    let views: Vec<View<'_>> = objects.iter().map(View).collect();
    serde_yaml::to_string_multiple_with_options(&views, options())
        .expect("views hold only maps, lists, strings and numbers, and a String takes every byte")
}

/// Never folded: a folded scalar reads back as what was written only after unfolding in one's head.
fn options() -> SerializerOptions {
    serde_yaml::ser_options! { folded_wrap_chars: usize::MAX }
}
