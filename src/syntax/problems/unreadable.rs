//! The wording for a line that does not parse: first the mistakes that people make, then the general case.

use super::{Ending, NOT_READ, block_comment, peers, reserved, signs, slash_comment, unquoted_prefix};
use crate::diag::codes::Syntax;
use crate::diag::{Diagnostic, Safety};
use crate::source::{FileId, Span};
use crate::syntax::ast::{Quoting, Word};
use crate::syntax::convert::RESERVED;
use crate::syntax::grammar::{Entry, Failure, Rule};
use crate::syntax::{phrases, words};

/// A line that does not parse.
pub(in crate::syntax) struct Unread<'t> {
    pub(in crate::syntax) file: FileId,
    /// The whole text.
    pub(in crate::syntax) text: &'t str,
    /// The line.
    pub(in crate::syntax) span: Span,
    pub(in crate::syntax) failure: Failure,
    pub(in crate::syntax) entry: Entry,
    pub(in crate::syntax) ending: Ending,
}

/// What is wrong with a line that does not parse.
pub(in crate::syntax) fn unreadable(unread: &Unread<'_>) -> Diagnostic {
    first_word(unread)
        .or_else(|| peers::wrong_peer(unread))
        .or_else(|| signs::wrong_sign(unread))
        .or_else(|| signs::wrong_word(unread))
        .or_else(|| wrong_name(unread))
        .unwrap_or_else(|| general(unread))
}

impl<'t> Unread<'t> {
    pub(super) fn line(&self) -> &'t str {
        &self.text[self.span.range()]
    }

    /// The first word, with the second of `namespace label`.
    pub(super) fn keyword(&self) -> &'t str {
        let word = words::first_word(self.line());
        let behind = self.line()[word.len()..].trim_start();
        let label =
            word == "namespace" && words::first_word(behind) == "label" && self.failure.at > word.len() + 6;
        if label { "namespace label" } else { word }
    }

    /// The text from the failure on.
    pub(super) fn rest(&self) -> &'t str {
        &self.line()[self.failure.at..]
    }

    /// What stands before the failure, without white space.
    pub(super) fn before(&self) -> &'t str {
        self.line()[..self.failure.at].trim_end()
    }

    pub(super) fn expects(&self, rule: Rule) -> bool {
        self.failure.expected.contains(&rule)
    }

    /// A place in the line.
    pub(super) fn place(&self, at: usize, length: usize) -> Span {
        let start = self.span.range().start + at;
        Span::new(self.file, start, start + length)
    }

    /// The place of the failure.
    pub(super) fn here(&self, length: usize) -> Span {
        self.place(self.failure.at, length)
    }
}

/// A line that begins with no keyword.
fn first_word(unread: &Unread<'_>) -> Option<Diagnostic> {
    let line = unread.line();
    let word = words::first_word(line);
    let known = words::KEYWORDS.contains(&word);
    if known || unread.entry == Entry::TestLine {
        return None;
    }
    if line.starts_with("//") {
        return Some(slash_comment(unread.span));
    }
    if line.starts_with("/*") {
        return Some(block_comment(unread.span));
    }
    let shown = if word.is_empty() { token(line) } else { word };
    let place = unread.place(0, shown.len());
    if ["deny", "block", "drop", "reject", "forbid"].contains(&word) {
        return Some(deny(place, word));
    }
    let message = format!("no statement begins with `{shown}`");
    let found = Diagnostic::new(Syntax::UnknownStatement, place, message, NOT_READ);
    if let Some((help, place, right)) = other_order(unread, word) {
        return Some(found.with_help(help).with_fix(place, right, Safety::Suggestion));
    }
    if let Some(help) = out_of_place(line, word) {
        return Some(found.with_help(help));
    }
    if let Some(help) = other_notation(&line[word.len()..]) {
        return Some(found.with_help(help));
    }
    Some(match words::nearest(word) {
        Some(keyword) => found
            .with_help(format!("did you mean `{keyword}`?"))
            .with_fix(place, keyword, Safety::Suggestion),
        None if line.contains("->") => {
            found.with_help("a rule is written `allow FROM -> TO:PORTS`, a guard `never FROM -> TO:PORTS` or `only FROM -> TO:PORTS`")
        }
        None => found.with_help(
            "a statement begins with `namespace`, `external`, `namespaces`, `pods`, `port`, `label`, `network`, `service`, \
             `allow`, `never`, `only`, `default`, `test` or `use`",
        ),
    })
}

