//! Numbers that look random and are the same in every run: `SplitMix64`.
//!
//! Comes in: a seed. Never: the time, or anything else of the machine.

/// A stream of numbers.
#[derive(Clone, Debug)]
pub(crate) struct Numbers(u64);

impl Numbers {
    /// The stream of a seed.
    pub(crate) fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let first = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let second = (first ^ (first >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        second ^ (second >> 31)
    }

    /// One of `0..end`; 0 where that is empty.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let drawn = usize::try_from(self.next() >> 33).unwrap_or_default();
        drawn.checked_rem(end).unwrap_or_default()
    }

    /// One of `0..end`, the first of them much more often: half of all draws fall on the first quarter.
    pub(crate) fn skewed(&mut self, end: usize) -> usize {
        let drawn = self.below(1 << 15);
        (((drawn * drawn) >> 15) * end) >> 15
    }

    /// Whether a thing that happens so often in a thousand does.
    pub(crate) fn happens(&mut self, in_a_thousand: usize) -> bool {
        self.below(1000) < in_a_thousand
    }
}
