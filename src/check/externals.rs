//! External namespaces that are declared more than once must say the same each time.
//!
//! Several files may each name the namespaces that they need; a difference between them is a mistake in one.

use crate::algebra::Cube;
use crate::hir;
use crate::syntax::ast::{Labelled, Management};

use super::{Checker, problems};

/// What one block says about a name in it: comparable, and without places.
type Said = (String, Option<Cube>, Vec<(String, crate::algebra::PortSet)>, hir::PodNetwork);

impl Checker<'_> {
    /// Compares every repeated declaration with the first.
    pub(super) fn resolve_externals(&mut self) {
        let repeated: Vec<usize> = (0..self.tables.namespaces.len())
            .filter(|at| {
                let namespace = &self.tables.namespaces[*at];
                namespace.management == Management::External && namespace.blocks.len() > 1
            })
            .collect();
        if repeated.is_empty() {
            return;
        }
        let said = self.said_in_blocks();
        for at in repeated {
            let blocks = self.tables.namespaces[at].blocks.clone();
            let labels: Vec<Option<Cube>> =
                blocks.iter().map(|block| block.labels.as_ref().and_then(|l| self.labels_said(l))).collect();
            let first = said.get(&(at, 0)).cloned().unwrap_or_default();
            for (index, block) in blocks.iter().enumerate().skip(1) {
                let later = said.get(&(at, index)).cloned().unwrap_or_default();
                if labels[index] != labels[0] || later != first {
                    self.report(problems::external_disagrees(&block.name, blocks[0].name.span));
                }
            }
        }
    }

    /// The `pods` of each block of an external namespace, sorted by name.
    fn said_in_blocks(&self) -> std::collections::BTreeMap<(usize, usize), Vec<Said>> {
        let mut said: std::collections::BTreeMap<(usize, usize), Vec<Said>> =
            std::collections::BTreeMap::new();
        for pods in &self.tables.pods {
            let mut ports: Vec<_> =
                pods.content.ports.iter().map(|port| (port.name.to_string(), port.ports.clone())).collect();
            ports.sort();
            let entry =
                (pods.name.text.to_string(), pods.content.selector.clone(), ports, pods.content.network);
            said.entry((pods.namespace, pods.block)).or_default().push(entry);
        }
        for block in said.values_mut() {
            block.sort_by(|a, b| a.0.cmp(&b.0));
        }
        said
    }

    /// The cube of a `labels` clause for comparison; what is wrong with it is reported by `sets`.
    fn labels_said(&mut self, labels: &crate::syntax::ast::Selector) -> Option<Cube> {
        let known = self.findings.problems.len();
        let cube = self.resolver().selector(Labelled::Namespaces, labels);
        self.findings.problems.truncate(known);
        cube
    }
}
