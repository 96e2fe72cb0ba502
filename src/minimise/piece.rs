//! Part of what is allowed, and what is left of it without a claim.

use crate::algebra::{Cube, PortSet, Residue};
use crate::ir::{Peer, PodPeer};

/// One subject with one peer on some ports.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) subject: Cube,
    pub(super) peer: Peer,
    pub(super) ports: PortSet,
}

/// Part of a claim. With [`Peer::Anywhere`] it stands for what is neither a pod nor an address: only "anywhere"
/// covers that, and whatever covers it covers the pods and addresses too.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) subject: Cube,
    pub(super) peer: Peer,
    pub(super) ports: Residue,
}

impl From<&Claim> for Piece {
    fn from(claim: &Claim) -> Self {
        let ports = Residue::from(&claim.ports);
        Self { subject: claim.subject.clone(), peer: claim.peer.clone(), ports }
    }
}

impl Piece {
    /// Whether taking a claim away can change anything.
    pub(super) fn meets(&self, claim: &Claim) -> bool {
        !self.subject.is_disjoint(&claim.subject)
            && self.ports.meets(&claim.ports)
            && match (&self.peer, &claim.peer) {
                (_, Peer::Anywhere) => true,
                (Peer::Pods(a), Peer::Pods(b)) => {
                    !a.pods.is_disjoint(&b.pods) && !a.namespaces.is_disjoint(&b.namespaces)
                }
                (Peer::Addresses(a), Peer::Addresses(b)) => !a.is_disjoint(b),
                (Peer::Anywhere | Peer::Addresses(_), Peer::Pods(_))
                | (Peer::Anywhere | Peer::Pods(_), Peer::Addresses(_)) => false,
            }
    }

    /// What is left without a claim, in disjoint pieces.
    pub(super) fn minus(&self, claim: &Claim) -> Vec<Self> {
        let mut left: Vec<Self> = self
            .subject
            .difference(&claim.subject)
            .into_iter()
            .map(|subject| self.with_subject(subject))
            .collect();
        let Some(subject) = self.subject.intersection(&claim.subject) else { return left };
        let inside = self.with_subject(subject);
        let (outside, shared) = split(&inside.peer, &claim.peer);
        left.extend(outside.into_iter().map(|peer| Self { peer, ..inside.clone() }));
        let ports = self.ports.minus(&claim.ports);
        if !ports.is_empty() {
            left.extend(shared.map(|peer| Self { peer, ports, ..inside }));
        }
        left
    }

    /// How many requirements it has: what it costs to copy.
    pub(super) fn requirements(&self) -> usize {
        let of_peer = match &self.peer {
            Peer::Pods(peer) => peer.namespaces.requirements().len() + peer.pods.requirements().len(),
            Peer::Anywhere | Peer::Addresses(_) => 0,
        };
        self.subject.requirements().len() + of_peer
    }

    fn with_subject(&self, subject: Cube) -> Self {
        Self { subject, ..self.clone() }
    }
}

/// The peers outside the claim's, and those that both have.
fn split(piece: &Peer, claim: &Peer) -> (Vec<Peer>, Option<Peer>) {
    match (piece, claim) {
        (_, Peer::Anywhere) => (Vec::new(), Some(piece.clone())),
        (Peer::Pods(a), Peer::Pods(b)) => split_pods(a, b),
        (Peer::Addresses(a), Peer::Addresses(b)) => {
            let some = |set: crate::algebra::AddressSet| (!set.is_empty()).then_some(Peer::Addresses(set));
            (some(a.difference(b)).into_iter().collect(), some(a.intersection(b)))
        }
        (Peer::Anywhere | Peer::Addresses(_), Peer::Pods(_))
        | (Peer::Anywhere | Peer::Pods(_), Peer::Addresses(_)) => (vec![piece.clone()], None),
    }
}

fn split_pods(piece: &PodPeer, claim: &PodPeer) -> (Vec<Peer>, Option<Peer>) {
    let of = |namespaces: Cube, pods: Cube| Peer::Pods(PodPeer { namespaces, pods });
    let elsewhere = piece.namespaces.difference(&claim.namespaces);
    let mut outside: Vec<Peer> = elsewhere.into_iter().map(|cube| of(cube, piece.pods.clone())).collect();
    let Some(namespaces) = piece.namespaces.intersection(&claim.namespaces) else {
        return (outside, None);
    };
    let others = piece.pods.difference(&claim.pods);
    outside.extend(others.into_iter().map(|pods| of(namespaces.clone(), pods)));
    let shared = piece.pods.intersection(&claim.pods).map(|pods| of(namespaces, pods));
    (outside, shared)
}
