//! Sets of IP addresses of both families, and their shortest description as blocks with exceptions.
//!
//! The families never mix: `0.0.0.0/0` grants no IPv6 address.

mod trie;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::shared::Shared;
use super::{Bound, IntervalSet};

use self::trie::Bits;

/// A CIDR prefix in canonical form: no bit set beyond the prefix length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prefix {
    address: IpAddr,
    length: u8,
}

/// A block as the API has it: a prefix, and prefixes strictly inside it that do not belong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Block {
    /// What the block covers.
    pub cidr: Prefix,
    /// What it leaves out: disjoint, sorted, each strictly inside.
    pub except: Vec<Prefix>,
}

/// A set of addresses. Cheap to clone: they are shared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct AddressSet {
    // INVARIANT: `None` for no address, and only then.
    families: Option<Shared<Families>>,
}

/// The addresses of a set as numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Families {
    v4: IntervalSet<u32>,
    v6: IntervalSet<u128>,
}

/// The addresses of a family that a set has none of.
static NO_V4: IntervalSet<u32> = IntervalSet::empty();
static NO_V6: IntervalSet<u128> = IntervalSet::empty();

impl Prefix {
    /// The prefix of an address; `None` where the length is past the family's or a bit beyond it is set.
    pub fn new(address: IpAddr, length: u8) -> Option<Self> {
        let canonical = match address {
            IpAddr::V4(a) => length <= 32 && a.to_bits().first_of(length) == a.to_bits(),
            IpAddr::V6(a) => length <= 128 && a.to_bits().first_of(length) == a.to_bits(),
        };
        canonical.then_some(Self { address, length })
    }

    /// The first address.
    pub fn address(&self) -> IpAddr {
        self.address
    }

    /// The number of leading bits that all its addresses share.
    pub fn length(&self) -> u8 {
        self.length
    }
}

impl std::fmt::Display for Prefix {
    /// `10.0.0.0/8`, and IPv6 as RFC 5952 has it: `2001:db8::/32`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.address, self.length)
    }
}

impl From<Prefix> for AddressSet {
    fn from(prefix: Prefix) -> Self {
        Self::of_prefixes([prefix])
    }
}

impl AddressSet {
    /// No address.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The set with these addresses of either family.
    pub fn new(v4: IntervalSet<u32>, v6: IntervalSet<u128>) -> Self {
        let none = v4.is_empty() && v6.is_empty();
        Self { families: (!none).then(|| Shared::new(Families { v4, v6 })) }
    }

    /// The addresses of any of the prefixes, all at once: one after the other is quadratic where thousands meet.
    pub fn of_prefixes<I: IntoIterator<Item = Prefix>>(prefixes: I) -> Self
    where
        I::IntoIter: Clone,
    {
        let prefixes = prefixes.into_iter();
        let v4 = prefixes.clone().filter_map(|prefix| match prefix.address {
            IpAddr::V4(address) => Some(address.to_bits().range_of(prefix.length)),
            IpAddr::V6(_) => None,
        });
        let v6 = prefixes.filter_map(|prefix| match prefix.address {
            IpAddr::V4(_) => None,
            IpAddr::V6(address) => Some(address.to_bits().range_of(prefix.length)),
        });
        Self::new(IntervalSet::new(v4), IntervalSet::new(v6))
    }

    /// The IPv4 addresses, as numbers.
    pub fn v4(&self) -> &IntervalSet<u32> {
        self.families.as_ref().map_or(&NO_V4, |families| &families.v4)
    }

    /// The IPv6 addresses, as numbers.
    pub fn v6(&self) -> &IntervalSet<u128> {
        self.families.as_ref().map_or(&NO_V6, |families| &families.v6)
    }

    /// Whether there is no address.
    pub fn is_empty(&self) -> bool {
        self.families.is_none()
    }

