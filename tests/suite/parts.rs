//! Large programs are resolved in parts, on all cores: what is found and what is meant must not show it.

use netdsl::check::Checked;
use netdsl::diag::Diagnostic;
use netdsl::load::Loaded;
use netdsl::pipeline;

use crate::support::{File, parse_files, place};

/// Enough for several parts.
const NAMESPACES: usize = 60;
const PODS: usize = 20;

fn labels() -> File {
    File {
        path: "labels.netdsl".to_owned(),
        text: "label app = pods\nlabel tier = front | back\n".to_owned(),
    }
}

/// A namespace with one more statement.
fn namespace(number: usize, more: &str) -> File {
    let port = 8000 + number;
    let pods = (0..PODS).map(|pods| {
        let next = (pods + 1) % PODS;
        format!(
            "  pods p{pods} where app=p{pods}, tier=back {{ port main = {port} }}\n  allow p{next} -> p{pods}:main\n"
        )
    });
    let text = format!("namespace team-{number} {{\n{}{more}}}\n", pods.collect::<String>());
    File { path: format!("team-{number}.netdsl"), text }
}

/// One mistake in every third namespace.
fn with_mistakes() -> Vec<File> {
    let mistakes = [
        "  allow p1 -> q1:main\n",
        "  allow tier=frnt -> p1:main\n",
        "  allow p1 -> p2:mian\n",
        "  pods p1 where app=p1\n",
        "  pods wrong where app=p1, app=p2\n",
        "  pods more where app=more { port main = 99999 }\n",
        "  default deny\n  default deny\n",
    ];
    let more =
        |number: usize| if number.is_multiple_of(3) { mistakes[number / 3 % mistakes.len()] } else { "" };
    (0..NAMESPACES).map(|number| namespace(number, more(number))).collect()
}

fn checked(files: &[File]) -> (Loaded, Result<Checked, Vec<Diagnostic>>) {
    let mut loaded = parse_files(files);
    let checked = pipeline::check(&mut loaded).map(|(checked, _)| checked);
    (loaded, checked)
}

/// What is wrong with these files, each with its place, in order.
fn found(files: &[File]) -> Vec<String> {
    let (loaded, checked) = checked(files);
    let shown = |found: &Diagnostic| {
        let place = place(&loaded.sources, found.primary.span);
        let code = found.code.entry().code;
        format!("{}:{}:{} {code} {} {:?}", place.file, place.line, place.column, found.message, found.help)
    };
    checked.err().unwrap_or_default().iter().map(shown).collect()
}

#[test]
fn a_mistake_is_found_among_thousands_of_statements_as_it_is_alone() {
    let files = with_mistakes();
    let mut alone: Vec<String> =
        files.iter().flat_map(|file| found(&[labels(), File::clone(file)])).collect();
    alone.sort();
    assert_eq!(alone.len(), NAMESPACES / 3);
    let mut together = found(&[vec![labels()], files].concat());
    together.sort();
    assert_eq!(together, alone);
}

#[test]
fn findings_come_in_the_order_of_files_and_places() {
    let files = [vec![labels()], with_mistakes()].concat();
    let (_, checked) = checked(&files);
    let found = checked.err().unwrap_or_default();
    assert_eq!(found.len(), NAMESPACES / 3);
    assert!(found.is_sorted_by_key(|found| found.primary.span));
}

#[test]
fn every_rule_keeps_its_statement() {
    let sound = (0..NAMESPACES).map(|number| namespace(number, ""));
    let (_, checked) = checked(&[labels()].into_iter().chain(sound).collect::<Vec<_>>());
    let checked = checked.unwrap();
    let program = checked.program();
    assert_eq!((program.rules.len(), program.statements.len()), (NAMESPACES * PODS, NAMESPACES * PODS));
    for rule in &program.rules {
        let statement = program.statements[rule.statement.0 as usize].span;
        let (from, to) = (rule.from[0].span, rule.to[0].peer.span);
        assert_eq!((from.file, to.file), (statement.file, statement.file));
        assert!(statement.start < from.start && from.end < to.start && to.end == statement.end);
    }
}
