//! What one side claims: a product of subject pods, peers and ports.
//!
//! Flows are claims. So is isolation, with everything as peer and ports: then one procedure compares both.

use std::borrow::Cow;

use crate::algebra::{Cube, PortSet};
use crate::ir::{Flow, Peer, PodPeer};

/// A claim of one side, borrowed from it where possible.
#[derive(Clone, Debug)]
pub(super) struct Claim<'a> {
    pub(super) subject: &'a Cube,
    pub(super) peer: Cow<'a, Peer>,
    pub(super) ports: Cow<'a, PortSet>,
    pub(super) standing: Standing,
}

/// Whether a claim still has to be found on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// It was found; it may still help others of its own side.
    Covered,
    /// It was not found so far.
    Open,
}

impl<'a> Claim<'a> {
    /// A claim that still has to be found.
    pub(super) fn new(subject: &'a Cube, peer: &'a Peer, ports: &'a PortSet) -> Self {
        let (peer, ports) = (Cow::Borrowed(peer), Cow::Borrowed(ports));
        Self { subject, peer, ports, standing: Standing::Open }
    }

    /// How much there is to look at: what a step on it costs.
    pub(super) fn size(&self) -> usize {
        let peer = match self.peer.as_ref() {
            Peer::Anywhere => 0,
            Peer::Pods(PodPeer { namespaces, pods }) => values(namespaces) + values(pods),
            Peer::Addresses(set) => set.v4().intervals().len() + set.v6().intervals().len(),
        };
        1 + values(self.subject) + peer
    }

    /// How many requirements there are: few make a wide claim.
    pub(super) fn requirements(&self) -> usize {
        let peer = match self.peer.as_ref() {
            Peer::Anywhere | Peer::Addresses(_) => 0,
            Peer::Pods(PodPeer { namespaces, pods }) => {
                namespaces.requirements().len() + pods.requirements().len()
            }
        };
        self.subject.requirements().len() + peer
    }
}

fn values(cube: &Cube) -> usize {
    cube.requirements().map(|(_, requirement)| 1 + requirement.values().len()).sum()
}

/// The claims of flows.
pub(super) fn of_flows(flows: &[Flow]) -> Vec<Claim<'_>> {
    let is_something = |flow: &&Flow| {
        !flow.ports.is_empty() && !matches!(&flow.peer, Peer::Addresses(set) if set.is_empty())
    };
    let claims = flows.iter().filter(is_something);
    claims.map(|flow| Claim::new(&flow.subject, &flow.peer, &flow.ports)).collect()
}
