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
use super::{Checker, Parts, Resolver, problems};

/// Statements of sets, counted once for each namespace in which they hold: memory grows with their number.
const MAX_EXPANDED: usize = 500_000;

/// Statements that stand in one place, or in the block of a set.
#[derive(Clone, Copy)]
enum Part {
    /// One of those outside any block.
    Outside(usize),
    /// Those in the blocks of a namespace.
    Namespace(usize),
    /// Those in the block of a set.
    Set(usize),
    /// Those in the block of a set that hold in too many namespaces.
    TooMany(usize),
}

/// What statements say; a [`hir::StatementId`] is a place among these.
#[derive(Default)]
struct Resolved<'a> {
    program: hir::Program,
    /// The names of the tests that stand where they may.
    tests: Vec<&'a ast::Word>,
}

impl Checker<'_> {
    /// Resolves every statement into the program.
    pub(super) fn resolve_statements(&mut self, program: &mut hir::Program) {
        let parts = self.parts();
        let work: Vec<usize> = parts.iter().map(|part| self.work(*part)).collect();
        let resolved = self.in_parts(Parts::of(&work), |resolver, range| {
            let mut resolved = Resolved::default();
            for part in &parts[range] {
                resolver.resolve(*part, &mut resolved);
            }
            resolved
        });
        let mut tests = Vec::new();
        for part in resolved {
            tests.extend(part.tests);
            append(program, part.program);
        }
        self.refuse_equal_test_names(tests);
        self.warn_of_hidden_names();
    }

    fn parts(&self) -> Vec<Part> {
        let outside = (0..self.tables.outside.len()).map(Part::Outside);
        let namespaces = (0..self.tables.namespaces.len()).map(Part::Namespace);
        let mut expanded: usize = 0;
        let sets = self.tables.sets.iter().enumerate().map(|(at, set)| {
            expanded = expanded.saturating_add(set.managed.len().saturating_mul(set.members.len()));
            if expanded > MAX_EXPANDED { Part::TooMany(at) } else { Part::Set(at) }
        });
        outside.chain(namespaces).chain(sets).collect()
    }

    /// About how many statements a part resolves.
    fn work(&self, part: Part) -> usize {
        match part {
            Part::Outside(_) | Part::TooMany(_) => 1,
            Part::Namespace(at) => self.tables.namespaces[at].members.len(),
            Part::Set(at) => {
                let set = &self.tables.sets[at];
                set.members.len() * set.managed.len().max(1)
            }
        }
    }

    fn refuse_equal_test_names(&mut self, mut names: Vec<&ast::Word>) {
        names.sort_by_key(|name| name.span);
        let mut taken: BTreeMap<&str, Span> = BTreeMap::new();
        for name in names {
            match taken.get(name.text.as_str()) {
                Some(earlier) => self.report(problems::twice("test", name, *earlier)),
                None => drop(taken.insert(&name.text, name.span)),
            }
        }
    }

    fn warn_of_hidden_names(&mut self) {
        self.in_parts(Parts::equal(self.tables.pods.len()), |resolver, part| {
            for pods in &resolver.tables.pods[part] {
                if let Some((kind, declared)) = resolver.thing(&pods.name.text) {
                    let prelude = resolver.tables.in_prelude(declared);
                    resolver.report(problems::hidden_name(pods.name, kind, (!prelude).then_some(declared)));
                }
            }
        });
    }
}

/// Adds what a part says behind all that is there.
fn append(program: &mut hir::Program, part: hir::Program) {
    if program.statements.is_empty() {
        // The first part, and often the only one, is not copied.
        let hir::Program { rules, guards, statements, .. } = part;
        (program.rules, program.guards, program.statements) = (rules, guards, statements);
        return program.tests.extend(part.tests);
    }
    let before = id(program.statements.len());
    let moved = |statement: hir::StatementId| hir::StatementId(statement.0 + before);
    let rules = part.rules.into_iter();
    program.rules.extend(rules.map(|rule| hir::Rule { statement: moved(rule.statement), ..rule }));
    let guards = part.guards.into_iter();
    program.guards.extend(guards.map(|guard| hir::Guard { statement: moved(guard.statement), ..guard }));
    program.tests.extend(part.tests);
    program.statements.extend(part.statements);
}

impl<'a> Resolver<'_, 'a> {
    fn resolve(&mut self, part: Part, resolved: &mut Resolved<'a>) {
        let tables = self.tables;
        match part {
            Part::Outside(at) => {
                let (span, kind) = tables.outside[at];
                resolved.tests.extend(test_name(kind));
                self.resolve_in(&[Place::Outside], span, kind, &mut resolved.program);
            }
            Part::Namespace(at) => {
                for (_, member) in &tables.namespaces[at].members {
                    resolved.tests.extend(test_name(&member.kind));
                    let place = [Place::Namespace(at)];
                    self.resolve_in(&place, member.span, &member.kind, &mut resolved.program);
                }
            }
            Part::Set(at) => self.resolve_in_set(at, &mut resolved.program),
            Part::TooMany(at) => {
                self.report(problems::too_many_expansions(tables.sets[at].name.span, MAX_EXPANDED));
            }
        }
    }

    fn resolve_in_set(&mut self, at: usize, program: &mut hir::Program) {
        let set = &self.tables.sets[at];
        let mut places: Vec<Place> = set.managed.iter().map(|at| Place::Namespace(*at)).collect();
        if places.is_empty() {
            places.push(Place::EmptySet);
        }
        for member in &set.members {
            let readable = !matches!(member.kind, MemberKind::Broken(_));
            if set.managed.is_empty() && set.selector.is_some() && readable {
                self.report(problems::empty_set(member.span, set.name.span));
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
            let before = self.findings.problems.len();
            // A gap was reported where it was found; the other places are looked at all the same.
            let _ = resolve(self, *place);
            let new = self.findings.problems.split_off(before);
            self.findings.problems.extend(new.into_iter().filter(|p| found.insert((p.code, p.primary.span))));
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
}

/// The name of a test.
fn test_name(kind: &MemberKind) -> Option<&ast::Word> {
    match kind {
        MemberKind::Test(test) => Some(&test.name),
        MemberKind::Pods(_)
        | MemberKind::Default(_)
        | MemberKind::Rule(_)
        | MemberKind::Guard(_)
        | MemberKind::Broken(_) => None,
    }
}

fn new_statement(program: &mut hir::Program, span: Span, doc: &ast::Doc) -> hir::StatementId {
    program.statements.push(hir::Statement { span, doc: doc.lines.join("\n") });
    hir::StatementId(id(program.statements.len() - 1))
}
