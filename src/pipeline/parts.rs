//! Which files of the program contribute to each policy.
//!
//! The statements behind its rules, the `pods` that are its subject, and the declarations of its namespace: the
//! first for every policy, all of them for `default-deny`, which they decide together.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use crate::backend::network_policy::Traced;
use crate::hir::{self, Program};
use crate::load::Place;
use crate::output::{self, Layout, Part, Shape};
use crate::source::FileId;

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

    /// Policies of one namespace as text with their files: those together that go to one file.
    pub(super) fn parts(&self, policies: Vec<Traced>) -> Vec<Part> {
        let mut policies = policies.into_iter();
        match self.shape.layout {
            Layout::Policy => policies.map(|policy| self.part(policy, [])).collect(),
            Layout::Stream | Layout::Namespace | Layout::Single => {
                policies.next().map(|first| self.part(first, policies)).into_iter().collect()
            }
        }
    }

    fn part(&self, first: Traced, more: impl IntoIterator<Item = Traced>) -> Part {
        let namespace = first.namespace.to_string();
        let name = first.object.metadata.name.clone().unwrap_or_default();
        let (mut text, mut files) = (String::new(), BTreeSet::new());
        for policy in iter::once(first).chain(more) {
            files.extend(self.files(&policy));
            output::append(&mut text, &policy.object, self.shape.format);
        }
        // A text grows by doubling, and those of all namespaces wait for each other.
        text.shrink_to_fit();
        // The prelude is no file.
        let places = files.into_iter().filter_map(|file| self.places.get(file.index()));
        Part { text, namespace, name, sources: places.map(|place| place.name.clone()).collect() }
    }

    fn files(&self, policy: &Traced) -> BTreeSet<FileId> {
        match self.shape.layout {
            // No header would show them.
            Layout::Stream => BTreeSet::new(),
            Layout::Namespace | Layout::Policy | Layout::Single => {
                files(policy, self.program, self.declared.get(&*policy.namespace))
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

fn files(policy: &Traced, program: &Program, declared: Option<&Declared<'_>>) -> BTreeSet<FileId> {
    let statements = policy.origins.iter().map(|origin| program.statements[origin.0 as usize].span);
    let mut files: BTreeSet<FileId> = statements.map(|span| span.file).collect();
    let Some(declared) = declared else { return files };
    for namespace in &declared.namespaces {
        files.insert(namespace.span.file);
        if policy.subject.is_none() {
            files.extend(namespace.blocks.iter().map(|span| span.file));
        }
    }
    if let Some(subject) = &policy.subject {
        let first = declared.pods.partition_point(|pods| pods.selector < *subject);
        let of_subject = declared.pods[first..].iter().take_while(|pods| pods.selector == *subject);
        files.extend(of_subject.map(|pods| pods.span.file));
    }
    files
}
