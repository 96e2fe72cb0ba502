//! What a policy of the hub type says about one connection: the plainest reading of `ir`.

use std::collections::BTreeMap;
use std::net::IpAddr;

use netdsl::algebra::{Cube, PortSet, Protocol};
use netdsl::ir::{Direction, Flow, Peer, PodPeer, Policy};

/// Label keys with their values.
pub(crate) type Labels = BTreeMap<String, String>;

/// One end of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Pod(Pod),
    Address(IpAddr),
    /// A node, or a pod in the host's network.
    Rest,
}

/// A pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pod {
    pub(crate) namespace: String,
    /// The labels of its namespace.
    pub(crate) namespace_labels: Labels,
    pub(crate) labels: Labels,
    pub(crate) address: Option<IpAddr>,
}

/// The target's port: no protocol stands for one that policies cannot name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Port {
    pub(crate) protocol: Option<&'static str>,
    pub(crate) number: u16,
    /// The names of the target's container ports of this protocol and number.
    pub(crate) names: Vec<String>,
}

/// Whether an address block matches pods whose address lies in it, which is left to the plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blocks {
    OutsideOnly,
    AlsoPods,
}

/// Whether the policy isolates a pod in a direction.
pub(crate) fn is_isolated(policy: &Policy, pod: &Pod, direction: Direction) -> bool {
    let Some(namespace) = policy.namespaces.get(pod.namespace.as_str()) else {
        return false;
    };
    namespace.isolated.get(direction).iter().any(|cube| matches(cube, &pod.labels))
}

/// Whether the subject's own side lets a connection pass.
pub(crate) fn side(
    policy: &Policy,
    subject: &Pod,
    direction: Direction,
    other: &End,
    port: &Port,
    blocks: Blocks,
) -> bool {
    if !is_isolated(policy, subject, direction) {
        return true;
    }
    let allows = |flow: &Flow| {
        matches(&flow.subject, &subject.labels)
            && covers(&flow.peer, other, blocks)
            && has_port(&flow.ports, port)
    };
    policy.namespaces[subject.namespace.as_str()].flows.get(direction).iter().any(allows)
}

/// Whether both sides let a connection pass.
pub(crate) fn allowed(policy: &Policy, from: &End, to: &End, port: &Port, blocks: Blocks) -> bool {
    let passes = |subject: &End, direction: Direction, other: &End| match subject {
        End::Pod(pod) => side(policy, pod, direction, other, port, blocks),
        End::Address(_) | End::Rest => true,
    };
    from == to || passes(from, Direction::Egress, to) && passes(to, Direction::Ingress, from)
}

fn matches(cube: &Cube, labels: &Labels) -> bool {
    cube.matches(|key| labels.get(key).map(String::as_str))
}

fn covers(peer: &Peer, end: &End, blocks: Blocks) -> bool {
    match (peer, end) {
        (Peer::Anywhere, _) => true,
        (Peer::Pods(PodPeer { namespaces, pods }), End::Pod(pod)) => {
            matches(namespaces, &pod.namespace_labels) && matches(pods, &pod.labels)
        }
        (Peer::Addresses(set), End::Address(address)) => set.contains(*address),
        (Peer::Addresses(set), End::Pod(pod)) => {
            blocks == Blocks::AlsoPods && pod.address.is_some_and(|address| set.contains(address))
        }
        (Peer::Pods(_), End::Address(_) | End::Rest) | (Peer::Addresses(_), End::Rest) => false,
    }
}

fn has_port(ports: &PortSet, port: &Port) -> bool {
    let Some(name) = port.protocol else {
        return ports.is_every();
    };
    let protocol = Protocol::ALL.into_iter().find(|protocol| protocol.api_name() == name).unwrap();
    let ports = ports.protocol(protocol);
    let named = |name: &netdsl::algebra::Text| port.names.iter().any(|own| own == name.as_ref());
    ports.numbers().contains(port.number) || ports.names().iter().any(named)
}
