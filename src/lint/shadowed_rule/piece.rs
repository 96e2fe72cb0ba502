//! The connections of one source with one target of a rule, and when they are among another's.

use std::collections::BTreeMap;

use crate::algebra::PortSet;
use crate::hir::{Halves, Management, PeerKind, Program, Scope, StatementId};

use crate::lint::facts::Facts;

/// The most pieces that a rule may have to be looked at.
const MAX_PIECES: usize = 1_000;

/// A rule, over all namespaces in which it holds.
#[derive(Debug)]
pub(super) struct Statement<'a> {
    pub(super) id: StatementId,
    /// At least one.
    pub(super) pieces: Vec<Piece<'a>>,
}

/// One source with one target.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    pub(super) halves: Halves,
    pub(super) from: &'a PeerKind,
    pub(super) to: &'a PeerKind,
    pub(super) ports: &'a PortSet,
}

/// The rules of a program in pieces; without those that have too many.
pub(super) fn statements<'a>(facts: &Facts<'a>) -> Vec<Statement<'a>> {
    let mut statements: BTreeMap<StatementId, Vec<Piece>> = BTreeMap::new();
    for rule in &facts.program.rules {
        let pieces = statements.entry(rule.statement).or_default();
        let all = rule.from.iter().flat_map(|source| {
            rule.to.iter().map(|target| Piece {
                halves: rule.halves,
                from: &source.kind,
                to: &target.peer.kind,
                ports: &target.ports,
            })
        });
        let room = MAX_PIECES + 1 - pieces.len();
        pieces.extend(all.take(room));
    }
    let small = statements.into_iter().filter(|(_, pieces)| (1..=MAX_PIECES).contains(&pieces.len()));
    small.map(|(id, pieces)| Statement { id, pieces }).collect()
}

impl Piece<'_> {
    /// Whether all connections of another piece are among those of this one, in each half that it writes.
    pub(super) fn covers(&self, other: &Self, program: &Program) -> bool {
        (self.halves == Halves::Both || self.halves == other.halves)
            && other.ports.is_subset(self.ports)
            && covers(self.from, other.from, program)
            && covers(self.to, other.to, program)
    }
}

fn covers(wider: &PeerKind, narrower: &PeerKind, program: &Program) -> bool {
    match (wider, narrower) {
        (PeerKind::Anywhere, _) => true,
        (PeerKind::Addresses(wider), PeerKind::Addresses(narrower)) => narrower.is_subset(wider),
        (
            PeerKind::Pods { scope: wider, selector },
            PeerKind::Pods { scope: narrower, selector: narrower_selector },
        ) => narrower_selector.is_subset(selector) && scope_covers(*wider, *narrower, program),
        (PeerKind::Pods { .. }, PeerKind::Anywhere | PeerKind::Addresses(_))
        | (PeerKind::Addresses(_), PeerKind::Anywhere | PeerKind::Pods { .. }) => false,
    }
}

/// Whether every namespace of a scope is in another, by what the namespaces state.
fn scope_covers(wider: Scope, narrower: Scope, program: &Program) -> bool {
    let namespace = |id: crate::hir::NamespaceId| &program.namespaces[id.0 as usize];
    let set = |id: crate::hir::SetId| &program.sets[id.0 as usize];
    match (wider, narrower) {
        (Scope::Cluster, _) => true,
        (Scope::Managed, Scope::Namespace(one)) => namespace(one).management == Management::Managed,
        (Scope::Set(wider), Scope::Namespace(one)) => namespace(one).labels.is_subset(&set(wider).selector),
        (Scope::Set(wider), Scope::Set(narrower)) => set(narrower).selector.is_subset(&set(wider).selector),
        (Scope::Namespace(_) | Scope::Managed, _) | (Scope::Set(_), Scope::Managed | Scope::Cluster) => {
            wider == narrower
        }
    }
}
