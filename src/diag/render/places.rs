//! Offsets to lines and columns, fast even where a line is many megabytes long.
//!
//! Comes in: spans. Goes out: positions that count characters from 1. A line longer than [`STEP`] is counted
//! once, with a mark at every step, so that any number of findings in one line costs linear time.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::source::{FileId, Position, Sources, Span};

/// The bytes between two marks of a long line.
const STEP: usize = 4096;

/// Lines and columns of the texts of a run.
pub(super) struct Places<'a> {
    sources: &'a Sources,
    /// The characters before each step of a long line, by the file and the line's first byte.
    marks: BTreeMap<(FileId, usize), Vec<usize>>,
}

/// Where a span begins and ends; the end is behind its last character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// The first character.
    pub(super) start: Position,
    /// The place behind the last character.
    pub(super) end: Position,
}

impl<'a> Places<'a> {
    /// Nothing is counted until it is asked for.
    pub(super) fn new(sources: &'a Sources) -> Self {
        Self { sources, marks: BTreeMap::new() }
    }

    /// Where a span begins and ends.
    pub(super) fn extent(&mut self, span: Span) -> Extent {
        Extent { start: self.position(span.file, span.start), end: self.position(span.file, span.end) }
    }

    /// Where an offset lies; one in a line end counts as behind the line.
    pub(super) fn position(&mut self, file: FileId, offset: u32) -> Position {
        let source = self.sources.get(file);
        let line = source.line_at(offset);
        let range = source.line_range(line);
        let offset = (offset as usize).clamp(range.start, range.end);
        let before = self.characters(file, range, offset);
        let column = u32::try_from(before + 1).expect("texts are at most MAX_FILE_BYTES long");
        Position { line, column }
    }

    /// The characters of a line before an offset.
    fn characters(&mut self, file: FileId, line: Range<usize>, offset: usize) -> usize {
        let bytes = self.sources.get(file).text().as_bytes();
        let near = (offset - line.start) / STEP;
        if near == 0 {
            return characters(&bytes[line.start..offset]);
        }
        let key = (file, line.start);
        let marks = self.marks.entry(key).or_insert_with(|| marks(&bytes[line.clone()]));
        marks[near] + characters(&bytes[line.start + near * STEP..offset])
    }
}

/// The characters before each step, from 0.
fn marks(line: &[u8]) -> Vec<usize> {
    let mut total = 0;
    let ends = line.chunks(STEP).map(|chunk| {
        total += characters(chunk);
        total
    });
    std::iter::once(0).chain(ends).collect()
}

/// Characters begin at every byte that continues none.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}
