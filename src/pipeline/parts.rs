//! Which files of the program contribute to each policy.
//!
//! The statements behind its rules, the `pods` that are its subject, and the declarations of its namespace: the
//! first for every policy, all of them for `default-deny`, which they decide together.

use std::collections::BTreeSet;

use crate::backend::network_policy::Traced;
use crate::hir::Program;
use crate::load::Loaded;
use crate::output::Part;
use crate::source::Span;

/// Every object with its files.
pub(super) fn parts(traced: Vec<Traced>, program: &Program, loaded: &Loaded) -> Vec<Part> {
    let part = |traced: Traced| {
        let spans = spans(&traced, program);
        // The prelude is no file.
        let places = spans.into_iter().filter_map(|span| loaded.places.get(span.file.index()));
        let sources = places.map(|place| place.name.clone()).collect();
        let name = traced.object.metadata.name.clone().unwrap_or_default();
        Part { namespace: traced.namespace.to_string(), name, sources, object: traced.object }
    };
    traced.into_iter().map(part).collect()
}

fn spans(traced: &Traced, program: &Program) -> BTreeSet<Span> {
    let mut spans: BTreeSet<Span> =
        traced.origins.iter().map(|origin| program.statements[origin.0 as usize].span).collect();
    for namespace in program.namespaces.iter().filter(|known| known.name == traced.namespace) {
        spans.insert(namespace.span);
        if traced.subject.is_none() {
            spans.extend(&namespace.blocks);
        }
    }
    let pods = program.pods.iter().filter(|pods| {
        Some(&pods.selector) == traced.subject.as_ref()
            && program.namespaces[pods.namespace.0 as usize].name == traced.namespace
    });
    spans.extend(pods.map(|pods| pods.span));
    spans
}
