//! A small world: two namespaces with policies, others without, pods with every combination of a few labels.

use netdsl::ir::Direction;

use crate::evaluator::{End, Labels, Pod, Port};

/// A connection as one of its ends sees it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) subject: Pod,
    pub(crate) direction: Direction,
    pub(crate) other: End,
    pub(crate) port: Port,
}

/// Label sets with values that policies mention, one that none mentions, and without the key.
fn label_sets() -> Vec<Labels> {
    let mut all = Vec::new();
    for a in [None, Some("x"), Some("w"), Some("unmentioned")] {
        for b in [None, Some("x")] {
            let pairs = [("a", a), ("b", b)];
            let present =
                pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.to_owned())));
            all.push(present.collect());
        }
    }
    all
}

/// The namespaces: name, and the one label that policies ask for, where it is there.
const NAMESPACES: [(&str, Option<&str>); 4] =
    [("shop", None), ("bank", Some("red")), ("undeclared", Some("red")), ("bazaar", Some("unmentioned"))];

fn pods(namespaces: &[(&str, Option<&str>)]) -> Vec<Pod> {
    let mut all = Vec::new();
    for (name, team) in namespaces {
        let mut namespace_labels =
            Labels::from([("kubernetes.io/metadata.name".to_owned(), (*name).to_owned())]);
        namespace_labels.extend(team.map(|team| ("team".to_owned(), team.to_owned())));
        for (labels, address) in
            label_sets().into_iter().zip(["10.1.2.3", "10.9.9.9", "11.0.0.1", "fd00::1"].into_iter().cycle())
        {
            all.push(Pod {
                namespace: (*name).to_owned(),
                namespace_labels: namespace_labels.clone(),
                labels,
                address: Some(address.parse().unwrap()),
            });
        }
    }
    all
}

fn ends() -> Vec<End> {
    let addresses =
        ["10.0.0.0", "10.1.2.255", "10.1.3.0", "10.255.255.255", "192.0.2.1", "fd00::1", "2001:db8::1"];
    let outside = addresses.into_iter().map(|address| End::Address(address.parse().unwrap()));
    pods(&NAMESPACES).into_iter().map(End::Pod).chain(outside).chain([End::Rest]).collect()
}

/// Numbers on both sides of every bound, one name on two numbers and in two protocols, and a foreign protocol.
fn ports() -> Vec<Port> {
    let port = |protocol, number, names: &[&str]| Port {
        protocol,
        number,
        names: names.iter().map(|name| (*name).to_owned()).collect(),
    };
    vec![
        port(Some("TCP"), 80, &[]),
        port(Some("TCP"), 81, &[]),
        port(Some("TCP"), 443, &["http"]),
        port(Some("TCP"), 8080, &["http"]),
        port(Some("TCP"), 9090, &["metrics"]),
        port(Some("UDP"), 53, &[]),
        port(Some("UDP"), 8080, &["http"]),
        port(Some("SCTP"), 80, &[]),
        port(None, 0, &[]),
    ]
}

/// Whether the end can be the target of a port with these names: an address has none.
fn can_have(target: &End, port: &Port) -> bool {
    match target {
        End::Pod(_) | End::Rest => true,
        End::Address(_) => port.names.is_empty(),
    }
}

/// Every connection of the world that has a subject with policies.
pub(crate) fn cases() -> Vec<Case> {
    let (ends, ports) = (ends(), ports());
    let mut all = Vec::new();
    for subject in pods(&NAMESPACES[..2]) {
        for direction in Direction::BOTH {
            for other in &ends {
                for port in &ports {
                    if direction == Direction::Ingress || can_have(other, port) {
                        let (subject, other, port) = (subject.clone(), other.clone(), port.clone());
                        all.push(Case { subject, direction, other, port });
                    }
                }
            }
        }
    }
    all
}

/// Whole connections, with every third pair of ends.
pub(crate) fn connections() -> Vec<(End, End, Port)> {
    let (ends, ports) = (ends(), ports());
    let mut all = Vec::new();
    for (n, from) in ends.iter().enumerate() {
        for (m, to) in ends.iter().enumerate().filter(|(m, _)| (n + m) % 3 == 0) {
            let port = &ports[(n * 7 + m) % ports.len()];
            if can_have(to, port) {
                all.push((from.clone(), to.clone(), port.clone()));
            }
        }
    }
    all
}
