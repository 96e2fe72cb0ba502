//! The claimed bound beside the fewest rules that brute force finds: never above, so that what is called proved is.
//!
//! Brute force knows nothing of the search: it asks the policy about every connection of a small world, and tries
//! all unions of port entries with all pods and addresses that may have them.

use std::collections::{BTreeMap, BTreeSet};

use netdsl::algebra::{Cube, Protocol, Text};
use netdsl::ir::{Direction, Flow, NAMESPACE_NAME, Namespace, Origin, Peer, Policy};
use netdsl::minimise::minimise;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::laws::cases;
use super::world::{End, Labels, Port, by_policy, labellings};
use crate::policies::{addresses, cube, pods, pods_where, ports};

/// Everything that a list of ports in these policies can be made of.
const ENTRIES: [&str; 6] = ["80", "81", "http*", "1-79 82-65535", "80/udp", "*"];

/// The pods that have policies, the widest first.
const SUBJECTS: [&str; 2] = ["", "s=1"];

fn peer() -> impl Strategy<Value = Peer> {
    let labels =
        prop::sample::select(vec!["a=1", "a=2", "a=1|2", "a!=1", "!a", "a", "", "a=1 b", "b", "a!=2 !b"]);
    let named =
        (prop::sample::select(vec!["n1", "n2"]), labels.clone()).prop_map(|(name, it)| pods(name, it));
    let blocks =
        prop::sample::select(vec!["10.0.0.0/8", "10.1.0.0/16", "10.0.0.0/8 -10.1.0.0/16", "0.0.0.0/0"]);
    prop_oneof![
        6 => named,
        2 => labels.prop_map(|it| pods_where("", it)),
        2 => blocks.prop_map(addresses),
        1 => Just(Peer::Anywhere),
    ]
}

fn flow() -> impl Strategy<Value = Flow> {
    let entries =
        prop::sample::select(vec!["80", "81", "80-81", "http*", "*/tcp", "80/udp", "80 80/udp", "*"]);
    let subject = prop::sample::select(vec![SUBJECTS[0], SUBJECTS[1], SUBJECTS[1], SUBJECTS[1]]);
    (subject, peer(), entries).prop_map(|(subject, peer, entries)| Flow {
        subject: cube(subject),
        peer,
        ports: ports(entries),
        origin: Origin(0),
    })
}

/// One namespace, with ingress alone: there the names of ports are the subject's own, and go with any peer.
fn policy(flows: Vec<Flow>) -> Policy {
    let mut namespace = Namespace::default();
    namespace.isolated.ingress.push(Cube::all());
    namespace.flows.ingress = flows;
    Policy { namespaces: BTreeMap::from([(Text::from("n1"), namespace)]) }
}

fn ends() -> Vec<End> {
    let labels = labellings(&["a", "b"], &["1", "2", "3"]);
    let pods = ["n1", "n2", "n3"].into_iter().flat_map(|name| {
        let namespace = Labels::from([(NAMESPACE_NAME, name)]);
        labels.iter().map(move |pod| End::Pod { namespace: namespace.clone(), pod: pod.clone() })
    });
    let addresses = ["10.0.0.1", "10.1.0.1", "11.0.0.1", "2001:db8::1"];
    let addresses = addresses.iter().map(|it| End::Address(it.parse().expect("an address")));
    pods.chain(addresses).chain([End::Rest]).collect()
}

