//! Rules, guards and tests, each resolved in the place where it stands.
//!
//! A rule in the block of a set holds in each managed namespace of the set, as if written there; what is wrong
//! with it is reported once.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::Text;
use crate::hir;
use crate::source::Span;
use crate::syntax::ast::{self, AssertionKind, MemberKind};

use super::peers::{Claim, Place};
use super::program::id;
use super::{Checker, problems};

/// Statements of sets, counted once for each namespace in which they hold: memory grows with their number.
const MAX_EXPANDED: usize = 500_000;

impl Checker<'_> {
    /// Resolves every statement into the program.
    pub(super) fn resolve_statements(&mut self, program: &mut hir::Program) {
        self.refuse_equal_test_names();
        for (span, kind) in self.tables.outside.clone() {
            self.resolve_in(&[Place::Outside], span, kind, program);
        }
        for at in 0..self.tables.namespaces.len() {
            for (_, member) in self.tables.namespaces[at].members.clone() {
                self.resolve_in(&[Place::Namespace(at)], member.span, &member.kind, program);
            }
        }
        for at in 0..self.tables.sets.len() {
            self.resolve_in_set(at, program);
        }
        self.warn_of_hidden_names();
    }

    fn resolve_in_set(&mut self, at: usize, program: &mut hir::Program) {
        let set = &self.tables.sets[at];
        let mut places: Vec<Place> = set.managed.iter().map(|at| Place::Namespace(*at)).collect();
        let known = set.selector.is_some();
        let declared = set.name.span;
        let members = set.members.clone();
        self.expanded = self.expanded.saturating_add(places.len().saturating_mul(members.len()));
        if self.expanded > MAX_EXPANDED {
            return self.report(problems::too_many_expansions(declared, MAX_EXPANDED));
        }
        if places.is_empty() {
            places.push(Place::EmptySet);
        }
        for member in members {
            let readable = !matches!(member.kind, MemberKind::Broken(_));
            if places == [Place::EmptySet] && known && readable {
                self.report(problems::empty_set(member.span, declared));
            }
            self.resolve_in(&places, member.span, &member.kind, program);
        }
    }

    fn resolve_in(&mut self, places: &[Place], span: Span, kind: &MemberKind, program: &mut hir::Program) {
        match kind {
            MemberKind::Rule(rule) => {
                let statement = new_statement(program, span, &rule.doc);
                self.in_each(places, |checker, place| {
                    let (from, to) = checker.both_sides(&rule.from, &rule.to, place, Claim::Allowed)?;
                    place.holds()?;
                    program.rules.push(hir::Rule { statement, halves: rule.halves, from, to });
                    Some(())
                });
            }
            MemberKind::Guard(guard) => {
                let statement = new_statement(program, span, &ast::Doc::default());
                self.in_each(places, |checker, place| {
                    let (from, to) = checker.both_sides(&guard.from, &guard.to, place, Claim::Denied)?;
                    place.holds()?;
                    program.guards.push(hir::Guard { statement, kind: guard.kind, from, to });
                    Some(())
                });
            }
            MemberKind::Test(test) => {
                self.in_each(places, |checker, place| {
                    let test = checker.test(test, place);
                    program.tests.push(test);
                    Some(())
                });
            }
            MemberKind::Broken(broken) => {
                for member in &broken.members {
                    self.resolve_in(places, member.span, &member.kind, program);
                }
            }
            MemberKind::Pods(_) | MemberKind::Default(_) => {}
        }
    }

    /// Resolves a statement in each place; what is found at the same spot with the same code is found once.
    fn in_each(&mut self, places: &[Place], mut resolve: impl FnMut(&mut Self, Place) -> Option<()>) {
        let mut found = BTreeSet::new();
        for place in places {
            let before = self.problems.len();
            // A gap was reported where it was found; the other places are looked at all the same.
            let _ = resolve(self, *place);
            let new = self.problems.split_off(before);
            self.problems.extend(new.into_iter().filter(|p| found.insert((p.code, p.primary.span))));
        }
    }

    fn both_sides(
        &mut self,
        from: &ast::Union,
        to: &ast::Union,
        place: Place,
        claim: Claim,
    ) -> Option<(Vec<hir::Peer>, Vec<hir::Target>)> {
        // Both before `?`: a mistake on one side does not hide one on the other.
        let from = self.sources(from, place);
        let to = self.targets(to, place, claim);
        Some((from?, to?))
    }

    fn test(&mut self, test: &ast::Test, place: Place) -> hir::Test {
        let name: Text = self.text(&test.name.text);
        let assertions = test.assertions.iter().filter_map(|line| self.assertion(line, place)).collect();
        hir::Test { name, span: test.name.span, assertions }
    }

    fn assertion(&mut self, line: &ast::Assertion, place: Place) -> Option<hir::Assertion> {
        let claim = match line.kind {
            AssertionKind::Can => Claim::Reachable,
            AssertionKind::Cannot => Claim::Denied,
        };
        let (from, to) = self.both_sides(&line.from, &line.to, place, claim)?;
        Some(hir::Assertion { span: line.span, kind: line.kind, from, to })
    }

    fn refuse_equal_test_names(&mut self) {
        let members = self.tables.namespaces.iter().flat_map(|namespace| &namespace.members);
        let inside = members.map(|(_, member)| &member.kind);
        let all = self.tables.outside.iter().map(|(_, kind)| *kind).chain(inside);
        let mut names: Vec<&ast::Word> = all
            .filter_map(|kind| match kind {
                MemberKind::Test(test) => Some(&test.name),
                MemberKind::Pods(_)
                | MemberKind::Default(_)
                | MemberKind::Rule(_)
                | MemberKind::Guard(_)
                | MemberKind::Broken(_) => None,
            })
            .collect();
        names.sort_by_key(|name| name.span);
        let mut taken: BTreeMap<&str, Span> = BTreeMap::new();
        let mut problems = Vec::new();
        for name in names {
            match taken.get(name.text.as_str()) {
                Some(earlier) => problems.push(problems::twice("test", name, *earlier)),
                None => drop(taken.insert(&name.text, name.span)),
            }
        }
        self.problems.extend(problems);
    }

    fn warn_of_hidden_names(&mut self) {
        let mut problems = Vec::new();
        for pods in &self.tables.pods {
            if let Some((kind, declared)) = self.thing(&pods.name.text) {
                let prelude = self.tables.in_prelude(declared);
                problems.push(problems::hidden_name(pods.name, kind, (!prelude).then_some(declared)));
            }
        }
        self.problems.extend(problems);
    }
}

fn new_statement(program: &mut hir::Program, span: Span, doc: &ast::Doc) -> hir::StatementId {
    program.statements.push(hir::Statement { span, doc: doc.lines.join("\n") });
    hir::StatementId(id(program.statements.len() - 1))
}
