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

use super::budget::Budget;
use super::catalog::{Catalog, Entry, Number, PeerNumber, PeerRef, PodsNumber, index};
use super::cover::CoverIndex;
use super::shrink::Ruled;
use super::{Peers, Rule};
use crate::algebra::{AddressSet, Cube, IntervalSet, PortSet};
use crate::ir::PodPeer;

/// All that rules claim, a peer each.
pub(super) struct Nearby<'a> {
    catalog: Catalog<'a>,
    /// By the places of claims: rule after rule, pods before addresses.
    claims: Vec<Entry>,
    /// Places of claims, by subject and peer.
    order: Vec<Number>,
    /// Where each subject begins in that order, and where the last one ends.
    starts: Vec<usize>,
    subjects: CoverIndex<'a, 1>,
    namespaces: CoverIndex<'a, 1>,
    pods: CoverIndex<'a, 1>,
}

/// The peers that are asked about.
enum Around<'n> {
    /// What only "anywhere" grants.
    Rest,
    /// Sorted places of the selectors that are near.
    Pods(&'n [usize], &'n [usize]),
    Addresses(&'n AddressSet),
}

/// Steps for each claim: past them it counts as near, and the full search with its own budget says more.
const STEPS: usize = 64;

/// What each subject or selector is near to, as far as the budget went.
struct Neighbours(Vec<Vec<usize>>);

impl Neighbours {
    fn new(index: &CoverIndex<'_, 1>, cubes: &[&Cube], budget: &mut Budget) -> Self {
        Self(cubes.iter().map(|cube| index.neighbours(&[*cube], budget)).collect())
    }

    fn of(&self, number: Number) -> &[usize] {
        &self.0[index(number)]
    }
}

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

/// For each claim of the rules, in order, whether another is near.
pub(super) fn near_others(policies: &Ruled) -> Vec<Near> {
    let nearby = Nearby::new(policies);
    let mut budget = Budget::of(STEPS.saturating_mul(nearby.claims.len()));
    let subjects = Neighbours::new(&nearby.subjects, &nearby.catalog.subjects, &mut budget);
    let namespaces = Neighbours::new(&nearby.namespaces, &nearby.catalog.namespaces, &mut budget);
    let pods = Neighbours::new(&nearby.pods, &nearby.catalog.pods, &mut budget);
    let is_near = |(id, claim): (usize, &Entry)| {
        let hull;
        let around = match claim.peer {
            PeerNumber::Anywhere => Around::Rest,
            PeerNumber::Pods(peer) => Around::Pods(namespaces.of(peer.namespaces), pods.of(peer.pods)),
            PeerNumber::Addresses(set) => {
                hull = hull_of(nearby.catalog.addresses[index(set)]);
                Around::Addresses(&hull)
            }
        };
        let mut shares_peers = false;
        let meets = |other: usize| {
            shares_peers |= other != id;
            other != id && nearby.ports_meet(claim.ports, nearby.claims[other].ports)
        };
        match nearby.any(subjects.of(claim.subject), &around, &mut budget, meets) {
            true => Near::Connections,
            false if shares_peers => Near::Peers,
            false => Near::Nothing,
        }
    };
    nearby.claims.iter().enumerate().map(is_near).collect()
}

