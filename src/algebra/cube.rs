//! A conjunction of requirements over label keys: the pods (or namespaces) that a selector matches.
//!
//! A key that is not named may hold anything, so a cube speaks about every label set that could exist.

use super::shared::Shared;
use super::{Requirement, Text, is_same};

/// So many requirements are gone through one by one.
const FEW: usize = 8;

/// A non-empty set of label sets: for each named key the states that it may take.
///
/// Two cubes are equal as sets exactly when they compare equal. Cheap to clone: the requirements are shared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cube {
    // INVARIANT: sorted by key, one entry a key, no requirement is empty or `anything`.
    requirements: Shared<[(Text, Requirement)]>,
}

impl Cube {
    /// Every label set.
    pub fn all() -> Self {
        Self::default()
    }

    /// The label sets that meet one requirement; `None` where none does.
    pub fn of(key: Text, requirement: Requirement) -> Option<Self> {
        (!requirement.is_empty()).then(|| {
            if requirement.is_anything() {
                Self::all()
            } else {
                Self { requirements: [(key, requirement)].into() }
            }
        })
    }

    /// The label sets that meet all requirements, of which several may name one key; `None` where none does.
    pub fn from_requirements(requirements: impl IntoIterator<Item = (Text, Requirement)>) -> Option<Self> {
        let mut all: Vec<(Text, Requirement)> = requirements.into_iter().collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all.dedup_by(|(key, more), (last, known)| {
            let is_same = key == last;
            if is_same {
                *known = known.intersection(more);
            }
            is_same
        });
        Self::normal(all)
    }

    /// The requirements, sorted by key; none of them is empty or unrestricted.
    pub fn requirements(&self) -> impl ExactSizeIterator<Item = (&Text, &Requirement)> {
        self.requirements.iter().map(|(key, requirement)| (key, requirement))
    }

    /// What the cube asks of a key; `None` where it asks nothing.
    pub fn get(&self, key: &str) -> Option<&Requirement> {
        let all = &*self.requirements;
        let found = if all.len() <= FEW {
            // To tell that texts are unequal mostly takes no look at them, other than to tell which comes first.
            all.iter().find(|(known, _)| is_same(known, key))
        } else {
            all.binary_search_by(|(known, _)| known.as_ref().cmp(key)).ok().map(|at| &all[at])
        };
        found.map(|(_, requirement)| requirement)
    }

    /// Whether the cube is every label set.
    pub fn is_all(&self) -> bool {
        self.requirements.is_empty()
    }

    /// Whether a pod with exactly these labels belongs to the cube; `label` gives a key's value.
    pub fn matches<'a>(&self, label: impl Fn(&str) -> Option<&'a str>) -> bool {
        self.requirements.iter().all(|(key, requirement)| requirement.contains(label(key)))
    }

    /// The label sets in both cubes; `None` where there is none.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        if self.requirements.is(&other.requirements) || other.is_all() {
            return Some(self.clone());
        }
        if self.is_all() {
            return Some(other.clone());
        }
        let mut merged = Vec::with_capacity(self.requirements.len() + other.requirements.len());
        let (mut a, mut b) = (self.requirements.iter().peekable(), other.requirements.iter().peekable());
        loop {
            match (a.peek(), b.peek()) {
                (Some(x), Some(y)) if x.0 == y.0 => {
                    merged.push((x.0.clone(), x.1.intersection(&y.1)));
                    a.next();
                    b.next();
                }
                (Some(x), Some(y)) if x.0 > y.0 => merged.extend(b.next().cloned()),
                (Some(_), _) => merged.extend(a.next().cloned()),
                (None, Some(_)) => merged.extend(b.next().cloned()),
                (None, None) => return Self::normal(merged),
            }
        }
    }

    /// Whether every label set of this cube is in the other.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.requirements.is(&other.requirements)
            || other
                .requirements
                .iter()
                .all(|(key, wanted)| self.get(key).is_some_and(|own| own.is_subset(wanted)))
    }

    /// Whether no label set is in both cubes.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.requirements
            .iter()
            .any(|(key, own)| other.get(key).is_some_and(|wanted| own.is_disjoint(wanted)))
    }

    /// The sharp difference: disjoint cubes that together hold what is in this cube and not in the other.
    ///
    /// At most as many as the other has requirements. Empty where this cube is a subset.
    pub fn difference(&self, other: &Self) -> Vec<Self> {
        if self.requirements.is(&other.requirements) {
            return Vec::new();
        }
        if self.is_disjoint(other) {
            return vec![self.clone()];
        }
        let mut rest = Vec::new();
        let mut inside = self.clone();
        for (key, wanted) in &*other.requirements {
            let own = inside.get(key).cloned().unwrap_or_else(Requirement::anything);
            rest.extend(inside.with(key, own.difference(wanted)));
            match inside.with(key, own.intersection(wanted)) {
                Some(next) => inside = next,
                None => break,
            }
        }
        rest
    }

    /// The keys on which the other cube takes in only part of this one, sorted: those along which
    /// [`Self::difference`] cuts. None where this cube is a subset.
    pub fn cut_by<'o>(&self, other: &'o Self) -> impl Iterator<Item = &'o Text> {
        let cuts = |key: &Text, wanted: &Requirement| !self.get(key).is_some_and(|own| own.is_subset(wanted));
        other.requirements().filter(move |(key, wanted)| cuts(key, wanted)).map(|(key, _)| key)
    }

    /// The cube with the requirement on one key replaced; `None` where that leaves nothing.
    pub fn with(&self, key: &Text, requirement: Requirement) -> Option<Self> {
        if requirement.is_empty() {
            return None;
        }
        let (before, from) =
            self.requirements.split_at(self.requirements.partition_point(|(known, _)| known < key));
        // What is replaced is not copied: a list of thousands is replaced by each of its values in turn.
        let after = if from.first().is_some_and(|(known, _)| known == key) { &from[1..] } else { from };
        let replaced = (!requirement.is_anything()).then(|| (key.clone(), requirement));
        let requirements = before.iter().cloned().chain(replaced).chain(after.iter().cloned()).collect();
        Some(Self { requirements })
    }

    fn normal(mut requirements: Vec<(Text, Requirement)>) -> Option<Self> {
        if requirements.iter().any(|(_, requirement)| requirement.is_empty()) {
            return None;
        }
        requirements.retain(|(_, requirement)| !requirement.is_anything());
        Some(Self { requirements: requirements.into() })
    }
}
