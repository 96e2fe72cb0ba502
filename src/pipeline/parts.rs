//! Which files of the program contribute to each policy.
//!
//! The statements behind its rules, the `pods` that are its subject, and the declarations of its namespace: the
//! first for every policy, all of them for `default-deny`, which they decide together.

use std::collections::{BTreeMap, BTreeSet};

use crate::backend::network_policy::Traced;
use crate::hir::{self, Program};
use crate::load::Loaded;
use crate::output::Part;
use crate::source::Span;

/// What is declared of one namespace.
#[derive(Default)]
struct Declared<'a> {
    namespaces: Vec<&'a hir::Namespace>,
    pods: Vec<&'a hir::Pods>,
}

/// Every object with its files.
pub(super) fn parts(traced: Vec<Traced>, program: &Program, loaded: &Loaded) -> Vec<Part> {
    let declared = by_namespace(program);
    let part = |traced: Traced| {
        let spans = spans(&traced, program, declared.get(&*traced.namespace));
        // The prelude is no file.
        let places = spans.into_iter().filter_map(|span| loaded.places.get(span.file.index()));
        let sources = places.map(|place| place.name.clone()).collect();
        let name = traced.object.metadata.name.clone().unwrap_or_default();
        Part { namespace: traced.namespace.to_string(), name, sources, object: traced.object }
    };
    traced.into_iter().map(part).collect()
}

/// Once for all objects: there are as many of these as of declarations.
fn by_namespace(program: &Program) -> BTreeMap<&str, Declared<'_>> {
    let mut declared: BTreeMap<&str, Declared<'_>> = BTreeMap::new();
    for namespace in &program.namespaces {
        declared.entry(&*namespace.name).or_default().namespaces.push(namespace);
    }
    for pods in &program.pods {
        let namespace = &program.namespaces[pods.namespace.0 as usize].name;
        declared.entry(&**namespace).or_default().pods.push(pods);
    }
    declared
}

fn spans(traced: &Traced, program: &Program, declared: Option<&Declared<'_>>) -> BTreeSet<Span> {
    let mut spans: BTreeSet<Span> =
        traced.origins.iter().map(|origin| program.statements[origin.0 as usize].span).collect();
    let Some(declared) = declared else { return spans };
    for namespace in &declared.namespaces {
        spans.insert(namespace.span);
        if traced.subject.is_none() {
            spans.extend(&namespace.blocks);
        }
    }
    let of_subject = declared.pods.iter().filter(|pods| Some(&pods.selector) == traced.subject.as_ref());
    spans.extend(of_subject.map(|pods| pods.span));
    spans
}
