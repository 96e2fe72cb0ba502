//! Nothing stays that the rest says already: no rule, peer, port entry, requirement, value, block or exception.
//!
//! ```text
//! {app=web}, {app!=web, tier=x}       →    {app=web}, {tier=x}
//! {app}, {!app}, {tier=x}             →    {app}, {!app}
//! {web}: 80, 443    all pods' policy has 443    →    {web}: 80
//! ```
//!
//! One after the other, in the order of what counts most; each removal is checked against everything else that is
//! allowed, whichever policy allows it. Widening a selector is a removal too, of a requirement: it is done where
//! what is added is allowed already.

mod labels;
mod ports;
mod products;

use std::cell::OnceCell;
use std::ops::Range;

use super::budget::Budget;
use super::nearby::{Near, Nearby};
use super::piece::{Claim, Piece};
use super::rule::PeerRef;
use super::space::Space;
use super::{Listed, Peers, Rule, expressible, joined};
use crate::algebra::{AddressSet, Cube};
use crate::ir::{Direction, Peer, PodPeer};

/// The rules of each subject.
pub(super) type Ruled = Vec<(Cube, Vec<Rule>)>;

/// One round over all rules: what is left of them, `None` where that is everything.
pub(super) fn shrink(
    policies: &Ruled,
    nearby: &Nearby<'_>,
    direction: Direction,
    budget: &mut Budget,
) -> Option<Ruled> {
    let near = nearby.near_others();
    if near.iter().all(|near| *near == Near::Nothing) {
        return None;
    }
    let all = Cube::all();
    let parts: Vec<Part> = parts(policies);
    let claims: Vec<Claim> = parts.iter().flat_map(|part| part.claims.iter().cloned()).collect();
    let space = Space::new(&claims, &all);
    let mut shrinker =
        Shrinker { space, parts: &parts, cuts: OnceCell::new(), budget, near: &near, changed: false };
    let mut first = 0;
    let mut ranges = Vec::with_capacity(parts.len());
    for part in &parts {
        ranges.push(first..first + part.claims.len());
        first += part.claims.len();
    }
    if shrinker.products(&parts, &ranges, direction) {
        // Nothing else in this round: it would take the ports away again.
        shrinker.changed = true;
    } else {
        shrinker.each(&ranges);
    }
    let (space, changed) = (shrinker.space, shrinker.changed);
    if !changed {
        return None;
    }
    let mut left: Ruled = policies.iter().map(|(subject, _)| (subject.clone(), Vec::new())).collect();
    for (part, range) in parts.iter().zip(ranges) {
        let claims: Vec<&Claim> = range.filter_map(|id| space.claim(id)).collect();
        let rule = &policies[part.policy].1[part.rule];
        left[part.policy].1.extend(again(rule, &claims).map(joined::join_rule));
    }
    Some(left)
}

/// What all rules claim, a peer each.
pub(super) fn claims(policies: &Ruled) -> Vec<Claim> {
    parts(policies).into_iter().flat_map(|part| part.claims).collect()
}

/// A rule, and what it claims, a peer each.
struct Part {
    policy: usize,
    rule: usize,
    claims: Vec<Claim>,
}

fn parts(policies: &Ruled) -> Vec<Part> {
    let rules = policies.iter().enumerate().flat_map(|(policy, (subject, rules))| {
        rules.iter().enumerate().map(move |(rule, said)| (policy, subject, rule, said))
    });
    let claim = |subject: &Cube, rule: &Rule, peer: PeerRef<'_>| Claim {
        subject: subject.clone(),
        peer: peer.into(),
        ports: rule.ports().clone(),
    };
    let part = |(policy, subject, rule, said): (usize, &Cube, usize, &Rule)| Part {
        policy,
        rule,
        claims: said.peers().each().map(|peer| claim(subject, said, peer)).collect(),
    };
    rules.map(part).collect()
}

/// The rule with what is left of its claims; `None` where nothing is.
fn again(rule: &Rule, claims: &[&Claim]) -> Option<Rule> {
    let ports = claims.first()?.ports.clone();
    let (mut pods, mut addresses): (Vec<PodPeer>, AddressSet) = Default::default();
    for claim in claims {
        match &claim.peer {
            Peer::Anywhere => return Some(Rule::new(Peers::Anywhere, ports, rule.origins().to_vec())),
            Peer::Pods(peer) => pods.push(peer.clone()),
            Peer::Addresses(set) => addresses = set.clone(),
        }
    }
    let peers = Peers::Listed(Listed::new(pods, addresses)?);
    Some(Rule::new(peers, ports, rule.origins().to_vec()))
}

