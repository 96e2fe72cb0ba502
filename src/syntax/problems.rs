//! The wording of what is wrong with a text: its characters, its blocks and its places.
//!
//! Comes in: what `blocks` and `recover` found. Goes out: diagnostics. Nothing here decides anything; lines that
//! do not parse have their own file.

mod peers;
mod signs;
mod unreadable;

pub(super) use unreadable::{Unread, unreadable};

use super::convert::Refusal;
use super::place::Block;
use super::statement::Kind;
use super::{MAX_DIAGNOSTICS, MAX_NESTING, MAX_STATEMENT_BYTES, phrases};
use crate::diag::codes::{Lint, Names, Syntax};
use crate::diag::{Diagnostic, Safety};
use crate::source::Span;
use crate::source::foreign;
use crate::source::logical::{Fault, FaultKind};

/// What follows a statement: the end of its line, or the `{` of its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Line,
    Brace,
}

const NOT_READ: &str = "this cannot be read, so nothing is compiled";

pub(super) fn fault(fault: &Fault) -> Diagnostic {
    let span = fault.span;
    match fault.kind {
        FaultKind::UnclosedString => {
            Diagnostic::new(Syntax::UnclosedString, span, "this string is not closed", "its line ends first")
                .with_help("close it with `\"` on the same line: a string has no line ends and no escapes")
        }
        FaultKind::Foreign(kind) => foreign_character(kind, span),
    }
}

fn foreign_character(kind: foreign::Kind, span: Span) -> Diagnostic {
    let (message, help) = match kind {
        foreign::Kind::Control => {
            ("there is a control character here", "remove it, and save the file as UTF-8 text")
        }
        foreign::Kind::CarriageReturn => (
            "there is a carriage return without a line feed here",
            "save the file with LF or CRLF line ends: others see one long line where you see two",
        ),
        foreign::Kind::ByteOrderMark => (
            "there is a byte order mark in the middle of the file",
            "remove it: it may only be the very first character, as when two files were joined",
        ),
        foreign::Kind::Reordering => (
            "there is an invisible character here that changes how the text around it is shown",
            "remove it: what a reviewer sees would not be what is compiled",
        ),
    };
    Diagnostic::new(Syntax::NotText, span, message, "a program may not hold it, not even in a comment")
        .with_help(help)
}

pub(super) fn refused(refusal: &Refusal) -> Diagnostic {
    match refusal {
        Refusal::ReservedName(word) => reserved(word, "a name"),
        Refusal::ReservedPeer(word) => reserved(word, "a peer"),
        Refusal::OnlyBareKeys(span) => Diagnostic::new(
            Syntax::UnexpectedText,
            *span,
            "`,` joins the requirements of one selector, and these have no operator",
            "this names no peers",
        )
        .with_help("for either of two peers write `a | b`; for pods that have a label key, `key=*`"),
        Refusal::BareTestName(word) => Diagnostic::new(
            Syntax::UnexpectedText,
            word.span,
            format!("expected the test's name in double quotes, found `{}`", word.text),
            "a test's name is a text",
        )
        .with_help(format!("write `\"{}\"`", word.text))
        .with_fix(word.span, format!("\"{}\"", word.text), Safety::Safe),
    }
}

fn reserved(word: &super::ast::Word, role: &str) -> Diagnostic {
    let text = &word.text;
    let message = format!("`{text}` is a word of the language and cannot be {role} as it stands");
    Diagnostic::new(Names::Reserved, word.span, message, "it would be read as that word elsewhere")
        .with_help(format!("quote it (`\"{text}\"`) wherever it is meant as a name, or choose another name"))
        .with_fix(word.span, format!("\"{text}\""), Safety::Suggestion)
}

pub(super) fn stray_doc(span: Span) -> Diagnostic {
    Diagnostic::new(
        Lint::MisplacedDoc,
        span,
        "this doc comment belongs to nothing",
        "it describes no policy, and is not in the output",
    )
    .with_help("put it on its own line before a `namespace`, `pods` or rule, or begin it with a single `#`")
}

pub(super) fn stray_policy_name(span: Span) -> Diagnostic {
    Diagnostic::new(
        Syntax::MisplacedName,
        span,
        "`@name` names the policy of a `pods` declaration, and none follows",
        "no policy gets this name",
    )
    .with_help("move it to the line before `pods …`, or remove it")
}