/// Every port on which entries differ: numbers with and without the name, and a protocol that nothing names.
fn world_ports() -> Vec<Port> {
    let port = |protocol, number, names: &[&'static str]| Port { protocol, number, names: names.to_vec() };
    let tcp = [79, 80, 81]
        .into_iter()
        .flat_map(|number| [&[][..], &["http"]].map(|names| port(Some(Protocol::Tcp), number, names)));
    let udp = [79, 80].map(|number| port(Some(Protocol::Udp), number, &[]));
    tcp.chain(udp).chain([port(None, 80, &[])]).collect()
}

/// A set, of ports or of places of a small table.
type Bits = u128;

/// What the pods of a subject may, an end a row and a port a bit.
fn allowed(policy: &Policy, subject: &Labels) -> Vec<Bits> {
    let ports = world_ports();
    let may = |end: &End| {
        let is_allowed =
            |port: &Port| by_policy(policy, ("n1", subject), Direction::Ingress, end, port) == Some(true);
        bits(ports.iter().map(is_allowed))
    };
    ends().iter().map(may).collect()
}

fn bits(all: impl Iterator<Item = bool>) -> Bits {
    all.enumerate().fold(0, |bits, (at, is_set)| bits | Bits::from(is_set) << at)
}

/// The ports of every union of entries.
fn unions() -> BTreeSet<Bits> {
    let of = |entry: &str| {
        let flow =
            Flow { subject: Cube::all(), peer: Peer::Anywhere, ports: ports(entry), origin: Origin(0) };
        allowed(&policy(vec![flow]), &Labels::new())[0]
    };
    let entries = ENTRIES.map(of);
    let union = |chosen: usize| {
        let entries = entries.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
        entries.fold(0, |all, (_, ports)| all | ports)
    };
    (1..1 << entries.len()).map(union).collect()
}

/// The fewest rules that give each row what it needs, and no row what it may not have.
///
/// `None` where the table has more places than fit into the bits.
fn fewest(rows: &BTreeSet<(Bits, Bits)>) -> Option<usize> {
    let width = world_ports().len();
    let needed: Vec<(usize, usize)> = rows
        .iter()
        .enumerate()
        .flat_map(|(row, (need, _))| {
            (0..width).filter(move |port| need >> port & 1 == 1).map(move |port| (row, port))
        })
        .collect();
    if needed.len() > 128 {
        return None;
    }
    let may: Vec<Bits> = rows.iter().map(|(_, may)| *may).collect();
    let held = |ports: &Bits| {
        bits(needed.iter().map(|(row, port)| ports & !may[*row] == 0 && ports >> port & 1 == 1))
    };
    let rules: BTreeSet<Bits> = unions().iter().map(held).collect();
    let rules: Vec<Bits> =
        rules.iter().copied().filter(|rule| *rule != 0 && is_largest(*rule, &rules)).collect();
    let all = bits(needed.iter().map(|_| true));
    (0..=needed.len()).find(|count| can_cover(all, &rules, *count))
}

fn is_largest(rule: Bits, rules: &BTreeSet<Bits>) -> bool {
    !rules.iter().any(|other| *other != rule && rule & !other == 0)
}

/// Whether so many of the rules hold all open places: one of them holds the first.
fn can_cover(open: Bits, rules: &[Bits], most: usize) -> bool {
    let first = open & open.wrapping_neg();
    open == 0
        || most > 0 && rules.iter().any(|rule| rule & first != 0 && can_cover(open & !rule, rules, most - 1))
}

/// The fewest rules of both lists: what all pods may is free for the narrower subject.
fn optimum(policy: &Policy) -> Option<usize> {
    let all = allowed(policy, &Labels::new());
    let some = allowed(policy, &Labels::from([("s", "1")]));
    let wide = all.iter().map(|may| (*may, *may)).collect();
    let narrow = all.iter().zip(&some).map(|(all, some)| (some & !all, *some)).collect();
    Some(fewest(&wide)? + fewest(&narrow)?)
}

/// Rules, bound and optimum of some flows.
fn measured(flows: Vec<Flow>) -> Option<(usize, usize, usize)> {
    let policy = policy(flows);
    let optimum = optimum(&policy)?;
    let proof = minimise(policy).proof();
    Some((proof.rules, proof.lower_bound, optimum))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(256), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_bound_is_one(flows in vec(flow(), 0..9)) {
        let (rules, bound, optimum) = measured(flows.clone()).expect("the tables are small");
        prop_assert!(bound <= optimum && optimum <= rules, "{bound} {optimum} {rules}: {flows:?}");
    }
}

/// The same policies in each run: how often the bound is reached, and how often the optimum.
#[test]
fn most_small_relations_are_proved() {
    let mut runner = TestRunner::deterministic();
    let all: Vec<(usize, usize, usize)> = (0..300)
        .filter_map(|_| measured(vec(flow(), 0..9).new_tree(&mut runner).expect("flows").current()))
        .collect();
    let proved = all.iter().filter(|(rules, bound, _)| rules == bound).count();
    let fewest = all.iter().filter(|(rules, _, optimum)| rules == optimum).count();
    assert_eq!(all.len(), 300);
    assert!(proved >= 280 && fewest >= 298, "{proved} proved, {fewest} as few as can be");
}
