//! Whether two texts mean the same, by the oracle alone.
//!
//! Only the documents that one text has and the other lacks can make a difference. So the world is made of these:
//! for each key that they mention, pods with each value, another value and without the key; the numbers, names and
//! addresses on both sides of each bound.
#![allow(clippy::wildcard_enum_match_arm, reason = "any other YAML value here is a bug of the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use netdsl::ir::{Direction, NAMESPACE_NAME};
use yaml_serde::Value;

use crate::evaluator::{Blocks, End, Labels, Pod, Port};
use crate::oracle::kubernetes::Manifests;
use crate::oracle::world::Case;
use crate::support;

/// Connections that are looked at: a stride goes over all the others.
const MOST: usize = 3_000;

/// A connection on which two texts differ.
pub(super) fn difference(before: &str, after: &str) -> Option<String> {
    let (ours, theirs) = (specifications(before), specifications(after));
    let changed: Vec<&(String, Value)> = ours
        .iter()
        .filter(|it| !theirs.contains(it))
        .chain(theirs.iter().filter(|it| !ours.contains(it)))
        .collect();
    if changed.is_empty() {
        return None;
    }
    let (ours, theirs) = (Manifests::read(before), Manifests::read(after));
    let cases = World::of(&changed).cases();
    cases.into_iter().find_map(|case| {
        let differs = |blocks| ours.side(&case, blocks) != theirs.side(&case, blocks);
        let isolated = ours.is_isolated(&case) != theirs.is_isolated(&case);
        (isolated || differs(Blocks::OutsideOnly) || differs(Blocks::AlsoPods)).then(|| format!("{case:?}"))
    })
}

/// What decides: the namespace and the specification of each document.
fn specifications(text: &str) -> Vec<(String, Value)> {
    let of = |it: Value| (it["metadata"]["namespace"].as_str().unwrap().to_owned(), it["spec"].clone());
    support::documents(text).into_iter().map(of).collect()
}

/// What some documents tell apart.
#[derive(Default)]
struct World {
    own: BTreeSet<String>,
    subjects: BTreeMap<String, BTreeSet<String>>,
    namespaces: BTreeMap<String, BTreeSet<String>>,
    pods: BTreeMap<String, BTreeSet<String>>,
    numbers: BTreeSet<u16>,
    names: BTreeSet<String>,
    addresses: BTreeSet<IpAddr>,
}

impl World {
    fn of(documents: &[&(String, Value)]) -> Self {
        let mut world = Self::default();
        world.numbers.extend([1, 80]);
        world
            .addresses
            .extend(["192.0.2.1", "10.0.0.1", "2001:db8::1"].map(|it| it.parse::<IpAddr>().unwrap()));
        for (namespace, spec) in documents {
            world.own.insert(namespace.clone());
            select(&spec["podSelector"], &mut world.subjects);
            for (rules, peers) in [("ingress", "from"), ("egress", "to")] {
                for rule in items(&spec[rules]) {
                    for peer in items(&rule[peers]) {
                        world.add_peer(peer);
                    }
                    for port in items(&rule["ports"]) {
                        world.add_port(port);
                    }
                }
            }
        }
        let named = world.namespaces.remove(NAMESPACE_NAME).unwrap_or_default();
        world.namespaces.insert(NAMESPACE_NAME.to_owned(), &named | &world.own);
        world
    }

    fn add_peer(&mut self, peer: &Value) {
        select(&peer["namespaceSelector"], &mut self.namespaces);
        select(&peer["podSelector"], &mut self.pods);
        let block = &peer["ipBlock"];
        let cidrs = block["cidr"].as_str().into_iter();
        for cidr in cidrs.chain(items(&block["except"]).iter().filter_map(Value::as_str)) {
            self.addresses.extend(bounds(cidr));
        }
    }

    fn add_port(&mut self, port: &Value) {
        for key in ["port", "endPort"] {
            match &port[key] {
                Value::String(name) => drop(self.names.insert(name.clone())),
                value => {
                    let number = value.as_u64().and_then(|it| u16::try_from(it).ok());
                    let around = |it: u16| [it.saturating_sub(1).max(1), it, it.saturating_add(1)];
                    self.numbers.extend(number.into_iter().flat_map(around));
                }
            }
        }
    }

