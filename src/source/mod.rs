//! The texts of a run, places in them, and the cut into logical lines.
//!
//! Comes in: paths and texts that somebody else has read. Goes out: ids, spans, lines and columns, logical
//! lines. Nothing here reads a file or knows the grammar.

mod continuation;
pub mod foreign;
pub mod logical;

use camino::{Utf8Path, Utf8PathBuf};

/// One source text of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes in one source text: `start` included, `end` excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// A line and a column, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The character in the line, from 1.
    pub column: u32,
}

/// A text and the name under which messages show it.
#[derive(Clone, Debug)]
pub struct Source {
    path: Utf8PathBuf,
    text: String,
    /// The offset at which each line begins.
    lines: Vec<u32>,
}

/// All texts of a run.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

/// The largest source text, in bytes: offsets are kept in 32 bits.
pub const MAX_FILE_BYTES: usize = 256 << 20;

impl FileId {
    /// The position of the text among those of its run, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Span {
    /// The range in its text.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let offset = |at: usize| u32::try_from(at).expect("texts are at most MAX_FILE_BYTES long");
        Self { file, start: offset(start), end: offset(end) }
    }

    /// From the start of this span to the end of a later one in the same text.
    #[must_use]
    pub fn to(self, end: Self) -> Self {
        Self { end: end.end.max(self.end), ..self }
    }

    /// The place just behind the span, one character wide for nothing.
    #[must_use]
    pub fn after(self) -> Self {
        Self { start: self.end, ..self }
    }

    /// The bytes as indices.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Source {
    /// A text, at most [`MAX_FILE_BYTES`] long, under the name that messages show.
    pub fn new(path: impl Into<Utf8PathBuf>, text: impl Into<String>) -> Self {
        let text = text.into();
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0)
            .chain(ends)
            .map(|at| u32::try_from(at).expect("texts are at most MAX_FILE_BYTES long"))
            .collect();
        Self { path: path.into(), text, lines }
    }

    /// The name that messages show.
    pub fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a line, from 1, without its line end; empty past the end.
    pub fn line(&self, line: u32) -> &str {
        let at = |line: u32| self.lines.get(line as usize).map_or(self.text.len(), |start| *start as usize);
        self.text[at(line - 1)..at(line)].trim_end_matches(['\n', '\r'])
    }

    /// The bytes of a line, from 1, without its line end.
    pub fn line_range(&self, line: u32) -> std::ops::Range<usize> {
        let start = self.lines.get(line as usize - 1).map_or(self.text.len(), |start| *start as usize);
        start..start + self.line(line).len()
    }

    /// The line in which an offset lies, from 1.
    pub fn line_at(&self, offset: u32) -> u32 {
        let line = self.lines.partition_point(|start| *start <= offset);
        u32::try_from(line).expect("texts are at most MAX_FILE_BYTES long")
    }

    /// Where an offset lies.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines[line - 1] as usize;
        let before = &self.text[start..(offset as usize).clamp(start, self.text.len())];
        let count = |n: usize| u32::try_from(n).expect("texts are at most MAX_FILE_BYTES long");
        Position { line: count(line), column: count(before.chars().count()) + 1 }
    }
}

impl Sources {
    /// Adds a text, at most [`MAX_FILE_BYTES`] long, under the name that messages show.
    pub fn add(&mut self, path: impl Into<Utf8PathBuf>, text: impl Into<String>) -> FileId {
        self.push(Source::new(path, text))
    }

    /// Adds a text.
    pub fn push(&mut self, source: Source) -> FileId {
        self.files.push(source);
        FileId(u32::try_from(self.files.len() - 1).expect("fewer texts than 2^32"))
    }

    /// A text.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.index()]
    }

    /// The text that a span covers.
    pub fn snippet(&self, span: Span) -> &str {
        &self.get(span.file).text[span.range()]
    }

    /// Where a span begins.
    pub fn position(&self, span: Span) -> Position {
        self.get(span.file).position(span.start)
    }

    /// All texts in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().zip(0..).map(|(source, index)| (FileId(index), source))
    }
}
