//! Claims about a whole policy (guards, lines of tests, queries), and the world that they are about.

use std::collections::BTreeMap;

use crate::algebra::{AddressSet, Cube, PortSet, Text};

use super::Peer;

/// What is assumed about the cluster, and nothing else: every other label, pod and namespace may exist.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct World {
    /// Declared namespaces: the labels that each states, its name among them. It may carry or lack any other.
    pub namespaces: BTreeMap<Text, Cube>,
    /// Where the cluster's pods live.
    pub pod_addresses: AddressSet,
}

/// A claim that holds for all pairs of its sources and targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What is claimed.
    pub kind: ClaimKind,
    /// Where connections come from; [`ClaimKind::Only`] is about everybody else.
    pub sources: Vec<Peer>,
    /// Where they go, and on which ports.
    pub targets: Vec<(Peer, PortSet)>,
}

/// What is claimed of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClaimKind {
    /// None is possible from a source to a target: `never`, `cannot reach`.
    Never,
    /// None is possible to a target but from a source: `only`.
    Only,
    /// Every one is possible: `can reach`.
    Can,
}
