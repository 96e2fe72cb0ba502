//! Comments that silence: `# netdsl: allow(shadowed-rule, all-ports) reason`, on the line before a statement.
//!
//! One is about the findings at the statement that begins on the next line (blank lines, comments and `@name` may
//! stand between): of a block its header, and what stands on the same line. What silences nothing is a finding
//! itself, and neither kind of finding about silencers can be silenced.

use std::collections::BTreeMap;

use crate::diag::codes::{Code, Lint};
use crate::diag::{Diagnostic, Safety};
use crate::source::{Source, Sources, Span};
use crate::syntax::ast;

use super::written;

/// All comments that silence, by what they are about.
#[derive(Debug)]
pub(super) struct Silencers {
    /// By place, none overlapping another.
    groups: Vec<Group>,
    /// What is wrong with the comments.
    problems: Vec<Diagnostic>,
}

/// The silencers before one statement.
#[derive(Debug)]
struct Group {
    /// From the first of them to the end of the statement.
    range: Span,
    entries: Vec<Entry>,
}

/// One name in a silencer.
#[derive(Debug)]
struct Entry {
    lint: Lint,
    span: Span,
    used: bool,
}

impl Silencers {
    pub(super) fn of(files: &[ast::File], sources: &Sources) -> Self {
        let mut silencers = Self { groups: Vec::new(), problems: Vec::new() };
        for file in files {
            silencers.read(file, sources.get(file.id));
        }
        silencers.groups.sort_by_key(|group| group.range);
        silencers
    }

    fn read(&mut self, file: &ast::File, source: &Source) {
        let marked: Vec<(Span, &str)> =
            file.comments.iter().filter_map(|it| marked(it.span, source)).collect();
        if marked.is_empty() {
            return;
        }
        let statements = written::statements(file);
        let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
        for (span, text) in marked {
            let entries = match entries(span, text) {
                Ok((entries, problems)) => {
                    self.problems.extend(problems);
                    entries
                }
                Err(problem) => {
                    self.problems.push(*problem);
                    continue;
                }
            };
            let Some(line) = next_line(span, source, &statements) else {
                self.problems.push(misplaced(span));
                continue;
            };
            let group = groups.entry(line.start).or_insert_with(|| Group {
                range: Span::new(file.id, span.end as usize, end_of(&line, &statements)),
                entries: Vec::new(),
            });
            group.entries.extend(entries);
        }
        self.groups.extend(groups.into_values());
    }

    /// The findings that no comment silences.
    pub(super) fn silence(&mut self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut kept: Vec<Diagnostic> = found.into_iter().filter(|problem| !self.silences(problem)).collect();
        kept.append(&mut self.problems);
        kept
    }

    fn silences(&mut self, problem: &Diagnostic) -> bool {
        let Code::Lint(lint) = problem.code else { return false };
        let place = problem.primary.span;
        let before = self
            .groups
            .partition_point(|group| (group.range.file, group.range.start) <= (place.file, place.start));
        let group = before.checked_sub(1).map(|at| &mut self.groups[at]);
        let group = group.filter(|it| it.range.file == place.file && place.start < it.range.end);
        let entry = group.and_then(|group| group.entries.iter_mut().find(|entry| entry.lint == lint));
        entry.map(|entry| entry.used = true).is_some()
    }

    /// What silenced nothing.
    pub(super) fn unused(&self) -> Vec<Diagnostic> {
        let entries = self.groups.iter().flat_map(|group| &group.entries);
        entries.filter(|entry| !entry.used).map(unused).collect()
    }
}

/// The text behind `# netdsl:` of a comment that has it, and where the comment is.
fn marked(span: Span, source: &Source) -> Option<(Span, &str)> {
    let text = &source.text()[span.range()];
    let rest = text.strip_prefix('#').filter(|rest| !rest.starts_with('#'))?;
    Some((span, rest.trim_start().strip_prefix("netdsl:")?))
}