/// `hostNetwork: true`, `8080` alone, and `labels team=a` inside the block: what is written elsewhere or in other words.
fn out_of_place(line: &str, word: &str) -> Option<String> {
    let behind = line[word.len()..].trim_start();
    if word == "hostNetwork" {
        return Some("write `host-network` alone on the line".to_owned());
    }
    if word == "labels" && !behind.starts_with(':') && behind.contains('=') {
        let stated: String = behind.chars().take_while(|next| *next != '#').take(60).collect();
        let stated = stated.trim_end();
        return Some(format!(
            "a namespace states its labels in its header: `namespace NAME labels {stated} {{`"
        ));
    }
    let number = !word.is_empty() && word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_digit());
    (number && behind.is_empty()).then(|| format!("a port has a name: write `port NAME = {word}`"))
}

/// `kind: NetworkPolicy`, and `app=web` on a line of its own: what stands behind the word tells.
fn other_notation(behind: &str) -> Option<&'static str> {
    let behind = behind.trim();
    if behind.contains("->") {
        None
    } else if behind.starts_with(':') {
        Some(
            "this looks like YAML, which netdsl writes and does not read: `namespace NAME { allow FROM -> TO:PORTS }`",
        )
    } else if behind.starts_with('=') || behind.starts_with("!=") {
        Some("a selector stands behind `where`, as in `pods web where app=web`, or in a rule")
    } else {
        None
    }
}

/// Lines whose words are right but for their order or a sign: `egress allow …`, `default-deny`, `- allow …`. What
/// to do, and what to write where.
fn other_order(unread: &Unread<'_>, word: &str) -> Option<(String, Span, String)> {
    let line = unread.line();
    let behind = &line[word.len()..];
    let next = words::first_word(behind.trim_start());
    match word {
        "ingress" | "egress" => {
            let right = format!("allow {word}");
            let allow =
                if next == "allow" { behind.len() - behind.trim_start().len() + next.len() } else { 0 };
            (allow > 0 || line.contains("->")).then(|| {
                let help = format!("the direction stands behind `allow`: write `{right}`");
                (help, unread.place(0, word.len() + allow), right)
            })
        }
        "default-deny" | "default_deny" | "deny-default" | "default-allow" | "default_allow" => {
            let right = if word.contains("deny") { "default deny" } else { "default allow" };
            Some((format!("write `{right}`, two words"), unread.place(0, word.len()), right.to_owned()))
        }
        _ if line == "-" || line.starts_with("- ") => {
            let marks = line.len() - line[1..].trim_start().len();
            Some((
                format!("a statement stands on its line without a `{}`", &line[..marks]),
                unread.place(0, marks),
                String::new(),
            ))
        }
        _ => None,
    }
}

fn deny(place: Span, word: &str) -> Diagnostic {
    let message = format!("there is no `{word}`: a NetworkPolicy can only allow");
    Diagnostic::new(Syntax::UnknownStatement, place, message, "what no rule allows is denied already")
        .with_help("remove the line; to have it proved that nothing gets through, write `never FROM -> TO`")
        .with_help("to deny by default, a namespace block is enough (`default deny` says it in words)")
}

/// A name that is missing, or is a word of the language.
fn wrong_name(unread: &Unread<'_>) -> Option<Diagnostic> {
    if let Some(found) = unread.expects(Rule::kw_where).then(|| reserved_name(unread)).flatten() {
        return Some(found);
    }
    if unread.rest().starts_with('/') {
        return slash(unread);
    }
    None
}

/// `pods where app=web`: the name is missing.
fn reserved_name(unread: &Unread<'_>) -> Option<Diagnostic> {
    let before = unread.before();
    let start = start_of_word(before, words::is_word);
    let text = &before[start..];
    if !RESERVED.contains(&text) {
        return None;
    }
    let span = unread.place(start, text.len());
    if text == "where" {
        let keyword = unread.keyword();
        return Some(
            Diagnostic::new(Syntax::UnexpectedText, span, "expected a name, found `where`", NOT_READ)
                .with_help(format!("write the name that other lines use: `{keyword} NAME where …`")),
        );
    }
    Some(reserved(&Word { text: text.into(), span, quoting: Quoting::Bare }, "a name"))
}