    fn cases(&self) -> Vec<Case> {
        let (ends, ports, subjects) = (self.ends(), self.ports(), label_sets(&self.subjects));
        let mut all = Vec::new();
        for namespace in &self.own {
            let own = Labels::from([(NAMESPACE_NAME.to_owned(), namespace.clone())]);
            let count = subjects.len() * ends.len() * ports.len() * 2;
            // Odd, so that no factor is skipped.
            let stride = (count / MOST) | 1;
            for at in (0..count).step_by(stride) {
                let (direction, at) = (Direction::BOTH[at % 2], at / 2);
                let (port, at) = (&ports[at % ports.len()], at / ports.len());
                let (other, at) = (&ends[at % ends.len()], at / ends.len());
                if direction == Direction::Egress && !port.names.is_empty() && !matches!(other, End::Pod(_)) {
                    continue;
                }
                let subject = pod(namespace.clone(), own.clone(), subjects[at].clone());
                all.push(Case { subject, direction, other: other.clone(), port: port.clone() });
            }
        }
        all
    }

    fn ends(&self) -> Vec<End> {
        let mut all: Vec<End> = self.addresses.iter().map(|it| End::Address(*it)).collect();
        all.push(End::Rest);
        for namespace in label_sets(&self.namespaces) {
            let Some(name) = namespace.get(NAMESPACE_NAME) else { continue };
            let of = |labels: Labels| End::Pod(pod(name.clone(), namespace.clone(), labels));
            all.extend(label_sets(&self.pods).into_iter().map(of));
        }
        all
    }

    fn ports(&self) -> Vec<Port> {
        let mut all = vec![Port { protocol: None, number: 0, names: Vec::new() }];
        let names = || std::iter::once(None).chain(self.names.iter().map(Some));
        for protocol in ["TCP", "UDP", "SCTP"] {
            for number in &self.numbers {
                all.extend(names().map(|name| Port {
                    protocol: Some(protocol),
                    number: *number,
                    names: name.cloned().into_iter().collect(),
                }));
            }
        }
        all
    }
}

fn pod(namespace: String, namespace_labels: Labels, labels: Labels) -> Pod {
    Pod { namespace, namespace_labels, labels, address: None }
}

/// The keys of a selector, with the values that it lists.
fn select(selector: &Value, into: &mut BTreeMap<String, BTreeSet<String>>) {
    if let Value::Mapping(labels) = &selector["matchLabels"] {
        for (key, value) in labels {
            into.entry(key.as_str().unwrap().to_owned())
                .or_default()
                .extend(value.as_str().map(str::to_owned));
        }
    }
    for expression in items(&selector["matchExpressions"]) {
        let values = items(&expression["values"]).iter().filter_map(Value::as_str).map(str::to_owned);
        into.entry(expression["key"].as_str().unwrap().to_owned()).or_default().extend(values);
    }
}

/// Every combination of the keys' values, another value, and no such key.
fn label_sets(keys: &BTreeMap<String, BTreeSet<String>>) -> Vec<Labels> {
    let mut all = vec![Labels::new()];
    for (key, values) in keys {
        let states: Vec<Option<&str>> =
            values.iter().map(|it| Some(it.as_str())).chain([Some("unmentioned"), None]).collect();
        all = all
            .iter()
            .flat_map(|labels| {
                states.iter().map(|state| {
                    let mut labels = labels.clone();
                    labels.extend(state.map(|value| (key.clone(), value.to_owned())));
                    labels
                })
            })
            .collect();
    }
    all
}

/// The first and the last address of a block, and those beside it.
fn bounds(cidr: &str) -> Vec<IpAddr> {
    let (address, length) = cidr.split_once('/').unwrap();
    let length: u32 = length.parse().unwrap();
    match address.parse().unwrap() {
        IpAddr::V4(first) => {
            let first = first.to_bits();
            let last = first | u32::MAX.checked_shr(length).unwrap_or(0);
            [first.wrapping_sub(1), first, last, last.wrapping_add(1)]
                .map(|it| IpAddr::V4(it.into()))
                .to_vec()
        }
        IpAddr::V6(first) => {
            let first = first.to_bits();
            let last = first | u128::MAX.checked_shr(length).unwrap_or(0);
            [first.wrapping_sub(1), first, last, last.wrapping_add(1)]
                .map(|it| IpAddr::V6(it.into()))
                .to_vec()
        }
    }
}

fn items(value: &Value) -> &[Value] {
    match value {
        Value::Sequence(all) => all,
        Value::Null => &[],
        other => panic!("{other:?}"),
    }
}
