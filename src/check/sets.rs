//! Labels of namespaces, and the sets that they put managed namespaces into.
//!
//! What a managed namespace states is an assumption about the cluster, so everything that some set asks for must
//! be stated: no namespace falls into a set, or out of it, in silence.

use std::collections::BTreeMap;

use crate::algebra::{Cube, Requirement};
use crate::ir::NAMESPACE_NAME;
use crate::source::Span;
use crate::syntax::ast::{self, Labelled, Management};

use super::{Checker, problems};

impl<'a> Checker<'a> {
    /// Completes the labels of every namespace and the members of every set.
    pub(super) fn resolve_sets(&mut self) {
        for at in 0..self.tables.sets.len() {
            let Some(decl) = self.tables.sets[at].decl else { continue };
            let selector = self.resolver().selector(Labelled::Namespaces, &decl.selector);
            self.tables.sets[at].selector = selector;
        }
        for at in 0..self.tables.namespaces.len() {
            let labels = self.stated_labels(at);
            self.tables.namespaces[at].labels = labels;
        }
        self.require_stated_labels();
        self.find_managed_members();
    }

    fn stated_labels(&mut self, at: usize) -> Option<Cube> {
        let name = self.namespace_name(at);
        let key = self.findings.text(NAMESPACE_NAME);
        let blocks = self.tables.namespaces[at].blocks.clone();
        let mut stated = blocks.iter().filter_map(|block| block.labels.as_ref());
        let own = Cube::of(key, Requirement::one_of([name]))?;
        let Some(first) = stated.next() else { return Some(own) };
        if self.tables.namespaces[at].management == Management::Managed {
            for later in stated {
                self.report(problems::labels_stated_twice(later.span, first.span));
            }
        }
        self.stated(first)?.intersection(&own)
    }

    /// What a `labels` clause says: `k=v` and `!k` alone, because a namespace carries one value or none.
    pub(super) fn stated(&mut self, labels: &'a ast::Selector) -> Option<Cube> {
        let mut sound = true;
        for requirement in &labels.requirements {
            let fixed = match requirement.kind {
                _ if requirement.key.text == NAMESPACE_NAME => {
                    self.report(problems::name_label_stated(&requirement.key));
                    false
                }
                // For kubectl's notation `selector` has the words.
                ast::RequirementKind::Equals(_)
                | ast::RequirementKind::Absent
                | ast::RequirementKind::DoubleEquals(_)
                | ast::RequirementKind::NotEqualsAny
                | ast::RequirementKind::Bare => true,
                ast::RequirementKind::NotEquals(_)
                | ast::RequirementKind::In(_)
                | ast::RequirementKind::NotIn(_)
                | ast::RequirementKind::Exists => {
                    self.report(problems::not_a_stated_label(requirement));
                    false
                }
            };
            sound &= fixed;
        }
        if sound { self.resolver().selector(Labelled::Namespaces, labels) } else { None }
    }

    fn require_stated_labels(&mut self) {
        // Each key once, at the first set that asks for it.
        let mut asked: BTreeMap<&'a str, Span> = BTreeMap::new();
        for set in &self.tables.sets {
            for requirement in set.decl.iter().flat_map(|decl| &decl.selector.requirements) {
                asked.entry(&requirement.key.text).or_insert(set.name.span);
            }
        }
        asked.remove(NAMESPACE_NAME);
        let mut problems = Vec::new();
        for namespace in &self.tables.namespaces {
            let (Some(labels), Some(name)) = (&namespace.labels, namespace.name) else { continue };
            if namespace.management == Management::External || namespace.blocks.is_empty() {
                continue;
            }
            let stated = namespace.blocks.iter().find_map(|block| block.labels.as_ref());
            for (key, set) in &asked {
                if labels.get(key).is_none() && self.tables.namespace_labels.contains_key(key) {
                    problems.push(problems::unstated_label(name, stated.map(|l| l.span), key, *set));
                }
            }
        }
        self.findings.problems.extend(problems);
    }

    fn find_managed_members(&mut self) {
        let managed: Vec<usize> = self
            .tables
            .scopes
            .values()
            .filter_map(|entry| match entry.scope {
                super::tables::ScopeId::Namespace(at) => Some(at),
                super::tables::ScopeId::Set(_) => None,
            })
            .filter(|at| self.tables.namespaces[*at].management == Management::Managed)
            .collect();
        for at in 0..self.tables.sets.len() {
            let Some(selector) = &self.tables.sets[at].selector else { continue };
            let covers = |at: &&usize| {
                self.tables.namespaces[**at].labels.as_ref().is_some_and(|labels| labels.is_subset(selector))
            };
            self.tables.sets[at].managed = managed.iter().filter(covers).copied().collect();
        }
    }
}
