//! Faults of a writer: each line of a text lost, moved, joined, split and changed.
//!
//! Nothing here knows what a text means: a change that keeps the meaning is found out by the oracle.

use std::collections::BTreeSet;

/// What stands between two documents.
const SEPARATOR: &str = "---\n";

/// Words of the API of which one may stand for another by mistake.
const CONFUSED: &[&[&str]] = &[
    &["Ingress", "Egress"],
    &["ingress:", "egress:"],
    &["from:", "to:"],
    &["podSelector:", "namespaceSelector:"],
    &["matchLabels:", "matchExpressions:"],
    &["In", "NotIn", "Exists", "DoesNotExist"],
    &["TCP", "UDP", "SCTP"],
    &["{}", "[]", "null", ""],
    &["port:", "endPort:"],
    &["cidr:", "except:"],
    &["NetworkPolicy", "ClusterNetworkPolicy"],
];

/// One fault of a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// Some lines, from one on, are others.
    Lines { at: usize, count: usize, new: Vec<String> },
    /// One of the documents becomes these.
    Document { at: usize, new: Vec<String> },
}

/// All faults of a text, each of which makes another one; the texts themselves would take too much room.
pub(super) fn faults(text: &str) -> BTreeSet<Fault> {
    let lines: Vec<&str> = text.lines().collect();
    let mut all = BTreeSet::new();
    for at in 0..lines.len() {
        let others = replacements(lines[at]).into_iter().filter(|new| new != lines[at]);
        all.extend(others.map(|new| Fault::Lines { at, count: 1, new: vec![new] }));
        all.extend(rearranged(&lines, at));
    }
    all.extend(documents(text));
    all
}

impl Fault {
    /// The text with this fault.
    pub(super) fn applied(&self, text: &str) -> String {
        match self {
            Self::Lines { at, count, new } => {
                let lines: Vec<&str> = text.lines().collect();
                let new = new.iter().map(String::as_str);
                let all = lines[..*at].iter().copied().chain(new).chain(lines[at + count..].iter().copied());
                all.collect::<Vec<_>>().join("\n") + "\n"
            }
            Self::Document { at, new } => {
                let documents: Vec<&str> = text.split(SEPARATOR).collect();
                let new: Vec<&str> = new.iter().map(String::as_str).collect();
                [&documents[..*at], &new, &documents[at + 1..]].concat().join(SEPARATOR)
            }
        }
    }
}

/// Some lines replaced by others.
fn with(at: usize, count: usize, new: &[&str]) -> Fault {
    Fault::Lines { at, count, new: new.iter().map(|line| (*line).to_owned()).collect() }
}

/// What may stand in place of one line.
fn replacements(line: &str) -> Vec<String> {
    let mut all = moved(line);
    all.extend(confused(line));
    all.extend(other_values(line));
    all.extend(other_numbers(line));
    all
}

/// The dash taken away, another one put there, and the line further in or out.
fn moved(line: &str) -> Vec<String> {
    let (indent, rest) = line.split_at(line.len() - line.trim_start().len());
    let mut all = vec![format!("  {line}"), format!("{indent}- {rest}")];
    all.extend(indent.strip_suffix("  ").map(|less| format!("{less}{rest}")));
    all.extend(indent.strip_suffix("  ").map(|less| format!("{less}- {rest}")));
    all.extend(rest.strip_prefix("- ").map(|rest| format!("{indent}{rest}")));
    all.extend(rest.strip_prefix("- ").map(|rest| format!("{indent}  {rest}")));
    all
}

fn confused(line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split(' ').collect();
    let mut all = Vec::new();
    for (at, word) in words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
        for group in CONFUSED.iter().filter(|group| group.contains(word)) {
            for other in group.iter().filter(|other| *other != word) {
                let mut words = words.clone();
                words[at] = other;
                all.push(words.join(" "));
            }
        }
    }
    all
}

/// The value behind a key or dash: another one, none, and the value that YAML has many names for.
fn other_values(line: &str) -> Vec<String> {
    let Some(at) = line.find(": ").or_else(|| line.rfind("- ")) else { return Vec::new() };
    let (key, value) = line.split_at(at + 2);
    let bare = value.trim_matches('"');
    [format!("{bare}x"), "other".to_owned(), "\"\"".to_owned(), "null".to_owned(), "on".to_owned()]
        .into_iter()
        .chain([format!("\"{bare}\""), format!("[{value}]")])
        .map(|value| format!("{key}{value}"))
        .collect()
}

/// Each number one more, one less, none, and a digit longer.
fn other_numbers(line: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = 0;
    while let Some(start) = line[rest..].find(|c: char| c.is_ascii_digit()).map(|at| rest + at) {
        let length = line[start..].bytes().take_while(u8::is_ascii_digit).count();
        rest = start + length;
        let Ok(number) = line[start..rest].parse::<u64>() else { continue };
        let others = [number + 1, number.saturating_sub(1), 0, number * 10];
        all.extend(others.map(|other| format!("{}{other}{}", &line[..start], &line[rest..])));
    }
    all
}

/// Lines and blocks lost, written twice, emptied, and swapped with what follows.
fn rearranged(lines: &[&str], at: usize) -> Vec<Fault> {
    let count = block(lines, at);
    let body = &lines[at..at + count];
    let mut all = vec![with(at, 1, &[]), with(at, count, &[])];
    all.push(with(at, count, &[body, body].concat()));
    if let Some(key) = lines[at].strip_suffix(':') {
        all.extend(["{}", "[]", "null", ""].map(|empty| with(at, count, &[&format!("{key}: {empty}")])));
    }
    let next = at + count;
    if next < lines.len() && indentation(lines[next]) == indentation(lines[at]) {
        let after = block(lines, next);
        let swapped = [&lines[next..next + after], body].concat();
        all.push(with(at, count + after, &swapped));
    }
    all
}

/// How many lines belong to what begins at a line: items of a list may stand as far left as their key.
fn block(lines: &[&str], at: usize) -> usize {
    let own = indentation(lines[at]);
    let is_key = lines[at].ends_with(':') && !lines[at].trim_start().starts_with("- ");
    let inside = |line: &&&str| {
        let further = indentation(line) > own;
        further || is_key && indentation(line) == own && line.trim_start().starts_with("- ")
    };
    1 + lines[at + 1..].iter().take_while(inside).count()
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Each document lost, written twice, written again under another name, and put into another namespace.
fn documents(text: &str) -> Vec<Fault> {
    let mut all = Vec::new();
    for (at, document) in text.split(SEPARATOR).enumerate() {
        let same = || document.to_owned();
        let renamed = || document.replacen("  name: ", "  name: another-", 1);
        let elsewhere = || document.replacen("  namespace: ", "  namespace: not-", 1);
        let others = [vec![], vec![same(), same()], vec![same(), renamed()], vec![renamed()]];
        let moved = [vec![elsewhere()], vec![same(), elsewhere()]];
        all.extend(others.into_iter().chain(moved).map(|new| Fault::Document { at, new }));
    }
    all
}
