//! The text of a question, resolved against a program.
//!
//! It becomes a file of its own, `<query>`, that holds one guard outside any namespace: so the parser and the
//! checker read it as they read everything else, and its mistakes are shown in place.

use crate::algebra::PortSet;
use crate::diag::codes::Syntax;
use crate::diag::{self, Diagnostic};
use crate::hir::{self, Program};
use crate::ir::{ClaimKind, World};
use crate::load::Loaded;
use crate::lower::{self, Lowered};
use crate::query::{Asked, Pair};
use crate::source::{FileId, Span};
use crate::syntax::{self, ast};
use crate::{check::Checked, pipeline};

/// What makes a guard of a question.
const GUARD: &str = "never ";

/// A question and all that its answer needs.
pub(super) struct Question {
    pub(super) checked: Checked,
    pub(super) lowered: Lowered,
    pub(super) world: World,
    /// Each source with each target.
    pub(super) pairs: Vec<Pair>,
    /// For each pair the text of a rule that would allow it, but for the port where none was asked for.
    pub(super) rules: Vec<String>,
}

/// Why there is no question to answer.
pub(super) enum Refused {
    /// The program has errors.
    Program(Vec<Diagnostic>),
    /// The question has errors.
    Question(Vec<Diagnostic>),
}

/// Reads and resolves a question.
pub(super) fn resolve(text: &str, loaded: &mut Loaded) -> Result<Question, Refused> {
    let file = loaded.sources.add("<query>", format!("{GUARD}{text}"));
    let parsed = syntax::parse(&loaded.sources, file);
    if diag::has_errors(&parsed.diagnostics) {
        let typed = loaded.sources.add("<query>", text);
        let unread = |it| as_question(as_typed(it, file, typed));
        return Err(Refused::Question(parsed.diagnostics.into_iter().map(unread).collect()));
    }
    let [ast::Item { kind: ast::ItemKind::Member(ast::MemberKind::Guard(guard)), .. }] = &*parsed.file.items
    else {
        return Err(Refused::Question(vec![no_question(file)]));
    };
    let bare: Vec<Span> =
        guard.to.alternatives.iter().filter(|it| it.ports.is_none()).map(|it| it.span).collect();
    loaded.files.push(parsed.file);
    let checked = match pipeline::check(loaded) {
        Ok((checked, _)) => checked,
        Err(found) => {
            let typed = loaded.sources.add("<query>", text);
            return Err(blame(found, file, typed));
        }
    };
    let lowered = lower::lower(&checked);
    let world = lower::world(checked.program());
    let (pairs, rules) = pairs(checked.program(), file, &bare, loaded);
    Ok(Question { checked, lowered, world, pairs, rules })
}

/// What the checker says against a rule that would be added to the program; `None` where it can be added.
pub(super) fn refusal(rule: &str, loaded: &mut Loaded) -> Option<Diagnostic> {
    let file = loaded.sources.add("<rule>", rule.to_owned());
    let parsed = syntax::parse(&loaded.sources, file);
    if let Some(problem) = parsed.diagnostics.into_iter().find(Diagnostic::is_error) {
        return Some(problem);
    }
    loaded.files.push(parsed.file);
    let found = pipeline::check(loaded).err();
    loaded.files.pop();
    found?.into_iter().find(Diagnostic::is_error)
}

/// Errors of the program first: those of the question may follow from them.
fn blame(found: Vec<Diagnostic>, file: FileId, typed: FileId) -> Refused {
    let errors = found.into_iter().filter(Diagnostic::is_error);
    let (question, program): (Vec<_>, Vec<_>) = errors.partition(|it| it.primary.span.file == file);
    if !program.is_empty() {
        return Refused::Program(program);
    }
    Refused::Question(question.into_iter().map(|it| as_typed(it, file, typed)).collect())
}

/// A finding about the guard, moved to the question as its user typed it.
fn as_typed(mut found: Diagnostic, file: FileId, typed: FileId) -> Diagnostic {
    let labels = found.secondary.iter_mut().map(|label| &mut label.span);
    let fix = found.fix.iter_mut().map(|fix| &mut fix.span);
    for span in labels.chain(fix).chain([&mut found.primary.span]).filter(|span| span.file == file) {
        let range = span.range();
        *span =
            Span::new(typed, range.start.saturating_sub(GUARD.len()), range.end.saturating_sub(GUARD.len()));
    }
    found
}

/// What cannot be read is no guard to its user: says how a question is written.
fn as_question(mut found: Diagnostic) -> Diagnostic {
    if !found.is_error() {
        return found;
    }
    "this question cannot be read".clone_into(&mut found.primary.text);
    found.help.retain(|help| !help.contains(GUARD));
    found.with_help("a question is written `FROM -> TO[:PORT]`")
}

/// A text that is more or less than `FROM -> TO`, such as one with a line end.
fn no_question(file: FileId) -> Diagnostic {
    Diagnostic::new(
        Syntax::UnexpectedText,
        Span::new(file, 0, 0),
        "this is not one question",
        "a question is `FROM -> TO` or `FROM -> TO:PORT`, on one line",
    )
}

fn pairs(program: &Program, file: FileId, bare: &[Span], loaded: &Loaded) -> (Vec<Pair>, Vec<String>) {
    let is_asked = |guard: &&hir::Guard| program.statements[guard.statement.0 as usize].span.file == file;
    let guard = program.guards.iter().find(is_asked).expect("the question is the only statement of its file");
    let (mut pairs, mut rules) = (Vec::new(), Vec::new());
    for from in &guard.from {
        for to in &guard.to {
            let claim =
                lower::claim(program, ClaimKind::Never, std::slice::from_ref(from), std::slice::from_ref(to));
            let sides = claim.sources.into_iter().next().zip(claim.targets.into_iter().next());
            // A peer that covers nothing has no connections.
            let Some((source, (target, ports))) = sides else { continue };
            let ports = asked(ports, bare.contains(&to.peer.span));
            pairs.push(Pair { source, target, ports });
            let text = |span| loaded.sources.snippet(span);
            rules.push(format!("{} -> {}", text(from.span), text(to.peer.span)));
        }
    }
    (pairs, rules)
}

/// Without a port any will do; only a service brings its own.
fn asked(ports: PortSet, is_bare: bool) -> Asked {
    if is_bare && ports.is_every() { Asked::Any } else { Asked::All(ports) }
}
