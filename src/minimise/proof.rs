//! What is known about how small the rules are.
//!
//! The lower bound of a subject's rules is one of a relation between classes of peers and ports. It holds for all
//! rules that could be written where each class has a point of its own: a pod or address of some peer in it, for
//! some pod of the subject, about which nothing but what makes up the class is said. Classes without such a point
//! are left out of the bound.

use std::cell::LazyCell;
use std::ops::{AddAssign, Deref};

use super::Attempt;
use super::assign::{self, Assigned};
use super::budget::Budget;
use super::cliques;
use super::columns;
use super::nearby::Nearby;
use super::piece::{Claim, Piece};
use super::rows::Row;
use super::rule::PeerRef;
use super::shrink;
use super::space::Space;
use crate::algebra::{Cube, PortSet, Residue};

/// How many rules there are, and how few there can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The rules of all policies.
    pub rules: usize,
    /// No policies for the same subjects, of which each grants what these grant beside wider ones, have fewer.
    pub lower_bound: usize,
    /// How many lists of rules there are: a policy has one a direction.
    pub lists: usize,
    /// How many of these are as long as their own lower bound.
    pub proved_lists: usize,
    /// Whether every removal and merge was tried.
    pub irredundant: bool,
}

impl Default for Proof {
    /// Of nothing at all.
    fn default() -> Self {
        Self { rules: 0, lower_bound: 0, lists: 0, proved_lists: 0, irredundant: true }
    }
}

/// Of several namespaces together.
impl AddAssign for Proof {
    fn add_assign(&mut self, other: Self) {
        let Self { rules, lower_bound, lists, proved_lists, irredundant } = other;
        self.rules += rules;
        self.lower_bound += lower_bound;
        self.lists += lists;
        self.proved_lists += proved_lists;
        self.irredundant &= irredundant;
    }
}

/// The most rows of a class that are asked for a point of their own.
const MOST_TRIES: usize = 8;

impl Proof {
    /// Of the rules of one namespace and direction.
    pub(super) fn of(found: &Attempt, near: &Nearby<'_>) -> Self {
        let Attempt { policies, rows, assigned, proof: _, budget } = found;
        let mut budget = *budget;
        let mut proof = Self { irredundant: !budget.is_spent(), ..Self::default() };
        let claims = LazyCell::new(|| shrink::claims(policies));
        let everything = LazyCell::new(|| {
            let claims = claims.iter();
            claims.map(|claim| Claim { ports: PortSet::every(), ..claim.clone() }).collect::<Vec<Claim>>()
        });
        let all = Cube::all();
        let space = LazyCell::new(|| Space::new(&everything, &all));
        for (((subject, rules), (_, rows)), assigned) in policies.iter().zip(rows).zip(assigned) {
            let points = Points { subject, rows, near, claims: &claims, space: &space };
            let least = match rules.len() {
                // A rule that cannot go is one at least.
                0 | 1 => rules.len(),
                most => points.bound(assigned, &mut budget).clamp(1, most),
            };
            proof.rules += rules.len();
            proof.lower_bound += least;
            proof.lists += usize::from(!rules.is_empty());
            proof.proved_lists += usize::from(!rules.is_empty() && least == rules.len());
        }
        proof
    }
}

/// Where points of rows are looked for; what most need not is made where it is needed only.
struct Points<'a> {
    subject: &'a Cube,
    rows: &'a [Row],
    near: &'a Nearby<'a>,
    claims: &'a dyn Deref<Target = Vec<Claim>>,
    /// Of these claims, each on every port.
    space: &'a dyn Deref<Target = Space<'a>>,
}

impl Points<'_> {
    /// The lower bound without the classes that have no point of their own.
    fn bound(&self, assigned: &Assigned, budget: &mut Budget) -> usize {
        let own: Vec<&Vec<usize>> =
            assigned.classes.iter().filter(|class| self.has_own_point(class, budget)).collect();
        if own.len() == assigned.classes.len() {
            return assigned.lower;
        }
        let row = |class: &&Vec<usize>| (&self.rows[class[0]].need, &self.rows[class[0]].may);
        let sets: Vec<(&PortSet, &PortSet)> = own.iter().map(row).collect();
        let table = columns::table(&sets);
        table.map_or(0, |table| cliques::fewest(&table.relation, &mut Budget::of(assign::MAX_STEPS)).lower)
    }

    fn has_own_point(&self, class: &[usize], budget: &mut Budget) -> bool {
        let mut tries = class.iter().take(MOST_TRIES).map(|row| &self.rows[*row]);
        tries.any(|row| self.is_far(row, budget) || self.is_apart(row, budget))
    }

    /// Whether no claim that says something else is near to the row's peers.
    fn is_far(&self, row: &Row, budget: &mut Budget) -> bool {
        let says_else = |subject: &Cube, ports: &PortSet| {
            !ports.is_subset(&row.may) || (subject != self.subject && !row.need.is_apart(ports))
        };
        !self.near.is_said(self.subject, PeerRef::from(&row.peer), budget, says_else)
    }

    /// Whether some of the row's peers are in no claim that says something else.
    fn is_apart(&self, row: &Row, budget: &mut Budget) -> bool {
        let ports = Residue::from(&PortSet::every());
        let piece = Piece { subject: self.subject.clone(), peer: row.peer.clone(), ports };
        let need = Residue::from(&row.need);
        let says_else = |id: usize| {
            let Claim { subject, ports, .. } = &self.claims[id];
            !ports.is_subset(&row.may) || (subject != self.subject && need.meets(ports))
        };
        self.space.covers(&piece, says_else, budget) == Some(false)
    }
}