impl<'a> Nearby<'a> {
    pub(super) fn new(policies: &'a Ruled) -> Self {
        let (catalog, claims) = Catalog::new(said(policies));
        let mut order: Vec<Number> = (0..).take(claims.len()).collect();
        order.sort_unstable_by_key(|id| (claims[index(*id)].subject, claims[index(*id)].peer, *id));
        let mut starts: Vec<usize> = Vec::with_capacity(catalog.subjects.len() + 1);
        for (at, id) in order.iter().enumerate() {
            starts.resize(index(claims[index(*id)].subject) + 1, at);
        }
        starts.push(order.len());
        let index = |cubes: &[&'a Cube]| CoverIndex::new(cubes.iter().map(|cube| [*cube]).collect());
        let (subjects, namespaces) = (index(&catalog.subjects), index(&catalog.namespaces));
        let pods = index(&catalog.pods);
        Self { catalog, claims, order, starts, subjects, namespaces, pods }
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
        let says = |id: usize| {
            let Entry { subject, ports, .. } = self.claims[id];
            says(self.catalog.subjects[index(subject)], self.catalog.ports[index(ports)])
        };
        match peer {
            PeerRef::Anywhere => self.any(&subjects, &Around::Rest, budget, says),
            PeerRef::Addresses(set) => self.any(&subjects, &Around::Addresses(&hull_of(set)), budget, says),
            PeerRef::Pods(PodPeer { namespaces, pods }) => {
                let namespaces = self.namespaces.neighbours(&[namespaces], budget);
                let pods = self.pods.neighbours(&[pods], budget);
                self.any(&subjects, &Around::Pods(&namespaces, &pods), budget, says)
            }
        }
    }

    /// Whether some claim of these subjects with peers around has what is `wanted`, or the budget ended.
    fn any(
        &self,
        subjects: &[usize],
        around: &Around<'_>,
        budget: &mut Budget,
        mut wanted: impl FnMut(usize) -> bool,
    ) -> bool {
        let found = subjects.iter().any(|subject| {
            let claims = &self.order[self.starts[*subject]..self.starts[subject + 1]];
            let places = || claims.partition_point(|id| self.claims[index(*id)].peer <= PeerNumber::Anywhere);
            let (anywhere, listed) = claims.split_at(places());
            let is_pods = |id: &Number| match self.claims[index(*id)].peer {
                PeerNumber::Anywhere | PeerNumber::Pods(_) => true,
                PeerNumber::Addresses(_) => false,
            };
            let (pods, addresses) = listed.split_at(listed.partition_point(is_pods));
            let mut any = |claims: &[Number], budget: &mut Budget| {
                claims.iter().any(|id| budget.take(1).is_none() || wanted(index(*id)))
            };
            any(anywhere, budget)
                || match around {
                    Around::Rest => false,
                    Around::Addresses(hull) => {
                        let meeting: Vec<Number> =
                            addresses.iter().copied().filter(|id| self.meets(*id, hull)).collect();
                        any(&meeting, budget)
                    }
                    Around::Pods(near_namespaces, near_pods) => {
                        self.any_pods(pods, near_namespaces, near_pods, budget, &mut wanted)
                    }
                }
        });
        found || budget.is_spent()
    }

    /// Over the pairs of selectors or over the claims, whichever are fewer.
    fn any_pods(
        &self,
        claims: &[Number],
        namespaces: &[usize],
        pods: &[usize],
        budget: &mut Budget,
        wanted: &mut impl FnMut(usize) -> bool,
    ) -> bool {
        if namespaces.len().saturating_mul(pods.len()) > claims.len() {
            return claims.iter().any(|id| {
                let (own_namespaces, own_pods) = self.selectors(*id);
                budget.take(1).is_none()
                    || namespaces.binary_search(&own_namespaces).is_ok()
                        && pods.binary_search(&own_pods).is_ok()
                        && wanted(index(*id))
            });
        }
        let mut pairs = namespaces.iter().flat_map(|first| pods.iter().map(move |second| (*first, *second)));
        pairs.any(|pair| {
            let from = claims.partition_point(|id| self.selectors(*id) < pair);
            let mut alike = claims[from..].iter().take_while(|id| self.selectors(**id) == pair);
            budget.take(1).is_none() || alike.any(|id| budget.take(1).is_none() || wanted(index(*id)))
        })
    }

    /// The selectors of a claim for pods.
    fn selectors(&self, id: Number) -> (usize, usize) {
        match self.claims[index(id)].peer {
            PeerNumber::Pods(PodsNumber { namespaces, pods }) => (index(namespaces), index(pods)),
            PeerNumber::Anywhere | PeerNumber::Addresses(_) => unreachable!("these are claims for pods"),
        }
    }

    fn meets(&self, id: Number, hull: &AddressSet) -> bool {
        match self.claims[index(id)].peer {
            PeerNumber::Addresses(set) => !self.catalog.addresses[index(set)].is_disjoint(hull),
            PeerNumber::Anywhere | PeerNumber::Pods(_) => false,
        }
    }

    fn ports_meet(&self, a: Number, b: Number) -> bool {
        a == b || !self.catalog.ports[index(a)].is_apart(self.catalog.ports[index(b)])
    }
}

/// From the first address of each family to the last: what blocks and exceptions of a set are made of.
fn hull_of(set: &AddressSet) -> AddressSet {
    fn hull<T: crate::algebra::Bound>(set: &IntervalSet<T>) -> IntervalSet<T> {
        match set.intervals() {
            [] => IntervalSet::empty(),
            [(first, last)] | [(first, _), .., (_, last)] => IntervalSet::range(*first, *last),
        }
    }
    AddressSet::new(hull(set.v4()), hull(set.v6()))
}

/// What all rules claim, a peer each: pods first, then all addresses as one.
fn said(policies: &Ruled) -> impl Iterator<Item = (&Cube, PeerRef<'_>, &PortSet)> {
    let rules = policies.iter().flat_map(|(subject, rules)| rules.iter().map(move |rule| (subject, rule)));
    rules.flat_map(|(subject, rule)| peers(rule).map(move |peer| (subject, peer, rule.ports())))
}

fn peers(rule: &Rule) -> impl Iterator<Item = PeerRef<'_>> {
    let (anywhere, listed) = match rule.peers() {
        Peers::Anywhere => (Some(PeerRef::Anywhere), None),
        Peers::Listed(listed) => (None, Some(listed)),
    };
    let listed = listed.into_iter().flat_map(|listed| {
        let addresses = Some(listed.addresses()).filter(|set| !set.is_empty());
        listed.pods().iter().map(PeerRef::Pods).chain(addresses.map(PeerRef::Addresses))
    });
    anywhere.into_iter().chain(listed)
}
