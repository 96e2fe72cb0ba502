//! Sets of numbers as intervals, in the style of regex-syntax's `hir::interval`.

use std::fmt::Debug;

use super::few::Few;

/// A number type whose sets are kept as intervals.
pub trait Bound: Copy + Ord + Debug {
    /// The smallest number.
    const MIN: Self;
    /// The largest number.
    const MAX: Self;
    /// The next number; `None` at the largest.
    fn next(self) -> Option<Self>;
    /// The number before; `None` at the smallest.
    fn previous(self) -> Option<Self>;
}

macro_rules! bound {
    ($($number:ty),*) => {$(
        impl Bound for $number {
            const MIN: Self = <$number>::MIN;
            const MAX: Self = <$number>::MAX;
            fn next(self) -> Option<Self> {
                self.checked_add(1)
            }
            fn previous(self) -> Option<Self> {
                self.checked_sub(1)
            }
        }
    )*};
}
bound!(u16, u32, u128);

/// A set of numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IntervalSet<T> {
    // INVARIANT: sorted; first <= last; between two intervals lies at least one number of neither.
    intervals: Few<(T, T)>,
}

impl<T> Default for IntervalSet<T> {
    fn default() -> Self {
        Self { intervals: Few::none() }
    }
}

impl<T: Bound> IntervalSet<T> {
    /// The empty set.
    pub const fn empty() -> Self {
        Self { intervals: Few::none() }
    }

    /// The numbers from `first` to `last`, both included; empty where `first > last`.
    pub fn range(first: T, last: T) -> Self {
        Self::new([(first, last)])
    }

    /// The union of intervals, both ends included, in any order; reversed ones are empty.
    pub fn new(intervals: impl IntoIterator<Item = (T, T)>) -> Self {
        let mut intervals: Few<(T, T)> =
            intervals.into_iter().filter(|(first, last)| first <= last).collect();
        if let Few::Many(all) = &mut intervals {
            all.sort_unstable();
            all.dedup_by(|(first, last), (_, end)| {
                let touches = end.next().is_none_or(|after| *first <= after);
                if touches {
                    *end = (*last).max(*end);
                }
                touches
            });
            all.shrink_to_fit();
        }
        Self { intervals }
    }

    /// The intervals, sorted, with a gap between any two.
    pub fn intervals(&self) -> &[(T, T)] {
        &self.intervals
    }

    /// Whether there is no number in the set.
    pub fn is_empty(&self) -> bool {
        self.intervals.is_empty()
    }

    /// Whether a number is in the set.
    pub fn contains(&self, number: T) -> bool {
        let after = self.intervals.partition_point(|(first, _)| *first <= number);
        after > 0 && number <= self.intervals[after - 1].1
    }

    /// The smallest number of the set.
    pub fn first(&self) -> Option<T> {
        self.intervals.first().map(|(first, _)| *first)
    }

    /// The numbers in either set.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        if other.is_empty() {
            return self.clone();
        }
        if self.is_empty() {
            return other.clone();
        }
        Self::new(self.intervals.iter().chain(other.intervals.iter()).copied())
    }

    /// The numbers in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let (mut a, mut b) = (self.intervals(), other.intervals());
        let meetings = std::iter::from_fn(|| {
            let (x, y) = (a.first()?, b.first()?);
            let behind = if x.1 < y.1 { &mut a } else { &mut b };
            *behind = &behind[1..];
            Some((x.0.max(y.0), x.1.min(y.1)))
        });
        Self { intervals: meetings.filter(|(first, last)| first <= last).collect() }
    }

    /// The numbers of the type that are not in the set.
    #[must_use]
    pub fn complement(&self) -> Self {
        let mut gaps = Vec::with_capacity(self.intervals.len() + 1);
        let mut from = Some(T::MIN);
        for (first, last) in self.intervals.iter() {
            if let (Some(start), Some(end)) = (from, first.previous())
                && start <= end
            {
                gaps.push((start, end));
            }
            from = last.next();
        }
        gaps.extend(from.map(|start| (start, T::MAX)));
        Self { intervals: Few::Many(gaps) }
    }

    /// The numbers of this set that are not in the other.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        if self.is_disjoint(other) {
            return self.clone();
        }
        self.intersection(&other.complement())
    }

    /// Whether every number of this set is in the other.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.intervals.iter().all(|(first, last)| {
            let after = other.intervals.partition_point(|(start, _)| start <= first);
            after > 0 && *last <= other.intervals[after - 1].1
        })
    }

    /// Whether no number is in both sets.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        let (mut a, mut b) = (self.intervals(), other.intervals());
        while let (Some(x), Some(y)) = (a.first(), b.first()) {
            if x.0.max(y.0) <= x.1.min(y.1) {
                return false;
            }
            if x.1 < y.1 { a = &a[1..] } else { b = &b[1..] }
        }
        true
    }
}
