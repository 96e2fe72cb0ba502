//! What an edit changes in the output: lines, policies, names.
//!
//! Comes in: the YAML before and after. Works on the text alone; tests share it by its path.

use std::collections::BTreeMap;

use similar::{ChangeTag, TextDiff};

/// The difference between two outputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// Lines that went, and lines that came.
    pub(crate) lines: usize,
    /// The namespace and name of each policy that is not the same, or is in one of the two alone.
    pub(crate) policies: Vec<(String, String)>,
    /// Policies of the same subject whose name is another.
    pub(crate) renamed: Vec<String>,
}

/// A policy's namespace and what selects its pods.
type Subject<'a> = (&'a str, &'a str);

/// Compares two streams of documents.
pub(crate) fn changes(before: &str, after: &str) -> Changes {
    let lines = TextDiff::from_lines(before, after)
        .iter_all_changes()
        .filter(|it| it.tag() != ChangeTag::Equal)
        .count();
    let (old, new) = (by_name(before), by_name(after));
    let names = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name)));
    let differs = |name: &&(&str, &str)| old.get(*name) != new.get(*name);
    let mut policies: Vec<(String, String)> = names
        .filter(differs)
        .map(|(namespace, name)| ((*namespace).to_owned(), (*name).to_owned()))
        .collect();
    policies.sort();
    let (old, new) = (by_subject(before), by_subject(after));
    let renamed = old.iter().filter(|(subject, name)| new.get(*subject).is_some_and(|it| it != *name));
    Changes { lines, policies, renamed: renamed.map(|(_, name)| (*name).to_owned()).collect() }
}

fn documents(yaml: &str) -> impl Iterator<Item = &str> {
    yaml.split("---\n")
}

/// The value of a field of the metadata.
fn field<'a>(document: &'a str, name: &str) -> &'a str {
    let value =
        document.lines().find_map(|line| line.strip_prefix("  ")?.strip_prefix(name)?.strip_prefix(": "));
    value.unwrap_or_default()
}

fn by_name(yaml: &str) -> BTreeMap<(&str, &str), &str> {
    documents(yaml).map(|it| ((field(it, "namespace"), field(it, "name")), it)).collect()
}

/// The names by subject, without `default-deny`, whose subject `all-pods` has too.
fn by_subject(yaml: &str) -> BTreeMap<Subject<'_>, &str> {
    let subject = |document| {
        let (_, spec): (&str, &str) = str::split_once(document, "  podSelector:").unwrap_or_default();
        let (selector, _) = spec.split_once("  policyTypes:").unwrap_or_default();
        ((field(document, "namespace"), selector), field(document, "name"))
    };
    documents(yaml).map(subject).filter(|(_, name)| *name != "default-deny").collect()
}
