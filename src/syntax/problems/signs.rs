//! The wording for signs and words of other languages: `=>`, `&&`, `//`, `;`, quotes, `from`, `to`, `except`.

use super::unreadable::Unread;
use super::{NOT_READ, block_comment, slash_comment};
use crate::diag::codes::{Addresses, Syntax};
use crate::diag::{Diagnostic, Safety};
use crate::source::Span;
use crate::syntax::grammar::{Entry, Rule};
use crate::syntax::words;

/// Signs of other languages.
pub(super) fn wrong_sign(unread: &Unread<'_>) -> Option<Diagnostic> {
    let rest = unread.rest();
    if let Some(found) = both_ways(unread) {
        return Some(found);
    }
    let arrows = ["=>", "→", "⇒", "⟶", "-->", "->>", "~>", "- >", "<-", "–>", "—>", "==>", "➔", "➜"];
    if let Some(arrow) = arrows.iter().find(|arrow| rest.starts_with(**arrow)) {
        return Some(arrow_sign(unread, arrow));
    }
    // `a =>` fails behind the `=`, where a value is expected.
    if rest.starts_with('>') && unread.before().ends_with('=') {
        let at = unread.failure.at - 1;
        return Some(arrow_at(unread.place(at, 2), "=>"));
    }
    if rest.starts_with("//") {
        return Some(slash_comment(unread.here(rest.len())));
    }
    if rest.starts_with("/*") {
        return Some(block_comment(unread.here(rest.len())));
    }
    if rest.starts_with(';') {
        let message = "there is a `;` here";
        return Some(
            Diagnostic::new(
                Syntax::UnexpectedText,
                unread.here(1),
                message,
                "a statement ends with its line",
            )
            .with_help("remove the `;`"),
        );
    }
    quote_sign(unread).or_else(|| operator_sign(unread))
}

/// `a <-> b`
fn both_ways(unread: &Unread<'_>) -> Option<Diagnostic> {
    let rest = unread.rest();
    let signs = ["<-->", "<->", "<=>", "↔", "⇔", "⟷"];
    let sign = signs.into_iter().find(|sign| rest.starts_with(*sign))?;
    let message = format!("no rule goes both ways: found `{sign}`");
    let consequence = "a rule says who may open connections, and answers are always let through";
    let found = Diagnostic::new(Syntax::UnexpectedText, unread.here(sign.len()), message, consequence);
    let before = unread.before();
    let left = before[before.len().min(unread.line().len() - after_keyword(unread).len())..].trim();
    let right = rest[sign.len()..].trim();
    let bare = right.split(':').next().unwrap_or_default().trim_end();
    let short = |side: &str| !side.is_empty() && side.len() <= 60 && !side.contains('\n');
    let keyword = unread.keyword();
    if ["allow", "never", "only"].contains(&keyword) && short(left) && short(right) && !left.contains(':') {
        return Some(found.with_help(format!(
            "write two lines, each with the ports of its target: `{keyword} {left} -> {right}` and `{keyword} {bare} -> {left}`"
        )));
    }
    Some(found.with_help("write two lines, one for each way, with `->` and the ports of its target"))
}

fn arrow_sign(unread: &Unread<'_>, arrow: &str) -> Diagnostic {
    if arrow == "<-" {
        let message = "rules are written from the source to the target: found `<-`";
        return Diagnostic::new(Syntax::UnexpectedText, unread.here(2), message, NOT_READ).with_help(
            format!("swap the two sides and write `->`: `{} FROM -> TO:PORTS`", flow_keyword(unread)),
        );
    }
    arrow_at(unread.here(arrow.len()), arrow)
}

fn arrow_at(place: Span, arrow: &str) -> Diagnostic {
    let message = format!("expected `->`, found `{arrow}`");
    Diagnostic::new(Syntax::UnexpectedText, place, message, NOT_READ)
        .with_help("write the arrow as `->`")
        .with_fix(place, "->", Safety::Safe)
}

