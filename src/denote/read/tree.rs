//! The documents of a text as trees of scalars, lists and mappings, with lines and the style of each scalar.
//!
//! Anchors, aliases, tags, repeated keys, keys that are no strings, and deep nesting are refused here, so that
//! nothing downstream needs to know of them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};

use super::ReadError;
use crate::denote::plain;

/// A NetworkPolicy inside a list is 10 deep; nothing honest comes near this.
const DEEPEST: usize = 48;

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node<'t> {
    pub(super) line: u32,
    /// Its size as compact JSON; escapes count for what they may become.
    pub(super) json_bytes: usize,
    pub(super) value: Value<'t>,
}

/// What a node holds.
#[derive(Debug)]
pub(super) enum Value<'t> {
    /// An unquoted scalar: its text may stand for null, a number or a boolean.
    Plain(Cow<'t, str>),
    /// A quoted or block scalar: a string in every reader.
    Quoted(Cow<'t, str>),
    List(Vec<Node<'t>>),
    Map(Vec<Entry<'t>>),
}

/// A key with its value.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    pub(super) line: u32,
    pub(super) key: Cow<'t, str>,
    pub(super) value: Node<'t>,
}

impl Node<'_> {
    /// Whether the value is null: absent, as far as Kubernetes is concerned.
    pub(super) fn is_null(&self) -> bool {
        match &self.value {
            Value::Plain(text) => plain::is_null(text),
            Value::Quoted(_) | Value::List(_) | Value::Map(_) => false,
        }
    }

    /// What the value is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Plain(text) if plain::is_null(text) => "null",
            Value::Plain(_) | Value::Quoted(_) => "a scalar",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }
}

/// The documents of a text, one at a time.
pub(super) struct Documents<'t> {
    parser: Parser<'t, StrInput<'t>>,
}

/// The text cannot be followed any further.
struct Stop;

impl<'t> Documents<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { parser: Parser::new_from_str(text.strip_prefix('\u{feff}').unwrap_or(text)) }
    }

    /// The next document that is not empty; `None` at the end, or where the text is not YAML.
    pub(super) fn next(&mut self, errors: &mut Vec<ReadError>) -> Option<Node<'t>> {
        while let Ok((event, span)) = self.event(errors) {
            match event {
                Event::StreamEnd => return None,
                Event::Nothing | Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
                start @ (Event::Alias(_)
                | Event::Scalar(..)
                | Event::SequenceStart(..)
                | Event::SequenceEnd
                | Event::MappingStart(..)
                | Event::MappingEnd) => {
                    let node = self.node(start, span, 0, errors).ok()?;
                    if !node.is_null() {
                        return Some(node);
                    }
                }
            }
        }
        None
    }

    fn event(&mut self, errors: &mut Vec<ReadError>) -> Result<(Event<'t>, Span), Stop> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                let line = line_number(error.marker().line());
                errors.push(whole(line, format!("not YAML: {}", error.info())));
                Err(Stop)
            }
            None => Err(Stop),
        }
    }

    fn node(
        &mut self,
        event: Event<'t>,
        span: Span,
        depth: usize,
        errors: &mut Vec<ReadError>,
    ) -> Result<Node<'t>, Stop> {
        let line = line_number(span.start.line());
        if depth > DEEPEST {
            errors.push(whole(line, format!("nested more than {DEEPEST} deep")));
            return Err(Stop);
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                refuse_properties(line, anchor, tag.is_some(), errors);
                Ok(scalar(line, text, style))
            }
            Event::SequenceStart(anchor, tag) => {
                refuse_properties(line, anchor, tag.is_some(), errors);
                self.list(line, depth, errors)
            }
            Event::MappingStart(anchor, tag) => {
                refuse_properties(line, anchor, tag.is_some(), errors);
                self.map(line, depth, errors)
            }
            Event::Alias(_) => {
                errors.push(whole(line, "aliases are not read: write the value out".to_owned()));
                Ok(Node { line, json_bytes: 0, value: Value::Plain(Cow::Borrowed("")) })
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::SequenceEnd
            | Event::MappingEnd => {
                errors.push(whole(line, "not YAML: a value is missing".to_owned()));
                Err(Stop)
            }
        }
    }

    fn list(&mut self, line: u32, depth: usize, errors: &mut Vec<ReadError>) -> Result<Node<'t>, Stop> {
        let mut items = Vec::new();
        let mut json_bytes = 2;
        loop {
            let (event, span) = self.event(errors)?;
            if event == Event::SequenceEnd {
                return Ok(Node { line, json_bytes, value: Value::List(items) });
            }
            let item = self.node(event, span, depth + 1, errors)?;
            json_bytes += item.json_bytes + 1;
            items.push(item);
        }
    }

    fn map(&mut self, line: u32, depth: usize, errors: &mut Vec<ReadError>) -> Result<Node<'t>, Stop> {
        let mut entries = Vec::new();
        let mut json_bytes = 2;
        loop {
            let (event, span) = self.event(errors)?;
            if event == Event::MappingEnd {
                drop_repetitions(&mut entries, errors);
                return Ok(Node { line, json_bytes, value: Value::Map(entries) });
            }
            let name = self.node(event, span, depth + 1, errors)?;
            let (event, span) = self.event(errors)?;
            let value = self.node(event, span, depth + 1, errors)?;
            json_bytes += name.json_bytes + value.json_bytes + 2;
            let line = name.line;
            entries.extend(key(name, errors).map(|key| Entry { line, key, value }));
        }
    }
}

