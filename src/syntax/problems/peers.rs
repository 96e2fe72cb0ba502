//! The wording for peers and targets that are written otherwise here: URLs, patterns, a selector of namespaces before
//! `/`, and a second target behind `,`.

use super::unreadable::Unread;
use super::{NOT_READ, signs};
use crate::diag::codes::{Addresses, Syntax};
use crate::diag::{Diagnostic, Safety};
use crate::source::Span;
use crate::syntax::grammar::{Entry, Rule};
use crate::syntax::words;

/// What separates the words of a line.
const SEPARATORS: [char; 6] = [' ', '\t', '\n', '\r', ',', '|'];

/// A peer or target of another notation.
pub(super) fn wrong_peer(unread: &Unread<'_>) -> Option<Diagnostic> {
    let keyword = unread.keyword();
    let flow = ["allow", "never", "only", "service"].contains(&keyword) || unread.entry == Entry::TestLine;
    if flow {
        return url(unread)
            .or_else(|| value_pattern(unread))
            .or_else(|| pattern(unread))
            .or_else(|| labels_before_slash(unread))
            .or_else(|| second_target(unread));
    }
    match keyword {
        "network" | "override" => url(unread),
        _ => value_pattern(unread),
    }
}

/// The text around the failure without separators and arrows in it, and where in the line it begins.
fn around<'t>(unread: &Unread<'t>) -> (usize, &'t str) {
    let line = unread.line();
    let (before, rest) = (&line[..unread.failure.at], unread.rest());
    let start = before.trim_end_matches(|c| !SEPARATORS.contains(&c)).len();
    let start = before[start..].rfind("->").map_or(start, |arrow| start + arrow + 2);
    let end = rest.find(SEPARATORS).unwrap_or(rest.len());
    let end = rest[..end].find("->").unwrap_or(end);
    (start, &line[start..unread.failure.at + end])
}

/// `https://github.com`
fn url(unread: &Unread<'_>) -> Option<Diagnostic> {
    let (start, text) = around(unread);
    let (scheme, host) = text.split_once("://")?;
    let known = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+');
    if !known || host.is_empty() {
        return None;
    }
    let message = format!("`{}` is a URL, and a NetworkPolicy cannot name hosts", shown(text));
    let consequence =
        "policies are enforced on addresses and labels; a name may change its address at any time";
    let port = if scheme == "http" { "80" } else { "443" };
    let help = if ["network", "override"].contains(&unread.keyword()) {
        format!(
            "write its addresses; where they change, allow `internet:{port}`, or an egress proxy in front"
        )
    } else {
        format!(
            "write `internet:{port}`, declare its addresses as a `network`, or put an egress proxy in front and allow that"
        )
    };
    let place = unread.place(start, text.len());
    Some(Diagnostic::new(Addresses::HostName, place, message, consequence).with_help(help))
}

/// Whether a `*` at the failure is a part of a word.
fn star_in_a_word(unread: &Unread<'_>) -> bool {
    let before = &unread.line()[..unread.failure.at];
    let behind = unread.rest().starts_with('*') && before.ends_with(|c| words::is_word(c) || c == '*');
    behind || before.ends_with('*') && unread.rest().starts_with(words::is_word)
}

fn no_pattern(unread: &Unread<'_>, at: usize, what: &str, text: &str) -> Diagnostic {
    let message = format!("{what}: found `{}`", shown(text));
    let consequence = "policies match labels by whole values";
    Diagnostic::new(Syntax::UnexpectedText, unread.place(at, text.len()), message, consequence)
}

/// `app=web*`, also in the list of a `label`.
fn value_pattern(unread: &Unread<'_>) -> Option<Diagnostic> {
    let (start, text) = around(unread);
    let before = text.get(..unread.failure.at - start)?;
    let declared = ["label", "namespace label"].contains(&unread.keyword());
    let value = match before.rfind(['=', '(']) {
        Some(sign) => sign + 1,
        None if declared || unread.expects(Rule::close_paren) => 0,
        None => return None,
    };
    if !star_in_a_word(unread) || before[value..].contains([':', '/']) {
        return None;
    }
    let length = text[value..].find(|c| !words::is_word(c) && c != '*').unwrap_or(text.len() - value);
    let found =
        no_pattern(unread, start + value, "label values are not patterns", &text[value..value + length]);
    Some(if declared {
        found.with_help("list the values, or write `*` alone for a label that may have any value")
    } else {
        found.with_help("list the values, as in `app in (web, api)`, or write `app=*` for any value")
    })
}