struct Shrinker<'a, 'b> {
    space: Space<'a>,
    /// By claim.
    near: &'a [Near],
    parts: &'a [Part],
    /// Made where a rule has a range of ports that others may have a part of.
    cuts: OnceCell<ports::Cuts>,
    budget: &'b mut Budget,
    changed: bool,
}

impl Shrinker<'_, '_> {
    /// Tries everything that can go; the claims of a rule are a range each.
    ///
    /// What no other claim is near to stays, until one has grown: only the last step lets one grow.
    fn each(&mut self, ranges: &[Range<usize>]) {
        let near: Vec<bool> = self.near.iter().map(|near| *near == Near::Connections).collect();
        let whole: Vec<&Range<usize>> =
            ranges.iter().filter(|range| near[(*range).clone()].iter().all(|near| *near)).collect();
        for range in &whole {
            self.rule((*range).clone());
        }
        for id in (0..near.len()).filter(|id| near[*id]) {
            self.peer(id);
        }
        for range in whole {
            self.ports(range.clone());
        }
        let shrunk = std::mem::take(&mut self.changed);
        for (id, near) in near.into_iter().enumerate() {
            if near || self.changed {
                self.inside(id);
            }
        }
        self.changed |= shrunk;
    }

    fn covers(&mut self, piece: &Piece) -> bool {
        self.space.covers(piece, |_| true, self.budget) == Some(true)
    }

    /// Takes all claims of a rule away, where the others allow as much.
    fn rule(&mut self, range: Range<usize>) {
        let before: Vec<Option<Claim>> = range.clone().map(|id| self.space.replace(id, None)).collect();
        if before.iter().flatten().all(|claim| self.covers(&Piece::from(claim))) {
            self.changed |= before.iter().any(Option::is_some);
            return;
        }
        for (id, claim) in range.zip(before) {
            self.space.replace(id, claim);
        }
    }

    /// Takes one claim away, where the others allow as much.
    fn peer(&mut self, id: usize) {
        self.rule(id..id + 1);
    }

    /// Makes the peer of one claim shorter.
    fn inside(&mut self, id: usize) {
        let Some(claim) = self.space.claim(id).cloned() else { return };
        match &claim.peer {
            Peer::Anywhere => {}
            Peer::Addresses(set) => self.blocks(id, &claim, set),
            Peer::Pods(peer) => self.labels(id, &claim, peer),
        }
    }

    /// Takes away blocks, and exceptions, that others allow.
    fn blocks(&mut self, id: usize, claim: &Claim, set: &AddressSet) {
        for block in set.blocks() {
            let own = AddressSet::from(block.cidr).intersection(set);
            self.try_peer(id, claim, &own, |set| set.difference(&own));
            for except in block.except {
                let except = AddressSet::from(except);
                self.try_peer(id, claim, &except, |set| set.union(&except));
            }
        }
    }

    /// Changes the addresses of a claim where the others allow those that come or go.
    fn try_peer(
        &mut self,
        id: usize,
        claim: &Claim,
        part: &AddressSet,
        change: impl Fn(&AddressSet) -> AddressSet,
    ) {
        // Without the claim, as one that has the new addresses already would answer for itself.
        let before = self.space.replace(id, None);
        let next =
            if self.covers(&Piece::from(&Claim { peer: Peer::Addresses(part.clone()), ..claim.clone() })) {
                before.as_ref().and_then(|claim| shorter(claim, change))
            } else {
                None
            };
        self.changed |= next.is_some();
        self.space.replace(id, next.or(before));
    }
}

/// The claim with other addresses, where these are some and have a shorter description.
fn shorter(claim: &Claim, change: impl Fn(&AddressSet) -> AddressSet) -> Option<Claim> {
    let Peer::Addresses(now) = &claim.peer else { return None };
    let next = change(now);
    let is_shorter = !next.is_empty() && length(&next) < length(now);
    is_shorter.then(|| Claim { peer: Peer::Addresses(next), ..claim.clone() })
}

/// How many prefixes the set's description has.
fn length(set: &AddressSet) -> usize {
    set.blocks().iter().map(|block| 1 + block.except.len()).sum()
}
