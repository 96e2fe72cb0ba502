//! Names and descriptions of a program's output.

use crate::hir::{Management, Program};
use crate::ir;

/// What people read in the output of a program, and no meaning depends on.
pub(super) fn of(program: &Program) -> ir::Presentation {
    let mut presentation = ir::Presentation {
        descriptions: program.statements.iter().map(|statement| statement.doc.clone()).collect(),
        ..ir::Presentation::default()
    };
    for namespace in program.namespaces.iter().filter(|n| n.management == Management::Managed) {
        let entry = ir::NamespacePresentation { description: namespace.doc.clone(), pods: Vec::new() };
        presentation.namespaces.insert(namespace.name.clone(), entry);
    }
    for pods in &program.pods {
        let namespace = &program.namespaces[pods.namespace.0 as usize].name;
        if let Some(entry) = presentation.namespaces.get_mut(namespace) {
            entry.pods.push(ir::PodsPresentation {
                name: pods.name.clone(),
                policy_name: pods.policy_name.clone(),
                selector: pods.selector.clone(),
                description: pods.doc.clone(),
            });
        }
    }
    for namespace in presentation.namespaces.values_mut() {
        namespace.pods.sort_by(|a, b| a.name.cmp(&b.name));
    }
    presentation
}
