//! Maps and lists in block style: how they stand on lines, and nothing about what they say.
//!
//! No line is ended before the next one begins, so that `{}` or `[]` can still be put behind the key or the dash of
//! what turned out to hold nothing.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::scalar::{by_library, is_plain};

/// What is a map in YAML.
pub(super) trait Fields {
    /// Writes the entries, in order.
    fn write(&self, map: &mut Map<'_>);
}

/// A map that is being written.
pub(super) struct Map<'t> {
    text: &'t mut String,
    /// Where its keys stand.
    column: usize,
    /// What stands before the first key, where that begins no line.
    first: Option<&'static str>,
}

/// The end of a line, and the widest margin of the next: labels and requirements of peers stand there.
const LINE: &str = "\n          ";

/// How far the keys of a map stand behind the key or the dash before it.
const STEP: usize = 2;

impl<'t> Map<'t> {
    /// The map that is a document.
    pub(super) fn document(text: &'t mut String) -> Self {
        Self { text, column: 0, first: Some("") }
    }

    /// Where there is a string: an entry with it.
    pub(super) fn text(&mut self, key: &'static str, value: Option<&str>) {
        match value {
            Some(value) if is_plain(value) => self.plain(key, value),
            Some(value) => self.odd(key, value),
            None => {}
        }
    }

    /// Where there is a number: an entry with it.
    pub(super) fn number(&mut self, key: &'static str, value: Option<i32>) {
        if let Some(value) = value {
            self.key(key);
            write!(self.text, " {value}").expect("a String takes every byte");
        }
    }

    /// Where there is a map: an entry with it.
    pub(super) fn map(&mut self, key: &'static str, value: Option<&impl Fields>) {
        if let Some(value) = value {
            self.key(key);
            self.nested(value, None);
        }
    }

    /// Where there is a list of strings: an entry with it.
    pub(super) fn texts(&mut self, key: &'static str, values: Option<&[String]>) {
        self.items(key, values, |map, value| {
            if is_plain(value) {
                map.text.push_str("- ");
                map.text.push_str(value);
            } else {
                by_library(map.text, map.line(), &[value][..]);
            }
        });
    }

    /// Where there is a list of maps: an entry with it.
    pub(super) fn maps(&mut self, key: &'static str, values: Option<&[impl Fields]>) {
        self.items(key, values, |map, value| {
            map.text.push('-');
            map.nested(value, Some(" "));
        });
    }

    /// An entry with any key.
    pub(super) fn odd(&mut self, key: &str, value: impl Serialize) {
        self.begin();
        by_library(self.text, self.line(), &BTreeMap::from([(key, value)]));
    }

    /// An entry with a key and a string that are plain.
    fn plain(&mut self, key: &str, value: &str) {
        self.key(key);
        self.text.push(' ');
        self.text.push_str(value);
    }

    fn items<T>(&mut self, key: &'static str, items: Option<&[T]>, write: impl Fn(&mut Self, &T)) {
        let Some(items) = items else { return };
        self.key(key);
        for item in items {
            self.text.push_str(self.line());
            write(self, item);
        }
        if items.is_empty() {
            self.text.push_str(" []");
        }
    }

    fn nested(&mut self, value: &impl Fields, first: Option<&'static str>) {
        let start = self.text.len();
        value.write(&mut Map { text: self.text, column: self.column + STEP, first });
        if self.text.len() == start {
            self.text.push_str(" {}");
        }
    }

    fn key(&mut self, key: &str) {
        self.begin();
        self.text.push_str(key);
        self.text.push(':');
    }

    /// Begins an entry.
    fn begin(&mut self) {
        match self.first.take() {
            Some(first) => self.text.push_str(first),
            None => self.text.push_str(self.line()),
        }
    }

    /// The end of a line, and the margin of one of this map.
    fn line(&self) -> &'static str {
        &LINE[..=self.column]
    }
}

/// Labels.
impl Fields for BTreeMap<String, String> {
    fn write(&self, map: &mut Map<'_>) {
        for (key, value) in self {
            if is_plain(key) && is_plain(value) { map.plain(key, value) } else { map.odd(key, value) }
        }
    }
}