/// `team-*/*`, `web-*`, `**`
fn pattern(unread: &Unread<'_>) -> Option<Diagnostic> {
    let (start, text) = around(unread);
    let before = text.get(..unread.failure.at - start)?;
    if !star_in_a_word(unread) || before.contains(['=', ':']) {
        return None;
    }
    let behind = text.rfind('/').map_or(0, |slash| slash + 1);
    let scope = text[..behind].trim_end_matches('/');
    let pods = text[behind..].split(':').next().unwrap_or_default();
    Some(if scope == "**" || scope.is_empty() && pods == "**" {
        let all = text.split(':').next().unwrap_or_default();
        no_pattern(unread, start, "a `*` stands alone", all)
            .with_help("all pods of all namespaces are `cluster`; `*` is all pods of the enclosing namespace")
    } else if scope.contains('*') && scope != "*" {
        no_pattern(unread, start, "namespaces are not named by patterns", scope).with_help(format!(
            "give the namespaces a label, declare `namespaces NAME where KEY=VALUE`, and write `NAME/{}`",
            shown(pods)
        ))
    } else {
        no_pattern(unread, start + behind, "pods are not named by patterns", pods)
            .with_help("write a selector, such as `app=web` or `app in (web, api)`")
    })
}

/// `team=a/app=x`, `team=a/*`
fn labels_before_slash(unread: &Unread<'_>) -> Option<Diagnostic> {
    let (start, text) = around(unread);
    let at = unread.failure.at - start;
    let (labels, pods) = (text.get(..at)?, text.get(at..)?.strip_prefix('/')?);
    if !labels.contains('=') || labels.contains(['"', ':', '/']) || pods.starts_with('/') {
        return None;
    }
    let pods = pods.split(':').next().filter(|pods| !pods.is_empty()).unwrap_or("*");
    let message = format!("before `/` stands the name of a namespace, found `{}`", shown(labels));
    Some(Diagnostic::new(Syntax::UnexpectedText, unread.place(start, at), message, NOT_READ).with_help(
        format!("declare `namespaces NAME where {}`, and write `NAME/{}`", shown(labels), shown(pods)),
    ))
}

/// `web:80, db:5432`: a second target behind `,`.
fn second_target(unread: &Unread<'_>) -> Option<Diagnostic> {
    let rest = unread.rest();
    if !rest.starts_with([':', '=']) {
        return None;
    }
    let before = unread.before();
    let comma = before.rfind(',')?;
    let first_start = first_target(unread, &before[..comma])?;
    let first = before[first_start..comma].trim();
    let ports = first.split_once(':').is_some_and(|(_, ports)| !ports.trim().is_empty());
    let name = before[comma + 1..].trim();
    if !ports || name.is_empty() || first.contains('\n') {
        return None;
    }
    let tail = rest[1..].trim_start();
    let tail = &tail[..tail.find(SEPARATORS).unwrap_or(tail.len())];
    let second = format!("{name}{}{tail}", &rest[..1]);
    let message = format!("`,` continues the ports of `{}`: found `{}`", shown(first), &rest[..1]);
    Some(
        Diagnostic::new(Syntax::UnexpectedText, unread.here(1), message, "this target has its ports already")
            .with_help(format!("separate targets by `|`: write `{} | {}`", shown(first), shown(&second)))
            .with_fix(separator(unread, before, comma), " | ", Safety::Suggestion),
    )
}

/// Where the last target before a place begins.
fn first_target(unread: &Unread<'_>, before: &str) -> Option<usize> {
    let behind = |sign: &str| before.rfind(sign).map(|at| at + sign.len());
    let start = [behind("->"), behind("|"), behind(" reach ")].into_iter().flatten().max();
    let service = unread.keyword() == "service" || unread.keyword() == "override";
    start.or_else(|| before.find('=').filter(|_| service).map(|at| at + 1)).or_else(|| {
        let keyword = unread.line().len() - signs::after_keyword(unread).len();
        (keyword <= before.len()).then_some(keyword)
    })
}

/// The `,` with the white space around it.
fn separator(unread: &Unread<'_>, before: &str, comma: usize) -> Span {
    let start = before[..comma].trim_end().len();
    let end = before.len() - before[comma + 1..].trim_start().len();
    unread.place(start, end - start)
}

/// A text as it can stand in a message.
fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}
