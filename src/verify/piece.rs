//! A part of a claim that nothing covered so far, and what is left of it without another claim.

use crate::algebra::{Cube, Residue};
use crate::ir::{Peer, PodPeer};

use super::claim::Claim;

/// Part of a claim. With [`Peer::Anywhere`] it speaks of the rest that is neither a pod nor an address: whatever
/// covers that covers everything, because only `Anywhere` does.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) subject: Cube,
    pub(super) peer: Peer,
    pub(super) ports: Residue,
}

impl From<&Claim<'_>> for Piece {
    fn from(claim: &Claim<'_>) -> Self {
        let peer = claim.peer.as_ref().clone();
        Self { subject: claim.subject.clone(), peer, ports: Residue::from(claim.ports.as_ref()) }
    }
}

impl Piece {
    /// Whether taking a claim away changes anything.
    pub(super) fn meets(&self, claim: &Claim<'_>) -> bool {
        !self.subject.is_disjoint(claim.subject)
            && peers_meet(&self.peer, &claim.peer)
            && self.ports.meets(&claim.ports)
    }

    /// Whether a claim covers all of it.
    pub(super) fn is_within(&self, claim: &Claim<'_>) -> bool {
        self.subject.is_subset(claim.subject)
            && peer_is_within(&self.peer, &claim.peer)
            && self.ports.is_within(&claim.ports)
    }

    /// What is left without a claim, as disjoint pieces.
    pub(super) fn minus(&self, claim: &Claim<'_>) -> Vec<Self> {
        let mut left = Vec::new();
        for subject in self.subject.difference(claim.subject) {
            left.push(Self { subject, ..self.clone() });
        }
        let Some(subject) = self.subject.intersection(claim.subject) else {
            return left;
        };
        let inside = Self { subject, ..self.clone() };
        let (outside, shared) = split_peer(&inside.peer, &claim.peer);
        left.extend(outside.into_iter().map(|peer| Self { peer, ..inside.clone() }));
        let ports = self.ports.minus(&claim.ports);
        if !ports.is_empty() {
            left.extend(shared.map(|peer| Self { peer, ports, ..inside }));
        }
        left
    }
}

fn peers_meet(piece: &Peer, claim: &Peer) -> bool {
    match (piece, claim) {
        (_, Peer::Anywhere) => true,
        (Peer::Pods(a), Peer::Pods(b)) => {
            !a.pods.is_disjoint(&b.pods) && !a.namespaces.is_disjoint(&b.namespaces)
        }
        (Peer::Addresses(a), Peer::Addresses(b)) => !a.is_disjoint(b),
        (Peer::Anywhere | Peer::Addresses(_), Peer::Pods(_))
        | (Peer::Anywhere | Peer::Pods(_), Peer::Addresses(_)) => false,
    }
}

fn peer_is_within(piece: &Peer, claim: &Peer) -> bool {
    match (piece, claim) {
        (_, Peer::Anywhere) => true,
        (Peer::Pods(a), Peer::Pods(b)) => a.pods.is_subset(&b.pods) && a.namespaces.is_subset(&b.namespaces),
        (Peer::Addresses(a), Peer::Addresses(b)) => a.is_subset(b),
        (Peer::Anywhere | Peer::Addresses(_), Peer::Pods(_))
        | (Peer::Anywhere | Peer::Pods(_), Peer::Addresses(_)) => false,
    }
}

/// The peers outside the claim's, and those that both have.
fn split_peer(piece: &Peer, claim: &Peer) -> (Vec<Peer>, Option<Peer>) {
    match (piece, claim) {
        (_, Peer::Anywhere) => (Vec::new(), Some(piece.clone())),
        (Peer::Pods(a), Peer::Pods(b)) => split_pods(a, b),
        (Peer::Addresses(a), Peer::Addresses(b)) => {
            let (outside, shared) = (a.difference(b), a.intersection(b));
            let some = |set: crate::algebra::AddressSet| (!set.is_empty()).then_some(Peer::Addresses(set));
            (some(outside).into_iter().collect(), some(shared))
        }
        (Peer::Anywhere | Peer::Addresses(_), Peer::Pods(_))
        | (Peer::Anywhere | Peer::Pods(_), Peer::Addresses(_)) => (vec![piece.clone()], None),
    }
}

