//! Files taken apart into documents, each filed under the namespace that it seems to be about.
//!
//! A cheap scan that trusts nothing and decides nothing: whoever reads a document for a namespace refuses one of
//! another. All bytes of a file are in one of its documents, but for the comment lines at its beginning and the lines
//! between documents. JSON is read here, as its objects have no lines between them.

use std::collections::BTreeMap;

use crate::algebra::Text;

use super::plain::is_legible;
use super::{Object, ReadError, read, strict};

/// The line between two documents.
const SEPARATOR: &str = "---";

/// A document of a file, of which one object is expected.
#[derive(Clone, Debug)]
pub struct Document<'t>(Source<'t>);

#[derive(Clone, Debug)]
enum Source<'t> {
    /// YAML that is still to be read, and the line of its file on which it begins.
    Yaml { line: u32, text: &'t str },
    /// An object of a list.
    Read(Box<Object<'t>>),
}

/// Documents by namespace, in the order in which they stand.
pub type ByNamespace<'t> = BTreeMap<Text, Vec<Document<'t>>>;

/// The documents of files, as this compiler writes them.
///
/// # Errors
///
/// What is wrong with the first file that is JSON and cannot be read.
pub fn documents<'t>(files: &[&'t str]) -> Result<ByNamespace<'t>, Vec<ReadError>> {
    let mut all = ByNamespace::new();
    for text in files {
        if text.starts_with('{') {
            for object in read(text)? {
                let namespace = Text::from(object.namespace.as_deref().unwrap_or_default());
                all.entry(namespace).or_default().push(Document(Source::Read(Box::new(object))));
            }
        } else {
            yaml(text, |namespace, document| match all.get_mut(namespace) {
                Some(documents) => documents.push(document),
                None => drop(all.insert(namespace.into(), vec![document])),
            });
        }
    }
    Ok(all)
}

impl<'t> Document<'t> {
    /// The object, and nothing beside it.
    ///
    /// # Errors
    ///
    /// What is wrong with the text: anything that this compiler does not write.
    pub fn read(self) -> Result<Object<'t>, ReadError> {
        match self.0 {
            Source::Read(object) => Ok(*object),
            Source::Yaml { line, text } => strict::read(text, line),
        }
    }
}

/// Hands out every document of a text with its namespace.
fn yaml<'t>(text: &'t str, mut hand_out: impl FnMut(&'t str, Document<'t>)) {
    let (mut start, mut first_line) = (0, 1);
    let mut header = true;
    let mut namespace = None;
    let mut at = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let next = at + line.len();
        header = header && is_comment(line);
        if header || line.strip_suffix('\n') == Some(SEPARATOR) {
            if start < at {
                let document = Source::Yaml { line: first_line, text: &text[start..at] };
                hand_out(namespace.take().unwrap_or_default(), Document(document));
            }
            (start, first_line) = (next, number + 1);
        } else if namespace.is_none() {
            namespace = namespace_of(line);
        }
        at = next;
    }
    if start < at {
        let document = Source::Yaml { line: first_line, text: &text[start..] };
        hand_out(namespace.unwrap_or_default(), Document(document));
    }
}

/// Whether a line is a comment for every reader: one with a character that ends lines for some is none.
fn is_comment(line: &str) -> bool {
    line.strip_suffix('\n').is_some_and(|line| line.starts_with('#') && line.chars().all(is_legible))
}

/// The namespace that a line of `metadata` names.
fn namespace_of(line: &str) -> Option<&str> {
    let value = line.strip_prefix("  namespace: ")?.trim_end();
    Some(value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value))
}
