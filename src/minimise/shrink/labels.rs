//! Requirements and values of a peer's selectors that can go.

use super::{Claim, Piece, Shrinker, expressible};
use crate::algebra::{Requirement, Text};
use crate::ir::{Peer, PodPeer};
use crate::minimise::joined::Selector;

impl Shrinker<'_, '_> {
    /// First requirements, as each counts more than its values.
    pub(super) fn labels(&mut self, id: usize, claim: &Claim, peer: &PodPeer) {
        let slots = Selector::BOTH.into_iter().flat_map(|selector| {
            selector.of(peer).requirements().map(move |(key, _)| (selector, key.clone()))
        });
        let slots: Vec<(Selector, Text)> = slots.collect();
        for (selector, key) in &slots {
            self.widen(id, claim, *selector, key, &Requirement::anything());
        }
        for (selector, key) in &slots {
            self.presence(id, claim, *selector, key);
            self.values(id, claim, *selector, key);
        }
    }

    /// "Exists, and none of these" may be said without "exists" where the others allow pods without the key.
    fn presence(&mut self, id: usize, claim: &Claim, selector: Selector, key: &Text) {
        let Some(now) = self.requirement(id, selector, key) else { return };
        if now.is_complement() && !now.allows_absent() {
            self.widen(id, claim, selector, key, &now.union(&Requirement::absent()));
        }
    }

    fn requirement(&self, id: usize, selector: Selector, key: &Text) -> Option<Requirement> {
        match &self.space.claim(id)?.peer {
            Peer::Pods(peer) => selector.of(peer).get(key).cloned(),
            Peer::Anywhere | Peer::Addresses(_) => None,
        }
    }

    /// Takes values from the list: an allowed one narrows the peer, an excluded one widens it.
    ///
    /// All at once, as pods with one value are apart from those with another.
    fn values(&mut self, id: usize, claim: &Claim, selector: Selector, key: &Text) {
        let Some(now) = self.requirement(id, selector, key) else { return };
        let Some(Claim { peer: Peer::Pods(peer), .. }) = self.space.claim(id) else { return };
        let peer = peer.clone();
        let before = self.space.replace(id, None);
        // Small, so that a list of thousands is not copied for each of its values.
        let rest = selector.of(&peer).with(key, Requirement::anything()).expect("less is asked");
        let rest = selector.replace(&peer, rest);
        let (subject, ports) = (&claim.subject, &claim.ports);
        let goes = |shrinker: &mut Self, value: &Text| {
            let cube = selector.of(&rest).with(key, Requirement::one_of([value.clone()]));
            let peer = Peer::Pods(selector.replace(&rest, cube.expect("one value is some")));
            shrinker.covers(&Piece::from(&Claim { subject: subject.clone(), peer, ports: ports.clone() }))
        };
        let gone: Vec<Text> = now.values().iter().filter(|value| goes(self, value)).cloned().collect();
        let gone = Requirement::one_of(gone);
        let next = if now.is_complement() { now.union(&gone) } else { now.difference(&gone) };
        let cube =
            selector.of(&peer).with(key, next.clone()).filter(|_| next != now && expressible::can_say(&next));
        let next =
            cube.map(|cube| Claim { peer: Peer::Pods(selector.replace(&peer, cube)), ..claim.clone() });
        self.changed |= next.is_some();
        self.space.replace(id, next.or(before));
    }

    /// Asks less of a key, where the others allow what comes in.
    fn widen(&mut self, id: usize, claim: &Claim, selector: Selector, key: &Text, wider: &Requirement) {
        let Some(now) = self.requirement(id, selector, key) else { return };
        self.change(id, claim, selector, key, wider, &wider.difference(&now));
    }

    /// Asks something else of a key, where the others allow the pods that come in or go.
    fn change(
        &mut self,
        id: usize,
        claim: &Claim,
        selector: Selector,
        key: &Text,
        next: &Requirement,
        moved: &Requirement,
    ) {
        let Some(Claim { peer: Peer::Pods(peer), .. }) = self.space.claim(id) else { return };
        let with = |requirement: &Requirement| {
            let cube = selector.of(peer).with(key, requirement.clone())?;
            Some(Claim { peer: Peer::Pods(selector.replace(peer, cube)), ..claim.clone() })
        };
        let (Some(next), Some(moved)) = (with(next), with(moved)) else { return };
        // Without the claim, as one that has the new pods already would answer for itself; of the pods that move
        // what it keeps has none.
        let before = self.space.replace(id, None);
        if self.covers(&Piece::from(&moved)) {
            self.space.replace(id, Some(next));
            self.changed = true;
        } else {
            self.space.replace(id, before);
        }
    }
}
