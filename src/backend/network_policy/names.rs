//! The names of a namespace's policies.
//!
//! A name says which pods the policy is for. Names that people gave win; a generated name that meets one of
//! these, or another generated one, gets a suffix made from its selector. The result depends on the set of subjects
//! and declarations alone, and no two are equal.

use std::collections::BTreeSet;

use super::hash::digits;
use super::selector::{Operator, only_value, operators};
use super::{ALL_PODS, DEFAULT_DENY, Declared};
use crate::algebra::{Cube, Requirement};
use crate::ir::PodsPresentation;

/// The longest name that is not cut: the limit of a DNS label.
const MAX: usize = 63;

/// What a suffix takes of a name that is cut: a dot and eight digits.
const SUFFIX: usize = 9;

/// A name for each subject, in their order. The subjects are distinct.
pub(super) fn names<'a>(declared: &Declared<'_>, subjects: impl Iterator<Item = &'a Cube>) -> Vec<String> {
    let wishes: Vec<(&Cube, Wish)> = subjects.map(|subject| (subject, Wish::of(subject, declared))).collect();
    let given = declared.0.chunk_by(|a, b| a.selector == b.selector).filter_map(given);
    let reserved = Names::of([DEFAULT_DENY, ALL_PODS].into_iter().chain(given));
    let generated = Names::of(wishes.iter().filter_map(|(_, wish)| match wish {
        Wish::Generated(name) => Some(name.as_str()),
        Wish::AllPods | Wish::Given(_) => None,
    }));
    let mut suffixed = BTreeSet::new();
    let name = |(subject, wish): &(&Cube, Wish)| match wish {
        Wish::AllPods => ALL_PODS.to_owned(),
        Wish::Given(name) if reserved.count(name) == 1 => name.clone(),
        Wish::Generated(name)
            if name.len() <= MAX && reserved.count(name) == 0 && generated.count(name) == 1 =>
        {
            name.clone()
        }
        Wish::Given(name) | Wish::Generated(name) => {
            let is_free = |name: &String| reserved.count(name) == 0 && !suffixed.contains(name);
            let name = with_suffix(name, subject, is_free);
            suffixed.insert(name.clone());
            name
        }
    };
    wishes.iter().map(name).collect()
}

/// Names, each as often as somebody has it.
struct Names<'a>(Vec<&'a str>);

impl<'a> Names<'a> {
    fn of(names: impl Iterator<Item = &'a str>) -> Self {
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        Self(names)
    }

    fn count(&self, name: &str) -> usize {
        let from = &self.0[self.0.partition_point(|known| *known < name)..];
        from.partition_point(|known| *known == name)
    }
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
    fn of(subject: &Cube, declared: &Declared<'_>) -> Self {
        match given(declared.for_subject(subject)) {
            Some(name) => Self::Given(name.to_owned()),
            None if subject.is_all() => Self::AllPods,
            None => Self::Generated(generated(subject)),
        }
    }
}

/// The given name of one selector. Of several `pods` with it the first in the alphabet names it, but an `@name`
/// comes before all plain names: somebody asked for it.
fn given<'a>(pods: &[&'a PodsPresentation]) -> Option<&'a str> {
    let best = pods.iter().min_by_key(|pods| (pods.policy_name.is_none(), &pods.name, &pods.policy_name))?;
    Some(best.policy_name.as_ref().unwrap_or(&best.name))
}

/// The name, cut so that the whole keeps within a DNS label where it was too long, with a suffix that nobody has.
///
/// Parts of a split policy end in a number that is shorter than a suffix, so the two never meet.
fn with_suffix(text: &str, subject: &Cube, is_free: impl Fn(&String) -> bool) -> String {
    let stem = if text.len() > MAX { text[..MAX - SUFFIX].trim_end_matches('-') } else { text };
    let mut names = (0..=u32::MAX).map(|attempt| format!("{stem}.{}", digits(subject, attempt)));
    names.find(is_free).expect("more attempts than policies")
}

/// The requirements in order of their keys: a DNS label, but for its length.
fn generated(subject: &Cube) -> String {
    let words: Vec<String> =
        subject.requirements().map(|(key, requirement)| words(key, requirement)).collect();
    let words = words.join("-");
    let mut name = String::with_capacity(words.len());
    name.extend(words.chars().map(legal));
    name.trim_matches('-').to_owned()
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
