//! A concrete connection: what a person can build in a cluster to see the claim fail.

use std::net::IpAddr;

use crate::algebra::requirement::State;
use crate::algebra::{Cube, Protocol, Text};
use crate::ir::{NAMESPACE_NAME, Origin};

use super::endpoints::Region;
use super::ports::Port;

/// A connection, and what decides each half of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Where it comes from.
    pub source: Endpoint,
    /// Where it goes.
    pub target: Endpoint,
    /// Its protocol.
    pub protocol: Protocol,
    /// The target's port.
    pub port: u16,
    /// The container port names that this number has on the target; none for most connections.
    pub port_names: Vec<Text>,
    /// What lets it leave its source, or does not.
    pub egress: Reason,
    /// What lets it enter its target, or does not.
    pub ingress: Reason,
}

/// One end of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// A pod.
    Pod {
        /// Its namespace's name.
        namespace: Text,
        /// The labels of the namespace that matter, beside its name.
        namespace_labels: Vec<(Text, Text)>,
        /// The labels of the pod that matter; it carries no others.
        labels: Vec<(Text, Text)>,
        /// Its address, where that matters.
        address: Option<IpAddr>,
    },
    /// An address outside the cluster.
    Address(IpAddr),
}

/// Which half of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// Out of the source.
    Egress,
    /// Into the target.
    Ingress,
}

/// Why one half of a connection is possible, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is outside the cluster, where no policy applies.
    Outside,
    /// Nothing isolates the pod in this direction.
    NotIsolated,
    /// This statement allows it.
    Allowed(Origin),
    /// The pod is isolated, and nothing allows it.
    Denied,
    /// The other half decides.
    Undecided,
}

impl Endpoint {
    /// One endpoint of a region; a pod with this address, where that matters.
    pub(super) fn of(region: &Region, address: Option<IpAddr>) -> Self {
        match region {
            Region::Addresses(addresses) => {
                Self::Address(addresses.witness().expect("regions of addresses are not empty"))
            }
            Region::Pods(region) => {
                let mut namespace_labels = labels(&region.namespaces);
                let name = namespace_labels.iter().position(|(key, _)| **key == *NAMESPACE_NAME);
                let name = name.map(|at| namespace_labels.remove(at).1);
                Self::Pod {
                    namespace: region.namespace.clone().or(name).unwrap_or_else(|| "other".into()),
                    namespace_labels,
                    labels: labels(&region.pods),
                    address,
                }
            }
        }
    }
}

impl Connection {
    pub(super) fn new(
        source: Endpoint,
        target: Endpoint,
        port: Port,
        egress: Reason,
        ingress: Reason,
    ) -> Self {
        let Port { protocol, number, names } = port;
        Self { source, target, protocol, port: number, port_names: names, egress, ingress }
    }
}

/// One label set of a cube: a value for each key that must be there, nothing for the others.
fn labels(cube: &Cube) -> Vec<(Text, Text)> {
    let chosen = cube.requirements().filter_map(|(key, requirement)| {
        match requirement.witness().expect("a cube's requirements are not empty") {
            State::Value(value) => Some((key.clone(), value)),
            State::Absent => None,
        }
    });
    chosen.collect()
}
