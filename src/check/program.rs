//! The tables as a resolved program. Ids are places in the tables, so nothing is renumbered.

use std::collections::BTreeSet;

use super::tables::{ScopeId, ThingKind};
use super::{Checker, Parts};
use crate::algebra::{AddressSet, Cube};
use crate::hir;

/// The id of a place in the tables.
pub(super) fn id(at: usize) -> u32 {
    u32::try_from(at).expect("a program's texts are too small for 2^32 declarations")
}

impl Checker<'_> {
    /// The declarations of the program; rules, guards and tests follow.
    pub(super) fn build_program(&mut self) -> hir::Program {
        hir::Program {
            namespaces: (0..self.tables.namespaces.len()).map(|at| self.program_namespace(at)).collect(),
            sets: (0..self.tables.sets.len()).map(|at| self.program_set(at)).collect(),
            pods: self.program_pods(),
            pod_addresses: self.pod_addresses(),
            ..hir::Program::default()
        }
    }

    fn program_namespace(&mut self, at: usize) -> hir::Namespace {
        let name = self.namespace_name(at);
        let entry = &self.tables.namespaces[at];
        let place = entry.name.map(|name| name.span);
        let member = entry.members.first().map(|(_, member)| member.span);
        // Sorted: the order of blocks and files changes no byte.
        let docs: BTreeSet<String> = entry.blocks.iter().map(|block| block.doc.lines.join("\n")).collect();
        let docs: Vec<String> = docs.into_iter().filter(|doc| !doc.is_empty()).collect();
        hir::Namespace {
            name,
            span: place.or(member).expect("a block without a name is kept for its members"),
            blocks: entry.blocks.iter().map(|block| block.name.span).collect(),
            management: entry.management,
            isolated: entry.isolated,
            labels: entry.labels.clone().unwrap_or_else(Cube::all),
            doc: docs.join("\n"),
        }
    }

    fn program_set(&mut self, at: usize) -> hir::NamespaceSet {
        let entry = &self.tables.sets[at];
        let name = entry.name;
        let selector = entry.selector.clone().unwrap_or_else(Cube::all);
        let managed = entry.managed.iter().map(|at| hir::NamespaceId(id(*at))).collect();
        hir::NamespaceSet { name: self.findings.text(&name.text), span: name.span, selector, managed }
    }

    fn program_pods(&mut self) -> Vec<hir::Pods> {
        let named: Vec<usize> = self
            .tables
            .scopes
            .values()
            .filter_map(|entry| match entry.scope {
                ScopeId::Namespace(at) => Some(at),
                ScopeId::Set(_) => None,
            })
            .flat_map(|at| self.tables.namespaces[at].pods.values().copied())
            .collect();
        let pods = self.in_parts(Parts::equal(named.len()), |resolver, part| {
            let pods = named[part].iter().filter_map(|at| resolver.resolved_pods(*at));
            pods.collect::<Vec<_>>()
        });
        pods.into_iter().flatten().collect()
    }

    fn pod_addresses(&self) -> AddressSet {
        match self.tables.things.get("pod-addresses").map(|thing| &thing.kind) {
            Some(ThingKind::Network { addresses, .. }) => addresses.clone().unwrap_or_default(),
            Some(ThingKind::Service { .. } | ThingKind::Unknown) | None => AddressSet::empty(),
        }
    }
}
