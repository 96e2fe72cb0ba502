//! The connections of one source with one target of a rule, and when they are among another's.

use std::collections::BTreeMap;

use crate::algebra::{Cube, PortSet, Requirement};
use crate::hir::{Halves, Management, NamespaceId, PeerKind, Program, Scope, SetId, StatementId};
use crate::ir::NAMESPACE_NAME;

use crate::lint::facts::Facts;
use crate::lint::written::{Line, Place, Role};
use crate::source::Span;

/// The most pieces that a rule may have to be looked at.
const MAX_PIECES: usize = 1_000;

/// A rule, over all namespaces in which it holds.
#[derive(Debug)]
pub(super) struct Statement<'a> {
    pub(super) id: StatementId,
    pub(super) block: Block,
    /// At least one.
    pub(super) pieces: Vec<Piece<'a>>,
}

/// In which block a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// That of a single namespace.
    Namespace,
    /// That of a set, so that it is about namespaces to come as well.
    Set,
    /// None.
    Outside,
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
    let blocks = blocks(facts);
    let mut statements: BTreeMap<StatementId, (Block, Vec<Piece>)> = BTreeMap::new();
    for rule in &facts.program.rules {
        let block = blocks.get(&rule.to[0].peer.span).copied().unwrap_or(Block::Namespace);
        let (_, pieces) = statements.entry(rule.statement).or_insert_with(|| (block, Vec::new()));
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
    let small = statements.into_iter().filter(|(_, (_, pieces))| (1..=MAX_PIECES).contains(&pieces.len()));
    small.map(|(id, (block, pieces))| Statement { id, block, pieces }).collect()
}

/// The blocks of rules by the places of their first targets.
fn blocks(facts: &Facts) -> BTreeMap<Span, Block> {
    let allows = facts.written.lines.iter().filter(|line| line.role == Role::Allow);
    let block = |line: &Line| match line.place {
        Place::Outside => Block::Outside,
        Place::Namespace(_) => Block::Namespace,
        Place::Set => Block::Set,
    };
    allows.map(|line| (line.to.alternatives[0].span, block(line))).collect()
}

impl Piece<'_> {
    /// Whether all connections of another piece are among those of this one, in each half that it writes.
    pub(super) fn covers(&self, other: &Self, program: &Program) -> bool {
        (self.halves == Halves::Both || self.halves == other.halves)
            && covers(self.from, other.from, program)
            && covers(self.to, other.to, program)
            && other.ports.is_subset(self.ports)
    }
}

fn covers(wider: &PeerKind, narrower: &PeerKind, program: &Program) -> bool {
    match (wider, narrower) {
        (PeerKind::Anywhere, _) => true,
        (PeerKind::Addresses(wider), PeerKind::Addresses(narrower)) => narrower.is_subset(wider),
        (
            PeerKind::Pods { scope: wider, selector },
            PeerKind::Pods { scope: narrower, selector: narrower_selector },
        ) => scope_covers(*wider, *narrower, program) && narrower_selector.is_subset(selector),
        (PeerKind::Pods { .. }, PeerKind::Anywhere | PeerKind::Addresses(_))
        | (PeerKind::Addresses(_), PeerKind::Anywhere | PeerKind::Pods { .. }) => false,
    }
}

/// Whether every namespace of a scope is in another, by names alone: the labels that a namespace states are an
/// assumption about the cluster, and no reason to remove a rule.
fn scope_covers(wider: Scope, narrower: Scope, program: &Program) -> bool {
    let namespace = |id: NamespaceId| &program.namespaces[id.0 as usize];
    let set = |id: SetId| &program.sets[id.0 as usize].selector;
    match (wider, narrower) {
        (Scope::Cluster, _) => true,
        (Scope::Managed, Scope::Namespace(one)) => namespace(one).management == Management::Managed,
        (Scope::Set(wider), Scope::Set(narrower)) => set(narrower).is_subset(set(wider)),
        (Scope::Set(wider), Scope::Namespace(one)) => {
            let name = Requirement::one_of([namespace(one).name.clone()]);
            Cube::of(NAMESPACE_NAME.into(), name).is_some_and(|cube| cube.is_subset(set(wider)))
        }
        (Scope::Namespace(_) | Scope::Managed, _) | (Scope::Set(_), Scope::Managed | Scope::Cluster) => {
            wider == narrower
        }
    }
}
