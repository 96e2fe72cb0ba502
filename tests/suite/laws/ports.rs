//! Ports: a point is a protocol, a number, and the set of names that resolve to it on the target.

use netdsl::algebra::{IntervalSet, PortSet, Protocol, ProtocolPorts, Residue, Target, Text};
use proptest::prelude::*;

/// Numbers with every bound that can occur, so that they stand for all.
const NUMBERS: [u16; 4] = [1, 2, 3, 65535];
const NAMES: [&str; 2] = ["dns", "http"];

fn protocol_ports() -> impl Strategy<Value = ProtocolPorts> {
    let numbers = proptest::sample::subsequence(vec![(0, 1), (2, 2), (3, 65534), (65535, 65535)], 0..=4);
    let names = proptest::sample::subsequence(NAMES.to_vec(), 0..=2);
    (numbers, names).prop_map(|(numbers, names)| {
        ProtocolPorts::new(&IntervalSet::new(numbers), names.into_iter().rev().map(Text::from))
    })
}

fn set() -> impl Strategy<Value = PortSet> {
    let three = (protocol_ports(), protocol_ports(), protocol_ports()).prop_map(|(tcp, udp, sctp)| {
        let parts = Protocol::ALL.into_iter().zip([tcp, udp, sctp]);
        parts.fold(PortSet::empty(), |all, (protocol, ports)| all.union(&PortSet::of(protocol, ports)))
    });
    prop_oneof![9 => three, 1 => Just(PortSet::every()), 1 => Just(nameable()), 1 => Just(PortSet::empty())]
}

/// Every port that a policy can name, which is less than every port.
fn nameable() -> PortSet {
    Protocol::ALL
        .iter()
        .fold(PortSet::empty(), |all, protocol| all.union(&PortSet::range(*protocol, 0, u16::MAX)))
}

#[test]
fn every_port_is_more_than_all_that_can_be_named() {
    let (every, nameable) = (PortSet::every(), nameable());
    assert!(every.is_every() && !nameable.is_every() && !PortSet::empty().is_every());
    assert!(nameable.is_subset(&every) && !every.is_subset(&nameable));
    let rest = Residue::from(&every).minus(&nameable);
    assert_eq!(rest.witness(), Some(Target::OtherProtocol));
    assert!(rest.meets(&every) && !rest.meets(&nameable) && rest.is_within(&every) && !rest.is_empty());
    assert!(!Residue::from(&nameable).minus(&nameable).meets(&every));
    assert!(Target::OtherProtocol.is_in(&every) && !Target::OtherProtocol.is_in(&nameable));
    assert!(points(&every).into_iter().all(|held| held), "nothing is left out");
}

#[test]
fn names_are_nothing_more_where_all_numbers_are() {
    let all = IntervalSet::range(0, u16::MAX);
    let (with, without) = (ProtocolPorts::new(&all, [Text::from("http")]), ProtocolPorts::new(&all, []));
    assert_eq!(with, without);
    assert!(with.is_complete() && with.names().is_empty());
    let almost = ProtocolPorts::new(&IntervalSet::range(2, u16::MAX), [Text::from("http")]);
    assert!(!almost.is_complete() && almost.names().len() == 1);
}

