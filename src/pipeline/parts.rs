//! Which files of the program contribute to each policy.
//!
//! The statements behind its rules, the `pods` that are its subject, and the declarations of its namespace: the
//! first for every policy, all of them for `default-deny`, which they decide together.

use std::collections::{BTreeMap, BTreeSet};

use crate::backend::network_policy::Traced;
use crate::hir::{self, Program};
use crate::load::Place;
use crate::output::{self, Layout, Part, Shape};
use crate::source::Span;

/// What is declared of one namespace.
#[derive(Default)]
struct Declared<'a> {
    namespaces: Vec<&'a hir::Namespace>,
    // INVARIANT: in order of their selectors.
    pods: Vec<&'a hir::Pods>,
}

/// Finds the files behind policies.
pub(super) struct Sources<'a> {
    program: &'a Program,
    places: &'a [Place],
    declared: BTreeMap<&'a str, Declared<'a>>,
    shape: Shape,
}

impl<'a> Sources<'a> {
    /// Of a program that was loaded from these places. Once for all policies: there are as many as declarations.
    pub(super) fn new(program: &'a Program, places: &'a [Place], shape: Shape) -> Self {
        Self { program, places, declared: by_namespace(program), shape }
    }

    /// An object as text, with its files.
    pub(super) fn part(&self, traced: Traced) -> Part {
        Part {
            namespace: traced.namespace.to_string(),
            sources: self.names(&traced),
            document: output::document(&traced.object, self.shape.format),
            name: traced.object.metadata.name.unwrap_or_default(),
        }
    }

    fn names(&self, traced: &Traced) -> BTreeSet<String> {
        match self.shape.layout {
            // No header would show them.
            Layout::Stream => BTreeSet::new(),
            Layout::Namespace | Layout::Policy | Layout::Single => {
                let spans = spans(traced, self.program, self.declared.get(&*traced.namespace));
                // The prelude is no file.
                let places = spans.into_iter().filter_map(|span| self.places.get(span.file.index()));
                places.map(|place| place.name.clone()).collect()
            }
        }
    }
}

fn by_namespace(program: &Program) -> BTreeMap<&str, Declared<'_>> {
    let mut declared: BTreeMap<&str, Declared<'_>> = BTreeMap::new();
    for namespace in &program.namespaces {
        declared.entry(&*namespace.name).or_default().namespaces.push(namespace);
    }
    for pods in &program.pods {
        let namespace = &program.namespaces[pods.namespace.0 as usize].name;
        declared.entry(&**namespace).or_default().pods.push(pods);
    }
    for declared in declared.values_mut() {
        declared.pods.sort_by(|a, b| a.selector.cmp(&b.selector));
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
    if let Some(subject) = &traced.subject {
        let first = declared.pods.partition_point(|pods| pods.selector < *subject);
        let of_subject = declared.pods[first..].iter().take_while(|pods| pods.selector == *subject);
        spans.extend(of_subject.map(|pods| pods.span));
    }
    spans
}
