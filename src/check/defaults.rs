//! `default`: which directions are isolated in each managed namespace.

use crate::ir::Directional;
use crate::source::Span;
use crate::syntax::ast::{self, DefaultKind, Management};

use super::tables::NamespaceEntry;
use super::{Checker, Parts, Resolver, problems};

/// Namespaces whose isolation by accident breaks the cluster itself.
const SYSTEM_NAMESPACES: [&str; 3] = ["kube-system", "kube-public", "kube-node-lease"];

impl Checker<'_> {
    /// Completes the isolation of every namespace: both directions where nothing is said.
    pub(super) fn resolve_defaults(&mut self) {
        let members = self.tables.namespaces.iter().map(|namespace| namespace.members.len());
        let members: Vec<usize> = members.collect();
        let isolated = self.in_parts(Parts::of(&members), |resolver, part| {
            part.map(|at| resolver.namespace_isolation(at)).collect::<Vec<_>>()
        });
        for (namespace, isolated) in self.tables.namespaces.iter_mut().zip(isolated.into_iter().flatten()) {
            namespace.isolated = isolated;
        }
    }
}

impl Resolver<'_, '_> {
    fn namespace_isolation(&mut self, at: usize) -> Directional<bool> {
        let namespace = &self.tables.namespaces[at];
        if namespace.management == Management::External {
            return Directional::default();
        }
        let mut found = namespace.members.iter().filter_map(|(_, member)| match &member.kind {
            ast::MemberKind::Default(decl) => Some(*decl),
            ast::MemberKind::Pods(_)
            | ast::MemberKind::Rule(_)
            | ast::MemberKind::Guard(_)
            | ast::MemberKind::Test(_)
            | ast::MemberKind::Broken(_) => None,
        });
        let Some(first) = found.next() else {
            self.require_default(namespace);
            return EVERY_DIRECTION;
        };
        for later in found {
            self.report(problems::second_default("this namespace has", later.span, first.span));
        }
        isolated(first.kind).unwrap_or_default()
    }

    fn require_default(&mut self, namespace: &NamespaceEntry<'_>) {
        let Some(name) = namespace.name else { return };
        if SYSTEM_NAMESPACES.contains(&name.text.as_str()) && !namespace.blocks.is_empty() {
            let span: Span = name.span;
            self.report(problems::system_namespace(&name.text, span));
        }
    }
}

const EVERY_DIRECTION: Directional<bool> = Directional { ingress: true, egress: true };

/// The directions that a `default deny` isolates; `None` for `default allow`.
pub(super) fn isolated(kind: DefaultKind) -> Option<Directional<bool>> {
    match kind {
        DefaultKind::Deny => Some(EVERY_DIRECTION),
        DefaultKind::DenyIngress => Some(Directional { ingress: true, egress: false }),
        DefaultKind::DenyEgress => Some(Directional { ingress: false, egress: true }),
        DefaultKind::Allow => None,
    }
}
