//! Services: targets with their ports, for things that every program needs.

use super::peers::{Claim, Place};
use super::tables::ThingKind;
use super::{Checker, problems};
use crate::syntax::ast;

impl Checker<'_> {
    /// Resolves the targets of every service. They stand outside any namespace.
    pub(super) fn resolve_services(&mut self) {
        let declared: Vec<&ast::ServiceDecl> = self
            .tables
            .things
            .values()
            .filter_map(|thing| match thing.kind {
                ThingKind::Service { decl, .. } => Some(decl),
                ThingKind::Network { .. } | ThingKind::Unknown => None,
            })
            .collect();
        for decl in declared {
            let nested = self.report_nested(decl);
            let found =
                self.resolver().targets(&decl.targets, Place::Outside, Claim::Allowed).filter(|_| !nested);
            if let Some(thing) = self.tables.things.get_mut(decl.name.text.as_str())
                && let ThingKind::Service { targets, .. } = &mut thing.kind
            {
                *targets = found;
            }
        }
    }

    /// A service made of services would hide what it opens.
    fn report_nested(&mut self, decl: &ast::ServiceDecl) -> bool {
        let mut found = false;
        for alternative in &decl.targets.alternatives {
            if let ast::PeerKind::Pods { scope: None, pods: ast::PodsRef::Named(word) } =
                &alternative.peer.kind
                && let Some(thing) = self.tables.things.get(word.text.as_str())
                && let ThingKind::Service { .. } = thing.kind
            {
                let declared = thing.name.span;
                self.report(problems::service_in_service(word, declared));
                found = true;
            }
        }
        found
    }
}
