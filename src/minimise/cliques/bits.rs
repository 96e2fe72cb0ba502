//! Small sets of small numbers, as bits.

/// A set of numbers below a bound that all sets of one use share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::minimise) struct Bits(Vec<u64>);

impl Bits {
    /// No number, with room for those below `bound`.
    pub(in crate::minimise) fn empty(bound: usize) -> Self {
        Self(vec![0; bound.div_ceil(64)])
    }

    /// These numbers.
    pub(in crate::minimise) fn of(bound: usize, numbers: impl IntoIterator<Item = usize>) -> Self {
        let mut bits = Self::empty(bound);
        numbers.into_iter().for_each(|number| bits.insert(number));
        bits
    }

    pub(in crate::minimise) fn insert(&mut self, number: usize) {
        self.0[number / 64] |= 1 << (number % 64);
    }

    pub(in crate::minimise) fn remove(&mut self, number: usize) {
        self.0[number / 64] &= !(1 << (number % 64));
    }

    pub(in crate::minimise) fn contains(&self, number: usize) -> bool {
        self.0[number / 64] >> (number % 64) & 1 == 1
    }

    pub(in crate::minimise) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(in crate::minimise) fn is_subset(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a & !b == 0)
    }

    pub(in crate::minimise) fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    pub(in crate::minimise) fn minus(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & !b).collect())
    }

    pub(in crate::minimise) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(in crate::minimise) fn first(&self) -> Option<usize> {
        self.iter().next()
    }

    /// What one operation on the set costs.
    pub(in crate::minimise) fn words(&self) -> usize {
        self.0.len()
    }

    /// The numbers, sorted.
    pub(in crate::minimise) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let next = |rest: &u64| Some(rest & rest.wrapping_sub(1)).filter(|rest| *rest != 0);
            std::iter::successors(Some(*word).filter(|word| *word != 0), next)
                .map(move |rest| at * 64 + rest.trailing_zeros() as usize)
        })
    }
}
