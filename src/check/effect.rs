//! Rules, and alternatives of rules, of which nothing is written. Looked at in programs without errors alone.

use crate::diag::Diagnostic;
use crate::hir::{self, Halves, PeerKind, Scope};
use crate::ir::Direction;
use crate::parallel;
use crate::source::Span;
use crate::syntax::ast::Management;

use super::problems;

/// How many statements are looked at together.
const STATEMENTS_OF_A_PART: usize = 250;

/// What is written of the alternatives of one statement, over all namespaces in which it holds.
#[derive(Debug, Default)]
struct Effect {
    /// Whether any of its sides is, or may come to be, in a managed namespace.
    manageable: bool,
    /// The places of its sources, and whether a half is written for those.
    egress: Vec<(Span, bool)>,
    /// The same of its targets.
    ingress: Vec<(Span, bool)>,
}

/// Rules that cannot have an effect are errors, and those that have none now warnings.
pub(super) fn find_rules_without_effect(program: &hir::Program) -> Vec<Diagnostic> {
    let isolation = hir::Isolation::of(program);
    // The rules of one statement stand together: it is resolved in one namespace after the other.
    let statements: Vec<&[hir::Rule]> =
        program.rules.chunk_by(|one, next| one.statement == next.statement).collect();
    let parts = statements.chunks(STATEMENTS_OF_A_PART).collect();
    let found = parallel::map(parts, program.rules.len(), |statements| {
        let mut problems = Vec::new();
        let mut effect = Effect::default();
        for rules in statements {
            effect.clear();
            for rule in *rules {
                effect.add(program, &isolation, rule);
            }
            let span = program.statements[rules[0].statement.0 as usize].span;
            effect.report(span, rules[0].halves, &mut problems);
        }
        problems
    });
    found.into_iter().flatten().collect()
}

impl Effect {
    fn clear(&mut self) {
        self.manageable = false;
        self.egress.clear();
        self.ingress.clear();
    }

    fn add(&mut self, program: &hir::Program, isolation: &hir::Isolation, rule: &hir::Rule) {
        let written = |peer: &PeerKind, direction| {
            let mut namespaces = isolation.managed(program, peer).iter();
            namespaces.any(|namespace| isolation.has_subjects_in(*namespace, peer, direction))
        };
        let egress = writes(rule.halves, Direction::Egress);
        for source in &rule.from {
            self.manageable |= egress && manageable(program, &source.kind);
            self.egress.push((source.span, egress && written(&source.kind, Direction::Egress)));
        }
        let ingress = writes(rule.halves, Direction::Ingress);
        for target in &rule.to {
            let kind = &target.peer.kind;
            self.manageable |= ingress && manageable(program, kind);
            self.ingress.push((target.peer.span, ingress && written(kind, Direction::Ingress)));
        }
    }

    fn report(&mut self, span: Span, halves: Halves, problems: &mut Vec<Diagnostic>) {
        if !self.manageable {
            return problems.push(problems::nothing_managed(span, halves));
        }
        let egress = self.egress.iter().any(|(_, written)| *written);
        let ingress = self.ingress.iter().any(|(_, written)| *written);
        if !egress && !ingress {
            return problems.push(problems::rule_without_effect(span, halves));
        }
        // A source is written in its own egress half, or as the peer of any ingress half; a target likewise.
        let idle = |alternatives| idle(alternatives).map(problems::alternative_without_effect);
        if !ingress {
            problems.extend(idle(&mut self.egress));
        }
        if !egress {
            problems.extend(idle(&mut self.ingress));
        }
    }
}

/// The places for which nothing is written in any of the namespaces.
fn idle(alternatives: &mut [(Span, bool)]) -> impl Iterator<Item = Span> {
    alternatives.sort_unstable();
    let places = alternatives.chunk_by(|one, next| one.0 == next.0);
    places.filter(|place| place.iter().all(|(_, written)| !written)).map(|place| place[0].0)
}

/// Whether a rule has the half of a direction.
fn writes(halves: Halves, direction: Direction) -> bool {
    match (halves, direction) {
        (Halves::Both, _) | (Halves::Ingress, Direction::Ingress) | (Halves::Egress, Direction::Egress) => {
            true
        }
        (Halves::Ingress, Direction::Egress) | (Halves::Egress, Direction::Ingress) => false,
    }
}

/// Whether something could be written for a peer. A set without managed namespaces may get one tomorrow; an
/// external namespace or an address never will.
fn manageable(program: &hir::Program, peer: &PeerKind) -> bool {
    match peer {
        PeerKind::Anywhere
        | PeerKind::Pods { scope: Scope::Cluster | Scope::Managed | Scope::Set(_), .. } => true,
        PeerKind::Addresses(_) => false,
        PeerKind::Pods { scope: Scope::Namespace(one), .. } => {
            program.namespaces[one.0 as usize].management == Management::Managed
        }
    }
}
