//! The generator of the benchmarks: what it says about its programs is so.

#[path = "../../benches/clusters/mod.rs"]
pub(crate) mod generator;

use generator::{Files, Program, Shape, cluster};
use netdsl::backend::Options;
use netdsl::load;
use netdsl::pipeline::{self, Output};

fn compiled(program: &Program) -> Output {
    let texts = program.files.iter().map(|(name, text)| (name.into(), text.clone().into_bytes()));
    let compiled = pipeline::compile(&mut load::alone(texts), &Options::default());
    compiled.output.unwrap_or_else(|| panic!("{:?}", compiled.diagnostics.first()))
}

/// How many lines of all files begin like this.
fn lines(program: &Program, start: &str) -> usize {
    let lines = program.files.iter().flat_map(|(_, text)| text.lines());
    lines.filter(|line| line.trim_start().starts_with(start)).count()
}

#[test]
fn programs_have_as_many_rules_policies_and_namespaces_as_they_should() {
    for shape in [10, 100, 1000].map(Shape::of) {
        let program = cluster(&shape);
        assert_eq!(lines(&program, "allow "), shape.rules);
        assert_eq!(lines(&program, "namespace "), shape.namespaces);
        let output = compiled(&program);
        assert_eq!(output.rules, shape.rules);
        assert_eq!(output.policies, shape.pods + 2 * shape.namespaces);
    }
}

#[test]
fn the_published_cluster_is_as_large_as_it_was_published() {
    let program = cluster(&Shape::published());
    let counted = ["namespace ", "allow ", "pods "].map(|start| lines(&program, start));
    assert_eq!(counted, [604, 15_423, 13_678 - 2 * 604]);
    assert_eq!(program.files.len(), 605);
}

#[test]
fn the_profile_is_that_of_the_published_cluster() {
    let program = cluster(&Shape::published());
    let rules =
        program.files.iter().flat_map(|(_, text)| text.lines()).filter(|line| line.contains("allow "));
    let (addresses, pods): (Vec<_>, Vec<_>) =
        rules.partition(|line| line.contains(" -> 10.") || line.contains(" -> 198."));
    let share = 100 * addresses.len() / (addresses.len() + pods.len());
    assert!((40..=55).contains(&share), "{share} % of the rules name addresses, about half should");
    let databases = pods.iter().filter(|line| line.ends_with("db:main")).count();
    assert!(databases > pods.len() / 12, "{databases} of {} lead to a database", pods.len());
}

#[test]
fn the_same_seed_gives_the_same_program_and_another_seed_another() {
    let shape = Shape::of(200);
    assert_eq!(cluster(&shape), cluster(&shape));
    assert_ne!(cluster(&shape), cluster(&Shape { seed: 2, ..shape }));
}

#[test]
fn one_file_or_many_are_the_same_program() {
    let (one, many) = (Shape::of(200).with(Files::One), Shape::of(200).with(Files::EachNamespace));
    assert_eq!(cluster(&one).bytes(), cluster(&many).bytes());
    assert_eq!(compiled(&cluster(&one)).files[0].text, compiled(&cluster(&many)).files[0].text);
}
