//! The cheapest description of a set of addresses of one family: a walk over the binary trie of its prefixes.
//!
//! Comes in: the addresses that must be in, and those that may be. Goes out: disjoint blocks with exceptions, in order.
//! Walks no deeper than a prefix is long.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Block, Bound, IntervalSet, Prefix};

/// Numbers that are addresses: the arithmetic of prefixes.
pub(super) trait Bits: Bound {
    /// The bits of an address.
    const WIDTH: u8;
    /// The first address with the same leading bits, of which there are so many.
    fn first_of(self, length: u8) -> Self;
    /// The last address with the same leading bits.
    fn last_of(self, length: u8) -> Self;
    /// How many leading bits two addresses share.
    fn shared(self, other: Self) -> u8;
    /// The prefix that begins here.
    fn prefix(self, length: u8) -> Prefix;
    /// The first and the last address of the prefix that begins here.
    fn range_of(self, length: u8) -> (Self, Self) {
        (self, self.last_of(length))
    }
}

macro_rules! bits {
    ($number:ty, $family:ident, $address:ty, $width:literal) => {
        impl Bits for $number {
            const WIDTH: u8 = $width;
            fn first_of(self, length: u8) -> Self {
                self & !Self::MAX.checked_shr(u32::from(length)).unwrap_or(0)
            }
            fn last_of(self, length: u8) -> Self {
                self | Self::MAX.checked_shr(u32::from(length)).unwrap_or(0)
            }
            fn shared(self, other: Self) -> u8 {
                u8::try_from((self ^ other).leading_zeros()).unwrap_or(Self::WIDTH)
            }
            fn prefix(self, length: u8) -> Prefix {
                Prefix { address: IpAddr::$family(<$address>::from_bits(self)), length }
            }
        }
    };
}
bits!(u32, V4, Ipv4Addr, 32);
bits!(u128, V6, Ipv6Addr, 128);

/// As few prefixes as possible that hold all of `need` and nothing outside `may`; exceptions count as much.
pub(super) fn cover<T: Bits>(need: &IntervalSet<T>, may: &IntervalSet<T>) -> Vec<Block> {
    let ([(first, _), ..], [.., (_, last)]) = (need.intervals(), need.intervals()) else {
        return Vec::new();
    };
    // Above the smallest prefix with all of it nothing is added but exceptions: no block there is cheaper.
    let length = first.shared(*last);
    let (first, last) = first.first_of(length).range_of(length);
    let mut walk = Walk { blocks: Vec::with_capacity(need.intervals().len()), outside: Vec::new() };
    walk.subtree(need.intervals(), inside(may.intervals(), first, last), first, length);
    walk.blocks
}

/// The intervals that hold something from `first` to `last`.
fn inside<T: Bits>(intervals: &[(T, T)], first: T, last: T) -> &[(T, T)] {
    let start = intervals.partition_point(|(_, end)| *end < first);
    let end = intervals.partition_point(|(begin, _)| *begin <= last);
    &intervals[start..end.max(start)]
}

/// What was found of the prefixes so far, from left to right.
struct Walk {
    /// The cheapest blocks.
    blocks: Vec<Block>,
    /// The fewest prefixes that hold all that must stay out, and nothing that must be in.
    outside: Vec<Prefix>,
}

impl Walk {
    /// Adds what is found of a prefix; says how many prefixes and exceptions its blocks have.
    ///
    /// Bottom up. At each node what is needed is either covered by the two halves, or by one block with everything
    /// that must stay out as exceptions; nested giving back is ruled out, so these are all the choices.
    fn subtree<T: Bits>(&mut self, need: &[(T, T)], may: &[(T, T)], first: T, length: u8) -> usize {
        let last = first.last_of(length);
        let whole = matches!(may, [(begin, end)] if *begin <= first && last <= *end);
        if need.is_empty() {
            self.outside.extend((!whole).then(|| first.prefix(length)));
            return 0;
        }
        let halves = (length < T::WIDTH).then(|| Halves::of(need, first, length));
        let Some(halves) = halves.filter(|halves| !whole || halves.is_one_empty()) else {
            self.blocks.push(Block { cidr: first.prefix(length), except: Vec::new() });
            return 1;
        };
        let (blocks, outside) = (self.blocks.len(), self.outside.len());
        let may = halves.cut(may);
        let split = self.subtree(halves.need[0], may[0], first, length + 1)
            + self.subtree(halves.need[1], may[1], halves.right, length + 1);
        let except = &self.outside[outside..];
        let joined = 1 + except.len();
        if split <= joined {
            return split;
        }
        let block = Block { cidr: first.prefix(length), except: except.to_vec() };
        self.blocks.truncate(blocks);
        self.blocks.push(block);
        joined
    }
}

/// A prefix cut in the middle.
struct Halves<'s, T> {
    /// Where the right half begins.
    right: T,
    /// What is needed of each.
    need: [&'s [(T, T)]; 2],
}

impl<'s, T: Bits> Halves<'s, T> {
    fn of(need: &'s [(T, T)], first: T, length: u8) -> Self {
        let right = first.last_of(length + 1).next().expect("the right half follows the left");
        let mut halves = Self { right, need: [need, need] };
        halves.need = halves.cut(need);
        halves
    }

    fn is_one_empty(&self) -> bool {
        self.need.iter().any(|half| half.is_empty())
    }

    /// The intervals that hold something of the left half, and those of the right: one may be among both.
    fn cut<'i>(&self, intervals: &'i [(T, T)]) -> [&'i [(T, T)]; 2] {
        let left = intervals.partition_point(|(begin, _)| *begin < self.right);
        let reaches_over = left > 0 && intervals[left - 1].1 >= self.right;
        [&intervals[..left], &intervals[left - usize::from(reaches_over)..]]
    }
}

#[cfg(test)]
mod tests {
    use super::{Block, IntervalSet, Walk, cover};

    /// The numbers of eight whose bits are set.
    fn set(mask: u32, base: u32) -> IntervalSet<u32> {
        let numbers = (0..8).filter(|bit| mask >> bit & 1 == 1).map(|bit| base + bit);
        IntervalSet::new(numbers.map(|number| (number, number)))
    }

    /// The walk from the root of the trie.
    fn from_the_root(need: &IntervalSet<u32>, may: &IntervalSet<u32>) -> Vec<Block> {
        let mut walk = Walk { blocks: Vec::new(), outside: Vec::new() };
        walk.subtree(need.intervals(), may.intervals(), 0, 0);
        walk.blocks
    }

    #[test]
    fn what_stands_above_all_that_is_needed_changes_nothing() {
        for base in [0, 0x0a00_0010, u32::MAX - 7] {
            for may in 0..256 {
                let mut need = may;
                loop {
                    let sets = (set(need, base), set(may, base));
                    assert_eq!(cover(&sets.0, &sets.1), from_the_root(&sets.0, &sets.1), "{sets:?}");
                    if need == 0 {
                        break;
                    }
                    need = (need - 1) & may;
                }
            }
        }
    }
}
