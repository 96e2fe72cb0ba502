//! What no selector can say becomes several things that one can.
//!
//! ```text
//! app is web, or absent    →    app In [web]   and   app DoesNotExist
//! ```
//!
//! A finite set of values together with "absent" is the only such requirement. Selectors never make one and
//! intersection keeps it so, hence programs and objects pass through unchanged.

use std::borrow::Cow;

use crate::algebra::{Cube, Requirement, Text};
use crate::ir::{Flow, Peer, PodPeer};

/// Cubes with the same union, each of which a selector can say.
pub(super) fn cubes(cubes: Vec<Cube>) -> Vec<Cube> {
    cubes.into_iter().flat_map(split).collect()
}

/// Flows with the same union, whose subjects and peers a selector can say.
pub(super) fn flows(flows: Cow<'_, [Flow]>) -> Cow<'_, [Flow]> {
    let can_say = |flow: &Flow| is_expressible(&flow.subject) && is_peer_expressible(&flow.peer);
    if flows.iter().all(can_say) {
        return flows;
    }
    let mut out = Vec::with_capacity(flows.len());
    for flow in flows.into_owned() {
        if can_say(&flow) {
            out.push(flow);
            continue;
        }
        for subject in split(flow.subject.clone()) {
            out.extend(peers(flow.peer.clone()).into_iter().map(|peer| Flow {
                subject: subject.clone(),
                peer,
                ..flow.clone()
            }));
        }
    }
    Cow::Owned(out)
}

fn is_peer_expressible(peer: &Peer) -> bool {
    match peer {
        Peer::Anywhere | Peer::Addresses(_) => true,
        Peer::Pods(pods) => is_expressible(&pods.namespaces) && is_expressible(&pods.pods),
    }
}

fn peers(peer: Peer) -> Vec<Peer> {
    match peer {
        Peer::Anywhere | Peer::Addresses(_) => vec![peer],
        Peer::Pods(PodPeer { namespaces, pods }) => split(namespaces)
            .into_iter()
            .flat_map(|namespaces| {
                split(pods.clone()).into_iter().map(move |pods| (namespaces.clone(), pods))
            })
            .map(|(namespaces, pods)| Peer::Pods(PodPeer { namespaces, pods }))
            .collect(),
    }
}

/// Whether one selector requirement, or two for "exists, but none of these", say the same.
pub(super) fn can_say(requirement: &Requirement) -> bool {
    requirement.is_complement() || !requirement.allows_absent() || requirement.values().is_empty()
}

fn is_expressible(cube: &Cube) -> bool {
    cube.requirements().all(|(_, requirement)| can_say(requirement))
}

fn split(cube: Cube) -> Vec<Cube> {
    let stuck: Option<(Text, Requirement)> = cube
        .requirements()
        .find(|(_, requirement)| !can_say(requirement))
        .map(|(key, requirement)| (key.clone(), requirement.clone()));
    let Some((key, requirement)) = stuck else { return vec![cube] };
    let present = cube.with(&key, Requirement::one_of(requirement.values().iter().cloned()));
    let absent = cube.with(&key, Requirement::absent());
    present.into_iter().chain(absent).flat_map(split).collect()
}
