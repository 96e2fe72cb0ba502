//! The piece of a line that is worth showing, without anything that a terminal would obey.
//!
//! Comes in: a line's bytes and the place of interest. Goes out: a window around that place, and text in which
//! control characters are visible. Nothing here knows about diagnostics.

use std::borrow::Cow;
use std::ops::Range;

/// Lines of at most this many bytes are shown whole.
const WHOLE: usize = 240;
/// The bytes shown before the place of interest in a longer line.
const BEFORE: usize = 60;
/// The bytes shown of a longer line.
const WINDOW: usize = 180;

/// The part of a line to show: all of a short one, else some of it around `anchor`.
pub(super) fn window(text: &str, line: Range<usize>, anchor: usize) -> Range<usize> {
    if line.len() <= WHOLE {
        return line;
    }
    let start = anchor.clamp(line.start, line.end).saturating_sub(BEFORE).max(line.start);
    let start = text.floor_char_boundary(start);
    start..text.floor_char_boundary((start + WINDOW).min(line.end))
}

/// A quotation that is never longer than a line of a message may be.
pub(super) fn shortened(text: &str) -> Cow<'_, str> {
    let first = text.lines().next().unwrap_or_default();
    let end = first.floor_char_boundary(WHOLE / 3);
    if end == text.len() { Cow::Borrowed(text) } else { Cow::Owned(format!("{}…", &first[..end])) }
}

/// The text as it may go to a terminal: tabs and line ends stay, other control characters become pictures of
/// themselves, and marks that reorder text become U+FFFD, so that what is read is what is compiled.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| shown_as(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(shown_as).collect())
}

/// The text as it may go to a terminal, on one line.
pub(super) fn line(text: &str) -> String {
    visible(text).replace('\n', " ")
}

/// The character to show for one of the source.
pub(super) fn shown_as(c: char) -> char {
    match c {
        '\t' | '\n' => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).expect("U+2400 to U+241F are pictures"),
        '\x7f' => '␡',
        '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            char::REPLACEMENT_CHARACTER
        }
        _ => c,
    }
}
