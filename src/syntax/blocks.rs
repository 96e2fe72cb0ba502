//! Builds blocks from logical lines with a stack, and keeps every statement to its place.
//!
//! Comes in: the logical lines of a text. Goes out: its items and what is wrong with their nesting. A statement in
//! a wrong place is reported and kept as [`Broken`], so that its name stays declared.
//!
//! Where a `}` is missing: the cut has counted the `{` that stay open. Only while there are such does a line that
//! fits an enclosing block alone close the blocks within; otherwise that line is the mistake.

use super::MAX_NESTING;
use super::ast::Item;
use super::content::{self, Content};
use super::docs::Waiting;
use super::grammar::Entry;
use super::place::{self, Block};
use super::problems::{self, Ending};
use super::recover::Reader;
use super::statement::{Kind, Placed, Statement};
use crate::diag::Diagnostic;
use crate::source::logical::{Brace, Event, EventKind, Logical, Soundness};
use crate::source::{FileId, Span};

/// Puts logical lines into blocks.
pub(super) fn build(file: FileId, text: &str, lines: &Logical) -> (Vec<Item>, Vec<Diagnostic>) {
    let mut builder = Builder {
        file,
        text,
        reader: Reader::new(file, text),
        frames: Vec::new(),
        items: Vec::new(),
        waiting: Waiting::default(),
        unclosed: lines.unclosed,
        skipped: 0,
        before: None,
        stray_close: Stray::Unreported,
        crowded: None,
        found: Vec::new(),
    };
    for event in &lines.events {
        builder.event(event);
    }
    builder.finish();
    (builder.items, builder.reader.diagnostics)
}

struct Builder<'t> {
    file: FileId,
    text: &'t str,
    reader: Reader<'t>,
    frames: Vec<Frame>,
    items: Vec<Item>,
    waiting: Waiting,
    /// How many of the `{` that stay open have not been closed for their user yet.
    unclosed: usize,
    /// How many blocks are open past the deepest that is kept.
    skipped: usize,
    /// What stood before on the same line, if anything does.
    before: Option<Before>,
    stray_close: Stray,
    /// The last line of which it has been said that it holds too much.
    crowded: Option<u32>,
    /// Empty: the memory for what is found on a line.
    found: Vec<Placed>,
}

/// An open block.
struct Frame {
    block: Block,
    content: Content,
    header: Span,
    /// The physical line of its `{`.
    line: u32,
    inline: Inline,
}

/// What stands behind a `{` on its line.
enum Inline {
    Nothing,
    Member(Span),
    /// A member, and it has been said that it belongs on the next line.
    Reported,
}

/// The piece before an event, and the line on which it ended.
#[derive(Clone, Copy)]
struct Before {
    line: u32,
    kind: BeforeKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum BeforeKind {
    Opened,
    Closed,
    Statement,
}

/// Whether the last thing was a `}` too many: a row of them is one mistake.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stray {
    Unreported,
    Reported,
}

