//! W0008: a rule that allows nothing which one other rule does not allow already.
//!
//! Rules are compared as sets, piece by piece: one source with one target. Candidates come from an index, equal
//! pieces first, and the rest of the search has a budget, so that a hundred thousand rules take a moment.

mod index;
mod piece;

use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::StatementId;
use crate::source::Span;

use super::Budget;
use super::facts::Facts;
use index::Index;
use piece::{Block, Statement};

pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let statements = piece::statements(facts);
    let index = Index::of(&statements);
    // Searching never takes the steps with which rules that say the same are found.
    let (mut comparing, mut searching) = (Budget::new(), Budget::new());
    let mut found = Vec::new();
    for statement in &statements {
        let first = &statement.pieces[0];
        let shadowing = |at: &usize, budget: &mut Budget| {
            let other = &statements[*at];
            other.id != statement.id && lasts(other, statement) && shadows(facts, other, statement, budget)
        };
        let equal = index.equal(first).iter().find(|at| shadowing(at, &mut comparing)).copied();
        let wider = equal.or_else(|| {
            let candidates = index.wider(facts, first, &mut searching);
            candidates.into_iter().find(|at| shadowing(at, &mut searching))
        });
        found.extend(wider.map(|at| problem(place(facts, statement.id), place(facts, statements[at].id))));
    }
    found
}

/// Whether what one rule has in common with another stays so: one in the block of a set is about namespaces to come
/// as well, of which the rule of a single namespace knows nothing.
fn lasts(wider: &Statement, narrower: &Statement) -> bool {
    narrower.block != Block::Set || wider.block != Block::Namespace
}

/// Whether one rule allows all that another allows; of two that allow the same, the later one is superfluous.
fn shadows(facts: &Facts, wider: &Statement, narrower: &Statement, budget: &mut Budget) -> bool {
    let earlier = place(facts, wider.id) < place(facts, narrower.id);
    allows_all_of(facts, wider, narrower, budget)
        && (earlier || !allows_all_of(facts, narrower, wider, budget))
        && budget.take(0)
}

fn allows_all_of(facts: &Facts, wider: &Statement, narrower: &Statement, budget: &mut Budget) -> bool {
    narrower.pieces.iter().all(|piece| {
        let covers = |other: &piece::Piece| budget.take(1) && other.covers(piece, facts.program);
        wider.pieces.iter().any(covers)
    })
}

fn place(facts: &Facts, id: StatementId) -> Span {
    facts.program.statements[id.0 as usize].span
}

fn problem(rule: Span, wider: Span) -> Diagnostic {
    Diagnostic::new(
        Lint::ShadowedRule,
        rule,
        "another rule allows all of this already",
        "nothing changes for traffic when this rule is removed, so removing it closes nothing either",
    )
    .with_label(wider, "this one allows as much or more")
    .with_help("remove this rule, or narrow the other one if it was not meant to allow so much")
}
