//! Strings: those that are certainly plain, and the library for all others.
//!
//! The only place that names the YAML library.

use serde::ser::{Serialize, Serializer};
use serde_yaml::{DoubleQuoted, SerializerOptions};

/// Whether every reader of YAML 1.1 or 1.2 takes the text for the string of its characters, as a key and as a
/// value, and the library writes it as it is.
///
/// So it is with names, labels and addresses: nothing that has a `/` and begins with a letter or a digit is
/// anything but a string, and nothing that begins with a letter, unless it is one of a few words. What is plain
/// for other reasons is for the library to say.
pub(super) fn is_plain(text: &str) -> bool {
    let is_string = match text.as_bytes().first() {
        Some(first) if first.is_ascii_alphabetic() => !is_word(text),
        Some(first) => first.is_ascii_digit() && text.contains('/'),
        None => false,
    };
    is_string && text.len() <= LONGEST_KEY && text.bytes().all(|byte| OF_NAMES[usize::from(byte)])
}

/// The longest key that stands before its value on one line: others need a `?`.
const LONGEST_KEY: usize = 1024;

/// What names, labels and addresses are made of: letters, digits and `-`, `.`, `/`, `_`.
const OF_NAMES: [bool; 256] = {
    let (mut table, mut byte) = ([false; 256], 0_u8);
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'/' | b'_');
        byte += 1;
    }
    table
};

/// Whether some reader takes the word for a boolean, for null or for a number.
fn is_word(text: &str) -> bool {
    const WORDS: [&str; 11] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"];
    text.len() <= "false".len() && WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Writes the lines of a map or a list as the library does: the first where the text is, the others behind a line's
/// end and a margin.
pub(super) fn by_library<T: Serialize + ?Sized>(text: &mut String, line_and_margin: &str, value: &T) {
    let block = library(value);
    let block = block.strip_suffix('\n').unwrap_or(&block);
    for (at, line) in block.split('\n').enumerate() {
        if at > 0 {
            text.push_str(if line.is_empty() { "\n" } else { line_and_margin });
        }
        text.push_str(line);
    }
}

/// The library's text of a value.
pub(super) fn library<T: Serialize + ?Sized>(value: &T) -> String {
    let mut text = String::new();
    serde_yaml::to_fmt_writer_with_options(&mut text, &value, options())
        .expect("what is written holds only maps, lists, strings and numbers, and a String takes every byte");
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
pub(crate) struct Prose<'a>(pub(crate) &'a str);

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
