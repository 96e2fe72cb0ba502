//! Addresses, and their shortest description as blocks: exact, disjoint, and minimal against every other way.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use netdsl::algebra::{AddressSet, Block, IntervalSet, Prefix};
use proptest::prelude::*;

/// 10.0.0.0, and the same bits high up in IPv6.
const BASE: u32 = 0x0a00_0000;
const BASE_V6: u128 = 0xfd00 << 112;

fn v4(numbers: impl Iterator<Item = u32>) -> AddressSet {
    AddressSet::new(IntervalSet::new(numbers.map(|n| (BASE + n, BASE + n))), IntervalSet::empty())
}

fn size(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| 1 + block.except.len()).sum()
}

/// Whether blocks are what the API takes, and none gives back what another leaves out.
fn are_legal(blocks: &[Block]) -> bool {
    let set = |prefix: &Prefix| AddressSet::from(*prefix);
    let apart = |prefixes: &[Prefix]| {
        prefixes
            .iter()
            .enumerate()
            .all(|(n, a)| prefixes[n + 1..].iter().all(|b| set(a).is_disjoint(&set(b))))
    };
    let cidrs: Vec<Prefix> = blocks.iter().map(|block| block.cidr).collect();
    let inside =
        |block: &Block| block.except.iter().all(|e| *e != block.cidr && set(e).is_subset(&set(&block.cidr)));
    apart(&cidrs) && blocks.iter().all(|block| inside(block) && apart(&block.except))
}

fn union(blocks: &[Block]) -> AddressSet {
    blocks.iter().fold(AddressSet::empty(), |all, block| {
        let except = block.except.iter().fold(AddressSet::empty(), |all, e| all.union(&AddressSet::from(*e)));
        all.union(&AddressSet::from(block.cidr).difference(&except))
    })
}

/// What each set of disjoint prefixes within 2^height addresses holds, with the number of prefixes.
fn antichains(height: u32, first: u32) -> Vec<(u32, usize)> {
    let whole = ((1_u64 << (1_u32 << height)) - 1) << first;
    let mut all = vec![(u32::try_from(whole).unwrap(), 1)];
    if height == 0 {
        all.push((0, 0));
        return all;
    }
    let right = antichains(height - 1, first + (1 << (height - 1)));
    for (a, m) in antichains(height - 1, first) {
        all.extend(right.iter().map(|(b, n)| (a | b, m + n)));
    }
    all
}

/// The fewest prefixes for a set of eight addresses, over all ways to choose disjoint blocks and exceptions.
fn fewest(mask: u32, from: u32) -> usize {
    if from >= 8 {
        return 0;
    }
    let skip = if mask >> from & 1 == 0 { fewest(mask, from + 1) } else { usize::MAX };
    let mut best = skip;
    for height in 0..=3_u32 {
        let length = 1_u32 << height;
        if !from.is_multiple_of(length) {
            continue;
        }
        let range = ((1_u32 << length) - 1) << from;
        let left_out = antichains(height, from).into_iter().filter(|(held, _)| *held == range & !mask & 0xff);
        // The block itself is no exception of its own.
        let exceptions = left_out.filter(|(held, _)| *held != range).map(|(_, count)| count).min();
        if let Some(exceptions) = exceptions {
            best = best.min(1 + exceptions + fewest(mask, from + length));
        }
    }
    best
}

#[test]
fn blocks_are_exact_legal_and_fewest_for_every_set_of_eight_addresses() {
    for mask in 0..256_u32 {
        let numbers = || (0..8_u32).filter(|n| mask >> n & 1 == 1);
        let set = v4(numbers());
        let blocks = set.blocks();
        assert_eq!(union(&blocks), set, "{mask:08b}");
        assert!(are_legal(&blocks), "{mask:08b}: {blocks:?}");
        assert_eq!(size(&blocks), fewest(mask, 0), "{mask:08b}: {blocks:?}");
        let wide = numbers().map(|n| (BASE_V6 + u128::from(n), BASE_V6 + u128::from(n)));
        let same = AddressSet::new(IntervalSet::empty(), IntervalSet::new(wide)).blocks();
        assert_eq!(same.len(), blocks.len(), "{mask:08b}");
        assert_eq!(size(&same), size(&blocks), "{mask:08b}");
    }
}

