//! Looks at lines that do not parse: which keyword they begin with, or were meant to.
//!
//! Words alone, no grammar: this decides where a broken line is cut and what it is called in messages.

use super::ast::Keyword;

/// The words with which statements begin.
pub(super) const KEYWORDS: [&str; 17] = [
    "allow",
    "never",
    "only",
    "pods",
    "port",
    "label",
    "namespace",
    "namespaces",
    "external",
    "network",
    "service",
    "override",
    "default",
    "host-network",
    "use",
    "test",
    "@name",
];

/// What the first word of a line was meant to be.
pub(super) struct Meant {
    /// The keyword that it is not, but looks like.
    pub(super) spelled_wrong: Option<&'static str>,
    /// Where the word ends.
    pub(super) behind: usize,
}

/// Whether a character can stand in a word: `word_char` of the grammar.
pub(super) fn is_word(character: char) -> bool {
    matches!(character, 'a'..='z' | '0'..='9' | '-' | '_' | '.' | 'A'..='Z' | '\u{c0}'..='\u{1fff}' | '\u{3040}'..='\u{d7ff}')
}

/// The word at the beginning of a text, with the `@` before it; empty where there is none.
pub(super) fn first_word(text: &str) -> &str {
    let body = text.strip_prefix('@').unwrap_or(text);
    let mut end = body.find(|character: char| !is_word(character)).unwrap_or(body.len());
    // The `-` of an arrow is no part of a word.
    if body[end..].starts_with('>') && body[..end].ends_with('-') {
        end -= 1;
    }
    &text[..text.len() - body.len() + end]
}

/// Whether a text begins with a keyword that is used as one: a label key of that name has an operator behind it,
/// and a name a slash, an arrow or the like.
pub(super) fn begins_statement(text: &str) -> bool {
    let word = first_word(text);
    if !KEYWORDS.contains(&word) {
        return false;
    }
    let rest = text[word.len()..].trim_start();
    match word {
        "host-network" => rest.is_empty(),
        "@name" => true,
        // `allow a -> b port 80` is one statement, and a wrong one.
        "port" if rest.starts_with(|next: char| next.is_ascii_digit()) => false,
        _ => rest.starts_with(|next: char| is_word(next) || "\"*[!{".contains(next)) && !operates(rest),
    }
}

/// Whether what follows a word makes it a key, a peer or a name.
fn operates(rest: &str) -> bool {
    let word = first_word(rest);
    let behind = rest[word.len()..].trim_start();
    match word {
        "" => rest.starts_with("!=") || rest.starts_with("->"),
        "in" | "notin" => behind.starts_with('('),
        "can" | "cannot" => first_word(behind) == "reach",
        _ => false,
    }
}

/// Where the lines of a joined statement begin that look like statements of their own; never the first line.
pub(super) fn statement_lines(text: &str) -> Vec<usize> {
    let ends = text.match_indices('\n').map(|(at, _)| at + 1);
    let starts = ends.map(|at| at + (text[at..].len() - text[at..].trim_start_matches([' ', '\t']).len()));
    starts.filter(|at| begins_statement(first_line(&text[*at..]))).collect()
}

/// The first physical line of a text, without the white space at its end.
pub(super) fn first_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default().trim_end()
}

/// What the first word of a line was meant to be.
pub(super) fn meant_keyword(line: &str) -> Meant {
    let word = first_word(line);
    let known = KEYWORDS.contains(&word);
    Meant { spelled_wrong: if known { None } else { nearest(word) }, behind: word.len() }
}

/// The declaring keyword at the beginning of a line whose name cannot be read.
pub(super) fn first_keyword(line: &str) -> Option<Keyword> {
    let word = first_word(line);
    let second = first_word(line[word.len()..].trim_start());
    match (word, second) {
        ("namespace", _) => Some(Keyword::Namespace),
        ("external", _) => Some(Keyword::ExternalNamespace),
        ("namespaces", _) => Some(Keyword::Namespaces),
        ("pods", _) => Some(Keyword::Pods),
        ("port", _) => Some(Keyword::Port),
        ("label", _) => Some(Keyword::Label),
        ("network", _) | ("override", "network") => Some(Keyword::Network),
        ("service", _) | ("override", "service") => Some(Keyword::Service),
        ("test", _) => Some(Keyword::Test),
        _ => None,
    }
}

/// The keyword that is spelled most like a word: same letters in another case, a plural, or a slip or two.
pub(super) fn nearest(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    if let Some(meaning) = synonym(&lower) {
        return Some(meaning);
    }
    if !(2..=20).contains(&lower.len()) {
        return None;
    }
    let allowed = if lower.len() <= 4 { 1 } else { 2 };
    let distances = KEYWORDS.iter().map(|keyword| (strsim::osa_distance(&lower, keyword), *keyword));
    distances
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Words of other languages for the same thing.
fn synonym(lower: &str) -> Option<&'static str> {
    match lower {
        "permit" | "accept" | "allows" | "allowed" => Some("allow"),
        "ns" => Some("namespace"),
        "pod" | "podset" => Some("pods"),
        "ports" => Some("port"),
        "net" | "networks" | "cidr" | "ipblock" => Some("network"),
        "svc" | "services" => Some("service"),
        "import" | "include" | "using" => Some("use"),
        "tests" => Some("test"),
        "hostnetwork" | "host_network" => Some("host-network"),
        "name" => Some("@name"),
        _ => None,
    }
}

/// A text without the white space and the comments at its end; strings are respected line by line.
pub(super) fn without_trailing_comments(text: &str) -> &str {
    let mut kept = text.trim_end();
    loop {
        let line = kept.rfind('\n').map_or(0, |at| at + 1);
        let Some(comment) = comment_start(&kept[line..]) else { return kept };
        let shorter = kept[..line + comment].trim_end();
        if shorter.len() == kept.len() {
            return kept;
        }
        kept = shorter;
    }
}

/// Where the comment of a physical line begins.
fn comment_start(line: &str) -> Option<usize> {
    let mut in_string = false;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'"' => in_string = !in_string,
            b'#' if !in_string => return Some(at),
            _ => {}
        }
    }
    None
}