impl Builder<'_> {
    fn event(&mut self, event: &Event) {
        match event.kind {
            EventKind::Doc => self.waiting.doc(event.span),
            EventKind::StrayDoc => self.report(problems::stray_doc(event.span)),
            EventKind::Close => self.close(event),
            EventKind::Statement(soundness) => self.statement(event, soundness),
            EventKind::Open(soundness, brace) => self.open(event, soundness, brace),
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.reader.diagnostics.push(diagnostic);
    }

    /// Which lines are read here.
    fn entry(&self) -> Entry {
        match self.frames.last() {
            Some(frame) if frame.block == Block::Test => Entry::TestLine,
            Some(_) | None => Entry::Statement,
        }
    }

    fn block(&self) -> Block {
        self.frames.last().map_or(Block::Outside, |frame| frame.block)
    }

    /// Reads the text of an event; a header without its `{`. The list is given back by its user, so that a long
    /// program does not allocate one a line.
    fn read(&mut self, span: Span, soundness: Soundness, ending: Ending) -> Vec<Placed> {
        let mut found = std::mem::take(&mut self.found);
        match soundness {
            Soundness::Sound => self.reader.read(self.entry(), span, ending, &mut found),
            Soundness::Faulty => found.push(self.reader.read_faulty(span)),
        }
        found
    }

    fn statement(&mut self, event: &Event, soundness: Soundness) {
        if self.skipped > 0 {
            return;
        }
        self.keep_to_lines(event);
        let mut found = self.read(event.span, soundness, Ending::Line);
        for placed in found.drain(..) {
            self.place(placed);
        }
        self.found = found;
        self.before = Some(Before { line: event.last_line, kind: BeforeKind::Statement });
    }

    /// One member a line, or a single one between braces on one line.
    fn keep_to_lines(&mut self, event: &Event) {
        self.stray_close = Stray::Unreported;
        self.check_inline(event.first_line);
        match self.before {
            Some(Before { line, kind: BeforeKind::Closed }) if line == event.first_line => {
                if self.crowded.replace(line) == Some(line) {
                    return;
                }
                self.report(problems::behind_close(self.first_line(event.span), self.text));
            }
            Some(Before { line, kind: BeforeKind::Opened }) if line == event.first_line => {
                let first = self.first_line(event.span);
                if let Some(frame) = self.frames.last_mut() {
                    frame.inline = Inline::Member(first);
                }
            }
            Some(_) | None => {}
        }
    }

    /// A block with a member behind its `{` ends on that line.
    fn check_inline(&mut self, line: u32) {
        if let Some(frame) = self.frames.last_mut()
            && line > frame.line
            && let Inline::Member(span) = frame.inline
        {
            frame.inline = Inline::Reported;
            self.reader.diagnostics.push(problems::behind_open(span, self.text));
        }
    }

    /// Puts a statement without a block where it stands.
    fn place(&mut self, mut placed: Placed) {
        if let Statement::PolicyName(name) = placed.statement {
            let stray = self.waiting.policy_name(name, placed.span);
            self.reader.diagnostics.extend(stray);
            return;
        }
        let stray = self.waiting.attach(self.text, &mut placed.statement);
        self.reader.diagnostics.extend(stray);
        let broken = matches!(placed.statement, Statement::Broken(..));
        let kind = placed.statement.kind();
        if self.settle(&placed) == Place::Wrong {
            placed.statement = content::break_off(placed.statement);
        } else if place::needs_block(kind) && !broken {
            self.report(problems::no_block(placed.span, kind));
        }
        let Placed { span, statement } = placed;
        match self.frames.last_mut() {
            None => self.items.push(Item { span, kind: content::item_kind(statement) }),
            Some(frame) => frame.content.push(span, statement),
        }
    }

    /// Whether a statement may stand here, after the blocks that it shows to be unclosed are closed.
    fn settle(&mut self, placed: &Placed) -> Place {
        let kind = placed.statement.kind();
        let open = self.block() == Block::Unreadable && place::only_outside(kind) && self.unclosed > 0;
        if place::fits(self.block(), kind) && !open {
            return Place::Right;
        }
        if let Some(depth) = self.enclosing(kind)
            && self.frames.len() - depth <= self.unclosed
        {
            self.end_unclosed(depth, Some(placed.span));
            return Place::Right;
        }
        if open {
            return Place::Right;
        }
        if !matches!(placed.statement, Statement::Broken(..)) {
            self.report(problems::misplaced(
                self.first_line(placed.span),
                kind,
                self.block(),
                self.outer_header(),
            ));
        }
        Place::Wrong
    }

    /// The first physical line of a place: enough to point at.
    fn first_line(&self, span: Span) -> Span {
        let line = super::words::first_line(&self.text[span.range()]);
        Span::new(self.file, span.range().start, span.range().start + line.len())
    }

    /// The header of the innermost block.
    fn outer_header(&self) -> Option<Span> {
        self.frames.last().map(|frame| self.first_line(frame.header))
    }

    /// How many blocks stay open around a statement that fits none further in.
    fn enclosing(&self, kind: Kind) -> Option<usize> {
        let outer = self.frames.iter().rposition(|frame| {
            place::fits(frame.block, kind) && !(frame.block == Block::Unreadable && place::only_outside(kind))
        });
        match outer {
            Some(index) => Some(index + 1),
            None => place::fits(Block::Outside, kind).then_some(0),
        }
    }

    /// Closes the blocks further in than `depth`, whose `}` are missing: one mistake, whatever their number.
    fn end_unclosed(&mut self, depth: usize, noticed: Option<Span>) {
        let headers: Vec<Span> = self.frames[depth..].iter().map(|frame| frame.header).collect();
        self.unclosed = self.unclosed.saturating_sub(headers.len());
        let noticed = noticed.map(|span| self.first_line(span));
        self.reader.diagnostics.extend(problems::missing_brace(&headers, noticed));
        while self.frames.len() > depth
            && let Some(frame) = self.frames.pop()
        {
            self.finish_frame(frame);
        }
    }

    fn open(&mut self, event: &Event, soundness: Soundness, brace: Brace) {
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        self.keep_to_lines(event);
        let header = Span { end: event.span.end - 1, ..event.span };
        let trimmed = super::words::without_trailing_comments(&self.text[header.range()]);
        let text = Span::new(self.file, header.range().start, header.range().start + trimmed.len());
        let mut found = if text.range().is_empty() {
            self.report(problems::no_header(event.span));
            vec![Placed { span: text, statement: Statement::Broken(None, None) }]
        } else {
            self.read(text, soundness, Ending::Brace)
        };
        let last = found.pop();
        for placed in found.drain(..) {
            self.place(placed);
        }
        self.found = found;
        if let Some(placed) = last {
            let span = Span { end: event.span.end, ..placed.span };
            self.open_block(event, brace, text, Placed { span, ..placed });
        }
        self.before = Some(Before { line: event.last_line, kind: BeforeKind::Opened });
    }

    fn open_block(&mut self, event: &Event, brace: Brace, header: Span, mut placed: Placed) {
        let stray = self.waiting.attach(self.text, &mut placed.statement);
        self.reader.diagnostics.extend(stray);
        // Where all braces are closed, the depth is what is wrong with a block this deep, not its place.
        let deep = self.frames.len() == MAX_NESTING && self.unclosed == 0;
        let settled = if deep { Place::Right } else { self.settle(&placed) };
        if self.frames.len() == MAX_NESTING {
            self.skipped = 1;
            return self.report(problems::too_deep(placed.span));
        }
        let kind = placed.statement.kind();
        let block = place::block_of(kind);
        let broken = matches!(placed.statement, Statement::Broken(..));
        if block.is_none() && settled == Place::Right && !broken {
            self.report(problems::takes_no_block(header, event.span, kind));
        } else if brace == Brace::Apart && !broken {
            self.report(problems::brace_apart(header, event.span, self.text));
        }
        let content = match settled {
            Place::Right => Content::of(placed.statement),
            Place::Wrong => Content::broken(placed.statement),
        };
        let block = block.unwrap_or(Block::Unreadable);
        self.frames.push(Frame {
            block,
            content,
            header: placed.span,
            line: event.last_line,
            inline: Inline::Nothing,
        });
    }

    fn close(&mut self, event: &Event) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let stray = self.waiting.give_up();
        self.reader.diagnostics.extend(stray);
        self.check_inline(event.first_line);
        let before = self.before.replace(Before { line: event.last_line, kind: BeforeKind::Closed });
        let Some(frame) = self.frames.pop() else {
            if std::mem::replace(&mut self.stray_close, Stray::Reported) == Stray::Unreported {
                self.report(problems::unmatched(event.span));
            }
            return;
        };
        let apart = frame.line != event.first_line && !matches!(frame.inline, Inline::Reported);
        let crowded = before.is_some_and(|before| before.line == event.first_line);
        if apart && crowded && self.crowded.replace(event.first_line) != Some(event.first_line) {
            self.report(problems::before_close(event.span, self.text));
        }
        self.finish_frame(frame);
    }

    /// Puts a block that is complete where its header stood.
    fn finish_frame(&mut self, frame: Frame) {
        let span = frame.header;
        let content = frame.content.complete();
        match self.frames.last_mut() {
            None => self.items.push(Item { span, kind: content.into_item() }),
            Some(outer) => outer.content.push_block(span, content),
        }
    }

    fn finish(&mut self) {
        let stray = self.waiting.give_up();
        self.reader.diagnostics.extend(stray);
        self.end_unclosed(0, None);
    }
}

/// Whether a statement stands in a place where it may.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Right,
    Wrong,
}
