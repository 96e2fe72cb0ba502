//! Text that people wrote: on one line, in quotes with escapes, or as lines of a block.

use std::borrow::Cow;

use super::cursor::{Cursor, Stop};
use crate::denote::Str;
use crate::denote::plain::{self, is_legible};

/// The column of a block's lines, in `metadata.annotations`.
const BLOCK: usize = 6;

/// Single characters that stand in single quotes, as nothing else does.
const SIGNS: [(&str, &str); 3] = [("'.'\n", "."), ("'#'\n", "#"), ("'-'\n", "-")];

/// The text of an annotation, behind its key.
pub(super) fn text<'t>(cursor: &mut Cursor<'t>) -> Result<Str<'t>, Stop> {
    let text = if cursor.eat("|-\n") {
        Cow::Owned(block(cursor)?)
    } else if cursor.eat("\"") {
        let text = quoted(cursor)?;
        cursor.expect("\"\n")?;
        text
    } else if let Some((_, sign)) = SIGNS.into_iter().find(|(quoted, _)| cursor.eat(quoted)) {
        Cow::Borrowed(sign)
    } else {
        let text = line(cursor)?;
        if !is_plain(text) {
            return Err(cursor.stop("text in quotes, as it could be something else"));
        }
        cursor.expect("\n")?;
        Cow::Borrowed(text)
    };
    cursor.escaped(&text);
    Ok(text)
}

/// What stands on the line, which must be legible.
fn line<'t>(cursor: &mut Cursor<'t>) -> Result<&'t str, Stop> {
    let line = cursor.run(|byte| byte != b'\n');
    if line.chars().all(is_legible) { Ok(line) } else { Err(cursor.stop("an escape for a character")) }
}

/// Whether text without quotes is that text.
fn is_plain(text: &str) -> bool {
    let mut first = text.bytes();
    let begins = match first.next() {
        None => false,
        Some(b'-' | b'?') => first.next().is_some_and(|next| next != b' '),
        Some(byte) => !b" ,:[]{}#&*!|>'\"%@`".contains(&byte),
    };
    let ends = !text.ends_with([' ', ':']);
    begins && ends && !text.contains(": ") && !text.contains(" #") && !plain::is_doubtful(text)
}

/// Lines that neither begin nor end in white space; empty ones only between others.
fn block(cursor: &mut Cursor<'_>) -> Result<String, Stop> {
    let mut text = String::new();
    let mut line_is_empty = true;
    loop {
        if !text.is_empty() && cursor.eat("\n") {
            line_is_empty = true;
        } else if cursor.at(BLOCK, "") {
            let line = block_line(cursor)?;
            text.push_str(line);
            line_is_empty = false;
        } else if line_is_empty {
            return Err(cursor.stop("a line of text"));
        } else {
            text.pop();
            return Ok(text);
        }
        text.push('\n');
    }
}

fn block_line<'t>(cursor: &mut Cursor<'t>) -> Result<&'t str, Stop> {
    let line = cursor.run(|byte| byte != b'\n');
    let is_tame = !line.is_empty() && line.trim() == line;
    if !is_tame || !line.chars().all(|c| is_legible(c) || c == '\t') {
        return Err(cursor.stop("a line of text without white space at its ends"));
    }
    cursor.expect("\n").map(|()| line)
}

/// What stands up to the closing quote.
fn quoted<'t>(cursor: &mut Cursor<'t>) -> Result<Str<'t>, Stop> {
    let mut text = Cow::Borrowed(literal(cursor)?);
    while cursor.eat("\\") {
        let text = text.to_mut();
        text.push(escape(cursor)?);
        text.push_str(literal(cursor)?);
    }
    Ok(text)
}

/// The characters that stand for themselves.
fn literal<'t>(cursor: &mut Cursor<'t>) -> Result<&'t str, Stop> {
    let text = cursor.run(|byte| !matches!(byte, b'"' | b'\\' | b'\n'));
    if text.chars().all(is_legible) { Ok(text) } else { Err(cursor.stop("an escape for a character")) }
}

/// The character behind a backslash.
fn escape(cursor: &mut Cursor<'_>) -> Result<char, Stop> {
    const KNOWN: [(&str, char); 14] = [
        ("\\", '\\'),
        ("\"", '"'),
        ("0", '\0'),
        ("a", '\u{7}'),
        ("b", '\u{8}'),
        ("t", '\t'),
        ("n", '\n'),
        ("v", '\u{b}'),
        ("f", '\u{c}'),
        ("r", '\r'),
        ("e", '\u{1b}'),
        ("N", '\u{85}'),
        ("L", '\u{2028}'),
        ("P", '\u{2029}'),
    ];
    if let Some((_, c)) = KNOWN.into_iter().find(|(name, _)| cursor.eat(name)) {
        return Ok(c);
    }
    let stop = cursor.stop("an escape that every reader knows");
    let digits = if cursor.eat("x") {
        2
    } else if cursor.eat("u") {
        4
    } else {
        0
    };
    let found = cursor.rest().iter().take(digits).take_while(|byte| byte.is_ascii_hexdigit()).count();
    if digits == 0 || found < digits {
        return Err(stop);
    }
    let code = u32::from_str_radix(cursor.take(digits), 16).ok();
    code.and_then(char::from_u32).ok_or(stop)
}
