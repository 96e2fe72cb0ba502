//! What is compiled stands as the library for YAML would write it, byte for byte: the layout, and which strings
//! are quoted. How it writes everything else that an object could hold, the tests in `k8s/write` compare.

use netdsl::k8s::{Object, write};
use proptest::prelude::*;

use crate::strict::snapshots;
use crate::support::{self, Asked};
use crate::{generate, scenarios};

/// Whether a text, once read, comes out the same again, and as the library writes it.
#[track_caller]
fn check(text: &str) {
    let mut documents = support::documents(text);
    let mut objects: Vec<Object> =
        documents.iter().map(|document| yaml_serde::from_value(document.clone()).unwrap()).collect();
    assert_eq!(write(&objects), text);
    // In prose more is quoted than the library thinks it must.
    for (document, object) in documents.iter_mut().zip(&mut objects) {
        document["metadata"].as_mapping_mut().expect("every object has metadata").remove("annotations");
        object.metadata.annotations = None;
    }
    let options = serde_yaml::ser_options! { folded_wrap_chars: usize::MAX };
    assert_eq!(write(&objects), serde_yaml::to_string_multiple_with_options(&documents, options).unwrap());
}

#[test]
fn every_snapshot_is_as_the_library_writes_it() {
    for policies in snapshots() {
        check(&policies);
    }
}

#[test]
fn every_scenario_is_as_the_library_writes_it() {
    let programs = scenarios::all();
    assert!(programs.len() > 50, "{}", programs.len());
    for path in programs {
        let compiled = support::compile(&support::read(&path), "main.netdsl");
        check(&compiled.yaml.expect("scenarios compile"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_program_is_as_the_library_writes_it(program in generate::programs(), layout in generate::layouts()) {
        let compiled = support::compile_files(&program.laid_out(&layout), Asked::First);
        check(&compiled.yaml.expect("programs at random compile"));
    }
}
