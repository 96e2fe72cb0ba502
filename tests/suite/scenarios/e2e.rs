//! The scenarios of Kubernetes' end-to-end suite: the written YAML has the suite's truth tables.

use super::table::{Place, Table, Tables};
use super::{compiled, name, programs};
use crate::evaluator::{Blocks, End};
use crate::oracle::kubernetes::Manifests;
use crate::support;

#[test]
fn the_yaml_has_the_tables_of_the_suite() {
    for path in programs("e2e") {
        let text = support::read(&path);
        let yaml = compiled(&text, &path).yaml.unwrap();
        let manifests = Manifests::read(&yaml);
        for table in Tables::read(&text).tables {
            for (from, to) in Table::pairs() {
                for (protocol, number) in &table.ports {
                    let ends = [from, to].map(|place| End::Pod(table.pod(place)));
                    let port = Table::target(protocol, *number);
                    let allowed = manifests.allowed(&ends[0], &ends[1], &port, Blocks::AlsoPods);
                    let cell = format!("{}: {from} -> {to}:{number}/{protocol}", name(&path));
                    assert_eq!(allowed, table.allows(from, to), "{cell}\n{yaml}");
                }
            }
        }
    }
}

#[test]
fn the_compiler_proves_the_tables_of_the_suite() {
    let mut unproved = Vec::new();
    for path in programs("e2e") {
        let text = support::read(&path);
        let tables = Tables::read(&text);
        if tables.are_provable {
            compiled(&format!("{text}\n{}", tests(&tables, &text)), &path);
        } else {
            unproved.push(name(&path).to_owned());
        }
    }
    assert_eq!(unproved.len(), 8, "by blocks and by names of ports, and no others: {unproved:?}");
}

#[test]
fn a_wrong_table_is_refuted() {
    for path in programs("e2e") {
        let text = support::read(&path);
        let tables = Tables::read(&text);
        if tables.are_provable {
            let inverted = tests(&tables, &text).replace(" can reach ", " CAN ");
            let inverted =
                inverted.replace(" cannot reach ", " can reach ").replace(" CAN ", " cannot reach ");
            let outcome = support::compile(&format!("{text}\n{inverted}"), name(&path));
            let lines = inverted.matches(" reach ").count();
            assert_eq!(
                outcome.diagnostics.iter().filter(|it| it.is_error()).count(),
                lines,
                "{}",
                outcome.rendered
            );
        }
    }
}

#[test]
fn every_scenario_cites_its_title_and_has_a_test() {
    let programs = programs("e2e");
    assert!(programs.len() > 50, "{} scenarios found", programs.len());
    for path in programs {
        let text = support::read(&path);
        assert!(text.starts_with("# Kubernetes e2e: should "), "{}", path.display());
        assert!(text.contains("  test \"") || text.contains("\ntest \""), "{}", path.display());
    }
}

/// The tables as tests of the language, a line each cell.
fn tests(tables: &Tables, program: &str) -> String {
    let test = |(number, table): (usize, &Table)| {
        let lines: Vec<String> =
            Table::pairs().flat_map(|(from, to)| lines(table, from, to, program)).collect();
        format!("test \"table {number}\" {{\n{}}}\n", lines.concat())
    };
    tables.tables.iter().enumerate().map(test).collect()
}

fn lines(table: &Table, from: Place, to: Place, program: &str) -> Vec<String> {
    let verb = if table.allows(from, to) { "can reach" } else { "cannot reach" };
    let (from, to) = (selector(table, from, program), selector(table, to, program));
    let line = |(protocol, number): &(String, u16)| format!("  {from} {verb} {to}:{number}/{protocol}\n");
    table.ports.iter().map(line).collect()
}

/// A pod by all labels that the program knows: those that it carries, and those that it does not.
fn selector(table: &Table, place: Place, program: &str) -> String {
    let labels = table.pod(place).labels;
    let keys = program.lines().filter_map(|line| line.strip_prefix("label ")?.split_whitespace().next());
    let requirement = |key: &str| match labels.get(key) {
        Some(value) => format!("{key}={value}"),
        None => format!("!{key}"),
    };
    format!("{}/{}", place.namespace, keys.map(requirement).collect::<Vec<_>>().join(", "))
}
