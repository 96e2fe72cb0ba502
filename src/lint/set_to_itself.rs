//! W0013: a rule between a set of namespaces and itself opens them to each other.

use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::{PeerKind, Scope, SetId};

use super::facts::Facts;

pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in &facts.program.rules {
        let mut sources: Vec<SetId> = rule.from.iter().filter_map(|source| set(&source.kind)).collect();
        sources.sort();
        for target in &rule.to {
            if let Some(id) = set(&target.peer.kind).filter(|id| sources.binary_search(id).is_ok()) {
                let declared = &facts.program.sets[id.0 as usize];
                let name = &declared.name;
                let problem = Diagnostic::new(
                    Lint::SetToItself,
                    target.peer.span,
                    format!("this opens the namespaces of `{name}` to each other"),
                    "each of them can reach these pods in all the others, not only its own",
                );
                found.push(problem.with_label(declared.span, "the set is declared here").with_help(format!(
                    "to allow it within each namespace, write the rule without `{name}/` in the block of `namespaces {name}`"
                )));
            }
        }
    }
    found
}

fn set(peer: &PeerKind) -> Option<SetId> {
    match peer {
        PeerKind::Pods { scope: Scope::Set(set), .. } => Some(*set),
        PeerKind::Pods { scope: Scope::Namespace(_) | Scope::Managed | Scope::Cluster, .. }
        | PeerKind::Anywhere
        | PeerKind::Addresses(_) => None,
    }
}
