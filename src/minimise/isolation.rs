//! A policy without rules is there to isolate: it stays where nothing else isolates all of its pods.
//!
//! ```text
//! isolated {app=web}, {app!=web}, {tier=x}    →    isolated {app=web}, {app!=web}
//! ```
//!
//! Whole policies go first, as each counts more than its types. One after the other, in order of their subjects,
//! each beside those that are left; a direction with rules always stays.

use super::SubjectPolicy;
use super::budget::{Budget, MAX_STEPS};
use super::piece::{Claim, Piece};
use super::space::Space;
use crate::algebra::{Cube, PortSet};
use crate::ir::{Direction, Directional, Peer};

/// Takes types away, and policies that have no other, where the rest isolates the same pods.
///
/// Goes out: what is left of the budget, which tells whether all were tried.
pub(super) fn spare(drafts: &mut Vec<SubjectPolicy>) -> Budget {
    let budget = Budget::of(MAX_STEPS);
    if drafts.iter().all(|draft| bare(draft).is_empty()) {
        return budget;
    }
    let claims: Vec<Claim> = drafts.iter().map(|draft| isolated(draft.subject.clone())).collect();
    let all = Cube::all();
    let space = |direction| {
        let mut space = Space::new(&claims, &all);
        let others = drafts.iter().enumerate().filter(|(_, draft)| !draft.types.get(direction));
        others.for_each(|(id, _)| drop(space.replace(id, None)));
        space
    };
    let spaces = Directional { ingress: space(Direction::Ingress), egress: space(Direction::Egress) };
    let mut isolation = Isolation { spaces, budget };
    for (id, draft) in drafts.iter_mut().enumerate() {
        let without_rules = bare(draft);
        if Direction::BOTH.iter().all(|direction| draft.rules.get(*direction).is_empty()) {
            isolation.spare(id, draft, &without_rules);
        }
    }
    for (id, draft) in drafts.iter_mut().enumerate() {
        for direction in bare(draft) {
            isolation.spare(id, draft, &[direction]);
        }
    }
    drafts.retain(|draft| draft.types != Directional::default());
    isolation.budget
}

/// The directions that a policy isolates without a rule.
fn bare(draft: &SubjectPolicy) -> Vec<Direction> {
    let is_bare = |it: &Direction| *draft.types.get(*it) && draft.rules.get(*it).is_empty();
    Direction::BOTH.into_iter().filter(is_bare).collect()
}

/// Isolation of these pods, as a claim that the same about fewer pods is within.
fn isolated(subject: Cube) -> Claim {
    Claim { subject, peer: Peer::Anywhere, ports: PortSet::every() }
}

/// Who is isolated by which policy, numbered as the drafts are.
struct Isolation<'a> {
    spaces: Directional<Space<'a>>,
    budget: Budget,
}

impl Isolation<'_> {
    /// Takes these types of a policy away, all or none.
    fn spare(&mut self, id: usize, draft: &mut SubjectPolicy, directions: &[Direction]) {
        let piece = Piece::from(&isolated(draft.subject.clone()));
        let Self { spaces, budget } = self;
        let mut is_spare = |direction: &Direction| {
            spaces.get(*direction).covers(&piece, |other| other != id, budget) == Some(true)
        };
        if directions.iter().all(&mut is_spare) {
            for direction in directions {
                *draft.types.get_mut(*direction) = false;
                self.spaces.get_mut(*direction).replace(id, None);
            }
        }
    }
}