    /// Whether an address is in the set.
    pub fn contains(&self, address: IpAddr) -> bool {
        match address {
            IpAddr::V4(a) => self.v4().contains(a.to_bits()),
            IpAddr::V6(a) => self.v6().contains(a.to_bits()),
        }
    }

    /// The smallest address of the set, IPv4 before IPv6.
    pub fn first(&self) -> Option<IpAddr> {
        let v4 = self.v4().first().map(|bits| IpAddr::V4(Ipv4Addr::from_bits(bits)));
        v4.or_else(|| self.v6().first().map(|bits| IpAddr::V6(Ipv6Addr::from_bits(bits))))
    }

    /// An address of the set that people take for one: of a documentation range (RFC 5737, RFC 3849) where such
    /// are in it, and not a network's own first address where another is next to it.
    pub fn witness(&self) -> Option<IpAddr> {
        let documented =
            [Ipv4Addr::new(198, 51, 100, 7).into(), Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 7).into()];
        let known = documented.into_iter().find(|address| self.contains(*address));
        let first = self.first()?;
        let next = match first {
            IpAddr::V4(address) => address.to_bits().next().map(|bits| Ipv4Addr::from_bits(bits).into()),
            IpAddr::V6(address) => address.to_bits().next().map(|bits| Ipv6Addr::from_bits(bits).into()),
        };
        known.or(next.filter(|address| self.contains(*address))).or(Some(first))
    }

    /// The addresses in either set.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::new(self.v4().union(other.v4()), self.v6().union(other.v6()))
    }

    /// The addresses in any of the sets, all at once: one after the other is quadratic where thousands meet.
    #[must_use]
    pub fn union_of<'a, I: IntoIterator<Item = &'a Self>>(sets: I) -> Self
    where
        I::IntoIter: Clone,
    {
        let sets = sets.into_iter();
        let mut some = sets.clone().filter(|set| !set.is_empty());
        match (some.next(), some.next()) {
            (None, _) => Self::empty(),
            (Some(only), None) => only.clone(),
            (Some(_), Some(_)) => Self::new(
                IntervalSet::new(sets.clone().flat_map(|set| set.v4().intervals()).copied()),
                IntervalSet::new(sets.flat_map(|set| set.v6().intervals()).copied()),
            ),
        }
    }

    /// The addresses in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self::new(self.v4().intersection(other.v4()), self.v6().intersection(other.v6()))
    }

    /// The addresses of this set that are not in the other.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        if self.is_disjoint(other) {
            return self.clone();
        }
        Self::new(self.v4().difference(other.v4()), self.v6().difference(other.v6()))
    }

    /// Whether every address of this set is in the other.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.v4().is_subset(other.v4()) && self.v6().is_subset(other.v6())
    }

    /// Whether no address is in both sets.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.v4().is_disjoint(other.v4()) && self.v6().is_disjoint(other.v6())
    }

    /// The set as disjoint blocks, with as few prefixes as possible: a block counts 1, and each exception 1.
    ///
    /// Sorted, IPv4 first. On a tie blocks without exceptions win, because plugins differ least on those. No
    /// exception is inside another, and none is given back by another block.
    pub fn blocks(&self) -> Vec<Block> {
        self.blocks_within(self)
    }

    /// The set with the shortest description as blocks that holds this one and lies within `allowed`, which holds
    /// this one too.
    #[must_use]
    pub fn simplest_within(&self, allowed: &Self) -> Self {
        if self == allowed {
            return self.clone();
        }
        let blocks = self.blocks_within(allowed);
        // The blocks are disjoint, so that no exception of one lies in another.
        let except = Self::of_prefixes(blocks.iter().flat_map(|block| block.except.iter().copied()));
        Self::of_prefixes(blocks.iter().map(|block| block.cidr)).difference(&except)
    }

    fn blocks_within(&self, allowed: &Self) -> Vec<Block> {
        let mut blocks = trie::cover(self.v4(), allowed.v4());
        blocks.append(&mut trie::cover(self.v6(), allowed.v6()));
        blocks
    }
}
