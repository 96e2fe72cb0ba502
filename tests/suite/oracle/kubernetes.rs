//! Kubernetes' rules written out plainly (`networkpolicy.md` 1.2), over YAML values: no algebra, no defaults
//! filled in, one connection at a time.
#![allow(clippy::wildcard_enum_match_arm, reason = "any other YAML value here is a bug of the test")]

use std::net::IpAddr;

use netdsl::ir::Direction;
use serde::Deserialize;
use yaml_serde::Value;

use super::world::Case;
use crate::evaluator::{Blocks, End, Labels, Pod, Port};

/// The documents of a text.
pub(crate) struct Manifests(Vec<Value>);

impl Manifests {
    pub(crate) fn read(text: &str) -> Self {
        let documents = yaml_serde::Deserializer::from_str(text);
        let values = documents.map(|document| Value::deserialize(document).unwrap());
        Self(values.filter(|value| !value.is_null()).collect())
    }

    pub(crate) fn is_isolated(&self, case: &Case) -> bool {
        self.selecting(&case.subject, case.direction).next().is_some()
    }

    /// `side(c)`: the subject's own policies.
    pub(crate) fn side(&self, case: &Case, blocks: Blocks) -> bool {
        self.passes(&case.subject, case.direction, &case.other, &case.port, blocks)
    }

    /// `allowed(c)`: both sides.
    pub(crate) fn allowed(&self, from: &End, to: &End, port: &Port, blocks: Blocks) -> bool {
        if from == to {
            return true;
        }
        let egress = match from {
            End::Pod(pod) => self.passes(pod, Direction::Egress, to, port, blocks),
            End::Address(_) | End::Rest => true,
        };
        let ingress = match to {
            End::Pod(pod) => self.passes(pod, Direction::Ingress, from, port, blocks),
            End::Address(_) | End::Rest => true,
        };
        egress && ingress
    }

    fn passes(&self, subject: &Pod, direction: Direction, other: &End, port: &Port, blocks: Blocks) -> bool {
        let mut isolated = false;
        for policy in self.selecting(subject, direction) {
            isolated = true;
            let (rules, ends) = match direction {
                Direction::Ingress => ("ingress", "from"),
                Direction::Egress => ("egress", "to"),
            };
            for rule in items(&policy["spec"][rules]) {
                let namespace = policy["metadata"]["namespace"].as_str().unwrap();
                if ports(&rule["ports"], port) && peers(&rule[ends], namespace, other, blocks) {
                    return true;
                }
            }
        }
        !isolated
    }

    fn selecting<'m>(&'m self, pod: &'m Pod, direction: Direction) -> impl Iterator<Item = &'m Value> {
        self.0.iter().filter(move |policy| {
            policy["metadata"]["namespace"].as_str() == Some(&pod.namespace)
                && has_type(&policy["spec"], direction)
                && selects(&policy["spec"]["podSelector"], &pod.labels)
        })
    }
}

fn has_type(spec: &Value, direction: Direction) -> bool {
    let types = items(&spec["policyTypes"]);
    if !types.is_empty() {
        let wanted = match direction {
            Direction::Ingress => "Ingress",
            Direction::Egress => "Egress",
        };
        return types.iter().any(|name| name.as_str() == Some(wanted));
    }
    direction == Direction::Ingress || !items(&spec["egress"]).is_empty()
}

fn peers(list: &Value, own: &str, other: &End, blocks: Blocks) -> bool {
    let list = items(list);
    list.is_empty() || list.iter().any(|peer| is_peer(peer, own, other, blocks))
}

fn is_peer(peer: &Value, own: &str, other: &End, blocks: Blocks) -> bool {
    if !peer["ipBlock"].is_null() {
        let address = match other {
            End::Address(address) => Some(*address),
            End::Pod(pod) if blocks == Blocks::AlsoPods => pod.address,
            End::Pod(_) | End::Rest => None,
        };
        return address.is_some_and(|address| in_block(&peer["ipBlock"], address));
    }
    let End::Pod(pod) = other else {
        return false;
    };
    let namespace = match &peer["namespaceSelector"] {
        Value::Null => pod.namespace == own,
        selector => selects(selector, &pod.namespace_labels),
    };
    namespace && selects(&peer["podSelector"], &pod.labels)
}

fn in_block(block: &Value, address: IpAddr) -> bool {
    let within = |cidr: &Value| in_cidr(cidr.as_str().unwrap(), address);
    within(&block["cidr"]) && !items(&block["except"]).iter().any(within)
}

/// Bit by bit, most significant first.
fn in_cidr(cidr: &str, address: IpAddr) -> bool {
    let (network, length) = cidr.split_once('/').unwrap();
    let bits = |address: IpAddr| -> Vec<u8> {
        match address {
            IpAddr::V4(v4) => v4.octets().to_vec(),
            IpAddr::V6(v6) => v6.octets().to_vec(),
        }
    };
    let (network, address) = (bits(network.parse().unwrap()), bits(address));
    let bit = |bytes: &[u8], n: usize| bytes[n / 8] >> (7 - n % 8) & 1;
    network.len() == address.len()
        && (0..length.parse().unwrap()).all(|n| bit(&network, n) == bit(&address, n))
}

fn ports(list: &Value, port: &Port) -> bool {
    let list = items(list);
    list.is_empty() || list.iter().any(|entry| is_port(entry, port))
}

fn is_port(entry: &Value, port: &Port) -> bool {
    let protocol = entry["protocol"].as_str().unwrap_or("TCP");
    if port.protocol != Some(protocol) {
        return false;
    }
    match &entry["port"] {
        Value::Null => true,
        Value::String(name) => port.names.contains(name),
        number => {
            let first = number.as_u64().unwrap();
            let last = entry["endPort"].as_u64().unwrap_or(first);
            first <= u64::from(port.number) && u64::from(port.number) <= last
        }
    }
}

fn selects(selector: &Value, labels: &Labels) -> bool {
    if let Value::Mapping(wanted) = &selector["matchLabels"] {
        for (key, value) in wanted {
            if labels.get(key.as_str().unwrap()).map(String::as_str) != value.as_str() {
                return false;
            }
        }
    }
    items(&selector["matchExpressions"]).iter().all(|expression| holds(expression, labels))
}

fn holds(expression: &Value, labels: &Labels) -> bool {
    let value = labels.get(expression["key"].as_str().unwrap());
    let listed =
        value.is_some_and(|own| items(&expression["values"]).iter().any(|v| v.as_str() == Some(own)));
    match expression["operator"].as_str().unwrap() {
        "In" => listed,
        "NotIn" => !listed,
        "Exists" => value.is_some(),
        "DoesNotExist" => value.is_none(),
        other => panic!("{other}"),
    }
}

fn items(value: &Value) -> &[Value] {
    match value {
        Value::Sequence(all) => all,
        Value::Null => &[],
        other => panic!("{other:?}"),
    }
}