/// Where the word at the end of a text begins.
fn start_of_word(text: &str, is_word: impl Fn(char) -> bool) -> usize {
    text.trim_end_matches(is_word).len()
}

/// A `/` that nothing here takes.
fn slash(unread: &Unread<'_>) -> Option<Diagnostic> {
    // White space is kept: what stands before it is another word.
    let before = &unread.line()[..unread.failure.at];
    let start = start_of_word(before, |character| words::is_word(character) || character == '/');
    let behind = words::first_word(&unread.rest()[1..]);
    let whole = unread.place(start, before.len() - start + 1 + behind.len());
    let text = &unread.text[whole.range()];
    let flow =
        ["allow", "never", "only", "service"].contains(&unread.keyword()) || unread.entry == Entry::TestLine;
    if !flow && unread.expects(Rule::equals) && !behind.is_empty() {
        return Some(unquoted_prefix(whole, text));
    }
    if text.matches('/').count() > 1 {
        let message = format!("`{text}` has more than one `/`");
        return Some(
            Diagnostic::new(Syntax::UnexpectedText, whole, message, "a namespace has no dot in its name, and a key has one `/`")
                .with_help("write `NAMESPACE/KEY=VALUE`; a key whose prefix has no dot is quoted: `shop/\"team/name\"=x`"),
        );
    }
    (unread.expects(Rule::comma) && !behind.is_empty()).then(|| {
        let message = format!("`{text}` cannot stand behind the first requirement");
        Diagnostic::new(Syntax::UnexpectedText, whole, message, NOT_READ)
            .with_help("a namespace stands once, before the first requirement: `shop/app=web, tier=front`")
            .with_help(format!(
                "for either of two peers write `| {text}`; a label key is quoted: `\"{text}\"=…`"
            ))
    })
}

/// What was expected, and what stands there.
fn general(unread: &Unread<'_>) -> Diagnostic {
    let expected = expectation(unread);
    let (found, length) = found(unread);
    let message = format!("expected {expected}, found {found}");
    let diagnostic =
        Diagnostic::new(Syntax::UnexpectedText, unread.here(length), message, consequence(unread));
    if unread.expects(Rule::open_paren) && unread.before().ends_with("in") {
        return diagnostic.with_help("values stand in parentheses: `env in (prod, staging)`");
    }
    if let Some(help) = second_port(unread) {
        return diagnostic.with_help(help);
    }
    if let Some((help, place, right)) = near_selector(unread) {
        return diagnostic.with_help(help).with_fix(place, right, Safety::Suggestion);
    }
    match phrases::usage(unread.keyword()) {
        Some((what, usage)) if unread.entry == Entry::Statement || words::begins_statement(unread.line()) => {
            diagnostic.with_help(format!("a {what} is written `{usage}`"))
        }
        Some(_) | None => diagnostic
            .with_help("a line of a test is written `FROM can reach TO:PORTS` or `FROM cannot reach TO`"),
    }
}

/// `port a = 1, b = 2` and `port a = 1, port b = 2`
fn second_port(unread: &Unread<'_>) -> Option<String> {
    let second = unread.before().contains(',') && words::first_line(unread.rest()).contains('=');
    let on_one_line = unread.text[..unread.span.range().start].trim_end_matches([' ', '\t']).ends_with('{');
    let block = if on_one_line { ", and the block over several lines" } else { "" };
    (unread.keyword() == "port" && second).then(|| {
        format!(
            "a `port` line declares one name: write another `port NAME = PORTS` on a line of its own{block}"
        )
    })
}

/// `labels: a=b`, and requirements without a `,` between them: what to do, and what to write where.
fn near_selector(unread: &Unread<'_>) -> Option<(String, Span, &'static str)> {
    let rest = unread.rest();
    let before = unread.before();
    if rest.starts_with(':') {
        return colon_of_yaml(unread);
    }
    let word = words::first_word(rest);
    let behind = rest[word.len()..].trim_start();
    let requirement =
        !word.is_empty() && ["=", "!=", "in ", "in(", "notin "].iter().any(|sign| behind.starts_with(sign));
    if requirement && unread.expects(Rule::kw_labels) {
        return Some((
            "labels stand behind `labels`: `namespace NAME labels KEY=VALUE {`".to_owned(),
            unread.here(0),
            "labels ",
        ));
    }
    // Where an operator is missing, a `,` would not mend it.
    (requirement && unread.expects(Rule::comma) && !unread.expects(Rule::equals)).then(|| {
        let help =
            format!("write `,` before `{word}`: it joins the requirements of a selector, and means AND");
        (help, unread.place(before.len(), 0), ",")
    })
}

