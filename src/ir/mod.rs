//! The hub: who is isolated, and which connections are allowed, for each managed namespace and direction.
//!
//! The compiler reaches it from the source, `denote` from the written bytes; the proof is that both agree.
//! Nothing here knows the language or Kubernetes' objects.

mod claim;

pub use claim::{Claim, ClaimKind, World};

use std::collections::BTreeMap;

use crate::algebra::{AddressSet, Cube, PortSet, Text};

/// The label that the control plane sets on every namespace to its name, and that nobody can change.
pub const NAMESPACE_NAME: &str = "kubernetes.io/metadata.name";

/// The direction of a connection as its subject sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Into the subject.
    Ingress,
    /// Out of the subject.
    Egress,
}

impl Direction {
    /// Both, in the order of the output.
    pub const BOTH: [Self; 2] = [Self::Ingress, Self::Egress];

    /// The name that the API takes in `policyTypes`.
    pub fn api_name(self) -> &'static str {
        match self {
            Self::Ingress => "Ingress",
            Self::Egress => "Egress",
        }
    }
}

/// One value a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Directional<T> {
    /// The value for ingress.
    pub ingress: T,
    /// The value for egress.
    pub egress: T,
}

impl<T> Directional<T> {
    /// The value for a direction.
    pub fn get(&self, direction: Direction) -> &T {
        match direction {
            Direction::Ingress => &self.ingress,
            Direction::Egress => &self.egress,
        }
    }

    /// The value for a direction, to change.
    pub fn get_mut(&mut self, direction: Direction) -> &mut T {
        match direction {
            Direction::Ingress => &mut self.ingress,
            Direction::Egress => &mut self.egress,
        }
    }
}

/// The meaning of a program, or of a set of NetworkPolicy objects.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Policy {
    /// By name, every namespace about which something is said; in all others nothing is isolated.
    pub namespaces: BTreeMap<Text, Namespace>,
}

/// What is said about the pods of one namespace.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Namespace {
    /// The pods that are isolated: the union of these cubes over pod labels.
    pub isolated: Directional<Vec<Cube>>,
    /// The connections that are allowed: the union of these. They matter for isolated pods only.
    pub flows: Directional<Vec<Flow>>,
}

/// Connections that are allowed: every pod of `subject` with every peer, on every port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flow {
    /// Pods of the namespace, by their labels.
    pub subject: Cube,
    /// The other end.
    pub peer: Peer,
    /// The ports of the connection's target.
    pub ports: PortSet,
    /// Where it comes from.
    pub origin: Origin,
}

/// The other end of allowed connections.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peer {
    /// Every pod, every address, and the rest (nodes, pods in the host's network): never equal to a union of others.
    Anywhere,
    /// Pods by labels, in namespaces by labels. A namespace given by name is one by [`NAMESPACE_NAME`].
    Pods(PodPeer),
    /// Addresses outside the cluster.
    Addresses(AddressSet),
}

/// Pods by the labels of their namespace and their own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PodPeer {
    /// Which namespaces, by their labels.
    pub namespaces: Cube,
    /// Which of their pods.
    pub pods: Cube,
}

/// Where a flow comes from: the index of a statement of the program, or of an object that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(pub u32);

/// What people read in the output and no meaning depends on: names and descriptions.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Presentation {
    /// For each managed namespace.
    pub namespaces: BTreeMap<Text, NamespacePresentation>,
    /// The doc comment of each statement, by [`Origin`]; empty where there is none.
    pub descriptions: Vec<String>,
}

/// Names and descriptions for the policies of one namespace.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct NamespacePresentation {
    /// The namespace's own doc comment, for its `default-deny`.
    pub description: String,
    /// The declared `pods`, in order of their names.
    pub pods: Vec<PodsPresentation>,
}

/// How a `pods` declaration names the policy of its pods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodsPresentation {
    /// Its name.
    pub name: Text,
    /// The policy's name, where `@name` gives one.
    pub policy_name: Option<Text>,
    /// Which pods.
    pub selector: Cube,
    /// Its doc comment; empty where there is none.
    pub description: String,
}
