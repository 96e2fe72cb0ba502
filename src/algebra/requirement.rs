//! What one label key may hold: a finite or co-finite set of values, with or without "absent".
//!
//! NetworkPolicy's four operators are four of these shapes (`In`, `NotIn`, `Exists`, `DoesNotExist`), and
//! intersection never leaves them. Union and difference do: a finite set together with absent has no operator.
//! See `networkpolicy.md` 4.1 in the design: the identities hold for every value that could exist.

use super::few::Few;
use super::{Text, is_same};

/// A set of the states of one label key: each possible value, and "absent".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Requirement {
    // INVARIANT: sorted, without repetition.
    values: Few<Text>,
    /// False: exactly `values`. True: every value but `values`.
    complement: bool,
    absent: bool,
}

/// One state of a label key, as a witness shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// The key is there with this value.
    Value(Text),
    /// The key is not there.
    Absent,
}

impl Requirement {
    /// `key in (values)`. Empty when there are no values.
    pub fn one_of(values: impl IntoIterator<Item = Text>) -> Self {
        Self::new(values, false, false)
    }

    /// `key notin (values)`: any other value, or no such key, as Kubernetes has it.
    pub fn not_one_of(values: impl IntoIterator<Item = Text>) -> Self {
        Self::new(values, true, true)
    }

    /// `key` exists, with any value.
    pub fn exists() -> Self {
        Self::new([], true, false)
    }

    /// `!key`: the key is not there.
    pub fn absent() -> Self {
        Self::new([], false, true)
    }

    /// No restriction.
    pub fn anything() -> Self {
        Self::new([], true, true)
    }

    /// The set with these values (or all but these, for `complement`), and absent or not.
    pub fn new(values: impl IntoIterator<Item = Text>, complement: bool, absent: bool) -> Self {
        Self { values: Few::sorted(values), complement, absent }
    }

    /// The listed values: those allowed, or those excluded where [`Self::is_complement`]. Sorted.
    pub fn values(&self) -> &[Text] {
        &self.values
    }

    /// Whether the set is co-finite: every value but the listed ones.
    pub fn is_complement(&self) -> bool {
        self.complement
    }

    /// Whether a pod without the key belongs to the set.
    pub fn allows_absent(&self) -> bool {
        self.absent
    }

    /// Whether this value is the one state that belongs to the set.
    pub fn is_only(&self, value: &str) -> bool {
        let is_listed = matches!(self.values(), [only] if **only == *value);
        is_listed && !self.complement && !self.absent
    }

    /// Whether no state belongs to the set.
    pub fn is_empty(&self) -> bool {
        !self.complement && !self.absent && self.values.is_empty()
    }

    /// Whether every state belongs to the set.
    pub fn is_anything(&self) -> bool {
        self.complement && self.absent && self.values.is_empty()
    }

    /// Whether one state belongs to the set; `None` stands for absent.
    pub fn contains(&self, state: Option<&str>) -> bool {
        match state {
            None => self.absent,
            Some(value) => self.lists(value) != self.complement,
        }
    }

    /// The states in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let absent = self.absent && other.absent;
        let (values, complement) = match (self.complement, other.complement) {
            (false, false) => (keep(&self.values, |v| other.lists(v)), false),
            (false, true) => (keep(&self.values, |v| !other.lists(v)), false),
            (true, false) => (keep(&other.values, |v| !self.lists(v)), false),
            (true, true) => (join(&self.values, &other.values), true),
        };
        Self { values, complement, absent }
    }

    /// The states in either set.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.complement().intersection(&other.complement()).complement()
    }

    /// The states of this set that are not in the other.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        let absent = self.absent && !other.absent;
        // The complement of the other is not made: one value is taken from a list of thousands without a copy of it.
        let (values, complement) = match (self.complement, other.complement) {
            (false, false) => (keep(&self.values, |v| !other.lists(v)), false),
            (false, true) => (keep(&self.values, |v| other.lists(v)), false),
            (true, false) => (join(&self.values, &other.values), true),
            (true, true) => (keep(&other.values, |v| !self.lists(v)), false),
        };
        Self { values, complement, absent }
    }

    /// The states that are not in this set.
    #[must_use]
    pub fn complement(&self) -> Self {
        Self { values: self.values.clone(), complement: !self.complement, absent: !self.absent }
    }

    /// Whether every state of this set is in the other.
    pub fn is_subset(&self, other: &Self) -> bool {
        if self.absent && !other.absent {
            return false;
        }
        match (self.complement, other.complement) {
            (false, false) => self.values.iter().all(|v| other.lists(v)),
            (false, true) => !self.values.iter().any(|v| other.lists(v)),
            // Values are unbounded, so no finite set holds a co-finite one.
            (true, false) => false,
            (true, true) => other.values.iter().all(|v| self.lists(v)),
        }
    }

    /// Whether no state is in both sets.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        if self.absent && other.absent {
            return false;
        }
        match (self.complement, other.complement) {
            (false, false) => !self.values.iter().any(|v| other.lists(v)),
            (false, true) => self.values.iter().all(|v| other.lists(v)),
            (true, false) => other.values.iter().all(|v| self.lists(v)),
            // Values are unbounded, so two co-finite sets always share one.
            (true, true) => false,
        }
    }

    /// A state of the set, or `None` where it is empty: a listed value before a made-up one, a value before absent.
    pub fn witness(&self) -> Option<State> {
        if self.complement {
            let fresh = (0..=self.values.len())
                .map(|n| if n == 0 { "other".to_owned() } else { format!("other-{n}") })
                .find(|v| !self.lists(v))
                .expect("a finite list leaves a name free");
            // A set that only excludes is best shown by the pod that lacks the key.
            return Some(if self.absent { State::Absent } else { State::Value(fresh.into()) });
        }
        match self.values.first() {
            Some(value) => Some(State::Value(value.clone())),
            None => self.absent.then_some(State::Absent),
        }
    }

    fn lists(&self, value: &str) -> bool {
        match &*self.values {
            [only] => is_same(only, value),
            values => values.binary_search_by(|v| v.as_ref().cmp(value)).is_ok(),
        }
    }
}

fn keep(values: &[Text], wanted: impl Fn(&str) -> bool) -> Few<Text> {
    values.iter().filter(|v| wanted(v)).cloned().collect()
}

fn join(a: &[Text], b: &[Text]) -> Few<Text> {
    Few::sorted(a.iter().chain(b).cloned())
}
