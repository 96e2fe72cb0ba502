//! Kubernetes' own rules for policies, written out plainly over YAML values.
//!
//! Comes in: NetworkPolicy objects as they stand, and one concrete connection. Goes out: whether each side lets it
//! through. It shares nothing with the compiler, and knows the fields that these policies use; others are a panic.

use std::net::IpAddr;

use yaml_serde::Value;

/// One end of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Endpoint {
    /// A pod: the labels of its namespace, and its own.
    Pod { namespace: &'static str, namespace_labels: Labels, labels: Labels },
    /// An address outside the cluster.
    Address(IpAddr),
}

/// Keys and values.
pub(super) type Labels = &'static [(&'static str, &'static str)];

/// A connection that somebody tries to open.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    pub(super) from: Endpoint,
    pub(super) to: Endpoint,
    pub(super) protocol: &'static str,
    pub(super) port: u64,
}

/// Whether both sides let a connection through.
pub(super) fn allowed(policies: &[Value], connection: &Connection) -> bool {
    side(policies, "Egress", &connection.from, &connection.to, connection)
        && side(policies, "Ingress", &connection.to, &connection.from, connection)
}

/// Whether the policies about one end let it through.
pub(super) fn side(
    policies: &[Value],
    direction: &str,
    subject: &Endpoint,
    other: &Endpoint,
    connection: &Connection,
) -> bool {
    let Endpoint::Pod { namespace, labels, .. } = subject else { return true };
    let applies = |policy: &&Value| {
        policy["metadata"]["namespace"] == *namespace
            && types(policy).contains(&direction)
            && matches(&policy["spec"]["podSelector"], labels)
    };
    let about_it: Vec<&Value> = policies.iter().filter(applies).collect();
    let rules = about_it.iter().flat_map(|policy| list(&policy["spec"][direction.to_lowercase()]));
    let lets_through = |rule: &Value| {
        let peers = list(&rule[if direction == "Ingress" { "from" } else { "to" }]);
        ports(&list(&rule["ports"]), connection)
            && (peers.is_empty() || peers.iter().any(|it| peer(it, namespace, other)))
    };
    about_it.is_empty() || rules.into_iter().any(|rule| lets_through(&rule))
}

fn types(policy: &Value) -> Vec<&str> {
    let types = policy["spec"]["policyTypes"].as_sequence().expect("both sets of policies state their types");
    types.iter().map(|it| it.as_str().unwrap()).collect()
}

fn list(value: &Value) -> Vec<Value> {
    value.as_sequence().cloned().unwrap_or_default()
}

fn ports(ports: &[Value], connection: &Connection) -> bool {
    let covers = |entry: &Value| {
        let (first, last) = (&entry["port"], &entry["endPort"]);
        assert!(!first.is_string(), "no named ports here: {entry:?}");
        let Some(first) = first.as_u64() else { return true };
        (first..=last.as_u64().unwrap_or(first)).contains(&connection.port)
    };
    let protocol = |entry: &Value| entry["protocol"].as_str().unwrap_or("TCP") == connection.protocol;
    ports.is_empty() || ports.iter().any(|entry| protocol(entry) && covers(entry))
}

/// An address block is taken to cover addresses outside the cluster alone, as some plugins have it.
fn peer(peer: &Value, own: &str, other: &Endpoint) -> bool {
    match other {
        Endpoint::Address(address) => {
            let block = &peer["ipBlock"];
            let within = |cidr: &Value| contains(cidr.as_str().unwrap(), *address);
            block.is_mapping() && within(&block["cidr"]) && !list(&block["except"]).iter().any(within)
        }
        Endpoint::Pod { .. } if peer["ipBlock"].is_mapping() => false,
        Endpoint::Pod { namespace, namespace_labels, labels } => {
            let selector = &peer["namespaceSelector"];
            let in_namespace =
                if selector.is_null() { *namespace == own } else { matches(selector, namespace_labels) };
            in_namespace && matches(&peer["podSelector"], labels)
        }
    }
}

/// Whether a selector matches; an absent one does.
fn matches(selector: &Value, labels: Labels) -> bool {
    let value = |key: &Value| labels.iter().find(|it| key == it.0).map(|it| it.1);
    let equalities = selector["matchLabels"].as_mapping().into_iter().flatten();
    let expression = |it: &Value| {
        let (held, values) = (value(&it["key"]), list(&it["values"]));
        let listed = held.is_some_and(|held| values.iter().any(|it| *it == *held));
        match it["operator"].as_str().unwrap() {
            "In" => listed,
            "NotIn" => !listed,
            "Exists" => held.is_some(),
            "DoesNotExist" => held.is_none(),
            other => panic!("no operator is called {other}"),
        }
    };
    let mut equal = equalities.map(|(key, wanted)| value(key) == wanted.as_str());
    equal.all(|holds| holds) && list(&selector["matchExpressions"]).iter().all(expression)
}

fn contains(cidr: &str, address: IpAddr) -> bool {
    let (network, length) = cidr.split_once('/').unwrap();
    let length: u32 = length.parse().unwrap();
    match (network.parse().unwrap(), address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            let shift = 32 - length;
            u64::from(network.to_bits()) >> shift == u64::from(address.to_bits()) >> shift
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            let shift = 128 - length;
            let high = |bits: u128| bits.checked_shr(shift).unwrap_or(0);
            high(network.to_bits()) == high(address.to_bits())
        }
        (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
    }
}
