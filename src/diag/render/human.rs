//! Findings for people: the source with the places underlined. The only file that knows codespan-reporting.
//!
//! codespan is given no whole texts but a [`View`] for each finding: the few lines that it shows, cut around the
//! places where they are long. So the cost of a finding does not depend on the size of the text.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::{Range, RangeInclusive};

use codespan_reporting::diagnostic::{self as shown, LabelStyle};
use codespan_reporting::files::{Error, Files, Location};
use codespan_reporting::term::{self, DisplayStyle, termcolor::Ansi};

use super::excerpt::{line, shown_as, visible, window};
use super::places::Places;
use super::{Colour, Options};
use crate::diag::{Diagnostic, Label, Severity};
use crate::source::{FileId, Source, Sources, Span};

/// Spans over more lines than this are shown by their first line.
const MAX_LINES: u32 = 12;

/// What a cut line begins or ends with.
const CUT: char = '…';

/// The most findings that are shown: nobody reads more, and a terminal should not have to take megabytes.
const MAX_SHOWN: usize = 200;

/// Writes the findings, and a last line that counts them. Of very many the first are shown, errors before warnings.
pub(super) fn render(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    options: Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut places = Places::new(sources);
    let shown = shown(diagnostics);
    for diagnostic in &shown {
        let (view, diagnostic) = view(diagnostic, sources, &mut places);
        emit(&view, &diagnostic, DisplayStyle::Rich, options.colour, out)?;
    }
    if shown.len() < diagnostics.len() {
        let more = diagnostics.len() - shown.len();
        writeln!(out, "… and {more} more: `--message-format short` lists them all\n")?;
    }
    match summary(diagnostics, options) {
        Some(summary) => emit(&View::default(), &summary, DisplayStyle::Short, options.colour, out),
        None => Ok(()),
    }
}

/// The findings that are shown, in their order: of too many the errors first.
fn shown(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    if diagnostics.len() <= MAX_SHOWN {
        return diagnostics.iter().collect();
    }
    let errors = diagnostics.iter().filter(|found| found.is_error()).count();
    let (mut errors, mut warnings) = (errors.min(MAX_SHOWN), MAX_SHOWN.saturating_sub(errors));
    let mut take = |found: &&Diagnostic| {
        let left = if found.is_error() { &mut errors } else { &mut warnings };
        let taken = *left > 0;
        *left -= usize::from(taken);
        taken
    };
    diagnostics.iter().filter(|found| take(found)).collect()
}

/// The last line.
fn summary(diagnostics: &[Diagnostic], options: Options) -> Option<shown::Diagnostic<FileId>> {
    let count = super::count(diagnostics);
    let worst = diagnostics.iter().map(|d| d.code.severity()).min()?;
    let text = match options.consequence {
        "" => count,
        consequence => format!("{count}; {consequence}"),
    };
    Some(shown::Diagnostic::new(severity(worst)).with_message(text))
}

/// Gives one finding to codespan.
fn emit(
    view: &View,
    diagnostic: &shown::Diagnostic<FileId>,
    display_style: DisplayStyle,
    colour: Colour,
    out: &mut dyn Write,
) -> io::Result<()> {
    let config = term::Config { display_style, ..term::Config::default() };
    let result = match colour {
        Colour::Plain => term::emit_to_io_write(out, &config, view, diagnostic),
        Colour::Ansi => term::emit_to_write_style(&mut Ansi::new(out), &config, view, diagnostic),
    };
    result.map_err(|error| if let Error::Io(error) = error { error } else { io::Error::other(error) })
}

fn severity(severity: Severity) -> shown::Severity {
    match severity {
        Severity::Error => shown::Severity::Error,
        Severity::Warning => shown::Severity::Warning,
    }
}

/// What codespan sees of the texts: some lines of some files.
#[derive(Default)]
struct View {
    files: BTreeMap<FileId, Piece>,
}

