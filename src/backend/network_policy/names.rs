//! The names of a namespace's policies.
//!
//! A name says which pods the policy is for. Names that people gave win; a generated name that meets one of
//! these, or another generated one, gets a suffix made from its selector. The result depends on the set of subjects
//! and declarations alone, and no two are equal.

use std::collections::{BTreeMap, BTreeSet};

use super::hash::digits;
use super::selector::{Operator, only_value, operators};
use super::{ALL_PODS, DEFAULT_DENY};
use crate::algebra::{Cube, Requirement, Text};
use crate::ir::{NamespacePresentation, PodsPresentation};

/// The longest name that is not cut: the limit of a DNS label.
const MAX: usize = 63;

/// What a suffix takes of a name that is cut: a dot and eight digits.
const SUFFIX: usize = 9;

/// A name for each subject, in their order. The subjects are distinct.
pub(super) fn names<'a>(
    shown: &NamespacePresentation,
    subjects: impl Iterator<Item = &'a Cube>,
) -> Vec<String> {
    let given = given(&shown.pods);
    let wishes: Vec<(&Cube, Wish)> = subjects.map(|subject| (subject, Wish::of(subject, &given))).collect();
    let reserved = count([DEFAULT_DENY, ALL_PODS].into_iter().chain(given.values().copied()));
    let generated = count(wishes.iter().filter_map(|(_, wish)| match wish {
        Wish::Generated(name) => Some(name.as_str()),
        Wish::AllPods | Wish::Given(_) => None,
    }));
    let mut taken: BTreeSet<String> = reserved.keys().map(|name| (*name).to_owned()).collect();
    wishes
        .iter()
        .map(|(subject, wish)| match wish {
            Wish::AllPods => ALL_PODS.to_owned(),
            Wish::Given(name) if reserved[name.as_str()] == 1 => name.clone(),
            Wish::Generated(name) if name.len() <= MAX && is_single(name, &reserved, &generated) => {
                name.clone()
            }
            Wish::Given(name) | Wish::Generated(name) => suffixed(name, subject, &mut taken),
        })
        .collect()
}

fn count<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    names.fold(BTreeMap::new(), |mut counts, name| {
        *counts.entry(name).or_default() += 1;
        counts
    })
}

fn is_single(name: &str, reserved: &BTreeMap<&str, usize>, generated: &BTreeMap<&str, usize>) -> bool {
    !reserved.contains_key(name) && generated[name] == 1
}

/// What a policy would be called if no other had that name.
enum Wish {
    /// For the rules of all pods.
    AllPods,
    /// From a `pods` declaration.
    Given(String),
    /// From the selector, not cut yet.
    Generated(String),
}

impl Wish {
    fn of(subject: &Cube, given: &BTreeMap<&Cube, &str>) -> Self {
        match given.get(subject) {
            Some(name) => Self::Given((*name).to_owned()),
            None if subject.is_all() => Self::AllPods,
            None => Self::Generated(generated(subject)),
        }
    }
}

/// The given name of each selector. Of several `pods` with one selector the first in the alphabet names it, but
/// an `@name` comes before all plain names: somebody asked for it.
fn given(pods: &[PodsPresentation]) -> BTreeMap<&Cube, &str> {
    let mut best: BTreeMap<&Cube, (bool, &Text, &Text)> = BTreeMap::new();
    for pods in pods {
        let name = pods.policy_name.as_ref().unwrap_or(&pods.name);
        let candidate = (pods.policy_name.is_none(), &pods.name, name);
        let known = best.entry(&pods.selector).or_insert(candidate);
        *known = candidate.min(*known);
    }
    best.into_iter().map(|(selector, (_, _, name))| (selector, name.as_ref())).collect()
}

/// The name, cut so that the whole keeps within a DNS label where it was too long, with a suffix that nobody has.
///
/// Parts of a split policy end in a number that is shorter than a suffix, so the two never meet.
fn suffixed(text: &str, subject: &Cube, taken: &mut BTreeSet<String>) -> String {
    let stem = if text.len() > MAX { text[..MAX - SUFFIX].trim_end_matches('-') } else { text };
    let name = (0..=u32::MAX)
        .map(|attempt| format!("{stem}.{}", digits(subject, attempt)))
        .find(|name| !taken.contains(name))
        .expect("more attempts than policies");
    taken.insert(name.clone());
    name
}

/// The requirements in order of their keys: a DNS label, but for its length.
fn generated(subject: &Cube) -> String {
    let words: Vec<String> =
        subject.requirements().map(|(key, requirement)| words(key, requirement)).collect();
    let legal: String = words.join("-").chars().map(legal).collect();
    legal.trim_matches('-').to_owned()
}

fn words(key: &str, requirement: &Requirement) -> String {
    let key = key.rsplit('/').next().unwrap_or(key);
    if let Some(value) = only_value(requirement) {
        return format!("{key}-{value}");
    }
    let said = operators(requirement).into_iter().map(|(operator, values)| match (operator, values) {
        (Operator::In, values) => format!("{key}-in-{}", values.join("-")),
        (Operator::NotIn, [value]) => format!("not-{key}-{value}"),
        (Operator::NotIn, values) => format!("{key}-not-in-{}", values.join("-")),
        (Operator::Exists, _) => format!("has-{key}"),
        (Operator::DoesNotExist, _) => format!("no-{key}"),
    });
    said.collect::<Vec<String>>().join("-")
}

fn legal(c: char) -> char {
    match c.to_ascii_lowercase() {
        c @ ('a'..='z' | '0'..='9') => c,
        _ => '-',
    }
}