/// The lints that a silencer names, and what is wrong with its names.
fn entries(span: Span, text: &str) -> Result<(Vec<Entry>, Vec<Diagnostic>), Box<Diagnostic>> {
    let list = text.trim_start().strip_prefix("allow").map(str::trim_start);
    let list = list.and_then(|rest| rest.strip_prefix('(')).and_then(|rest| rest.split_once(')'));
    let Some((list, _reason)) = list else { return Err(Box::new(unreadable(span))) };
    let behind = text.len() - text.find('(').map_or(0, |at| at + 1);
    let mut at = span.end as usize - behind;
    let (mut entries, mut problems) = (Vec::new(), Vec::new());
    for part in list.split(',') {
        let start = at + (part.len() - part.trim_start().len());
        let name = part.trim();
        let place = Span::new(span.file, start, start + name.len());
        match named(name) {
            Some(known) => entries.push(Entry { lint: known, span: place, used: false }),
            None => problems.push(unknown(name, place)),
        }
        at += part.len() + 1;
    }
    Ok((entries, problems))
}

/// The lints that can be silenced.
fn silenceable() -> impl Iterator<Item = Lint> {
    let about_silencers = [Lint::UnusedSilencer, Lint::InvalidSilencer];
    Lint::ALL.iter().copied().filter(move |lint| !about_silencers.contains(lint))
}

fn named(name: &str) -> Option<Lint> {
    silenceable().find(|lint| lint.entry().title == name)
}

/// The bytes of the line on which the next statement begins; `None` for a comment behind or inside a statement.
fn next_line(comment: Span, source: &Source, statements: &[Span]) -> Option<std::ops::Range<usize>> {
    let own = source.line_at(comment.start);
    let first = source.line(own).trim_start_matches([' ', '\t', '\u{feff}']).starts_with('#');
    let before = statements.partition_point(|statement| statement.start < comment.start);
    let inside = before.checked_sub(1).is_some_and(|at| statements[at].end > comment.start);
    if !first || inside {
        return None;
    }
    let last = source.line_at(u32::try_from(source.text().len()).unwrap_or(u32::MAX));
    let between = |line: &u32| {
        let text = source.line(*line).trim();
        text.is_empty() || text.starts_with('#') || text.starts_with("@name")
    };
    (own + 1..=last).find(|line| !between(line)).map(|line| source.line_range(line))
}

/// The end of the statements that begin on a line.
fn end_of(line: &std::ops::Range<usize>, statements: &[Span]) -> usize {
    let from = statements.partition_point(|statement| (statement.start as usize) < line.start);
    let on_it = statements[from..].iter().take_while(|statement| statement.start as usize <= line.end);
    on_it.map(|statement| statement.end as usize).max().unwrap_or(line.start)
}

fn unused(entry: &Entry) -> Diagnostic {
    let name = entry.lint.entry().title;
    Diagnostic::new(
        Lint::UnusedSilencer,
        entry.span,
        format!("nothing here gets the warning `{name}`"),
        "a comment that silences nothing would hide the warning when it comes",
    )
    .with_help("remove the name, or the whole comment")
}

fn unreadable(span: Span) -> Diagnostic {
    Diagnostic::new(
        Lint::InvalidSilencer,
        span,
        "this comment silences nothing",
        "what begins with `# netdsl:` is for the compiler, which cannot read this",
    )
    .with_help("write `# netdsl: allow(NAME) reason`, with the name of a lint")
}

fn misplaced(span: Span) -> Diagnostic {
    Diagnostic::new(
        Lint::InvalidSilencer,
        span,
        "this comment silences nothing here",
        "it is about the statement that begins on the next line, and none does",
    )
    .with_help("move it to a line of its own before the statement")
}

fn unknown(name: &str, span: Span) -> Diagnostic {
    let problem = Diagnostic::new(
        Lint::InvalidSilencer,
        span,
        format!("no lint that can be silenced is called `{name}`"),
        "so it silences nothing",
    );
    match suggestion(name) {
        Some(near) => {
            problem.with_help(format!("did you mean `{near}`?")).with_fix(span, near, Safety::Suggestion)
        }
        None => problem.with_help("`netdsl explain --list` shows them all; errors cannot be silenced"),
    }
}

/// The lint with this code, or the one whose name is spelled most alike.
fn suggestion(name: &str) -> Option<&'static str> {
    let by_code = silenceable().find(|lint| lint.entry().code.eq_ignore_ascii_case(name));
    let near = || {
        let lints = silenceable().filter(|_| (1..=64).contains(&name.len()));
        let distances = lints.map(|lint| (strsim::levenshtein(name, lint.entry().title), lint));
        distances.min().filter(|(distance, _)| *distance <= name.len() / 3).map(|(_, lint)| lint)
    };
    by_code.or_else(near).map(|lint| lint.entry().title)
}
