//! The connections of one source with one target of a rule, and when they are among another's.

use std::ops::Range;

use crate::algebra::PortSet;
use crate::hir::{Halves, Management, NamespaceId, Program, Rule, Scope, SetId, StatementId};
use crate::ir::NAMESPACE_NAME;
use crate::lint::facts::Facts;
use crate::lint::peers::{Number, Peer};
use crate::lint::written::{Place, Role};
use crate::source::Span;

/// The most pieces that a rule may have to be looked at.
const MAX_PIECES: usize = 1_000;

/// The rules of a program in pieces; without those that have too many.
pub(super) struct Statements<'a> {
    /// In the order of their ids.
    pub(super) all: Vec<Statement>,
    /// In the same order.
    pub(super) pieces: Vec<Piece<'a>>,
}

/// A rule, over all namespaces in which it holds.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) id: StatementId,
    pub(super) block: Block,
    /// At least one.
    pub(super) pieces: Range<usize>,
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
    /// The place of its rule among the statements.
    pub(super) statement: usize,
    pub(super) halves: Halves,
    pub(super) from: Number,
    pub(super) to: Number,
    pub(super) ports: &'a PortSet,
}

impl<'a> Statements<'a> {
    pub(super) fn of(facts: &Facts<'a>) -> Self {
        let blocks = Blocks::of(facts);
        let mut statements = Self { all: Vec::new(), pieces: Vec::with_capacity(facts.program.rules.len()) };
        let rules: Vec<_> = facts.peers.of_rules().collect();
        for rules in rules.chunk_by(|(one, ..), (other, ..)| one.statement == other.statement) {
            let (at, start) = (statements.all.len(), statements.pieces.len());
            let pieces = rules.iter().flat_map(|(rule, from, to)| pieces(at, rule, from, to));
            statements.pieces.extend(pieces.take(MAX_PIECES + 1));
            let pieces = start..statements.pieces.len();
            if (1..=MAX_PIECES).contains(&pieces.len()) {
                let rule = rules[0].0;
                statements.all.push(Statement { id: rule.statement, block: blocks.of_rule(rule), pieces });
            } else {
                statements.pieces.truncate(start);
            }
        }
        statements
    }

    /// The pieces of a rule.
    pub(super) fn pieces_of(&self, statement: &Statement) -> &[Piece<'a>] {
        &self.pieces[statement.pieces.clone()]
    }
}

fn pieces<'a, 'n>(
    statement: usize,
    rule: &'a Rule,
    from: &'n [Number],
    to: &'n [Number],
) -> impl Iterator<Item = Piece<'a>> + use<'a, 'n> {
    from.iter().flat_map(move |from| {
        to.iter().zip(&rule.to).map(move |(to, target)| Piece {
            statement,
            halves: rule.halves,
            from: *from,
            to: *to,
            ports: &target.ports,
        })
    })
}

/// The rules that do not stand in the block of a single namespace, by the places of their first targets.
struct Blocks(Vec<(Span, Block)>);

impl Blocks {
    fn of(facts: &Facts) -> Self {
        let allows = facts.written.lines.iter().filter(|line| line.role == Role::Allow);
        let others = allows.filter_map(|line| {
            let block = match line.place {
                Place::Namespace(_) => return None,
                Place::Outside => Block::Outside,
                Place::Set => Block::Set,
            };
            Some((line.to.alternatives[0].span, block))
        });
        let mut others: Vec<_> = others.collect();
        others.sort_unstable_by_key(|(span, _)| *span);
        Self(others)
    }

    fn of_rule(&self, rule: &Rule) -> Block {
        let known = self.0.binary_search_by_key(&rule.to[0].peer.span, |(span, _)| *span);
        known.map_or(Block::Namespace, |at| self.0[at].1)
    }
}

impl Piece<'_> {
    /// Whether all connections of another piece are among those of this one, in each half that it writes.
    pub(super) fn covers(&self, other: &Self, facts: &Facts) -> bool {
        (self.halves == Halves::Both || self.halves == other.halves)
            && covers(self.from, other.from, facts)
            && covers(self.to, other.to, facts)
            && other.ports.is_subset(self.ports)
    }
}

/// Whether a peer is all of another.
pub(super) fn covers(wider: Number, narrower: Number, facts: &Facts) -> bool {
    if wider == narrower {
        return true;
    }
    match (facts.peers.get(wider), facts.peers.get(narrower)) {
        (Peer::Anywhere, _) => true,
        (Peer::Addresses(_, wider), Peer::Addresses(_, narrower)) => narrower.is_subset(wider),
        (Peer::Pods(wider, _, selector), Peer::Pods(narrower, _, narrower_selector)) => {
            scope_covers(wider, narrower, facts.program) && narrower_selector.is_subset(selector)
        }
        (Peer::Pods(..), Peer::Anywhere | Peer::Addresses(..))
        | (Peer::Addresses(..), Peer::Anywhere | Peer::Pods(..)) => false,
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
            let name = &namespace(one).name;
            set(wider).requirements().all(|(key, it)| **key == *NAMESPACE_NAME && it.contains(Some(name)))
        }
        (Scope::Namespace(_) | Scope::Managed, _) | (Scope::Set(_), Scope::Managed | Scope::Cluster) => {
            wider == narrower
        }
    }
}
