//! Taking a mapping apart field by field, so that what nobody asked for is an unknown field.

use std::fmt;

use super::ReadError;
use super::tree::{Entry, Node, Value};

/// Where a value stands in its object; made without allocation, written out only in messages.
#[derive(Clone, Copy)]
pub(super) enum Path<'p> {
    Root,
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    pub(super) fn error(&self, line: u32, message: impl Into<String>) -> ReadError {
        ReadError { line, path: self.to_string(), message: message.into() }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Key(Self::Root, key) => f.write_str(key),
            Self::Key(parent, key) => write!(f, "{parent}.{key}"),
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

/// The fields of a mapping, of which each is taken once.
pub(super) struct Fields<'n, 't> {
    entries: &'n [Entry<'t>],
    // INVARIANT: as long as `entries`; true for those that were taken.
    taken: Vec<bool>,
}

impl<'n, 't> Fields<'n, 't> {
    /// The fields of a value that must be a mapping.
    pub(super) fn open(node: &'n Node<'t>, path: &Path<'_>, errors: &mut Vec<ReadError>) -> Option<Self> {
        match &node.value {
            Value::Map(entries) => Some(Self { entries, taken: vec![false; entries.len()] }),
            Value::Plain(_) | Value::Quoted(_) | Value::List(_) => {
                errors.push(path.error(node.line, format!("must be a mapping, not {}", node.kind())));
                None
            }
        }
    }

    /// The value of a field; `None` where it is absent or null, which is the same to Kubernetes.
    pub(super) fn take(&mut self, key: &str) -> Option<&'n Node<'t>> {
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        self.taken[at] = true;
        let value = &self.entries[at].value;
        (!value.is_null()).then_some(value)
    }

    /// Reports the fields that nobody took.
    pub(super) fn finish(self, path: &Path<'_>, errors: &mut Vec<ReadError>) {
        for (entry, taken) in self.entries.iter().zip(self.taken) {
            if !taken {
                errors.push(Path::Key(path, &entry.key).error(entry.line, "unknown field"));
            }
        }
    }
}

/// The elements of a list, each with its path; a null element is an error, because it is an empty one for
/// Kubernetes and an empty rule allows everything.
pub(super) fn list<'t, T>(
    node: Option<&Node<'t>>,
    path: &Path<'_>,
    errors: &mut Vec<ReadError>,
    element: impl Fn(&Node<'t>, &Path<'_>, &mut Vec<ReadError>) -> Option<T>,
) -> Vec<T> {
    let Some(node) = node else {
        return Vec::new();
    };
    let Value::List(items) = &node.value else {
        errors.push(path.error(node.line, format!("must be a list, not {}", node.kind())));
        return Vec::new();
    };
    let mut all = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        all.extend(element(item, &Path::Index(path, index), errors));
    }
    all
}
