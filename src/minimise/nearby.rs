//! Which claims can have to do with a connection: a quick "none" before anything is taken apart.
//!
//! ```text
//! app=web: from db on 443    app=job: from db on 443    →    neither has to do with the other
//! ```
//!
//! Most claims share no pod, peer and port with any other, and what shrinks is only what others allow as well. Two
//! claims are near where their ports meet and both could match pods with the same values, keys left out of one
//! taken for gone. Only claims that are near can hold something of the other, or of what it would be with less
//! asked of one key. What is near need not overlap: that is for [`Space`](super::space::Space) to say.

use super::Rule;
use super::budget::Budget;
use super::cover::CoverIndex;
use super::rule::PeerRef;
use super::shrink::Ruled;
use crate::algebra::{Bound, Cube, IntervalSet, PortSet};
use crate::ir::PodPeer;

/// All that rules claim, a peer each.
pub(super) struct Nearby<'a> {
    /// By their places: rule after rule, and the peers of each in their order.
    claims: Vec<Claim<'a>>,
    /// By subject.
    shelves: Vec<Shelf<'a>>,
    subjects: CoverIndex<'a, 1>,
}

struct Claim<'a> {
    subject: usize,
    peer: PeerRef<'a>,
    ports: &'a PortSet,
}

/// The places of the claims of one subject.
struct Shelf<'a> {
    subject: &'a Cube,
    pods: Vec<usize>,
    by_pods: CoverIndex<'a, 2>,
    /// Those for addresses, or anywhere: at most one a rule.
    others: Vec<usize>,
}

/// Steps for each claim: past them it counts as near, and the full search with its own budget says more.
const STEPS: usize = 256;

/// What other claims may have in common with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Near {
    /// No pod with any peer.
    Nothing,
    /// Pods with peers, and none of the ports.
    Peers,
    /// Pods with peers and ports.
    Connections,
}

impl<'a> Nearby<'a> {
    pub(super) fn new(policies: &'a Ruled) -> Self {
        let mut claims = Vec::with_capacity(policies.len());
        let mut shelves = Vec::with_capacity(policies.len());
        for (subject, (cube, rules)) in policies.iter().enumerate() {
            let first = claims.len();
            let of_rule = |rule: &'a Rule| {
                rule.peers().each().map(move |peer| Claim { subject, peer, ports: rule.ports() })
            };
            claims.extend(rules.iter().flat_map(of_rule));
            shelves.push(Shelf::new(cube, first, &claims[first..]));
        }
        let subjects = CoverIndex::new(policies.iter().map(|(subject, _)| [subject]).collect());
        Self { claims, shelves, subjects }
    }

    /// For each claim of the rules, in order, whether another is near.
    pub(super) fn near_others(&self) -> Vec<Near> {
        let mut budget = Budget::of(STEPS.saturating_mul(self.claims.len()));
        let mut near = Vec::with_capacity(self.claims.len());
        for alike in self.claims.chunk_by(|a, b| a.subject == b.subject) {
            let subject = self.shelves[alike[0].subject].subject;
            let subjects = self.subjects.neighbours(&[subject], &mut budget);
            for claim in alike {
                near.push(self.near_other(near.len(), claim, &subjects, &mut budget));
            }
        }
        near
    }

    fn near_other(&self, id: usize, claim: &Claim<'_>, subjects: &[usize], budget: &mut Budget) -> Near {
        let mut shares_peers = false;
        let meets = |other: usize| {
            shares_peers |= other != id;
            other != id && ports_meet(claim.ports, self.claims[other].ports)
        };
        match self.any(subjects, claim.peer, budget, meets) {
            true => Near::Connections,
            false if shares_peers => Near::Peers,
            false => Near::Nothing,
        }
    }

    /// Whether `says` of a claim, given its ports and whether it is of this subject, that is near to these peers;
    /// "yes" where the budget does not suffice.
    pub(super) fn is_said(
        &self,
        subject: &Cube,
        peer: PeerRef<'_>,
        budget: &mut Budget,
        says: impl Fn(&Cube, &PortSet) -> bool,
    ) -> bool {
        let subjects = self.subjects.neighbours(&[subject], budget);
        self.any(&subjects, peer, budget, |id| {
            let Claim { subject, ports, .. } = self.claims[id];
            says(self.shelves[subject].subject, ports)
        })
    }

    /// Whether some claim of these subjects that is near to the peer has what is `wanted`, or the budget ended.
    fn any(
        &self,
        subjects: &[usize],
        peer: PeerRef<'_>,
        budget: &mut Budget,
        mut wanted: impl FnMut(usize) -> bool,
    ) -> bool {
        let found = subjects.iter().map(|subject| &self.shelves[*subject]).any(|shelf| {
            let mut others = shelf.others.iter().filter(|id| may_meet(self.claims[**id].peer, peer));
            others.any(|id| budget.take(1).is_none() || wanted(*id))
                || match peer {
                    PeerRef::Anywhere | PeerRef::Addresses(_) => false,
                    PeerRef::Pods(PodPeer { namespaces, pods }) => {
                        let wanted = |at: usize| wanted(shelf.pods[at]);
                        shelf.by_pods.any_neighbour(&[namespaces, pods], budget, wanted)
                    }
                }
        });
        found || budget.is_spent()
    }
}

impl<'a> Shelf<'a> {
    /// Of these claims, the first of which has this place.
    fn new(subject: &'a Cube, first: usize, claims: &[Claim<'a>]) -> Self {
        let (mut pods, mut others, mut products) = (Vec::new(), Vec::new(), Vec::new());
        for (id, claim) in (first..).zip(claims) {
            match claim.peer {
                PeerRef::Pods(peer) => {
                    pods.push(id);
                    products.push([&peer.namespaces, &peer.pods]);
                }
                PeerRef::Anywhere | PeerRef::Addresses(_) => others.push(id),
            }
        }
        Self { subject, pods, by_pods: CoverIndex::new(products), others }
    }
}

fn ports_meet(a: &PortSet, b: &PortSet) -> bool {
    a == b || !a.is_apart(b)
}

/// Whether a claim for addresses, or anywhere, can have to do with a peer.
fn may_meet(claimed: PeerRef<'_>, peer: PeerRef<'_>) -> bool {
    match (claimed, peer) {
        (PeerRef::Anywhere, _) => true,
        (PeerRef::Addresses(set), PeerRef::Addresses(other)) => {
            reaches(set.v4(), other.v4()) || reaches(set.v6(), other.v6())
        }
        (PeerRef::Addresses(_), PeerRef::Anywhere | PeerRef::Pods(_)) | (PeerRef::Pods(_), _) => false,
    }
}

/// Whether a set has addresses from the first of another to its last: what the other's blocks are made of, and
/// their exceptions.
fn reaches<T: Bound>(set: &IntervalSet<T>, other: &IntervalSet<T>) -> bool {
    let ([(first, _), ..], [.., (_, last)]) = (other.intervals(), other.intervals()) else { return false };
    let from = set.intervals().partition_point(|(_, end)| end < first);
    set.intervals().get(from).is_some_and(|(begin, _)| begin <= last)
}
