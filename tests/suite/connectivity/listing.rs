//! The listing `src => dst : ports`, as the analyser wrote it and as the evaluator finds it.
//!
//! Addresses are listed as ranges; both listings are cut at the bounds of all blocks, so that they compare.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};

use netdsl::algebra::{IntervalSet, Protocol};
use netdsl::ir::{Direction, Flow, Peer, Policy};

use super::cluster::{Cluster, Workload};
use crate::evaluator::{self, Blocks, End, Port};

/// Source, target, ports.
pub(super) type Line = (String, String, String);

/// The analyser's lines.
pub(super) fn expected(text: &str, cluster: &Cluster) -> BTreeSet<Line> {
    let atoms = atoms(&cluster.policy);
    let mut lines = BTreeSet::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let (ends, ports) = line.split_once(" : ").unwrap();
        let (from, to) = ends.split_once(" => ").unwrap();
        for from in cut(from, &atoms) {
            for to in cut(to, &atoms) {
                lines.insert((from.clone(), to, ports.trim().to_owned()));
            }
        }
    }
    lines
}

/// The evaluator's lines.
pub(super) fn found(cluster: &Cluster) -> BTreeSet<Line> {
    let outside = atoms(&cluster.policy);
    let numbers = numbers(cluster);
    let workloads: Vec<(String, End, Option<&Workload>)> =
        cluster.workloads.iter().map(|w| (w.name.clone(), End::Pod(w.pod.clone()), Some(w))).collect();
    let addresses =
        outside.iter().map(|(first, last)| (range(*first, *last), End::Address(address(*first)), None));
    let ends: Vec<(String, End, Option<&Workload>)> = workloads.into_iter().chain(addresses).collect();
    let mut lines = BTreeSet::new();
    for (from, source, source_pod) in &ends {
        for (to, target, target_pod) in &ends {
            if from == to || source_pod.is_none() && target_pod.is_none() {
                continue;
            }
            let allowed =
                |port: &Port| evaluator::allowed(&cluster.policy, source, target, port, Blocks::OutsideOnly);
            let ports = ports(&numbers, *target_pod, allowed);
            lines.extend((!ports.is_empty()).then(|| (from.clone(), to.clone(), ports)));
        }
    }
    lines
}

/// The allowed ports, as the listing writes them; empty where there are none.
fn ports(numbers: &[u16], target: Option<&Workload>, allowed: impl Fn(&Port) -> bool) -> String {
    let mut all = Vec::new();
    let mut protocols: Vec<(&'static str, IntervalSet<u16>)> = Vec::new();
    for protocol in Protocol::ALL {
        let ends = numbers.iter().skip(1).map(|next| next - 1).chain([u16::MAX]);
        let intervals = numbers
            .iter()
            .copied()
            .zip(ends)
            .filter(|(first, _)| allowed(&port(protocol.api_name(), *first, target)));
        protocols.push((protocol.api_name(), IntervalSet::new(intervals)));
    }
    if protocols.iter().all(|(_, set)| set.intervals() == [(1, u16::MAX)]) {
        return "All Connections".to_owned();
    }
    protocols.sort();
    for (name, set) in protocols.iter().filter(|(_, set)| !set.is_empty()) {
        let one = |(first, last): &(u16, u16)| {
            if first == last { first.to_string() } else { format!("{first}-{last}") }
        };
        let list: Vec<String> = set.intervals().iter().map(one).collect();
        all.push(format!("{name} {}", list.join(",")));
    }
    all.join(",")
}

fn port(protocol: &'static str, number: u16, target: Option<&Workload>) -> Port {
    let own = target.into_iter().flat_map(|workload| &workload.ports);
    let names =
        own.filter(|(p, n, _)| p == protocol && *n == number).map(|(_, _, name)| name.clone()).collect();
    Port { protocol: Some(protocol), number, names }
}

fn flows(policy: &Policy) -> impl Iterator<Item = &Flow> {
    policy.namespaces.values().flat_map(|namespace| {
        Direction::BOTH.into_iter().flat_map(move |direction| namespace.flows.get(direction))
    })
}

/// The first numbers of intervals within which no policy and no container port makes a difference.
fn numbers(cluster: &Cluster) -> Vec<u16> {
    let mut numbers = BTreeSet::from([1]);
    let mut add =
        |first: u16, last: u16| numbers.extend([Some(first), last.checked_add(1)].into_iter().flatten());
    for flow in flows(&cluster.policy) {
        for protocol in Protocol::ALL {
            for (first, last) in flow.ports.protocol(protocol).numbers().intervals() {
                add(*first, *last);
            }
        }
    }
    for (_, number, _) in cluster.workloads.iter().flat_map(|workload| &workload.ports) {
        add(*number, *number);
    }
    numbers.into_iter().collect()
}

/// Ranges of addresses within which no block makes a difference.
fn atoms(policy: &Policy) -> Vec<(u32, u32)> {
    let mut starts = BTreeSet::from([0]);
    for flow in flows(policy) {
        if let Peer::Addresses(set) = &flow.peer {
            for (first, last) in set.v4().intervals() {
                starts.extend([Some(*first), last.checked_add(1)].into_iter().flatten());
            }
        }
    }
    let starts: Vec<u32> = starts.into_iter().collect();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([u32::MAX]);
    starts.iter().copied().zip(ends).collect()
}

/// An end of the analyser's line: a workload as it is, a range as the atoms that it is made of.
fn cut(end: &str, atoms: &[(u32, u32)]) -> Vec<String> {
    let Some(bounds) = end.strip_suffix("[External]") else {
        return vec![end.to_owned()];
    };
    let bits = |text: &str| text.parse::<Ipv4Addr>().unwrap().to_bits();
    let (first, last) = bounds.split_once('-').unwrap();
    let (first, last) = (bits(first), bits(last));
    assert!(atoms.iter().any(|atom| atom.0 == first) && atoms.iter().any(|atom| atom.1 == last), "{end}");
    let within = atoms.iter().filter(|atom| first <= atom.0 && atom.1 <= last);
    within.map(|atom| range(atom.0, atom.1)).collect()
}

fn address(bits: u32) -> IpAddr {
    IpAddr::V4(Ipv4Addr::from_bits(bits))
}

fn range(first: u32, last: u32) -> String {
    format!("{}-{}[External]", address(first), address(last))
}
