//! When a statement goes on over the end of its line: language.md §2.
//!
//! After a trailing `(` `,` `|` `->` `=` `where` `except`, and before a line that starts with `)` `|` `->` `except`.
//! The two words count in their own place only: not as the value in `app=where`, nor as the key in `except=x`.

/// Whether a line that begins so continues the statement before it.
pub(super) fn starts_as_continuation(rest: &str) -> bool {
    rest.starts_with([')', '|']) || rest.starts_with("->") || starts_with_except(rest)
}

/// The word `except`, and not a label key of that name.
fn starts_with_except(rest: &str) -> bool {
    let Some(behind) = rest.strip_prefix("except") else { return false };
    let next = behind.trim_start_matches([' ', '\t']);
    !behind.starts_with(is_word) && !next.starts_with(['=', '!', '/', ':'])
}

/// Whether a statement goes on in the next line: what its last line holds, and what stands before that line, both
/// without the comments behind them.
pub(super) fn ends_as_continued(before: &str, line: &str) -> bool {
    line.ends_with(['(', ',', '|', '=']) || line.ends_with("->") || ends_with_keyword(before, line)
}

/// `where` or `except` behind something, and not as the value in `app=where`.
fn ends_with_keyword(before: &str, line: &str) -> bool {
    let Some(left) = line.strip_suffix("where").or_else(|| line.strip_suffix("except")) else {
        return false;
    };
    let left_of_it = if left.trim_end().is_empty() { before } else { left.trim_end() };
    let value = left_of_it.ends_with(['=', ',', '(', '|', '>', '!', '/', ':']);
    (left.is_empty() || left.ends_with([' ', '\t', ']', '"'])) && !value
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_' | '.')
}
