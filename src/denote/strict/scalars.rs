//! Words and numbers: scalars that end with their line, and hold no spaces and nothing to unescape.

use std::borrow::Cow;

use super::cursor::{Cursor, Stop};
use crate::denote::object::PortRef;
use crate::denote::{Str, plain};

const WORD: &str = "a word, in quotes where it could be something else";

/// The rest of the line, as a string.
pub(super) fn word<'t>(cursor: &mut Cursor<'t>) -> Result<Str<'t>, Stop> {
    let word = unended(cursor, is_of_word)?;
    end_of_line(cursor)?;
    Ok(Cow::Borrowed(word))
}

/// A key with the colon and the space behind it.
pub(super) fn key<'t>(cursor: &mut Cursor<'t>) -> Result<Str<'t>, Stop> {
    let word = unended(cursor, |byte| is_of_word(byte) && byte != b':')?;
    cursor.expect(": ")?;
    Ok(Cow::Borrowed(word))
}

/// A list of words whose dashes stand in this column.
pub(super) fn words<'t>(cursor: &mut Cursor<'t>, column: usize) -> Result<Vec<Str<'t>>, Stop> {
    cursor.items(column, word)
}

/// The rest of the line, as a number.
pub(super) fn number(cursor: &mut Cursor<'_>) -> Result<u32, Stop> {
    let found = plain::decimal(cursor.run(|byte| byte.is_ascii_digit()));
    let number = found.ok_or_else(|| cursor.stop("a decimal number"))?;
    end_of_line(cursor)?;
    Ok(number)
}

/// The rest of the line: a number, or the name of a port.
pub(super) fn port<'t>(cursor: &mut Cursor<'t>) -> Result<PortRef<'t>, Stop> {
    let digits = cursor.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 0 && cursor.rest().get(digits) == Some(&b'\n') {
        return number(cursor).map(PortRef::Number);
    }
    word(cursor).map(PortRef::Name)
}

/// A string, of which nothing was looked at behind its end.
fn unended<'t>(cursor: &mut Cursor<'t>, wanted: impl Fn(u8) -> bool) -> Result<&'t str, Stop> {
    if cursor.eat("\"") {
        let word = cursor.run(is_of_word);
        return cursor.expect("\"").map(|()| word);
    }
    let stop = cursor.stop(WORD);
    let word = cursor.run(wanted);
    let begins = word.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
    if !begins || word.ends_with(':') || plain::is_doubtful(word) { Err(stop) } else { Ok(word) }
}

fn end_of_line(cursor: &mut Cursor<'_>) -> Result<(), Stop> {
    if cursor.eat("\n") { Ok(()) } else { Err(cursor.stop("the end of the line")) }
}

/// What names, labels and addresses are made of.
fn is_of_word(byte: u8) -> bool {
    const TABLE: [bool; 256] = {
        let (mut table, mut byte) = ([false; 256], 0_u8);
        while byte < 128 {
            table[byte as usize] =
                byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b':');
            byte += 1;
        }
        table
    };
    TABLE[usize::from(byte)]
}
