//! Bytes to text: invalid UTF-8 becomes U+FFFD, and it is known where.

use std::ops::Range;

use crate::source::MAX_FILE_BYTES;

/// A text, and what was wrong with its bytes.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// The text; empty where it would be too long.
    pub(super) content: String,
    /// The first U+FFFD of each line that stands for bytes that are no UTF-8, in order.
    pub(super) bad: Vec<Range<usize>>,
    /// Whether it was longer than [`MAX_FILE_BYTES`].
    pub(super) too_long: bool,
}

/// Decodes a file.
pub(super) fn decode(bytes: Vec<u8>) -> Text {
    if bytes.len() > MAX_FILE_BYTES {
        return Text { too_long: true, ..Text::default() };
    }
    match String::from_utf8(bytes) {
        Ok(content) => Text { content, ..Text::default() },
        Err(error) => mend(error.as_bytes()),
    }
}

/// Replaces what is no UTF-8.
fn mend(bytes: &[u8]) -> Text {
    let mut text = Text::default();
    let mut line_is_known = false;
    for chunk in bytes.utf8_chunks() {
        line_is_known &= !chunk.valid().contains('\n');
        text.content.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        let start = text.content.len();
        text.content.push(char::REPLACEMENT_CHARACTER);
        if !line_is_known {
            text.bad.push(start..text.content.len());
            line_is_known = true;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Text, decode};

    #[test]
    fn one_place_a_line() {
        let Text { content, bad, too_long } = decode(b"a\xe9b\xe9\nok\n\xff".to_vec());
        assert_eq!(content, "a\u{fffd}b\u{fffd}\nok\n\u{fffd}");
        assert_eq!(bad, [1..4, 12..15]);
        assert!(!too_long);
    }

    #[test]
    fn what_is_too_long_is_not_looked_at() {
        let text = decode(vec![0; crate::source::MAX_FILE_BYTES + 1]);
        assert!(text.too_long && text.content.is_empty() && text.bad.is_empty());
    }

    #[test]
    fn text_is_kept() {
        let Text { content, bad, .. } = decode("\u{feff}é\u{fffd}\r\n".into());
        assert_eq!(content, "\u{feff}é\u{fffd}\r\n");
        assert!(bad.is_empty());
    }
}