fn quote_sign(unread: &Unread<'_>) -> Option<Diagnostic> {
    let rest = unread.rest();
    if let Some(found) = cannot(unread) {
        return Some(found);
    }
    let quote = rest.chars().next().filter(|first| "'`“”„«‘’".contains(*first))?;
    let length = quote.len_utf8();
    let end = rest[length..].find(|next: char| "'`“”»‘’".contains(next));
    let whole = end.map(|end| {
        let closing = rest[length + end..].chars().next().map_or(0, char::len_utf8);
        (&rest[length..length + end], length + end + closing)
    });
    let found = |length| {
        let message = format!("text is quoted with `\"`, found `{quote}`");
        Diagnostic::new(Syntax::UnexpectedText, unread.here(length), message, NOT_READ)
    };
    Some(match whole {
        Some((text, length)) if !text.contains(['\n', '"']) => found(length)
            .with_help(format!("write `\"{text}\"`"))
            .with_fix(unread.here(length), format!("\"{text}\""), Safety::Suggestion),
        Some(_) | None => found(length).with_help("use straight double quotes"),
    })
}

/// `can't` and `can not`
fn cannot(unread: &Unread<'_>) -> Option<Diagnostic> {
    let rest = unread.rest();
    let negation = ["'t", "’t", "not"].into_iter().find(|negation| rest.starts_with(negation))?;
    let start = unread.before().strip_suffix("can").filter(|left| !left.ends_with(words::is_word))?.len();
    if negation == "not" && words::first_word(rest) != "not" {
        return None;
    }
    let place = unread.place(start, unread.failure.at + negation.len() - start);
    let message = format!("expected `cannot`, found `{}`", &unread.text[place.range()]);
    Some(
        Diagnostic::new(Syntax::UnexpectedText, place, message, NOT_READ)
            .with_help("write `cannot`, as in `FROM cannot reach TO`")
            .with_fix(place, "cannot", Safety::Suggestion),
    )
}

fn operator_sign(unread: &Unread<'_>) -> Option<Diagnostic> {
    let rest = unread.rest();
    let flow = ["allow", "never", "only"].contains(&unread.keyword()) || unread.entry == Entry::TestLine;
    let (sign, message, help) = if rest.starts_with("&&") || rest.starts_with('&') {
        (
            "&",
            "`&` joins nothing here",
            "`,` means AND between the requirements of a selector: `app=web, tier=front`",
        )
    } else if rest.starts_with("||") {
        ("||", "`||` joins nothing here", "either of two is written with one `|`")
    } else if rest.starts_with('|') && unread.before().ends_with('|') {
        ("|", "`||` joins nothing here", "either of two is written with one `|`")
    } else if flow && rest.starts_with(',') {
        (
            ",",
            "`,` cannot follow here",
            "for either of two peers write `a | b`; behind `:` a `,` separates ports",
        )
    } else if unread.expects(Rule::bar) && rest.starts_with(',') {
        (",", "expected `|`, found `,`", "alternatives are separated by `|`")
    } else {
        return None;
    };
    Some(Diagnostic::new(Syntax::UnexpectedText, unread.here(sign.len()), message, NOT_READ).with_help(help))
}

/// Words of other languages.
pub(super) fn wrong_word(unread: &Unread<'_>) -> Option<Diagnostic> {
    let word = words::first_word(unread.rest());
    let keyword = unread.keyword();
    let flow = ["allow", "never", "only"].contains(&keyword);
    let place = unread.here(word.len());
    let found = |message: String| Diagnostic::new(Syntax::UnexpectedText, place, message, NOT_READ);
    if let Some(found) = flow.then(|| ports_without_colon(unread).or_else(|| negated_peer(unread))).flatten()
    {
        return Some(found);
    }
    match word {
        "except" if keyword != "network" => Some(except_in_rule(place)),
        "all" | "any" | "both" | "everything" if keyword == "default" => Some(
            found(format!("expected `ingress`, `egress` or the end of the line, found `{word}`"))
                .with_help("without a direction it is both: write `default deny`, or `default allow`, alone")
                .with_fix(place, "", Safety::Suggestion),
        ),
        "and" => Some(
            found("`and` joins nothing here".to_owned())
                .with_help("`,` means AND between requirements; either of two peers is written `a | b`"),
        ),
        "or" => {
            Some(found("`or` joins nothing here".to_owned()).with_help("either of two is written `a | b`"))
        }
        "to" | "from" if flow => Some(prose(unread, place, word)),
        "on" | "port" | "ports" if flow => Some(
            found(format!("expected `:`, found `{word}`"))
                .with_help("ports stand behind the target: `db:5432`, `db:53/udp`"),
        ),
        _ if flow && words::first_word(after_keyword(unread)) == "from" => {
            let at = unread.line().len() - after_keyword(unread).len();
            Some(prose(unread, unread.place(at, 4), "from"))
        }
        _ => None,
    }
}

