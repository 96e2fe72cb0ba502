//! Characters that no program may hold, not even in a string or comment.
//!
//! Control characters make a file unreadable; those that reorder text on the screen, and those that only some
//! tools take for a line end, let a rule look like a comment. Comes in: bytes of UTF-8. Goes out: what they are.

/// What a refused character is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// NUL or another control character.
    Control,
    /// A carriage return without a line feed.
    CarriageReturn,
    /// A byte order mark that is not at the start of the file.
    ByteOrderMark,
    /// A character that changes the direction or the lines of the text around it.
    Reordering,
}

/// The length of the first character, and what is wrong with it. There must be one.
pub(super) fn look(bytes: &[u8]) -> (usize, Option<Kind>) {
    match *bytes {
        [b'\t' | b' '..=b'~', ..] => (1, None),
        [b'\r', ..] => (1, Some(Kind::CarriageReturn)),
        [0x00..=0x7f, ..] => (1, Some(Kind::Control)),
        [0xc2, 0x80..=0x9f, ..] => (2, Some(Kind::Control)),
        // U+2028 and U+2029 end lines, U+202A to U+202E and U+2066 to U+2069 reorder them.
        [0xe2, 0x80, 0xa8..=0xae, ..] | [0xe2, 0x81, 0xa6..=0xa9, ..] => (3, Some(Kind::Reordering)),
        [0xef, 0xbb, 0xbf, ..] => (3, Some(Kind::ByteOrderMark)),
        [0x80..=0xdf, ..] => (2, None),
        [0xe0..=0xef, ..] => (3, None),
        [0xf0..=0xff, ..] | [] => (4, None),
    }
}
