//! Characters that readers of YAML take for different things, refused wherever they stand.
//!
//! YAML 1.1 ends a line, and so a comment, at U+0085, U+2028 and U+2029; YAML 1.2 does not. A comment here would
//! be content there.

use super::ReadError;

/// One error for the first such character of each line.
pub(super) fn check(text: &str) -> Vec<ReadError> {
    let mut errors = Vec::new();
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (line, content) in (1..).zip(body.split('\n')) {
        let content = content.strip_suffix('\r').unwrap_or(content);
        if let Some(found) = first_doubtful(content) {
            let message = format!("the character U+{:04X} must be written as an escape", u32::from(found));
            errors.push(ReadError { line, path: String::new(), message });
        }
    }
    errors
}

fn first_doubtful(line: &str) -> Option<char> {
    let plain = |byte: u8| (b' '..=b'~').contains(&byte) || byte == b'\t';
    if line.bytes().all(plain) {
        return None;
    }
    line.chars().find(|c| c.is_control() && *c != '\t' || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'))
}