#[test]
fn the_simplest_set_between_two_is_none_that_is_shorter() {
    let numbers = |mask: u32| (0..8_u32).filter(move |n| mask >> n & 1 == 1);
    let lengths: Vec<usize> = (0..256).map(|mask| fewest(mask, 0)).collect();
    for allowed in 0..256_u32 {
        for need in (0..=allowed).filter(|need| need & !allowed == 0) {
            let (narrow, wide) = (v4(numbers(need)), v4(numbers(allowed)));
            let found = narrow.simplest_within(&wide);
            assert!(
                narrow.is_subset(&found) && found.is_subset(&wide),
                "{need:08b} {allowed:08b}: {found:?}"
            );
            let between = (need..=allowed).filter(|mask| need & !mask == 0 && mask & !allowed == 0);
            let shortest = between.map(|mask| lengths[mask as usize]).min();
            assert_eq!(Some(size(&found.blocks())), shortest, "{need:08b} {allowed:08b}: {found:?}");
        }
    }
}

fn set() -> impl Strategy<Value = AddressSet> {
    let v4 = proptest::collection::vec((any::<u32>(), 0..=32_u32), 0..6);
    let v6 = proptest::collection::vec((any::<u128>(), 0..=128_u32), 0..4);
    (v4, v6).prop_map(|(v4, v6)| {
        let v4 = v4
            .into_iter()
            .map(|(first, shift)| (first, first.saturating_add(1_u32.checked_shl(shift).unwrap_or(0))));
        let v6 = v6
            .into_iter()
            .map(|(first, shift)| (first, first.saturating_add(1_u128.checked_shl(shift).unwrap_or(0))));
        AddressSet::new(IntervalSet::new(v4), IntervalSet::new(v6))
    })
}

#[test]
fn a_bit_past_the_length_is_refused_at_every_length() {
    for length in 0..=u8::MAX {
        let last = Ipv6Addr::from_bits(1).into();
        assert_eq!(Prefix::new(last, length).is_some(), length == 128, "::1/{length}");
        let last = Ipv4Addr::from_bits(1).into();
        assert_eq!(Prefix::new(last, length).is_some(), length == 32, "0.0.0.1/{length}");
    }
    let none: [IpAddr; 2] = [Ipv4Addr::UNSPECIFIED.into(), Ipv6Addr::UNSPECIFIED.into()];
    let all = none.map(|first| AddressSet::from(Prefix::new(first, 0).unwrap()));
    assert_eq!(all[0].v4(), &IntervalSet::range(0, u32::MAX));
    assert_eq!(all[1].v6(), &IntervalSet::range(0, u128::MAX));
}

