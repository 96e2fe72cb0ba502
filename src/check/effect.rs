//! Rules, and alternatives of rules, of which nothing is written. Looked at in programs without errors alone.

use std::collections::BTreeMap;

use crate::hir::{self, Halves, PeerKind, Scope};
use crate::ir::Direction;
use crate::source::Span;
use crate::syntax::ast::Management;

use super::{Checker, problems};

/// What is written of the alternatives of one statement, over all namespaces in which it holds.
#[derive(Debug, Default)]
struct Effect {
    /// Whether any of its sides is, or may come to be, in a managed namespace.
    manageable: bool,
    /// By place, whether a half is written for the sources there.
    egress: BTreeMap<Span, bool>,
    /// By place, whether a half is written for the targets there.
    ingress: BTreeMap<Span, bool>,
}

impl Checker<'_> {
    /// Reports rules that cannot have an effect, and warns of those that have none now.
    pub(super) fn find_rules_without_effect(&mut self, program: &hir::Program) {
        let isolation = hir::Isolation::of(program);
        // The rules of one statement stand together: it is resolved in one namespace after the other.
        for rules in program.rules.chunk_by(|one, next| one.statement == next.statement) {
            let mut effect = Effect::default();
            for rule in rules {
                effect.add(program, &isolation, rule);
            }
            let span = program.statements[rules[0].statement.0 as usize].span;
            self.report_effect(span, rules[0].halves, &effect);
        }
    }

    fn report_effect(&mut self, span: Span, halves: Halves, effect: &Effect) {
        if !effect.manageable {
            return self.report(problems::nothing_managed(span, halves));
        }
        let egress = effect.egress.values().any(|written| *written);
        let ingress = effect.ingress.values().any(|written| *written);
        if !egress && !ingress {
            return self.report(problems::rule_without_effect(span, halves));
        }
        // A source is written in its own egress half, or as the peer of any ingress half; a target likewise.
        let idle_sources = effect.egress.iter().filter(|(_, written)| !**written && !ingress);
        let idle_targets = effect.ingress.iter().filter(|(_, written)| !**written && !egress);
        let idle: Vec<Span> = idle_sources.chain(idle_targets).map(|(span, _)| *span).collect();
        for span in idle {
            self.report(problems::alternative_without_effect(span));
        }
    }
}

impl Effect {
    fn add(&mut self, program: &hir::Program, isolation: &hir::Isolation, rule: &hir::Rule) {
        let written = |peer: &PeerKind, direction| {
            let mut namespaces = isolation.managed(program, peer).iter();
            namespaces.any(|namespace| isolation.has_subjects_in(*namespace, peer, direction))
        };
        for source in &rule.from {
            let egress = writes(rule.halves, Direction::Egress);
            self.manageable |= egress && manageable(program, &source.kind);
            *self.egress.entry(source.span).or_default() |=
                egress && written(&source.kind, Direction::Egress);
        }
        for target in &rule.to {
            let kind = &target.peer.kind;
            let ingress = writes(rule.halves, Direction::Ingress);
            self.manageable |= ingress && manageable(program, kind);
            *self.ingress.entry(target.peer.span).or_default() |=
                ingress && written(kind, Direction::Ingress);
        }
    }
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