/// `db 5432` and `db(5432)`
fn ports_without_colon(unread: &Unread<'_>) -> Option<Diagnostic> {
    let rest = unread.rest();
    let inner = rest.strip_prefix('(').unwrap_or(rest);
    let port = words::first_word(inner);
    let closed = inner.len() == rest.len() || inner[port.len()..].starts_with(')');
    let number = !port.is_empty() && port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
    let before = unread.before();
    if !number || !closed || !unread.expects(Rule::colon) || !before.contains("->") {
        return None;
    }
    let peer = &before[before.trim_end_matches(|next| words::is_word(next) || next == '/').len()..];
    let length = rest.len() - inner.len() + port.len();
    let message = format!("expected `:`, found `{}`", &rest[..length.min(rest.len())]);
    let found = Diagnostic::new(Syntax::UnexpectedText, unread.here(length), message, NOT_READ);
    let short = !peer.is_empty() && peer.len() <= 80;
    Some(found.with_help(if short {
        format!("ports stand behind the target: write `{peer}:{port}`")
    } else {
        format!("ports stand behind the target: write `:{port}`")
    }))
}

/// `allow not cart -> db`
fn negated_peer(unread: &Unread<'_>) -> Option<Diagnostic> {
    let before = unread.before();
    let start = before.strip_suffix("not").filter(|left| left.ends_with([' ', '\t']))?.len();
    let peer = words::first_word(unread.rest());
    if peer.is_empty() || peer.len() > 80 {
        return None;
    }
    let place = unread.place(start, 3);
    let consequence = "a policy can only add pods, never take some away";
    let found = Diagnostic::new(Syntax::UnexpectedText, place, "no peer begins with `not`", consequence);
    Some(found.with_help(format!("write a selector of the others, such as `app!={peer}`")))
}

pub(super) fn after_keyword<'t>(unread: &Unread<'t>) -> &'t str {
    let line = unread.line();
    let rest = line[words::first_word(line).len()..].trim_start();
    ["ingress", "egress"].iter().find_map(|half| rest.strip_prefix(half)).map_or(rest, str::trim_start)
}

fn prose(unread: &Unread<'_>, place: Span, word: &str) -> Diagnostic {
    let keyword = flow_keyword(unread);
    let message = match keyword {
        "never" | "only" => format!("guards are written with `->`, not with `{word}`"),
        _ => format!("rules are written with `->`, not with `{word}`"),
    };
    Diagnostic::new(Syntax::UnexpectedText, place, message, NOT_READ)
        .with_help(format!("write `{keyword} FROM -> TO:PORTS`, such as `{keyword} web -> db:5432`"))
}

/// The keyword that a line keeps in what is proposed for it: a guard must not become a rule.
fn flow_keyword<'t>(unread: &Unread<'t>) -> &'t str {
    let keyword = unread.keyword();
    if ["never", "only"].contains(&keyword) { keyword } else { "allow" }
}

fn except_in_rule(place: Span) -> Diagnostic {
    Diagnostic::new(
        Addresses::ExceptInRule,
        place,
        "`except` is for `network` declarations alone",
        "a policy can take addresses from a block of addresses, and from nothing else",
    )
    .with_help("declare `network outside = 0.0.0.0/0 except 10.0.0.0/8` and use its name; to leave out pods, write a selector such as `tier!=dev`")
}
