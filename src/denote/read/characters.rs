//! Characters that readers of YAML take for different things, refused wherever they stand.
//!
//! YAML 1.1 ends a line, and so a comment, at U+0085, U+2028 and U+2029; YAML 1.2 does not. A comment here would
//! be content there. A tab where indentation could be is white space to some and an error to others.

use super::ReadError;

/// One error for the first such character of each line.
pub(super) fn check(text: &str) -> Vec<ReadError> {
    let mut errors = Vec::new();
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (line, content) in (1..).zip(body.split('\n')) {
        let content = content.strip_suffix('\r').unwrap_or(content);
        let message = if let Some(found) = first_doubtful(content) {
            format!("the character U+{:04X} must be written as an escape", u32::from(found))
        } else if is_indented_by_a_tab(content) {
            "a tab does not indent: write spaces".to_owned()
        } else {
            continue;
        };
        errors.push(ReadError { line, path: String::new(), message });
    }
    errors
}

/// Whether a tab stands where a key or an element of a list could begin.
fn is_indented_by_a_tab(line: &str) -> bool {
    line.trim_start_matches([' ', '-', '?']).starts_with('\t')
}

fn first_doubtful(line: &str) -> Option<char> {
    let plain = |byte: u8| (b' '..=b'~').contains(&byte) || byte == b'\t';
    if line.bytes().all(plain) {
        return None;
    }
    line.chars().find(|c| c.is_control() && *c != '\t' || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'))
}
