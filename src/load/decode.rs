//! Bytes to text: invalid UTF-8 becomes U+FFFD, and it is known where.

use std::ops::Range;

use camino::Utf8PathBuf;

use crate::source::{MAX_FILE_BYTES, Source};

/// A text, and what was wrong with its bytes.
#[derive(Debug)]
pub(super) struct Text {
    /// The text; empty where it would be too long.
    pub(super) source: Source,
    /// What was wrong.
    pub(super) faults: Faults,
}

/// What was wrong with the bytes of a text.
#[derive(Debug, Default)]
pub(super) struct Faults {
    /// The first U+FFFD of each line that stands for bytes that are no UTF-8, in order.
    pub(super) bad: Vec<Range<usize>>,
    /// Whether it was longer than [`MAX_FILE_BYTES`].
    pub(super) too_long: bool,
}

/// Decodes a file, under the name that messages show.
pub(super) fn decode(name: Utf8PathBuf, bytes: Vec<u8>) -> Text {
    let (content, faults) = if bytes.len() > MAX_FILE_BYTES {
        (String::new(), Faults { too_long: true, ..Faults::default() })
    } else {
        String::from_utf8(bytes)
            .map_or_else(|error| mend(error.as_bytes()), |content| (content, Faults::default()))
    };
    Text { source: Source::new(name, content), faults }
}

/// Replaces what is no UTF-8.
fn mend(bytes: &[u8]) -> (String, Faults) {
    let (mut content, mut faults) = (String::new(), Faults::default());
    let mut line_is_known = false;
    for chunk in bytes.utf8_chunks() {
        line_is_known &= !chunk.valid().contains('\n');
        content.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        let start = content.len();
        content.push(char::REPLACEMENT_CHARACTER);
        if !line_is_known {
            faults.bad.push(start..content.len());
            line_is_known = true;
        }
    }
    (content, faults)
}

#[cfg(test)]
mod tests {
    use super::{Faults, Text, decode};

    #[test]
    fn one_place_a_line() {
        let text = decode("a.netdsl".into(), b"a\xe9b\xe9\nok\n\xff".to_vec());
        assert_eq!(text.source.text(), "a\u{fffd}b\u{fffd}\nok\n\u{fffd}");
        assert_eq!(text.faults.bad, [1..4, 12..15]);
        assert!(!text.faults.too_long);
    }

    #[test]
    fn what_is_too_long_is_not_looked_at() {
        let text = decode("a.netdsl".into(), vec![0; crate::source::MAX_FILE_BYTES + 1]);
        let Faults { bad, too_long } = text.faults;
        assert!(too_long && text.source.text().is_empty() && bad.is_empty());
    }

    #[test]
    fn text_is_kept() {
        let Text { source, faults } = decode("a.netdsl".into(), "\u{feff}é\u{fffd}\r\n".into());
        assert_eq!(source.text(), "\u{feff}é\u{fffd}\r\n");
        assert!(faults.bad.is_empty());
    }
}