/// Some lines of one file, each cut to a window.
#[derive(Default)]
struct Piece {
    /// The name to show.
    name: String,
    /// The windows, each with a line end behind it.
    text: String,
    /// By line, from 1.
    lines: BTreeMap<u32, Shown>,
    /// Where the labels begin in `text`, and where that is in the file.
    locations: BTreeMap<usize, Location>,
}

/// A line as shown.
struct Shown {
    /// Its place in the piece's text.
    range: Range<usize>,
    /// What of the file it shows.
    window: Range<usize>,
    /// The bytes in the piece's text before the window's first character.
    lead: usize,
}

/// A label, clipped to what can be shown.
struct Clipped<'a> {
    label: &'a Label,
    style: LabelStyle,
    /// The bytes to underline.
    range: Range<usize>,
    /// The lines that it covers, from 1.
    lines: RangeInclusive<u32>,
}

/// A finding and the lines that it shows, as codespan takes them.
fn view(
    diagnostic: &Diagnostic,
    sources: &Sources,
    places: &mut Places<'_>,
) -> (View, shown::Diagnostic<FileId>) {
    let primary = std::iter::once((&diagnostic.primary, LabelStyle::Primary));
    let secondary = diagnostic.secondary.iter().map(|label| (label, LabelStyle::Secondary));
    let clipped: Vec<_> =
        primary.chain(secondary).map(|(label, style)| clip(label, style, sources)).collect();

    let mut view = View::default();
    for label in &clipped {
        view.show(label, sources);
    }
    view.fill_gaps(sources);

    let mut labels = Vec::new();
    let mut notes = Vec::new();
    for label in &clipped {
        match view.place(label, sources, places) {
            Some(label) => labels.push(label),
            None => notes.push(elsewhere(label.label, sources, places)),
        }
    }
    notes.extend(diagnostic.notes.iter().map(|note| format!("note: {}", visible(note))));
    let fix = super::fix_in_words(diagnostic, sources);
    notes.extend(diagnostic.help.iter().chain(&fix).map(|help| format!("help: {}", visible(help))));

    let rendered = shown::Diagnostic::new(severity(diagnostic.code.severity()))
        .with_code(diagnostic.code.entry().code)
        .with_message(line(&diagnostic.message))
        .with_labels(labels)
        .with_notes(notes);
    (view, rendered)
}

/// A label on a part of a long line that is not shown.
fn elsewhere(label: &Label, sources: &Sources, places: &mut Places<'_>) -> String {
    let Span { file, start, .. } = label.span;
    let at = places.position(file, start);
    format!("note: {}:{}:{}: {}", super::name(sources, file), at.line, at.column, line(&label.text))
}

/// Clips a span to characters of lines: without a line end at its end, and not over too many lines.
fn clip<'a>(label: &'a Label, style: LabelStyle, sources: &Sources) -> Clipped<'a> {
    let Span { file, start, end } = label.span;
    let source = sources.get(file);
    let first = source.line_at(start);
    let last = Some(source.line_at(end.saturating_sub(1).max(start))).filter(|last| last - first < MAX_LINES);
    let start = (start as usize).min(source.line_range(first).end);
    let end = match last {
        Some(last) => (end as usize).min(source.line_range(last).end),
        None => source.line_range(first).end,
    };
    Clipped { label, style, range: start..end.max(start), lines: first..=last.unwrap_or(first) }
}

impl View {
    /// Takes in the lines of a label, the window of each around the label's nearer end.
    fn show(&mut self, label: &Clipped<'_>, sources: &Sources) {
        let file = label.label.span.file;
        let source = sources.get(file);
        let new = || Piece { name: super::name(sources, file), ..Piece::default() };
        let piece = self.files.entry(file).or_insert_with(new);
        for line in label.lines.clone() {
            let anchor = if line == *label.lines.start() { label.range.start } else { label.range.end };
            piece.add(line, anchor, source);
        }
    }

    /// codespan draws a single line that lies between two shown ones, so it must be there.
    fn fill_gaps(&mut self, sources: &Sources) {
        for (file, piece) in &mut self.files {
            let lines: Vec<u32> = piece.lines.keys().copied().collect();
            for pair in lines.windows(2).filter(|pair| pair[1] - pair[0] == 2) {
                piece.add(pair[0] + 1, 0, sources.get(*file));
            }
        }
    }

