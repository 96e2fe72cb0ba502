//! Maps of strings, and the selectors that are made of them.

use super::cursor::{Cursor, Stop};
use super::scalars::{key, word, words};
use crate::denote::Str;
use crate::denote::object::{Expression, Selector};

/// A map, one entry a line, whose keys stand in this column and in their order.
pub(super) fn map<'t>(
    cursor: &mut Cursor<'t>,
    column: usize,
    value: impl Fn(&mut Cursor<'t>) -> Result<Str<'t>, Stop>,
) -> Result<Vec<(Str<'t>, Str<'t>)>, Stop> {
    let mut entries: Vec<(Str<'t>, Str<'t>)> = Vec::new();
    while cursor.at(column, "") {
        let stop = cursor.stop("a key that comes after the one before it");
        let key = key(cursor)?;
        // Keys that only rise are all different.
        if entries.last().is_some_and(|(last, _)| *last >= key) {
            return Err(stop);
        }
        entries.push((key, value(cursor)?));
    }
    if entries.is_empty() { Err(cursor.stop("an entry of a map")) } else { Ok(entries) }
}

/// A selector, behind the colon of its field; its own fields stand in this column.
pub(super) fn selector<'t>(cursor: &mut Cursor<'t>, column: usize) -> Result<Selector<'t>, Stop> {
    if cursor.eat(" {}\n") {
        return Ok(Selector::default());
    }
    cursor.expect("\n")?;
    let mut selector = Selector::default();
    if cursor.at(column, "matchLabels:\n") {
        selector.match_labels = map(cursor, column + 2, word)?;
    }
    if cursor.at(column, "matchExpressions:\n") {
        selector.match_expressions = cursor.items(column, |cursor| expression(cursor, column + 2))?;
    }
    let is_empty = selector.match_labels.is_empty() && selector.match_expressions.is_empty();
    if is_empty { Err(cursor.stop("`matchLabels` or `matchExpressions`")) } else { Ok(selector) }
}

fn expression<'t>(cursor: &mut Cursor<'t>, column: usize) -> Result<Expression<'t>, Stop> {
    cursor.expect("key: ")?;
    let key = word(cursor)?;
    cursor.expect_at(column, "operator: ")?;
    let operator = word(cursor)?;
    let values = if cursor.at(column, "values:\n") { words(cursor, column)? } else { Vec::new() };
    Ok(Expression { key, operator, values })
}