proptest! {
    #[test]
    fn blocks_hold_exactly_the_set(set in set()) {
        let blocks = set.blocks();
        prop_assert_eq!(union(&blocks), set);
        prop_assert!(are_legal(&blocks), "{:?}", blocks);
        let order: Vec<&Prefix> = blocks.iter().map(|block| &block.cidr).collect();
        prop_assert!(order.is_sorted(), "{:?}", order);
    }

    #[test]
    fn operations_are_those_of_sets(a in set(), b in set(), seeds in proptest::collection::vec(any::<(u32, u128)>(), 4)) {
        let bounds = [&a, &b].into_iter().flat_map(|set| set.v4().intervals().iter().flat_map(|(x, y)| [*x, *y, x.wrapping_sub(1), y.wrapping_add(1)]));
        let v4 = bounds.chain(seeds.iter().map(|seed| seed.0)).map(|bits| IpAddr::V4(Ipv4Addr::from_bits(bits)));
        let v6 = seeds.iter().map(|seed| IpAddr::V6(Ipv6Addr::from_bits(seed.1)));
        for point in v4.chain(v6) {
            let (x, y) = (a.contains(point), b.contains(point));
            prop_assert_eq!(a.union(&b).contains(point), x || y);
            prop_assert_eq!(a.intersection(&b).contains(point), x && y);
            prop_assert_eq!(a.difference(&b).contains(point), x && !y);
        }
        prop_assert_eq!(a.is_disjoint(&b), a.intersection(&b).is_empty());
        prop_assert_eq!(a.is_subset(&b), a.difference(&b).is_empty());
        prop_assert_eq!(a.difference(&b).union(&a.intersection(&b)), a.clone());
        prop_assert!(a.first().is_none_or(|first| a.contains(first)));
        prop_assert_eq!(a.first().is_none(), a.is_empty());
    }

    /// A set that has no witness would be a counterexample that nobody is told of.
    #[test]
    fn a_witness_is_a_member_and_documented_where_one_is(set in set(), more in any::<[bool; 2]>()) {
        let known: [IpAddr; 2] = [Ipv4Addr::new(198, 51, 100, 7).into(), "2001:db8::7".parse::<Ipv6Addr>().unwrap().into()];
        let added = known.into_iter().zip(more).filter(|(_, add)| *add).map(|(address, _)| address);
        let length = |address: IpAddr| if address.is_ipv4() { 32 } else { 128 };
        let single = |address| AddressSet::from(Prefix::new(address, length(address)).unwrap());
        let set = added.fold(set, |all, address| all.union(&single(address)));
        let witness = set.witness();
        prop_assert_eq!(witness.is_none(), set.is_empty());
        prop_assert!(witness.is_none_or(|address| set.contains(address)));
        let documented = known.into_iter().find(|address| set.contains(*address));
        prop_assert!(documented.is_none() || witness == documented, "{:?}", witness);
    }

    #[test]
    fn a_witness_is_no_network_where_another_address_is_next(first in 1_u32.., second in 1_u128..) {
        let v4 = AddressSet::new(IntervalSet::range(first, first.saturating_add(1)), IntervalSet::empty());
        let v6 = AddressSet::new(IntervalSet::empty(), IntervalSet::range(second, second.saturating_add(1)));
        prop_assert_eq!(v4.witness(), Some(IpAddr::V4(Ipv4Addr::from_bits(first.saturating_add(1)))));
        prop_assert_eq!(v6.witness(), Some(IpAddr::V6(Ipv6Addr::from_bits(second.saturating_add(1)))));
    }

    #[test]
    fn a_prefix_is_canonical_or_none(bits in prop_oneof![any::<u32>(), 0..4_u32], zeros in 0..32_u32, length in 0..40_u8) {
        let bits = bits << zeros;
        let address = IpAddr::V4(Ipv4Addr::from_bits(bits));
        let host_bits = if length >= 32 { 0 } else { u32::MAX >> length };
        match Prefix::new(address, length) {
            None => prop_assert!(length > 32 || bits & host_bits != 0),
            Some(prefix) => {
                prop_assert!(length <= 32 && bits & host_bits == 0);
                let set = AddressSet::from(prefix);
                prop_assert_eq!(set.v4().intervals(), &[(bits, bits | host_bits)]);
            }
        }
    }

    #[test]
    fn so_is_one_of_the_other_family(bits in prop_oneof![any::<u128>(), 0..4_u128], zeros in 0..128_u32, length in 0..140_u8) {
        let bits = bits << zeros;
        let host_bits = if length >= 128 { 0 } else { u128::MAX >> length };
        match Prefix::new(IpAddr::V6(Ipv6Addr::from_bits(bits)), length) {
            None => prop_assert!(length > 128 || bits & host_bits != 0),
            Some(prefix) => {
                prop_assert!(length <= 128 && bits & host_bits == 0);
                prop_assert_eq!(prefix.length(), length);
                let set = AddressSet::from(prefix);
                prop_assert_eq!(set.v6().intervals(), &[(bits, bits | host_bits)]);
            }
        }
    }
}
