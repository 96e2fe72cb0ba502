//! Short ways to write `ir::Policy` by hand.

use std::net::IpAddr;

use netdsl::algebra::{AddressSet, Cube, PortSet, Prefix, Protocol, Requirement, Text};
use netdsl::ir::{Direction, Flow, NAMESPACE_NAME, Namespace, Origin, Peer, PodPeer, Policy};

/// A policy under construction, with the namespace that is being written.
#[derive(Clone, Default)]
pub(crate) struct Build {
    pub(crate) policy: Policy,
    namespace: Text,
    origin: u32,
}

impl Build {
    /// A namespace of which all pods are isolated in both directions.
    pub(crate) fn denied(name: &str) -> Self {
        Self::default().namespace(name).isolate(Direction::Ingress, "").isolate(Direction::Egress, "")
    }

    /// A namespace of which nothing is isolated yet.
    pub(crate) fn open(name: &str) -> Self {
        Self::default().namespace(name)
    }

    pub(crate) fn namespace(mut self, name: &str) -> Self {
        self.namespace = name.into();
        self
    }

    pub(crate) fn isolate(mut self, direction: Direction, pods: &str) -> Self {
        self.current().isolated.get_mut(direction).push(cube(pods));
        self
    }

    pub(crate) fn ingress(self, subject: &str, from: Peer, ports: PortSet) -> Self {
        self.allow(Direction::Ingress, subject, from, ports)
    }

    pub(crate) fn egress(self, subject: &str, to: Peer, ports: PortSet) -> Self {
        self.allow(Direction::Egress, subject, to, ports)
    }

    pub(crate) fn allow(mut self, direction: Direction, subject: &str, peer: Peer, ports: PortSet) -> Self {
        let origin = Origin(self.origin);
        self.origin += 1;
        let flow = Flow { subject: cube(subject), peer, ports, origin };
        self.current().flows.get_mut(direction).push(flow);
        self
    }

    fn current(&mut self) -> &mut Namespace {
        self.policy.namespaces.entry(self.namespace.clone()).or_default()
    }
}

/// `app=web|job tier!=x has !lacks`, split by spaces; empty for everything.
pub(crate) fn cube(text: &str) -> Cube {
    let requirements = text.split_whitespace().map(|word| {
        let (key, requirement) = if let Some((key, values)) = word.split_once("!=") {
            (key, Requirement::not_one_of(values.split('|').map(Text::from)))
        } else if let Some((key, values)) = word.split_once('=') {
            (key, Requirement::one_of(values.split('|').map(Text::from)))
        } else if let Some(key) = word.strip_prefix('!') {
            (key, Requirement::absent())
        } else {
            (word, Requirement::exists())
        };
        (Text::from(key), requirement)
    });
    Cube::from_requirements(requirements).expect("the requirements leave some pods")
}

/// Pods of one namespace by name.
pub(crate) fn pods(namespace: &str, pods: &str) -> Peer {
    pods_where(&format!("{NAMESPACE_NAME}={namespace}"), pods)
}

/// Pods of namespaces by their labels.
pub(crate) fn pods_where(namespaces: &str, pods: &str) -> Peer {
    Peer::Pods(PodPeer { namespaces: cube(namespaces), pods: cube(pods) })
}

/// `10.0.0.0/8 ::/0 -10.1.0.0/16`: with a minus, taken out.
pub(crate) fn addresses(text: &str) -> Peer {
    Peer::Addresses(text.split_whitespace().fold(
        AddressSet::empty(),
        |set, word| match word.strip_prefix('-') {
            Some(out) => set.difference(&prefix(out).into()),
            None => set.union(&prefix(word).into()),
        },
    ))
}

fn prefix(text: &str) -> Prefix {
    let (address, length) = text.split_once('/').expect("a prefix has a length");
    Prefix::new(address.parse::<IpAddr>().expect("an address"), length.parse().expect("a length"))
        .expect("the prefix is canonical")
}

/// `80 443 53/udp 8000-8999 http* */udp *`; a star after a name makes it a container port's.
pub(crate) fn ports(text: &str) -> PortSet {
    text.split_whitespace().fold(PortSet::empty(), |set, word| set.union(&port(word)))
}

fn port(word: &str) -> PortSet {
    if word == "*" {
        return PortSet::every();
    }
    let (ports, protocol) = match word.split_once('/') {
        None | Some((_, "tcp")) => (word.trim_end_matches("/tcp"), Protocol::Tcp),
        Some((ports, "udp")) => (ports, Protocol::Udp),
        Some((ports, _)) => (ports, Protocol::Sctp),
    };
    if ports == "*" {
        return PortSet::range(protocol, 1, u16::MAX);
    }
    if let Some(name) = ports.strip_suffix('*') {
        return PortSet::named(protocol, name.into());
    }
    let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
    PortSet::range(protocol, first.parse().expect("a port"), last.parse().expect("a port"))
}
