//! The cut of a text into logical lines.
//!
//! Comes in: a text. Goes out: headers of blocks, statements and closing braces in order, the comments, and the
//! places that are not text. It knows strings, comments, continuations and braces, and nothing of the grammar:
//! so a line that means nothing never hides the next one.
//!
//! One pass, no recursion: time and memory are linear in the text, whatever it holds.

use super::continuation::{ends_as_continued, starts_as_continuation};
use super::{FileId, Span, foreign};

/// A text in logical lines.
#[derive(Clone, Debug, Default)]
pub struct Logical {
    /// Statements, headers, braces and doc comments, in order of their places.
    pub events: Vec<Event>,
    /// Every comment, in order.
    pub comments: Vec<Span>,
    /// What is no text, at most one for a statement or comment.
    pub faults: Vec<Fault>,
    /// How many `{` have no `}` at the end of the text.
    pub unclosed: usize,
}

/// A piece of a block's structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Which.
    pub kind: EventKind,
    /// Where: for a header, up to and with its `{`. White space and comments around it are left out.
    pub span: Span,
    /// The physical line on which it begins, from 0.
    pub first_line: u32,
    /// The physical line on which it ends.
    pub last_line: u32,
}

/// The kinds of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A statement without a block.
    Statement(Soundness),
    /// A statement and the `{` behind it.
    Open(Soundness, Brace),
    /// `}`
    Close,
    /// A line that holds a doc comment and stands between statements.
    Doc,
    /// A doc comment behind other text, or inside a statement.
    StrayDoc,
}

/// Whether a statement holds a [`Fault`], so that nothing more needs to be said about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Soundness {
    /// It is text.
    Sound,
    /// A fault lies in it.
    Faulty,
}

/// Where a `{` stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brace {
    /// On the last line of its header.
    WithHeader,
    /// At the beginning of a line behind it.
    Apart,
}

/// A place that is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong there.
    pub kind: FaultKind,
    /// Where.
    pub span: Span,
}

/// What can be wrong with a text before any grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A string whose line ends first.
    UnclosedString,
    /// A character that no program may hold: see [`foreign`].
    Foreign(foreign::Kind),
}

/// The statement that has begun and may go on.
#[derive(Clone, Copy)]
struct Pending {
    start: usize,
    end: usize,
    /// Where its lines before the last ended, without the comments behind them.
    joint: usize,
    /// Where its last line begins.
    last: usize,
    first_line: u32,
    last_line: u32,
    soundness: Soundness,
}

impl Pending {
    /// One that begins on a line, and has not gone on over its end.
    fn new(start: usize, end: usize, line: u32) -> Self {
        let soundness = Soundness::Sound;
        Self { start, end, joint: start, last: start, first_line: line, last_line: line, soundness }
    }
}

/// Cuts a text into logical lines.
pub fn cut(file: FileId, text: &str) -> Logical {
    let mut scanner = Scanner::new(file, text);
    while scanner.at < text.len() {
        scanner.line();
    }
    scanner.flush();
    scanner.out
}

/// What a comment may hold, in ASCII.
fn is_printable(byte: u8) -> bool {
    matches!(byte, b'\t' | b' '..=b'~')
}

/// The same without what means something here.
fn is_ordinary(byte: u8) -> bool {
    is_printable(byte) && !matches!(byte, b'"' | b'#' | b'{' | b'}')
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    file: FileId,
    at: usize,
    line: u32,
    pending: Option<Pending>,
    /// Where the last string ended: what looks like a continuation in it is none.
    string_end: usize,
    /// Doc comments behind a statement that the next line may still continue.
    held: Vec<Event>,
    out: Logical,
}

