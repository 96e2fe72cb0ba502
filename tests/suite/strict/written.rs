//! Everything that the compiler writes is read, and as it is meant: the snapshots, programs at random, and strings
//! that readers of YAML like to take for something else.

use std::collections::BTreeMap;

use netdsl::k8s::{Object, write};
use proptest::prelude::*;

use super::{check, snapshots, strict};
use crate::support::{self, Asked};
use crate::yaml;

/// An object with the text as its description, and policy types, as every policy of the compiler has.
fn described(text: &str) -> Object {
    with_types(yaml::described(text))
}

fn with_types(mut object: Object) -> Object {
    object.spec.get_or_insert_default().policy_types = Some(vec!["Ingress".to_owned(), "Egress".to_owned()]);
    object
}

#[test]
fn every_snapshot_is_read() {
    for policies in snapshots() {
        check(&policies);
    }
}

#[test]
fn awkward_strings_are_read() {
    for text in yaml::STRINGS {
        check(&write(&[yaml::with(text)]));
    }
    for text in yaml::DESCRIPTIONS {
        check(&write(&[described(text)]));
    }
}

#[test]
fn objects_are_read_as_they_are() {
    let text = write(&[described("a: b\n\nc")]);
    let objects = strict(&text).unwrap();
    assert_eq!(objects[0].annotations[0].1, "a: b\n\nc");
    assert!(matches!(
        &strict(&write(&[described("web")])).unwrap()[0].annotations[0].1,
        std::borrow::Cow::Borrowed(_)
    ));
}

#[test]
fn several_annotations_stand_beside_each_other() {
    let mut object = described("first\nsecond");
    let more = BTreeMap::from([("a".to_owned(), "x\ny".to_owned()), ("z".to_owned(), "#".to_owned())]);
    object.metadata.annotations.get_or_insert_default().extend(more);
    check(&write(&[object]));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_label_is_read(text in "[A-Za-z0-9]([-A-Za-z0-9_.]{0,12}[A-Za-z0-9])?") {
        check(&write(&[yaml::with(&text)]));
    }

    #[test]
    fn any_number_like_label_is_read(text in "[0-9]([-0-9_.eExXoObBaf]{0,8}[0-9a-f])?") {
        check(&write(&[yaml::with(&text)]));
    }

    #[test]
    fn any_description_is_read(text in "([ -~\n\t]|\\PC){1,40}") {
        check(&write(&[described(&text)]));
    }

    #[test]
    fn any_number_like_description_is_read(text in "[0-9+.-][-0-9_.:TtZ +xeEab]{0,12}( [a-z:#-]{1,3})?") {
        check(&write(&[described(&text)]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_program_is_read(program in crate::generate::programs(), layout in crate::generate::layouts()) {
        let compiled = support::compile_files(&program.laid_out(&layout), Asked::First);
        check(&compiled.yaml.expect("programs at random compile"));
    }
}
