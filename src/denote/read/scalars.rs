//! Strings, numbers and maps of strings, each only where every reader of YAML agrees.

use super::ReadError;
use super::fields::Path;
use super::tree::{Node, Value};
use crate::denote::{PortRef, Str, plain};

/// A string: quoted, or plain and nothing else.
pub(super) fn string<'t>(node: &Node<'t>, path: &Path<'_>, errors: &mut Vec<ReadError>) -> Option<Str<'t>> {
    match &node.value {
        Value::Quoted(text) => Some(text.clone()),
        Value::Plain(text) if !plain::is_doubtful(text) => Some(text.clone()),
        Value::Plain(text) => {
            let message =
                format!("must be a string, and `{text}` is none for every reader of YAML: quote it");
            errors.push(path.error(node.line, message));
            None
        }
        Value::List(_) | Value::Map(_) => {
            errors.push(path.error(node.line, format!("must be a string, not {}", node.kind())));
            None
        }
    }
}

/// A number: plain, decimal, without a sign, leading zeros or underscores.
pub(super) fn number(node: &Node<'_>, path: &Path<'_>, errors: &mut Vec<ReadError>) -> Option<u32> {
    let found = match &node.value {
        Value::Plain(text) => plain::decimal(text),
        Value::Quoted(_) | Value::List(_) | Value::Map(_) => None,
    };
    if found.is_none() {
        errors.push(path.error(node.line, "must be a plain decimal number"));
    }
    found
}

/// A port: a plain decimal number, or a string, which is a name even where it is made of digits.
pub(super) fn port<'t>(node: &Node<'t>, path: &Path<'_>, errors: &mut Vec<ReadError>) -> Option<PortRef<'t>> {
    let number = match &node.value {
        Value::Plain(text) => plain::decimal(text),
        Value::Quoted(_) | Value::List(_) | Value::Map(_) => None,
    };
    match number {
        Some(number) => Some(PortRef::Number(number)),
        None => string(node, path, errors).map(PortRef::Name),
    }
}

/// A mapping from strings to strings: labels, annotations, `matchLabels`.
pub(super) fn strings<'t>(
    node: Option<&Node<'t>>,
    path: &Path<'_>,
    errors: &mut Vec<ReadError>,
) -> Vec<(Str<'t>, Str<'t>)> {
    let Some(node) = node else {
        return Vec::new();
    };
    let Value::Map(entries) = &node.value else {
        errors.push(path.error(node.line, format!("must be a mapping, not {}", node.kind())));
        return Vec::new();
    };
    let mut all = Vec::with_capacity(entries.len());
    for entry in entries {
        let value = string(&entry.value, &Path::Key(path, &entry.key), errors);
        all.extend(value.map(|value| (entry.key.clone(), value)));
    }
    all
}
