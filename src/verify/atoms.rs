//! Peers with lists of values as peers with one value each: `app in (web, job)` is `app=web` and `app=job`.
//!
//! The compiler joins what the program states one by one; after this step both stand there in the same form.

use std::borrow::Cow;

use crate::algebra::{Cube, Requirement, Text};
use crate::ir::{Peer, PodPeer};

use super::claim::Claim;

/// A peer with more combinations of values stays as it is, and goes the slow way.
const MOST: usize = 4096;

/// The claims with each list of values taken apart.
///
/// Longer lists are taken apart too, where both sides have as many claims as the lists have values in all: everybody who reaches a
/// hub stands there one by one in the program, and in one list in the output.
pub(super) fn split<'c>(claims: &'c [Claim<'_>], others: usize) -> Vec<Claim<'c>> {
    let mut all = Vec::with_capacity(claims.len());
    let mut left = claims.len() + others;
    let mut are_few = |count: usize| {
        let is_long = count > MOST && count <= left;
        left -= if is_long { count } else { 0 };
        is_long || (2..=MOST).contains(&count)
    };
    for claim in claims {
        let whole = Claim {
            subject: claim.subject,
            peer: Cow::Borrowed(claim.peer.as_ref()),
            ports: Cow::Borrowed(claim.ports.as_ref()),
            standing: claim.standing,
        };
        match claim.peer.as_ref() {
            Peer::Pods(peer) if are_few(combinations(peer)) => {
                let peers = atoms(peer).into_iter().map(|peer| Cow::Owned(Peer::Pods(peer)));
                all.extend(peers.map(|peer| Claim { peer, ..whole.clone() }));
            }
            Peer::Anywhere | Peer::Pods(_) | Peer::Addresses(_) => all.push(whole),
        }
    }
    all
}

fn combinations(peer: &PodPeer) -> usize {
    let count = |cube: &Cube| {
        cube.requirements().map(|(_, r)| choices(r).len().max(1)).fold(1, usize::saturating_mul)
    };
    count(&peer.namespaces).saturating_mul(count(&peer.pods))
}

/// The values of a list that can be taken apart; none where there is no such list.
fn choices(requirement: &Requirement) -> &[Text] {
    let list = !requirement.is_complement() && !requirement.allows_absent();
    if list { requirement.values() } else { &[] }
}

fn atoms(peer: &PodPeer) -> Vec<PodPeer> {
    let (namespaces, pods) = (points(&peer.namespaces), points(&peer.pods));
    let pair = |n: &Cube, p: &Cube| PodPeer { namespaces: n.clone(), pods: p.clone() };
    namespaces.iter().flat_map(|n| pods.iter().map(move |p| pair(n, p))).collect()
}

fn points(cube: &Cube) -> Vec<Cube> {
    let mut all = vec![cube.clone()];
    for (key, requirement) in cube.requirements() {
        let values = choices(requirement);
        if values.len() < 2 {
            continue;
        }
        let one = |whole: &Cube, value: &Text| whole.with(key, Requirement::one_of([value.clone()]));
        all = all.iter().flat_map(|whole| values.iter().filter_map(move |value| one(whole, value))).collect();
    }
    all
}
