//! Nothing in the output can go, and no two things can be one: the proof says that each such edit changes what is
//! allowed.
//!
//! Exempt are the pure `default-deny`, joins of subjects, and subjects' selectors: these are not edited. A policy
//! that alone isolates is, as the proof sees what it is for.

mod joins;
mod removals;
mod selectors;

use netdsl::denote::{self, Object, Spec};
use netdsl::verify::{self, Verdict};
use proptest::prelude::*;

use super::laws::{cases, policy};
use crate::generate::programs;
use crate::{backend, examples, scenarios, support};

/// Other specs for some of a namespace's objects; without one, the object goes.
struct Edit<'t> {
    what: String,
    specs: Vec<(usize, Option<Spec<'t>>)>,
}

impl<'t> Edit<'t> {
    fn of(objects: &[Object<'t>], at: usize, what: &str, spec: Option<Spec<'t>>) -> Self {
        let name = objects[at].name.as_deref().unwrap_or("?");
        Self { what: format!("{name}: {what}"), specs: vec![(at, spec)] }
    }

    fn apply(&self, objects: &[Object<'t>]) -> Vec<Object<'t>> {
        let edited = |(at, object): (usize, &Object<'t>)| match self.specs.iter().find(|(id, _)| *id == at) {
            None => Some(object.clone()),
            Some((_, spec)) => spec.clone().map(|spec| Object { spec, ..object.clone() }),
        };
        objects.iter().enumerate().filter_map(edited).collect()
    }
}

/// All edits of one namespace's objects that make them shorter.
fn edits<'t>(objects: &[Object<'t>]) -> Vec<Edit<'t>> {
    removals::edits(objects).into_iter().chain(joins::edits(objects)).collect()
}

/// The first edit that changes nothing.
fn needless(yaml: &str) -> Result<(), String> {
    let objects = denote::read(yaml).expect("our text can be read");
    for namespace in objects.chunk_by(|a, b| a.namespace == b.namespace) {
        let (whole, _) = denote::denote(namespace);
        for edit in edits(namespace) {
            let (edited, _) = denote::denote(&edit.apply(namespace));
            let verdict = verify::compare(&whole, &edited);
            if !matches!(verdict, Verdict::Differs(_)) {
                return Err(format!("{} changes nothing in\n{yaml}{verdict:?}", edit.what));
            }
        }
    }
    Ok(())
}

/// A minimal text from which the edits can be seen to be made.
fn texts() -> Vec<String> {
    let programs = examples::folders().into_iter().map(|folder| examples::compile(&folder));
    let scenarios =
        scenarios::all().into_iter().map(|path| support::compile(&support::read(&path), "main.netdsl"));
    programs.chain(scenarios).filter_map(|compiled| compiled.yaml).collect()
}

#[test]
fn examples_and_scenarios_have_nothing_needless() {
    let texts = texts();
    assert!(texts.len() > 80, "the programs are not where they should be: {}", texts.len());
    let needless: Vec<String> = texts.iter().filter_map(|yaml| needless(yaml).err()).collect();
    assert!(needless.is_empty(), "{}", needless.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(96), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn policies_have_nothing_needless(policy in policy()) {
        let yaml = backend::yaml(policy.clone());
        let proved = verify::verify(&policy, &yaml);
        prop_assert!(matches!(proved, Verdict::Proved(_)), "{yaml}{proved:?}");
        needless(&yaml).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn programs_have_nothing_needless(program in programs()) {
        let text = program.text();
        let yaml = support::compile(&text, "main.netdsl").yaml.unwrap_or_default();
        needless(&yaml).map_err(|why| TestCaseError::fail(format!("{text}\n{why}")))?;
    }
}
