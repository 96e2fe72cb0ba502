//! Two rules of a policy become one, all their peers on all their ports, where what comes in is allowed anyway.
//!
//! ```text
//! {a, b}: 80    {a}: http    {b}: 81, http    →    {a, b}: 80, http    {b}: 81
//! ```
//!
//! The search for fewest rules looks at each set of peers as the program names it, so it does not see that every
//! pod of `{a, b}` is one of the others. Where the bound says that no rule can go, there is no such pair.

use std::ops::Range;

use super::{Claim, Part, Piece, Shrinker};
use crate::algebra::{PortSet, Protocol};
use crate::ir::{Direction, Peer};
use crate::minimise::budget::Budget;
use crate::minimise::nearby::Near;

/// Steps for all pairs of one round. Past them the rules stay, and their bound says that there may be fewer.
const MAX_STEPS: usize = 2_000_000;

impl Shrinker<'_, '_> {
    /// Gives the two rules of each such pair each other's ports, so that the next merge makes one of them.
    ///
    /// Says whether there was any.
    pub(super) fn products(&mut self, parts: &[Part], ranges: &[Range<usize>], direction: Direction) -> bool {
        let mut budget = Budget::of(MAX_STEPS);
        let rules: Vec<(usize, &Range<usize>)> = parts.iter().map(|part| part.policy).zip(ranges).collect();
        let mut found = false;
        for policy in rules.chunk_by(|a, b| a.0 == b.0) {
            for (at, (_, first)) in policy.iter().enumerate() {
                for (_, second) in &policy[at + 1..] {
                    found |= self.product([first, second], direction, &mut budget);
                }
            }
        }
        found
    }

    fn product(&mut self, pair: [&Range<usize>; 2], direction: Direction, budget: &mut Budget) -> bool {
        let [Some(first), Some(second)] = pair.map(|range| self.ports_of(range)) else { return false };
        let may_be_one = first != second && (self.shares_peers(pair[0]) || self.shares_peers(pair[1]));
        if !may_be_one || !self.grants(pair[0], second, budget) || !self.grants(pair[1], first, budget) {
            return false;
        }
        let both = first.union(second);
        let is_one = !self.names_addresses(pair, &both, direction);
        if is_one {
            for id in pair.into_iter().flat_map(Range::clone) {
                let claim = self.space.replace(id, None);
                self.space.replace(id, claim.map(|claim| Claim { ports: both.clone(), ..claim }));
            }
        }
        is_one
    }

    /// Whether other claims are near to all of a rule's: else nothing grants its peers more ports than its own.
    fn shares_peers(&self, range: &Range<usize>) -> bool {
        self.near[range.clone()].iter().all(|near| *near != Near::Nothing)
    }

    /// The ports of a rule, which all of its claims have.
    fn ports_of(&self, range: &Range<usize>) -> Option<&PortSet> {
        range.clone().find_map(|id| self.space.claim(id)).map(|claim| &claim.ports)
    }

    /// Whether everything together allows these ports to all peers of a rule.
    fn grants(&self, range: &Range<usize>, ports: &PortSet, budget: &mut Budget) -> bool {
        range.clone().filter_map(|id| self.space.claim(id)).all(|claim| {
            let piece = Piece::from(&Claim { ports: ports.clone(), ..claim.clone() });
            self.space.covers(&piece, |_| true, budget) == Some(true)
        })
    }

    /// Whether one rule would give addresses the name of a container port, which `unnamed` keeps apart.
    fn names_addresses(&self, pair: [&Range<usize>; 2], ports: &PortSet, direction: Direction) -> bool {
        match direction {
            Direction::Ingress => false,
            Direction::Egress => {
                let has_names = |protocol| !ports.protocol(protocol).names().is_empty();
                let mut claims =
                    pair.into_iter().flat_map(Range::clone).filter_map(|id| self.space.claim(id));
                Protocol::ALL.into_iter().any(has_names)
                    && claims.any(|claim| matches!(claim.peer, Peer::Addresses(_)))
            }
        }
    }
}
