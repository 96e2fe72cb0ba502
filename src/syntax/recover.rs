//! Reads one logical line, and finds what can be read in one that does not parse.
//!
//! Comes in: the place of a logical line. Goes out: the statements in it, at least one, and what is wrong with
//! them. A joined line that does not parse is cut before each of its lines that begins like a statement, and one
//! with two statements between them, so that no bad line takes a good one with it.

use super::convert::{Converter, Refusal};
use super::grammar::{self, Entry, Failure};
use super::problems::{self, Ending, Unread};
use super::statement::{Placed, Statement};
use super::{MAX_STATEMENT_BYTES, MAX_STATEMENTS_ON_A_LINE, plain, words};
use crate::diag::Diagnostic;
use crate::source::{FileId, Span};

/// Reads the logical lines of one text.
pub(super) struct Reader<'t> {
    file: FileId,
    text: &'t str,
    /// What has been found wrong so far.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What ends a statement before its line does.
enum Stop {
    /// Another statement begins.
    Statement,
    /// `;`
    Semicolon,
    /// `//`
    SlashComment,
}

impl<'t> Reader<'t> {
    /// For a text.
    pub(super) fn new(file: FileId, text: &'t str) -> Self {
        Self { file, text, diagnostics: Vec::new() }
    }

    /// Reads a line and adds its statements; at the end of a header the last is the one that opens the block.
    pub(super) fn read(&mut self, entry: Entry, span: Span, ending: Ending, found: &mut Vec<Placed>) {
        let long = span.range().len() > MAX_STATEMENT_BYTES;
        if !long && let Ok(placed) = self.attempt(entry, span) {
            return found.push(placed);
        }
        let mut rest = span;
        for at in words::statement_lines(&self.text[span.range()]) {
            let cut = span.range().start + at;
            let part = self.trimmed(rest.range().start, cut);
            self.read_part(entry, part, Ending::Line, found);
            rest = Span::new(self.file, cut, span.range().end);
        }
        self.read_part(entry, rest, ending, found);
    }

    /// A line about which nothing more needs to be said: only what it would declare.
    pub(super) fn read_faulty(&self, span: Span) -> Placed {
        Placed { span, statement: self.broken(span) }
    }

    fn read_part(&mut self, entry: Entry, span: Span, ending: Ending, found: &mut Vec<Placed>) {
        if span.range().len() > MAX_STATEMENT_BYTES {
            self.diagnostics.push(problems::long_statement(span));
            return found.push(Placed { span, statement: Statement::Broken(None, None) });
        }
        match self.attempt(entry, span) {
            Ok(placed) => found.push(placed),
            Err(failure) => self.mend(entry, span, failure, ending, found),
        }
    }

    /// Parses a line as what may stand here, or else as what may stand elsewhere: its place is judged later.
    fn attempt(&mut self, entry: Entry, span: Span) -> Result<Placed, Failure> {
        let text = self.text;
        let line = &text[span.range()];
        if entry == Entry::Statement
            && let Some(statement) = plain::read(self.file, span.range().start, line)
        {
            return Ok(Placed { span, statement });
        }
        let other = if entry == Entry::TestLine { Entry::Statement } else { Entry::TestLine };
        let pairs = match grammar::parse(entry, line) {
            Ok(pairs) => pairs,
            Err(failure) if words::begins_statement(line) == (entry == Entry::Statement) => {
                return Err(failure);
            }
            Err(failure) => match grammar::parse(other, line) {
                Ok(pairs) => pairs,
                // In a test a line that begins like another statement is meant as that one.
                Err(elsewhere) => return Err(if entry == Entry::TestLine { elsewhere } else { failure }),
            },
        };
        let mut converter = Converter::new(self.file, span.range().start);
        let Some(pair) = pairs.into_iter().next() else { return Ok(self.read_faulty(span)) };
        let statement = converter.statement(pair);
        let means = converter.refusals.iter().all(Refusal::leaves_meaning);
        self.diagnostics.extend(converter.refusals.iter().map(problems::refused));
        let statement = if means { statement } else { self.broken(span) };
        Ok(Placed { span, statement })
    }

