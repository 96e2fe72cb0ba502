//! `default`: which directions are isolated in each managed namespace.

use crate::ir::Directional;
use crate::source::Span;
use crate::syntax::ast::{self, DefaultKind, Management};

use super::{Checker, problems};

/// Namespaces whose isolation by accident breaks the cluster itself.
const SYSTEM_NAMESPACES: [&str; 3] = ["kube-system", "kube-public", "kube-node-lease"];

impl Checker<'_> {
    /// Completes the isolation of every namespace: both directions where nothing is said.
    pub(super) fn resolve_defaults(&mut self) {
        for at in 0..self.tables.namespaces.len() {
            let found: Vec<ast::DefaultDecl> = self.tables.namespaces[at]
                .members
                .iter()
                .filter_map(|(_, member)| match &member.kind {
                    ast::MemberKind::Default(decl) => Some(*decl),
                    ast::MemberKind::Pods(_)
                    | ast::MemberKind::Rule(_)
                    | ast::MemberKind::Guard(_)
                    | ast::MemberKind::Test(_)
                    | ast::MemberKind::Broken(_) => None,
                })
                .collect();
            self.tables.namespaces[at].isolated = match self.tables.namespaces[at].management {
                Management::External => Directional::default(),
                Management::Managed => self.namespace_isolation(at, &found),
            };
        }
    }

    fn namespace_isolation(&mut self, at: usize, found: &[ast::DefaultDecl]) -> Directional<bool> {
        let Some((first, rest)) = found.split_first() else {
            self.require_default(at);
            return EVERY_DIRECTION;
        };
        for later in rest {
            self.report(problems::second_default("this namespace has", later.span, first.span));
        }
        isolated(first.kind).unwrap_or_default()
    }

    fn require_default(&mut self, at: usize) {
        let Some(name) = self.tables.namespaces[at].name else { return };
        if SYSTEM_NAMESPACES.contains(&name.text.as_str()) && !self.tables.namespaces[at].blocks.is_empty() {
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
