//! W0008: a rule that allows nothing which one other rule does not allow already.
//!
//! Rules are compared as sets, piece by piece: one source with one target. Candidates come from an index, equal
//! pieces first, and the rest of the search has a budget, so that a hundred thousand rules take a moment.

mod blocks;
mod index;
mod piece;
mod wider;

use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::StatementId;
use crate::source::Span;

use super::Budget;
use super::facts::Facts;
use index::Index;
use piece::{Block, Piece, Statement, Statements};

/// The most rules, or peers, that are compared with one.
const MAX_CANDIDATES: usize = 256;

/// The most rules, or peers, that are looked at for one.
const MAX_LOOKED_AT: usize = 4_096;

pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let statements = Statements::of(facts);
    let index = Index::of(facts, &statements);
    // Searching never takes the steps with which rules that say the same are found.
    let (mut comparing, mut searching) = (Budget::new(), Budget::new());
    let mut found = Vec::new();
    for statement in &statements.all {
        let shadowing = |at: &usize, budget: &mut Budget| {
            let other = &statements.all[*at];
            let comparison = Comparison { facts, statements: &statements, budget };
            other.id != statement.id && lasts(other, statement) && comparison.shadows(other, statement)
        };
        let pieces = statements.pieces_of(statement);
        let equal = index.equal(&pieces[0]).find(|at| shadowing(at, &mut comparing));
        let wider = equal.or_else(|| {
            let candidates = index.wider(&pieces[0], &mut searching);
            candidates.into_iter().find(|at| shadowing(at, &mut searching))
        });
        let place = |id: StatementId| facts.program.statements[id.0 as usize].span;
        found.extend(wider.map(|at| problem(place(statement.id), place(statements.all[at].id))));
    }
    found
}

/// Whether what one rule has in common with another stays so: one in the block of a set is about namespaces to come
/// as well, of which the rule of a single namespace knows nothing.
fn lasts(wider: &Statement, narrower: &Statement) -> bool {
    narrower.block != Block::Set || wider.block != Block::Namespace
}

/// What rules are compared with.
struct Comparison<'a> {
    facts: &'a Facts<'a>,
    statements: &'a Statements<'a>,
    budget: &'a mut Budget,
}

impl Comparison<'_> {
    /// Whether one rule allows all that another allows; of two that allow the same, the later one is superfluous.
    fn shadows(mut self, wider: &Statement, narrower: &Statement) -> bool {
        let place = |rule: &Statement| self.facts.program.statements[rule.id.0 as usize].span;
        let earlier = place(wider) < place(narrower);
        self.allows_all_of(wider, narrower)
            && (earlier || !self.allows_all_of(narrower, wider))
            && self.budget.take(0)
    }

    fn allows_all_of(&mut self, wider: &Statement, narrower: &Statement) -> bool {
        let (wider, narrower) = (self.statements.pieces_of(wider), self.statements.pieces_of(narrower));
        narrower.iter().all(|piece| {
            let covers = |other: &Piece| self.budget.take(1) && other.covers(piece, self.facts);
            wider.iter().any(covers)
        })
    }
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