pub(super) fn misplaced(span: Span, kind: Kind, block: Block, header: Option<Span>) -> Diagnostic {
    let message = format!("{} cannot stand {}", phrases::kind(kind), phrases::block(block));
    let found = Diagnostic::new(Syntax::Misplaced, span, message, "it has no meaning here")
        .with_help(format!("it belongs {}", phrases::home(kind)));
    let of_pods = matches!(kind, Kind::Port | Kind::HostNetwork);
    let found = if of_pods && matches!(block, Block::Namespace | Block::External) {
        found.with_help("where the `pods` above it are meant, write `{` at the end of their line")
    } else {
        found
    };
    match header {
        Some(header) => found.with_label(header, "the block begins here"),
        None => found,
    }
}

/// Blocks that nothing closes, from the outermost to the innermost; none, where there are none.
pub(super) fn missing_brace(headers: &[Span], noticed: Option<Span>) -> Option<Diagnostic> {
    let brace = |header: &Span| Span { start: header.end - 1, ..*header };
    let (inner, outer) = headers.split_last()?;
    let n = headers.len();
    let (message, consequence, noted, lines) = if outer.is_empty() {
        let noted = "this cannot stand in the block, so it was taken to end before";
        (
            "this block is not closed".to_owned(),
            "its `}` is missing",
            noted,
            "`}` on a line of its own".to_owned(),
        )
    } else {
        let noted = "this cannot stand in them, so they were taken to end before";
        (
            format!("these {n} blocks are not closed"),
            "its `}` is missing",
            noted,
            format!("{n} lines with a `}}` each"),
        )
    };
    let found = Diagnostic::new(Syntax::MissingBrace, brace(inner), message, consequence);
    let found = outer
        .iter()
        .rev()
        .fold(found, |found, header| found.with_label(brace(header), "and the one of this"));
    Some(match noticed {
        Some(span) => found.with_label(span, noted).with_help(format!("add {lines} before that")),
        None => found.with_help(format!("add {lines}, at the latest at the end of the file")),
    })
}

pub(super) fn unmatched(span: Span) -> Diagnostic {
    Diagnostic::new(Syntax::UnmatchedBrace, span, "this `}` closes nothing", "no block is open here")
        .with_help("remove it, or add the header and `{` that it should close")
}

pub(super) fn behind_close(span: Span, text: &str) -> Diagnostic {
    let found =
        Diagnostic::new(Syntax::OneMemberALine, span, "there is text behind `}`", "a `}` ends its line")
            .with_help("put it on the next line");
    on_the_next_line(found, text, "")
}

pub(super) fn behind_open(span: Span, text: &str) -> Diagnostic {
    let message = "there is text behind the `{` of a block that goes on";
    let found = Diagnostic::new(Syntax::OneMemberALine, span, message, "a block has one member a line")
        .with_help("put it on the next line; only a block with a single member may stand on one line");
    on_the_next_line(found, text, "  ")
}

pub(super) fn before_close(span: Span, text: &str) -> Diagnostic {
    let message = "there is text before this `}`";
    let found = Diagnostic::new(Syntax::OneMemberALine, span, message, "a block has one member a line")
        .with_help("put `}` on the next line; only a block with a single member may stand on one line");
    on_the_next_line(found, text, "")
}

/// Moves what a finding points at to a line of its own, as far in as its line is, and `deeper`.
fn on_the_next_line(found: Diagnostic, text: &str, deeper: &str) -> Diagnostic {
    let blank = [' ', '\t'];
    let span = found.primary.span;
    let before = &text[..span.range().start];
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let indent = &line[..line.len() - line.trim_start_matches(blank).len()];
    let place = Span::new(span.file, before.trim_end_matches(blank).len(), span.range().start);
    found.with_fix(place, format!("\n{indent}{deeper}"), Safety::Safe)
}

pub(super) fn second_statement(span: Span) -> Diagnostic {
    Diagnostic::new(
        Syntax::OneMemberALine,
        span,
        "a second statement begins on this line",
        "one statement a line",
    )
    .with_help("put it on the next line")
}

/// A `;` at `span`, and what is behind it.
pub(super) fn semicolon(span: Span, behind: Span) -> Diagnostic {
    let found = Diagnostic::new(
        Syntax::UnexpectedText,
        span,
        "there is a `;` here",
        "a statement ends with its line",
    );
    if behind.range().is_empty() {
        found.with_help("remove the `;`").with_fix(span, "", Safety::Safe)
    } else {
        found.with_help("put the next statement on a line of its own, without `;`")
    }
}

/// `// …`, up to the end of its line.
pub(super) fn slash_comment(span: Span) -> Diagnostic {
    let marks = Span { end: span.start + 2, ..span };
    no_comment(marks, "//", "begin the comment with `#`").with_fix(marks, "#", Safety::Suggestion)
}

/// `/* … */`
fn block_comment(span: Span) -> Diagnostic {
    let marks = Span { end: span.start + 2, ..span };
    no_comment(marks, "/*", "begin each line of the comment with `#`, and remove `*/`")
}