    /// Splits a line where something else begins, as often as needed, and reports the rest.
    fn mend(
        &mut self,
        entry: Entry,
        mut span: Span,
        mut failure: Failure,
        ending: Ending,
        found: &mut Vec<Placed>,
    ) {
        for _ in 0..MAX_STATEMENTS_ON_A_LINE {
            let Some(rest) = self.split(entry, span, &failure, found) else { break };
            if rest.range().is_empty() {
                return;
            }
            span = rest;
            match self.attempt(entry, span) {
                Ok(placed) => return found.push(placed),
                Err(next) => failure = next,
            }
        }
        let unread = Unread { file: self.file, text: self.text, span, failure, entry, ending };
        self.diagnostics.push(problems::unreadable(&unread));
        found.push(Placed { span, statement: self.broken(span) });
    }

    /// Takes the statement before the failure, where it is one, and returns what is behind it.
    fn split(
        &mut self,
        entry: Entry,
        span: Span,
        failure: &Failure,
        found: &mut Vec<Placed>,
    ) -> Option<Span> {
        let at = span.range().start + failure.at;
        let stop = stop(&self.text[at..span.range().end])?;
        let before = self.trimmed(span.range().start, at);
        if before.range().is_empty() {
            return None;
        }
        let placed = self.attempt(entry, before).ok()?;
        let (skipped, end) = match stop {
            Stop::Statement => (0, span.range().end),
            Stop::Semicolon => (1, span.range().end),
            Stop::SlashComment => (0, at),
        };
        let behind = &self.text[at + skipped..end];
        let start = at + skipped + (behind.len() - behind.trim_start().len());
        let rest = Span::new(self.file, start, end.max(start));
        let whole = Span::new(self.file, at, span.range().end);
        self.diagnostics.push(match stop {
            Stop::Statement => problems::second_statement(self.first_line(rest)),
            Stop::Semicolon => problems::semicolon(Span::new(self.file, at, at + 1), rest),
            Stop::SlashComment => problems::slash_comment(whole),
        });
        found.push(placed);
        Some(rest)
    }

    /// The keyword and the name of a line that does not parse.
    fn broken(&self, span: Span) -> Statement {
        let end = span.range().end.min(span.range().start + MAX_STATEMENT_BYTES);
        let line = self.text.get(span.range().start..end).unwrap_or_default();
        let meant = words::meant_keyword(line);
        let base = span.range().start + meant.behind;
        if let Some(keyword) = meant.spelled_wrong {
            let patched = format!("{keyword}{}", &line[meant.behind..]);
            // The places behind the word shift by as much as the right spelling is longer.
            let converter = Converter::new(self.file, 0);
            if let Ok(pairs) = grammar::parse(Entry::Broken, &patched) {
                let (keyword_of, name) = converter.broken(pairs);
                let name = name.map(|word| self.shifted(word, keyword.len(), base));
                return Statement::Broken(keyword_of, name);
            }
            return Statement::Broken(None, None);
        }
        let converter = Converter::new(self.file, span.range().start);
        match grammar::parse(Entry::Broken, line) {
            Ok(pairs) => {
                let (keyword, name) = converter.broken(pairs);
                Statement::Broken(keyword, name)
            }
            Err(_) => Statement::Broken(words::first_keyword(line), None),
        }
    }

    /// A word of a patched line, at its place in the text.
    fn shifted(&self, word: super::ast::Word, patched: usize, behind: usize) -> super::ast::Word {
        let place = |at: usize| at - patched + behind;
        let range = word.span.range();
        super::ast::Word { span: Span::new(self.file, place(range.start), place(range.end)), ..word }
    }

    /// The first physical line of a place: enough to point at.
    fn first_line(&self, span: Span) -> Span {
        let line = words::first_line(&self.text[span.range()]);
        Span::new(self.file, span.range().start, span.range().start + line.len())
    }

    /// A piece without the white space and the comments behind it.
    fn trimmed(&self, start: usize, end: usize) -> Span {
        let kept = words::without_trailing_comments(&self.text[start..end]);
        Span::new(self.file, start, start + kept.len())
    }
}

/// What stands where a line stops to make sense.
fn stop(rest: &str) -> Option<Stop> {
    if rest.starts_with(';') {
        Some(Stop::Semicolon)
    } else if rest.starts_with("//") {
        Some(Stop::SlashComment)
    } else if words::begins_statement(rest) {
        Some(Stop::Statement)
    } else {
        None
    }
}
