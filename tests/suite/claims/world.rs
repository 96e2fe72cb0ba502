//! The world over which brute force goes: pods with every combination of the labels that a program mentions, in
//! namespaces that it knows and does not know; addresses in and outside its blocks; ports with and without names.

use netdsl::hir::Program;
use netdsl::ir::NAMESPACE_NAME;

use super::reading::{Claimed, Reading, is_among, selects};
use crate::evaluator::{Blocks, End, Labels, Pod, Port};

/// What can be at the ends of connections.
pub(super) struct World {
    pods: Vec<Pod>,
    addresses: Vec<End>,
    ports: Vec<Port>,
    /// Addresses that pods can have.
    pub(super) pod_addresses: Vec<std::net::IpAddr>,
}

const ADDRESSES: [&str; 10] = [
    "10.1.2.3",
    "10.1.2.4",
    "10.200.0.1",
    "100.64.0.1",
    "192.168.0.1",
    "203.0.113.7",
    "203.0.113.8",
    "8.8.8.8",
    "fd00::1",
    "2001:db8::1",
];

/// Connections looked at for one claim: a stride goes through all the others.
const MOST: usize = 4_000;

impl World {
    pub(super) fn of(program: &Program, text: &str) -> Self {
        let addresses = || ADDRESSES.iter().map(|it| it.parse().unwrap());
        let pod_addresses: Vec<_> = addresses().filter(|it| is_among(&program.pod_addresses, *it)).collect();
        let mut pods = Vec::new();
        for (namespace, namespace_labels) in namespaces(program, text) {
            for labels in label_sets(text) {
                let namespace = namespace.to_owned();
                pods.push(Pod {
                    namespace,
                    namespace_labels: namespace_labels.clone(),
                    labels,
                    address: None,
                });
            }
        }
        Self { pods, addresses: addresses().map(End::Address).collect(), ports: ports(text), pod_addresses }
    }

    /// All ends in a world: pods have addresses where these can matter.
    fn ends(&self, blocks: Blocks) -> Vec<End> {
        let with = |pod: &Pod| match blocks {
            Blocks::OutsideOnly => vec![pod.clone()],
            Blocks::AlsoPods => {
                let at = |address| Pod { address: Some(address), ..pod.clone() };
                self.pod_addresses.iter().copied().map(at).collect()
            }
        };
        self.pods.iter().flat_map(with).map(End::Pod).chain(self.addresses.iter().cloned()).collect()
    }

    /// A connection that contradicts a claim.
    pub(super) fn counterexample(&self, reading: &Reading<'_>, claimed: &Claimed<'_>) -> Option<String> {
        let ends = self.ends(reading.blocks);
        let targets: Vec<(&End, &Port)> = ends
            .iter()
            .flat_map(|end| self.ports.iter().map(move |port| (end, port)))
            .filter(|(end, port)| can_have(end, port) && reading.is_targeted(claimed, end, port))
            .collect();
        let all = targets.len() * ends.len();
        let stride = if all > MOST { (all / MOST) | 1 } else { 1 };
        let pairs = (0..all).step_by(stride);
        for at in pairs {
            let (from, (to, port)) = (&ends[at % ends.len()], targets[at / ends.len()]);
            if !same_address(from, to) && reading.contradicts(claimed, from, to, port) {
                return Some(format!("{:?}: {from:?} -> {to:?} {port:?}", reading.blocks));
            }
        }
        None
    }

    /// Halves of connections of the pods that have policies: a sample.
    pub(super) fn halves(&self) -> Vec<(Pod, End, Port)> {
        let ends = self.ends(Blocks::AlsoPods);
        let subjects: Vec<_> =
            self.pods.iter().filter(|it| ["shop", "bank"].contains(&&*it.namespace)).collect();
        let all = subjects.len() * ends.len() * self.ports.len();
        let stride = if all > MOST { (all / MOST) | 1 } else { 1 };
        let half = |at: usize| {
            let (port, rest) = (at % self.ports.len(), at / self.ports.len());
            let (end, subject) = (rest % ends.len(), rest / ends.len());
            let subject = Pod { address: self.pod_addresses.first().copied(), ..subjects[subject].clone() };
            (subject, ends[end].clone(), self.ports[port].clone())
        };
        (0..all).step_by(stride).map(half).collect()
    }
}

/// Two pods never have one address, so that would be a pod with itself, which is left out. Two pods with the same
/// labels are two pods.
pub(super) fn same_address(from: &End, to: &End) -> bool {
    match (from, to) {
        (End::Pod(a), End::Pod(b)) => a.address.is_some() && a.address == b.address,
        (End::Pod(_) | End::Address(_) | End::Rest, _) => false,
    }
}

/// Addresses have no named container ports.
pub(super) fn can_have(target: &End, port: &Port) -> bool {
    port.names.is_empty() || matches!(target, End::Pod(_))
}

fn namespaces(program: &Program, text: &str) -> Vec<(&'static str, Labels)> {
    let mut all = Vec::new();
    for name in ["shop", "bank", "monitoring", "kube-system", "hinterland", "elsewhere"] {
        if name == "kube-system" && !text.contains("> dns") && !text.contains("kube-system") {
            continue;
        }
        for team in [None, Some("red"), Some("blue"), Some("green")] {
            let mut labels = Labels::from([(NAMESPACE_NAME.to_owned(), name.to_owned())]);
            labels.extend(team.map(|team| ("team".to_owned(), team.to_owned())));
            let stated = program.namespaces.iter().find(|it| *it.name == *name);
            if stated.is_none_or(|it| selects(&it.labels, &labels)) {
                all.push((name, labels));
            }
        }
    }
    all
}

fn label_sets(text: &str) -> Vec<Labels> {
    let mut all = Vec::new();
    let dns: &[Option<&str>] = if text.contains("dns") { &[None, Some("kube-dns")] } else { &[None] };
    for app in [None, Some("web"), Some("db"), Some("job"), Some("unmentioned")] {
        for tier in [None, Some("x"), Some("unmentioned")] {
            for k8s_app in dns {
                let pairs = [("app", app), ("tier", tier), ("k8s-app", *k8s_app)];
                let labels =
                    pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.to_owned())));
                all.push(labels.collect());
            }
        }
    }
    all
}

fn ports(text: &str) -> Vec<Port> {
    let names: &[&[&str]] = if text.contains(":\"") || text.contains(",\"") {
        &[&[], &["http"], &["metrics"], &["http", "metrics"]]
    } else {
        &[&[]]
    };
    let mut all = Vec::new();
    for protocol in ["TCP", "UDP", "SCTP"] {
        for number in [1, 53, 80, 443, 514, 8500, 9000, 9999] {
            for names in names {
                let names = names.iter().map(|it| (*it).to_owned()).collect();
                all.push(Port { protocol: Some(protocol), number, names });
            }
        }
    }
    all
}