    /// The label as codespan takes it; `None` where it begins in a part of a line that is not shown.
    fn place(
        &mut self,
        label: &Clipped<'_>,
        sources: &Sources,
        places: &mut Places<'_>,
    ) -> Option<shown::Label<FileId>> {
        let file = label.label.span.file;
        let text = sources.get(file).text();
        let piece = self.files.get_mut(&file)?;
        let first = piece.lines.get(label.lines.start())?;
        if !(first.window.start..=first.window.end).contains(&label.range.start) {
            return None;
        }
        let start = first.offset(text, label.range.start);
        let end = piece.lines.get(label.lines.end())?.offset(text, label.range.end);
        let at = places.position(file, label.label.span.start);
        let location = Location { line_number: at.line as usize, column_number: at.column as usize };
        piece.locations.insert(start, location);
        let message = line(&label.label.text);
        Some(shown::Label::new(label.style, file, start..end).with_message(message))
    }
}

impl Piece {
    /// Takes in a line, cut around an offset, unless it is there already.
    fn add(&mut self, line: u32, anchor: usize, source: &Source) {
        if self.lines.contains_key(&line) {
            return;
        }
        let whole = source.line_range(line);
        let window = window(source.text(), whole.clone(), anchor);
        let start = self.text.len();
        if window.start > whole.start {
            self.text.push(CUT);
        }
        let lead = self.text.len() - start;
        self.text.extend(source.text()[window.clone()].chars().map(shown_as));
        if window.end < whole.end {
            self.text.push(CUT);
        }
        self.lines.insert(line, Shown { range: start..self.text.len(), window, lead });
        self.text.push('\n');
    }

    /// The line, from 1, in which an offset of the piece's text lies.
    fn line_of(&self, offset: usize) -> Option<u32> {
        self.lines
            .iter()
            .find(|(_, shown)| (shown.range.start..=shown.range.end).contains(&offset))
            .map(|it| *it.0)
    }
}

impl Shown {
    /// Where an offset of the file lies in the piece's text.
    fn offset(&self, text: &str, offset: usize) -> usize {
        let offset = offset.clamp(self.window.start, self.window.end);
        let before = text[self.window.start..offset].chars().map(|c| shown_as(c).len_utf8()).sum::<usize>();
        self.range.start + self.lead + before
    }
}

impl<'f> Files<'f> for View {
    type FileId = FileId;
    type Name = &'f str;
    type Source = &'f str;

    fn name(&'f self, id: FileId) -> Result<&'f str, Error> {
        self.files.get(&id).map(|piece| piece.name.as_str()).ok_or(Error::FileMissing)
    }

    fn source(&'f self, id: FileId) -> Result<&'f str, Error> {
        self.files.get(&id).map(|piece| piece.text.as_str()).ok_or(Error::FileMissing)
    }

    fn line_index(&'f self, id: FileId, offset: usize) -> Result<usize, Error> {
        let piece = self.files.get(&id).ok_or(Error::FileMissing)?;
        let line = piece.line_of(offset);
        line.map(|line| line as usize - 1)
            .ok_or(Error::IndexTooLarge { given: offset, max: piece.text.len() })
    }

    fn line_range(&'f self, id: FileId, index: usize) -> Result<Range<usize>, Error> {
        let piece = self.files.get(&id).ok_or(Error::FileMissing)?;
        let shown = u32::try_from(index + 1).ok().and_then(|line| piece.lines.get(&line));
        shown
            .map(|shown| shown.range.clone())
            .ok_or(Error::LineTooLarge { given: index, max: piece.lines.len() })
    }

    fn location(&'f self, id: FileId, offset: usize) -> Result<Location, Error> {
        let piece = self.files.get(&id).ok_or(Error::FileMissing)?;
        piece
            .locations
            .get(&offset)
            .copied()
            .ok_or(Error::IndexTooLarge { given: offset, max: piece.text.len() })
    }
}
