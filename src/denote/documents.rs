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
const SEPARATOR: &str = "---\n";

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
    let header: usize = text.split_inclusive('\n').take_while(|line| is_comment(line)).map(str::len).sum();
    let (mut start, mut line) = (header, lines(&text[..header]).saturating_add(1));
    let separators = separators(&text.as_bytes()[header..]).map(|at| header + at);
    for end in separators.chain([text.len()]) {
        if start < end {
            let text = &text[start..end];
            hand_out(namespace(text).unwrap_or_default(), Document(Source::Yaml { line, text }));
        }
        let next = text.len().min(end + SEPARATOR.len());
        line = line.saturating_add(lines(&text[start..next]));
        start = next;
    }
}

/// Where the lines between documents begin. Of the three dashes of each, one is a third byte: no other is looked at.
fn separators(text: &[u8]) -> impl Iterator<Item = usize> {
    let dashes = text.chunks_exact(3).enumerate().filter(|(_, bytes)| bytes[2] == b'-');
    dashes.filter_map(|(third, _)| {
        let at = 3 * third + 2;
        let begin = at - text[..at].iter().rev().take(2).take_while(|byte| **byte == b'-').count();
        let begins_line = begin.checked_sub(1).is_none_or(|before| text[before] == b'\n');
        (begins_line && text[begin..].starts_with(SEPARATOR.as_bytes())).then_some(begin)
    })
}

/// How many lines end in a text. Counted in bytes of a vector, which hold no more than 255 each.
fn lines(text: &str) -> u32 {
    let ends = |bytes: &[u8]| bytes.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>();
    text.as_bytes().chunks(255).map(|bytes| u32::from(ends(bytes))).fold(0, u32::saturating_add)
}

/// Whether a line is a comment for every reader: one with a character that ends lines for some is none.
fn is_comment(line: &str) -> bool {
    line.strip_suffix('\n').is_some_and(|line| line.starts_with('#') && line.chars().all(is_legible))
}

/// The namespace that a line of `metadata` names: the first that names one.
fn namespace(document: &str) -> Option<&str> {
    let value = document.split('\n').find_map(|line| line.strip_prefix("  namespace: "))?.trim_end();
    Some(value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Document, Source, is_comment, yaml};

    /// A document: its namespace, its first line, its text.
    type Found = (String, u32, String);

    fn found(text: &str) -> Vec<Found> {
        let mut all = Vec::new();
        yaml(text, |namespace, Document(source)| match source {
            Source::Yaml { line, text } => all.push((namespace.to_owned(), line, text.to_owned())),
            Source::Read(object) => panic!("{object:?} was not in a text"),
        });
        all
    }

    /// The same line by line: the header is passed over, and a separator ends a document.
    fn line_by_line(text: &str) -> Vec<Found> {
        let (mut all, mut header) = (vec![Found::default()], true);
        for (number, line) in (1..).zip(text.split_inclusive('\n')) {
            header = header && is_comment(line);
            if header || line == "---\n" {
                all.push(Found::default());
                continue;
            }
            let (namespace, first_line, text) = all.last_mut().expect("one was there at first");
            if let (true, Some(value)) = (namespace.is_empty(), line.strip_prefix("  namespace: ")) {
                let value = value.trim_end();
                let quoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
                quoted.unwrap_or(value).clone_into(namespace);
            }
            if text.is_empty() {
                *first_line = number;
            }
            text.push_str(line);
        }
        all.retain(|(_, _, text)| !text.is_empty());
        all
    }

    proptest! {
        #[test]
        fn files_are_cut_at_their_separators_and_nowhere_else(
            parts in proptest::collection::vec(proptest::sample::select(vec![
                "---\n", "---", "----\n", "-", " ---\n", "--- \n", "---\r\n", "\n", "# x\n", "#\u{2028}\n", "é",
                "  namespace: a\n", "  namespace: \"b\" \n", "   namespace: c\n", "  namespace: d",
            ]), 0..12),
        ) {
            let text = parts.concat();
            prop_assert_eq!(found(&text), line_by_line(&text), "{:?}", text);
        }
    }

    #[test]
    fn lines_are_counted_beyond_what_a_byte_holds() {
        let text = format!("{}---\n  namespace: a\n", "\n".repeat(1000));
        let lines: Vec<u32> = found(&text).into_iter().map(|(_, line, _)| line).collect();
        assert_eq!(lines, [1, 1002]);
    }
}