/// A point; no protocol is one that policies cannot name.
type Point = (Option<Protocol>, u16, Vec<&'static str>);

fn all_points() -> Vec<Point> {
    let mut all = vec![(None, 0, Vec::new())];
    for protocol in Protocol::ALL {
        for number in NUMBERS {
            for names in [vec![], vec!["dns"], vec!["http"], vec!["dns", "http"]] {
                all.push((Some(protocol), number, names));
            }
        }
    }
    all
}

fn holds(set: &PortSet, (protocol, number, names): &Point) -> bool {
    let Some(protocol) = protocol else {
        return set.is_every();
    };
    let ports = set.protocol(*protocol);
    ports.numbers().contains(*number) || ports.names().iter().any(|name| names.contains(&name.as_ref()))
}

fn points(set: &PortSet) -> Vec<bool> {
    all_points().iter().map(|point| holds(set, point)).collect()
}

proptest! {
    /// What is put in comes out, and nothing else.
    #[test]
    fn a_set_is_made_of_its_protocols(ports in protocol_ports(), index in 0..3_usize, number in 1..=u16::MAX) {
        let protocol = Protocol::ALL[index];
        let set = PortSet::of(protocol, ports.clone());
        for other in Protocol::ALL {
            let expected = if other == protocol { ports.clone() } else { ProtocolPorts::default() };
            prop_assert_eq!(set.protocol(other), &expected);
        }
        prop_assert_eq!(set.is_empty(), ports.numbers().is_empty() && ports.names().is_empty());
        let single = PortSet::range(protocol, number, number);
        prop_assert_eq!(single.protocol(protocol).numbers(), &IntervalSet::range(number, number));
        let named = PortSet::named(protocol, "http".into());
        prop_assert_eq!(named.protocol(protocol).names(), &[Text::from("http")]);
    }

    #[test]
    fn a_union_of_many_is_that_of_each_with_the_next(sets in proptest::collection::vec(set(), 0..6)) {
        let one_by_one = sets.iter().fold(PortSet::empty(), |all, set| all.union(set));
        prop_assert_eq!(PortSet::union_of(&sets), one_by_one);
    }

    #[test]
    fn operations_are_those_of_sets(a in set(), b in set()) {
        let either: Vec<bool> = points(&a).into_iter().zip(points(&b)).map(|(x, y)| x || y).collect();
        prop_assert_eq!(points(&a.union(&b)), either);
        let within = points(&a).into_iter().zip(points(&b)).all(|(x, y)| !x || y);
        prop_assert_eq!(a.is_subset(&b), within);
        prop_assert_eq!(a == b, points(&a) == points(&b));
        prop_assert_eq!(a.is_empty(), !points(&a).contains(&true));
    }

    /// Exact also after several sets were taken away, where names and numbers work together.
    #[test]
    fn a_residue_is_empty_when_the_others_cover_everything(a in set(), others in proptest::collection::vec(set(), 0..4)) {
        let residue = others.iter().fold(Residue::from(&a), |rest, other| rest.minus(other));
        let left: Vec<Point> = all_points().into_iter()
            .filter(|point| holds(&a, point) && !others.iter().any(|other| holds(other, point)))
            .collect();
        prop_assert_eq!(residue.is_empty(), left.is_empty(), "{:?} {:?}", residue, left);
        prop_assert_eq!(residue.witness().is_none(), left.is_empty());
        if let Some(target) = residue.witness() {
            prop_assert!(target.is_in(&a), "{:?}", target);
            prop_assert!(!others.iter().any(|other| target.is_in(other)), "{:?}", target);
        }
    }

    #[test]
    fn what_meets_changes_something_and_nothing_else_does(a in set(), taken in set(), b in set()) {
        let residue = Residue::from(&a).minus(&taken);
        prop_assert_eq!(residue.meets(&b), residue.minus(&b) != residue);
        prop_assert_eq!(residue.is_within(&b), residue.minus(&b).is_empty());
        prop_assert_eq!(Residue::from(&a).is_within(&b), a.is_subset(&b));
        let leaves_all = |a: &PortSet, b: &PortSet| Residue::from(a).minus(b) == Residue::from(a);
        prop_assert_eq!(a.is_apart(&b), leaves_all(&a, &b) && leaves_all(&b, &a));
    }

    #[test]
    fn a_target_is_in_a_set_as_its_point_is(a in set(), index in 0..3_usize, number in proptest::sample::select(NUMBERS.to_vec())) {
        let protocol = Protocol::ALL[index];
        let plain = Target::Number(protocol, number);
        prop_assert_eq!(plain.is_in(&a), holds(&a, &(Some(protocol), number, vec![])));
        let named = Target::Named(protocol, number, "http".into());
        prop_assert_eq!(named.is_in(&a), holds(&a, &(Some(protocol), number, vec!["http"])));
    }
}