impl<'t> Scanner<'t> {
    fn new(file: FileId, text: &'t str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self {
            text,
            bytes: text.as_bytes(),
            file,
            at,
            line: 0,
            pending: None,
            string_end: 0,
            held: Vec::new(),
            out: Logical::default(),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// One physical line with its end.
    fn line(&mut self) {
        self.blanks();
        match self.peek() {
            None | Some(b'\n') => {}
            Some(b'\r') if self.at_line_end() => {}
            Some(b'#') => self.comment_line(),
            Some(_) => {
                let brace = self.join_or_flush();
                self.rest_of_line(brace);
            }
        }
        self.line_end();
    }

    fn blanks(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\t'));
    }

    /// Goes over bytes of a kind; the next one that is of another.
    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) -> Option<u8> {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|byte| !is_skipped(*byte)).unwrap_or(rest.len());
        self.peek()
    }

    /// At a line feed, or at the carriage return of one.
    fn at_line_end(&self) -> bool {
        let rest = &self.bytes[self.at..];
        rest.is_empty() || rest.starts_with(b"\n") || rest.starts_with(b"\r\n")
    }

    fn line_end(&mut self) {
        if self.peek() == Some(b'\r') {
            self.at += 1;
        }
        if self.peek() == Some(b'\n') {
            self.at += 1;
            self.line += 1;
        }
    }

    /// At the first token of a line: does it belong to the statement before?
    fn join_or_flush(&mut self) -> Brace {
        let Some(pending) = self.pending else { return Brace::WithHeader };
        let rest = &self.text[self.at..];
        let apart = rest.starts_with('{') && !self.goes_on(pending);
        let joins =
            apart || starts_as_continuation(rest) || (self.goes_on(pending) && !rest.starts_with('}'));
        if !joins {
            self.flush();
            return Brace::WithHeader;
        }
        let inside = self.held.drain(..).map(|doc| Event { kind: EventKind::StrayDoc, ..doc });
        self.out.events.extend(inside);
        if apart { Brace::Apart } else { Brace::WithHeader }
    }

    fn goes_on(&self, pending: Pending) -> bool {
        let Pending { start, joint, last, end, .. } = pending;
        end != self.string_end && ends_as_continued(&self.text[start..joint], &self.text[last..end])
    }

    fn rest_of_line(&mut self, mut brace: Brace) {
        while !self.at_line_end() {
            match self.bytes[self.at] {
                b' ' | b'\t' => self.at += 1,
                b'#' => self.comment_behind(),
                b'"' => self.string(),
                b'{' => self.open(brace),
                b'}' => self.close(),
                _ => self.plain(),
            }
            brace = Brace::WithHeader;
        }
    }

    /// Characters up to the next that means something here.
    fn plain(&mut self) {
        let start = self.at;
        let mut foreign = None;
        while let Some(byte) = self.skip(is_ordinary) {
            if matches!(byte, b'\n' | b'#' | b'"' | b'{' | b'}') || self.at_line_end() {
                break;
            }
            let (length, kind) = foreign::look(&self.bytes[self.at..]);
            foreign = foreign.or(kind.map(|kind| (self.at, self.at + length, kind)));
            self.at += length;
        }
        let kept = self.text[start..self.at].trim_end_matches([' ', '\t']);
        self.extend(start, start + kept.len());
        if let Some((from, to, kind)) = foreign {
            self.fault(FaultKind::Foreign(kind), from, to);
        }
    }

    fn string(&mut self) {
        let start = self.at;
        let line = &self.bytes[start + 1..];
        let length = line.iter().position(|byte| matches!(byte, b'"' | b'\n')).unwrap_or(line.len());
        let closed = line.get(length) == Some(&b'"');
        let inside = &self.text[start + 1..start + 1 + length];
        // Who forgot the quote before a `{` still meant to open a block.
        let taken = if closed { inside } else { inside.trim_end().trim_end_matches('{').trim_end() };
        let end = start + 1 + taken.len() + usize::from(closed);
        self.extend(start, end);
        self.foreign_in(start, end);
        if !closed {
            self.fault(FaultKind::UnclosedString, start, end);
        }
        self.at = end;
        self.string_end = end;
    }

    /// Reports the first character of a range that no program may hold.
    fn foreign_in(&mut self, start: usize, end: usize) {
        let mut at = start;
        while at < end {
            let (length, kind) = foreign::look(&self.bytes[at..]);
            if let Some(kind) = kind {
                return self.fault(FaultKind::Foreign(kind), at, at + length);
            }
            at += length;
        }
    }

    fn extend(&mut self, start: usize, end: usize) {
        let line = self.line;
        let pending = self.pending.get_or_insert_with(|| Pending::new(start, end, line));
        if pending.last_line < line {
            pending.joint = pending.end;
            pending.last = start;
        }
        pending.end = end;
        pending.last_line = line;
    }

    /// Records a fault, the first of its statement.
    fn fault(&mut self, kind: FaultKind, start: usize, end: usize) {
        if let Some(pending) = &mut self.pending
            && std::mem::replace(&mut pending.soundness, Soundness::Faulty) == Soundness::Faulty
        {
            return;
        }
        self.out.faults.push(Fault { kind, span: Span::new(self.file, start, end) });
    }

    fn comment_line(&mut self) {
        let (span, is_doc) = self.comment();
        if !is_doc {
            return;
        }
        let doc = |kind| Event { kind, span, first_line: self.line, last_line: self.line };
        match self.pending {
            Some(pending) if self.goes_on(pending) => self.out.events.push(doc(EventKind::StrayDoc)),
            Some(_) => self.held.push(doc(EventKind::Doc)),
            None => self.out.events.push(doc(EventKind::Doc)),
        }
    }

    fn comment_behind(&mut self) {
        let (span, is_doc) = self.comment();
        if is_doc {
            let line = self.line;
            self.out.events.push(Event {
                kind: EventKind::StrayDoc,
                span,
                first_line: line,
                last_line: line,
            });
        }
    }

    /// Takes a comment; whether it is a doc comment: `##`, but not a ruler of more.
    fn comment(&mut self) -> (Span, bool) {
        let start = self.at;
        let mut foreign = None;
        while self.skip(is_printable).is_some() && !self.at_line_end() {
            let (length, kind) = foreign::look(&self.bytes[self.at..]);
            foreign = foreign.or(kind.map(|kind| (self.at, self.at + length, kind)));
            self.at += length;
        }
        let span = Span::new(self.file, start, self.at);
        self.out.comments.push(span);
        if let Some((from, to, kind)) = foreign {
            let span = Span::new(self.file, from, to);
            self.out.faults.push(Fault { kind: FaultKind::Foreign(kind), span });
        }
        let text = &self.text[start..self.at];
        (span, text.starts_with("##") && !text.starts_with("###"))
    }

    fn open(&mut self, brace: Brace) {
        let end = self.at + 1;
        let line = self.line;
        let header = self.pending.take().unwrap_or(Pending::new(self.at, end, line));
        let kind = EventKind::Open(header.soundness, brace);
        let span = Span::new(self.file, header.start, end);
        self.out.events.push(Event { kind, span, first_line: header.first_line, last_line: line });
        self.out.unclosed += 1;
        self.at = end;
    }

    fn close(&mut self) {
        self.flush();
        let span = Span::new(self.file, self.at, self.at + 1);
        self.out.events.push(Event {
            kind: EventKind::Close,
            span,
            first_line: self.line,
            last_line: self.line,
        });
        self.out.unclosed = self.out.unclosed.saturating_sub(1);
        self.at += 1;
    }

    /// Ends the statement that has begun.
    fn flush(&mut self) {
        if let Some(pending) = self.pending.take() {
            let kind = EventKind::Statement(pending.soundness);
            let span = Span::new(self.file, pending.start, pending.end);
            let (first_line, last_line) = (pending.first_line, pending.last_line);
            self.out.events.push(Event { kind, span, first_line, last_line });
        }
        self.out.events.append(&mut self.held);
    }
}