fn no_comment(marks: Span, sign: &str, help: &str) -> Diagnostic {
    let message = format!("`{sign}` does not begin a comment");
    Diagnostic::new(Syntax::UnexpectedText, marks, message, "the rest of the line is no comment")
        .with_help(help)
}

pub(super) fn no_block(span: Span, kind: Kind) -> Diagnostic {
    let after = span.after();
    match kind {
        Kind::Namespace => Diagnostic::new(
            Syntax::UnexpectedText,
            after,
            "this `namespace` has no block",
            "a managed namespace has one, if an empty one",
        )
        .with_label(span, "declared here")
        .with_help("write `{` behind it to open its block, `{}` to deny all traffic by default, or `external namespace` if netdsl shall write nothing into it")
        .with_fix(after, " {}", Safety::Suggestion),
        Kind::Test => {
            Diagnostic::new(Syntax::UnexpectedText, after, "this `test` has no block", "it tests nothing")
                .with_help("write its lines between `{` and `}`, such as `{ a cannot reach b }`")
        }
        Kind::Use
        | Kind::Label
        | Kind::ExternalNamespace
        | Kind::Set
        | Kind::Network
        | Kind::Service
        | Kind::Pods
        | Kind::Port
        | Kind::Default
        | Kind::HostNetwork
        | Kind::Rule
        | Kind::Guard
        | Kind::Assertion
        | Kind::PolicyName
        | Kind::Unreadable => Diagnostic::new(Syntax::UnexpectedText, after, "expected `{` here", NOT_READ),
    }
}

pub(super) fn takes_no_block(header: Span, open: Span, kind: Kind) -> Diagnostic {
    let brace = Span { start: open.end - 1, ..open };
    let message = format!("expected the end of the line, found `{{`: {} has no block", phrases::kind(kind));
    Diagnostic::new(Syntax::UnexpectedText, brace, message, NOT_READ)
        .with_label(header, "the statement ends here")
        .with_help("remove the `{` and its `}`, and put what is between them where it belongs")
}

pub(super) fn brace_apart(header: Span, open: Span, text: &str) -> Diagnostic {
    let brace = Span { start: open.end - 1, ..open };
    let found = Diagnostic::new(
        Syntax::OneMemberALine,
        brace,
        "this `{` stands apart from its header",
        "a header ends with its `{`",
    )
    .with_help("put it at the end of the line before");
    let between = Span { start: header.end, ..open };
    let blank = text[header.range().end..brace.range().start].trim().is_empty();
    if blank { found.with_fix(between, " {", Safety::Safe) } else { found }
}

pub(super) fn no_header(open: Span) -> Diagnostic {
    Diagnostic::new(
        Syntax::UnexpectedText,
        open,
        "this `{` has nothing before it",
        "a block belongs to a declaration",
    )
    .with_help("write the declaration before it on the same line, such as `namespace shop {`")
}

pub(super) fn too_deep(span: Span) -> Diagnostic {
    let message = format!("blocks are nested more than {MAX_NESTING} levels deep here");
    Diagnostic::new(Syntax::Limit, span, message, "what is in this block is not read").with_help(
        "the language needs three levels: `namespace`, in it `pods` or `test`; check the `}` above",
    )
}

pub(super) fn long_statement(span: Span) -> Diagnostic {
    let message = format!("this statement is longer than {MAX_STATEMENT_BYTES} bytes");
    let start = Span { end: span.start, ..span };
    Diagnostic::new(Syntax::Limit, start, message, "it is not read")
        .with_help("split it into several, for example several rules or `service` declarations")
}

/// Keeps the first findings, and says that there are more.
pub(super) fn limit(diagnostics: &mut Vec<Diagnostic>) {
    if diagnostics.len() > MAX_DIAGNOSTICS {
        let rest = diagnostics.len() - MAX_DIAGNOSTICS;
        let span = diagnostics[MAX_DIAGNOSTICS].primary.span;
        diagnostics.truncate(MAX_DIAGNOSTICS);
        let message = format!("this file has {rest} more findings from here on");
        let last = Diagnostic::new(Syntax::Limit, span, message, "they are not shown");
        diagnostics.push(last.with_help("mend those above first"));
    }
}

/// `team/name` as a label key: its prefix needs quotes.
pub(super) fn unquoted_prefix(span: Span, key: &str) -> Diagnostic {
    let message = format!("the key `{key}` has a prefix without a dot, which must be quoted here");
    Diagnostic::new(Syntax::UnexpectedText, span, message, "unquoted, what stands before `/` is a namespace")
        .with_help(format!("write `\"{key}\"`"))
        .with_fix(span, format!("\"{key}\""), Safety::Safe)
}
