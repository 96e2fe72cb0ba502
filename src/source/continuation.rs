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

/// Whether a statement that ends so goes on in the next line.
pub(super) fn ends_as_continued(statement: &str) -> bool {
    statement.ends_with(['(', ',', '|', '=']) || statement.ends_with("->") || ends_with_keyword(statement)
}

/// `where` or `except` behind something, and not as the value in `app=where`.
fn ends_with_keyword(statement: &str) -> bool {
    let Some(before) = statement.strip_suffix("where").or_else(|| statement.strip_suffix("except")) else {
        return false;
    };
    let value = before.trim_end().ends_with(['=', ',', '(', '|', '>', '!', '/', ':']);
    before.is_empty() || (before.ends_with([' ', '\t', '\n', ']', '"']) && !value)
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_' | '.')
}
