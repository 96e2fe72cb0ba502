//! Pods that differ in one key of one selector are one peer, where one selector can say so.
//!
//! ```text
//! kasm/app=web    kasm/app=job    →    kasm/app In [web, job]
//! kasm/app=web    shop/app=web    →    (kasm, shop)/app=web
//! kasm/!app       kasm/app=web    →    the same two: no selector says "web, or absent"
//! ```
//!
//! Never where two keys differ, or a key of each selector: that would be a cross product. The pods' keys come
//! first, so that a peer in the policy's own namespace stays one as long as the number of peers allows.

use std::cmp::Ordering;

use super::{Listed, Peers, Rule, expressible};
use crate::algebra::{Cube, Requirement, Text, fingerprint};
use crate::ir::PodPeer;

/// The rule with as few sets of pods as joins of two and more make of them.
pub(super) fn join_rule(rule: Rule) -> Rule {
    let joined = match rule.peers() {
        Peers::Anywhere => None,
        Peers::Listed(listed) => {
            join(listed.pods()).and_then(|pods| Listed::new(pods, listed.addresses().clone()))
        }
    };
    match joined {
        Some(listed) => rule.with_peers(Peers::Listed(listed)),
        None => rule,
    }
}

/// The joined peers; `None` where there is nothing to join.
fn join(pods: &[PodPeer]) -> Option<Vec<PodPeer>> {
    if pods.len() < 2 {
        return None;
    }
    let mut joined = round(pods)?;
    while let Some(next) = round(&joined) {
        joined = next;
    }
    Some(joined)
}

/// Which selector of a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Selector {
    Pods,
    Namespaces,
}

impl Selector {
    pub(super) const BOTH: [Self; 2] = [Self::Pods, Self::Namespaces];

    pub(super) fn of(self, peer: &PodPeer) -> &Cube {
        match self {
            Self::Pods => &peer.pods,
            Self::Namespaces => &peer.namespaces,
        }
    }

    fn other(self, peer: &PodPeer) -> &Cube {
        match self {
            Self::Pods => &peer.namespaces,
            Self::Namespaces => &peer.pods,
        }
    }

    pub(super) fn replace(self, peer: &PodPeer, cube: Cube) -> PodPeer {
        match self {
            Self::Pods => PodPeer { pods: cube, ..peer.clone() },
            Self::Namespaces => PodPeer { namespaces: cube, ..peer.clone() },
        }
    }
}

/// One key of one selector of a peer: what the peer asks of it could be joined with others'.
struct Slot<'a> {
    selector: Selector,
    key: &'a Text,
    requirement: &'a Requirement,
    peer: &'a PodPeer,
    id: usize,
    /// Equal for slots that compare equal, and hardly ever for others.
    print: u64,
}

impl Slot<'_> {
    /// Slots that compare equal belong to peers that differ in this key at most.
    fn compare(&self, other: &Self) -> Ordering {
        (self.selector.cmp(&other.selector))
            .then_with(|| self.key.cmp(other.key))
            .then_with(|| self.selector.other(self.peer).cmp(other.selector.other(other.peer)))
            .then_with(|| self.rest().cmp(other.rest()))
    }

    /// What the peer asks of the selector's other keys.
    fn rest(&self) -> impl Iterator<Item = (&Text, &Requirement)> {
        self.selector.of(self.peer).requirements().filter(|(key, _)| *key != self.key)
    }
}

/// One join for each group of peers, as far as the groups do not overlap; `None` where there is none.
fn round(pods: &[PodPeer]) -> Option<Vec<PodPeer>> {
    let mut slots: Vec<Slot<'_>> = pods.iter().enumerate().flat_map(|(id, peer)| slots(id, peer)).collect();
    let mut gone = vec![false; pods.len()];
    let mut merged = Vec::new();
    for group in groups(&mut slots) {
        let free: Vec<&Slot<'_>> = group.iter().filter(|slot| !gone[slot.id]).collect();
        if let Some((joined, peer)) = join_group(&free) {
            for id in joined {
                gone[id] = true;
            }
            merged.push(peer);
        }
    }
    if merged.is_empty() {
        return None;
    }
    merged.extend(pods.iter().zip(gone).filter(|(_, gone)| !gone).map(|(peer, _)| peer.clone()));
    merged.sort();
    merged.dedup();
    Some(merged)
}

/// The slots that compare equal, where there are at least two, in their order.
///
/// Prints find them without comparing long labels over and over; neither the groups nor their order depend on
/// what the prints are.
fn groups<'a, 'b>(slots: &'b mut [Slot<'a>]) -> Vec<&'b [Slot<'a>]> {
    slots.sort_unstable_by_key(|slot| (slot.print, slot.id));
    let mut groups: Vec<&[Slot<'_>]> = Vec::new();
    for alike in slots.chunk_by_mut(|a, b| a.print == b.print).filter(|alike| alike.len() > 1) {
        alike.sort_by(Slot::compare);
        groups.extend(alike.chunk_by(|a, b| a.compare(b).is_eq()).filter(|group| group.len() > 1));
    }
    groups.sort_by(|a, b| a[0].compare(&b[0]));
    groups
}

fn slots(id: usize, peer: &PodPeer) -> impl Iterator<Item = Slot<'_>> {
    let [pods, namespaces] = Selector::BOTH.map(|selector| cube_print(selector.of(peer)));
    [(Selector::Pods, pods, namespaces), (Selector::Namespaces, namespaces, pods)].into_iter().flat_map(
        move |(selector, whole, other)| {
            selector.of(peer).requirements().map(move |(key, requirement)| {
                let rest = whole.wrapping_sub(fingerprint(&(key, requirement)));
                let print = fingerprint(&(selector, key, other, rest));
                Slot { selector, key, requirement, peer, id, print }
            })
        },
    )
}

/// A sum, so that one key can be taken out again.
fn cube_print(cube: &Cube) -> u64 {
    cube.requirements().fold(0, |sum, requirement| sum.wrapping_add(fingerprint(&requirement)))
}

/// The join of as many of the peers as one selector can say, and which ones.
fn join_group(slots: &[&Slot<'_>]) -> Option<(Vec<usize>, PodPeer)> {
    let union = union(slots.iter().map(|slot| slot.requirement.clone()).collect())?;
    let (slots, union) = if expressible::can_say(&union) {
        (slots.to_vec(), union)
    } else {
        // Values and absent, and nothing co-finite: the values join, and "absent" stays by itself.
        let present = slots.iter().filter(|slot| !slot.requirement.allows_absent()).copied().collect();
        (present, Requirement::one_of(union.values().iter().cloned()))
    };
    let [first, _, ..] = slots.as_slice() else { return None };
    let cube = first.selector.of(first.peer).with(first.key, union)?;
    Some((slots.iter().map(|slot| slot.id).collect(), first.selector.replace(first.peer, cube)))
}

/// The union in a balanced order: one after the other is quadratic where a thousand values meet.
fn union(mut requirements: Vec<Requirement>) -> Option<Requirement> {
    while requirements.len() > 1 {
        requirements = requirements
            .chunks(2)
            .map(|pair| match pair {
                [a, b] => a.union(b),
                one => one[0].clone(),
            })
            .collect();
    }
    requirements.pop()
}
