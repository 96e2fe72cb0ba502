//! What decides a concrete connection: for each half everything that allows it, or that nothing does.

use crate::algebra::{PortSet, Text};
use crate::guards::{Connection, Endpoint};
use crate::ir::{Direction, Flow, NAMESPACE_NAME, Origin, Peer, Policy};

/// Both halves of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reasons {
    /// Out of the source.
    pub egress: Half,
    /// Into the target.
    pub ingress: Half,
}

/// What decides one half.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Half {
    /// The end is outside the cluster, where no policy applies.
    Outside,
    /// Nothing isolates the pod in this direction.
    NotIsolated,
    /// These allow it, in order, each once.
    Allowed(Vec<Origin>),
    /// The pod is isolated, and nothing allows it.
    Denied,
}

impl Reasons {
    /// How many of the two keep the connection from being possible.
    pub fn denied_halves(&self) -> usize {
        [&self.egress, &self.ingress].into_iter().filter(|half| **half == Half::Denied).count()
    }
}

/// What decides a connection under a policy.
pub fn reasons(policy: &Policy, connection: &Connection) -> Reasons {
    let half = |subject, other, direction| half(policy, connection, subject, other, direction);
    Reasons {
        egress: half(&connection.source, &connection.target, Direction::Egress),
        ingress: half(&connection.target, &connection.source, Direction::Ingress),
    }
}

fn half(
    policy: &Policy,
    connection: &Connection,
    subject: &Endpoint,
    other: &Endpoint,
    direction: Direction,
) -> Half {
    let Endpoint::Pod { namespace, labels, .. } = subject else { return Half::Outside };
    let Some(entry) = policy.namespaces.get(namespace) else { return Half::NotIsolated };
    if !entry.isolated.get(direction).iter().any(|cube| cube.matches(|key| value(labels, key))) {
        return Half::NotIsolated;
    }
    let allows = |flow: &&Flow| {
        flow.subject.matches(|key| value(labels, key))
            && covers(&flow.peer, other)
            && opens(&flow.ports, connection)
    };
    let mut origins: Vec<Origin> =
        entry.flows.get(direction).iter().filter(allows).map(|flow| flow.origin).collect();
    origins.sort();
    origins.dedup();
    if origins.is_empty() { Half::Denied } else { Half::Allowed(origins) }
}

/// A pod has an address here where the network plugin may match it with a block.
fn covers(peer: &Peer, end: &Endpoint) -> bool {
    match (peer, end) {
        (Peer::Anywhere, _) => true,
        (Peer::Addresses(block), Endpoint::Address(address)) => block.contains(*address),
        (Peer::Addresses(block), Endpoint::Pod { address, .. }) => {
            address.is_some_and(|address| block.contains(address))
        }
        (Peer::Pods(_), Endpoint::Address(_)) => false,
        (Peer::Pods(peer), Endpoint::Pod { namespace, namespace_labels, labels, .. }) => {
            let of_namespace = |key: &str| {
                if key == NAMESPACE_NAME { Some(&**namespace) } else { value(namespace_labels, key) }
            };
            peer.namespaces.matches(of_namespace) && peer.pods.matches(|key| value(labels, key))
        }
    }
}

fn opens(ports: &PortSet, connection: &Connection) -> bool {
    let ports = ports.protocol(connection.protocol);
    ports.numbers().contains(connection.port)
        || connection.port_names.iter().any(|name| ports.names().contains(name))
}

fn value<'a>(labels: &'a [(Text, Text)], key: &str) -> Option<&'a str> {
    labels.iter().find(|(known, _)| **known == *key).map(|(_, value)| &**value)
}