fn split_pods(piece: &PodPeer, claim: &PodPeer) -> (Vec<Peer>, Option<Peer>) {
    let of = |namespaces: Cube, pods: Cube| Peer::Pods(PodPeer { namespaces, pods });
    let elsewhere = piece.namespaces.difference(&claim.namespaces);
    let mut outside: Vec<Peer> = elsewhere.into_iter().map(|n| of(n, piece.pods.clone())).collect();
    let Some(namespaces) = piece.namespaces.intersection(&claim.namespaces) else {
        return (outside, None);
    };
    let others = piece.pods.difference(&claim.pods);
    outside.extend(others.into_iter().map(|pods| of(namespaces.clone(), pods)));
    let shared = piece.pods.intersection(&claim.pods).map(|pods| of(namespaces, pods));
    (outside, shared)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Piece;
    use crate::algebra::{Cube, PortSet, Protocol, Requirement, Text};
    use crate::ir::{Peer, PodPeer};
    use crate::verify::claim::Claim;

    const STATES: [Option<&str>; 4] = [None, Some("a"), Some("b"), Some("c")];

    fn cube() -> impl Strategy<Value = Cube> {
        let values = proptest::sample::subsequence(vec!["a", "b"], 0..=2);
        let state = (values, any::<bool>(), any::<bool>());
        let one = (proptest::sample::select(vec!["k", "l"]), state);
        proptest::collection::vec(one, 0..3).prop_filter_map("contradiction", |all| {
            Cube::from_requirements(all.into_iter().map(|(key, (values, complement, absent))| {
                let values = values.into_iter().map(Text::from);
                (Text::from(key), Requirement::new(values, complement, absent))
            }))
        })
    }

    fn peer() -> impl Strategy<Value = Peer> {
        (cube(), cube()).prop_map(|(namespaces, pods)| Peer::Pods(PodPeer { namespaces, pods }))
    }

    /// Whether a product holds a point: the states of the two keys, for subject, namespace and pod.
    fn holds(subject: &Cube, peer: &Peer, point: &[Option<&'static str>; 6]) -> bool {
        let at = |cube: &Cube, offset: usize| cube.matches(|key| point[offset + usize::from(key == "l")]);
        let peer = match peer {
            Peer::Pods(peer) => at(&peer.namespaces, 2) && at(&peer.pods, 4),
            Peer::Anywhere | Peer::Addresses(_) => false,
        };
        peer && at(subject, 0)
    }

    fn points() -> impl Iterator<Item = [Option<&'static str>; 6]> {
        (0..4_usize.pow(6)).map(|n| [0, 1, 2, 3, 4, 5].map(|digit| STATES[n / 4_usize.pow(digit) % 4]))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn what_is_left_is_exact_and_its_parts_are_disjoint(
            (subject, peer) in (cube(), peer()),
            (other_subject, other_peer) in (cube(), peer()),
        ) {
            let (every, some) = (PortSet::every(), PortSet::range(Protocol::Tcp, 80, 80));
            let piece = Piece::from(&Claim::new(&subject, &peer, &every));
            let whole = piece.minus(&Claim::new(&other_subject, &other_peer, &every));
            let partial = piece.minus(&Claim::new(&other_subject, &other_peer, &some));
            for point in points() {
                let count = |parts: &[Piece]| parts.iter().filter(|p| holds(&p.subject, &p.peer, &point)).count();
                let inside = holds(&subject, &peer, &point);
                let taken = holds(&other_subject, &other_peer, &point);
                prop_assert_eq!(count(&whole), usize::from(inside && !taken), "{:?}", point);
                prop_assert_eq!(count(&partial), usize::from(inside), "{:?}", point);
            }
        }

        #[test]
        fn being_within_and_meeting_agree_with_what_is_left(
            (subject, peer) in (cube(), peer()),
            (other_subject, other_peer) in (cube(), peer()),
        ) {
            let every = PortSet::every();
            let piece = Piece::from(&Claim::new(&subject, &peer, &every));
            let claim = Claim::new(&other_subject, &other_peer, &every);
            prop_assert_eq!(piece.is_within(&claim), piece.minus(&claim).is_empty());
            let shared = |point| holds(&subject, &peer, &point) && holds(&other_subject, &other_peer, &point);
            prop_assert_eq!(piece.meets(&claim), points().any(shared));
        }
    }
}