/// `namespace: shop`, `where: app=web`, `where app: web`
fn colon_of_yaml(unread: &Unread<'_>) -> Option<(String, Span, &'static str)> {
    let before = unread.before();
    if unread.expects(Rule::equals) {
        let key = &before[start_of_word(before, words::is_word)..];
        let value = words::first_word(unread.rest()[1..].trim_start());
        let length = unread.rest().len() - unread.rest()[1..].trim_start().len();
        return (!value.is_empty())
            .then(|| (format!("write `{key}={value}`"), unread.place(before.len(), length), "="));
    }
    if let Some(keyword) = ["labels", "where"].into_iter().find(|keyword| before.ends_with(keyword)) {
        return Some((format!("remove the `:`; write `{keyword} KEY=VALUE`"), unread.here(1), ""));
    }
    let (_, usage) = phrases::usage(unread.keyword()).filter(|_| before == unread.keyword())?;
    Some((format!("remove the `:`; write `{usage}`"), unread.here(1), ""))
}

fn consequence(unread: &Unread<'_>) -> &'static str {
    match unread.keyword() {
        "allow" => "this rule cannot be read, so nothing is compiled",
        "never" | "only" => "this guard cannot be read, so nothing is proved or compiled",
        _ => NOT_READ,
    }
}

/// The most telling of what would have fitted.
fn expectation(unread: &Unread<'_>) -> String {
    let telling = [
        Rule::arrow,
        Rule::kw_can,
        Rule::kw_where,
        Rule::kw_reach,
        Rule::peer,
        Rule::union,
        Rule::alternative,
        Rule::close_paren,
        Rule::close_bracket,
    ];
    if let Some(rule) = telling.iter().find(|rule| unread.expects(**rule)) {
        return phrases::expected(*rule).to_owned();
    }
    let mut phrases: Vec<&str> = Vec::new();
    let (ends, others): (Vec<Rule>, Vec<Rule>) =
        unread.failure.expected.iter().partition(|expected| matches!(expected, Rule::end | Rule::EOI));
    // Behind a whole peer its name could still be a key: nobody who is stuck there means that.
    let peer_ended = unread.expects(Rule::bar) || unread.expects(Rule::colon);
    let others = others.into_iter().filter(|other| !(peer_ended && is_operator(*other)));
    for phrase in others.map(phrases::expected) {
        if !phrases.contains(&phrase) {
            phrases.push(phrase);
        }
    }
    phrases.truncate(3);
    if !ends.is_empty() {
        phrases.push(match unread.ending {
            Ending::Line => phrases::expected(Rule::end),
            Ending::Brace => "`{`",
        });
    }
    list(&phrases)
}

/// What makes a label key of a word.
fn is_operator(token: Rule) -> bool {
    [Rule::equals, Rule::double_equals, Rule::not_equals, Rule::kw_in, Rule::kw_notin, Rule::comma]
        .contains(&token)
}

/// `a`, `a or b`, `a, b or c`
fn list(phrases: &[&str]) -> String {
    match phrases {
        [] => "something else".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// What stands at the failure, and how long it is.
fn found(unread: &Unread<'_>) -> (String, usize) {
    let rest = unread.rest();
    if rest.is_empty() {
        return match unread.ending {
            Ending::Line => ("the end of the line".to_owned(), 0),
            Ending::Brace => ("`{`".to_owned(), 0),
        };
    }
    let token = token(rest);
    match token {
        "\u{a0}" => ("a no-break space (U+00A0)".to_owned(), token.len()),
        _ => (format!("`{token}`"), token.len()),
    }
}

/// The word, the arrow or the character at the beginning of a text, at most 40 characters of it.
fn token(text: &str) -> &str {
    let word = words::first_word(text);
    let length = if !word.is_empty() {
        word.chars().take(40).map(char::len_utf8).sum()
    } else if text.starts_with("->") || text.starts_with("!=") || text.starts_with("==") {
        2
    } else {
        text.chars().next().map_or(0, char::len_utf8)
    };
    &text[..length]
}