fn scalar(line: u32, text: Cow<'_, str>, style: ScalarStyle) -> Node<'_> {
    // The longest escape of JSON is six bytes for one.
    let escaped = text.bytes().filter(|b| !(b' '..=b'~').contains(b) || b"\"\\<>&".contains(b)).count();
    let json_bytes = text.len() + 2 + 5 * escaped;
    let value = match style {
        ScalarStyle::Plain => Value::Plain(text),
        ScalarStyle::SingleQuoted
        | ScalarStyle::DoubleQuoted
        | ScalarStyle::Literal
        | ScalarStyle::Folded => Value::Quoted(text),
    };
    Node { line, json_bytes, value }
}

fn key<'t>(name: Node<'t>, errors: &mut Vec<ReadError>) -> Option<Cow<'t, str>> {
    match name.value {
        Value::Quoted(text) => Some(text),
        Value::Plain(text) if !plain::is_doubtful(&text) => Some(text),
        Value::Plain(text) => {
            let message = format!("the key `{text}` is not a string for every reader of YAML: quote it");
            errors.push(whole(name.line, message));
            None
        }
        Value::List(_) | Value::Map(_) => {
            errors.push(whole(name.line, "a key must be a string".to_owned()));
            None
        }
    }
}

fn drop_repetitions(entries: &mut Vec<Entry<'_>>, errors: &mut Vec<ReadError>) {
    let mut seen = BTreeSet::new();
    let mut first = Vec::with_capacity(entries.len());
    for entry in entries.iter() {
        first.push(seen.insert(entry.key.as_ref()));
        if first.last() == Some(&false) {
            errors.push(whole(entry.line, format!("the key `{}` stands here twice", entry.key)));
        }
    }
    let mut first = first.into_iter();
    entries.retain(|_| first.next() == Some(true));
}

fn refuse_properties(line: u32, anchor: usize, tagged: bool, errors: &mut Vec<ReadError>) {
    if anchor != 0 {
        errors.push(whole(line, "anchors are not read: write the value out".to_owned()));
    }
    if tagged {
        errors.push(whole(line, "tags are not read".to_owned()));
    }
}

fn whole(line: u32, message: String) -> ReadError {
    ReadError { line, path: String::new(), message }
}

fn line_number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}
