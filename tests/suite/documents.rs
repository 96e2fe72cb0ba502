//! The documents tell the truth: their programs compile, what they show is what comes out, and those that are
//! generated are fresh.
//!
//! ` ```netdsl ` is a program. Behind a comma stand claims: `error=E0302` (it gets these errors and no others, joined
//! by `+`), `warning=W0004` (it gets this warning), `clean` (nothing is found), `more` (it is compiled together with the programs before it, since
//! the last without `more`), `file=NAME` (its name). A ` ```yaml ` or ` ```text ` behind it shows lines of its output, or
//! of what is said about it.

mod blocks;
mod ci;
mod generated;

use std::collections::BTreeSet;

use netdsl::diag::{Diagnostic, Severity};

use crate::support::{self, Asked, Compiled, File};
use blocks::{Block, Claims, Kind};

/// The documents whose programs are compiled.
const DOCUMENTS: &[&str] =
    &["README.md", "CHANGELOG.md", "ARCHITECTURE.md", "docs/language.md", "docs/proof.md"];

/// The programs of a document so far: those that belong together, and what the last run said.
#[derive(Default)]
struct Reader {
    files: Vec<File>,
    last: Option<Compiled>,
    problems: Vec<String>,
}

impl Reader {
    fn read(&mut self, document: &str, block: &Block) {
        let problem = match &block.kind {
            Kind::Program(claims) => self.program(claims, &block.text),
            Kind::Yaml => self.shown(&block.text, |last| last.yaml.as_deref().unwrap_or_default()),
            Kind::Text => self.shown(&block.text, |last| &last.rendered),
            Kind::Other => None,
        };
        self.problems.extend(problem.map(|problem| format!("{document}:{}: {problem}", block.line)));
    }

    fn program(&mut self, claims: &Claims, text: &str) -> Option<String> {
        if !claims.more {
            self.files.clear();
        }
        let path = claims.file.clone().unwrap_or_else(|| format!("part-{}.netdsl", self.files.len()));
        let mut files = self.files.clone();
        files.push(File { path, text: text.to_owned() });
        let compiled = support::compile_files(&files, Asked::All);
        if claims.errors.is_empty() {
            self.files = files;
        }
        let problem = judge(claims, &compiled);
        self.last = Some(compiled);
        problem
    }

    fn shown(&self, excerpt: &str, of: impl Fn(&Compiled) -> &str) -> Option<String> {
        let Some(last) = &self.last else { return Some("shows the output of no program".to_owned()) };
        let is_shown = blocks::shows(of(last), excerpt);
        (!is_shown).then(|| format!("is not what comes out:\n{}", of(last)))
    }
}

/// What is wrong with the claims of a program.
fn judge(claims: &Claims, compiled: &Compiled) -> Option<String> {
    let codes = |severity| -> BTreeSet<&str> {
        let of = |it: &&Diagnostic| it.code.severity() == severity;
        compiled.diagnostics.iter().filter(of).map(|it| it.code.entry().code).collect()
    };
    let claimed: BTreeSet<&str> = claims.errors.iter().map(String::as_str).collect();
    let warnings = codes(Severity::Warning);
    let right = codes(Severity::Error) == claimed
        && (!claims.clean || compiled.diagnostics.is_empty())
        && claims.warnings.iter().all(|warning| warnings.contains(warning.as_str()));
    (!right).then(|| format!("does not get what it claims:\n{}", compiled.rendered))
}

#[test]
fn programs_get_what_they_claim_and_show_what_comes_out() {
    let mut problems = Vec::new();
    for document in DOCUMENTS {
        let text = support::read(&support::repository(document));
        let mut reader = Reader::default();
        for block in blocks::of(&text) {
            reader.read(document, &block);
        }
        problems.extend(reader.problems);
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

#[test]
fn the_readme_shows_the_whole_output_of_a_program_without_findings() {
    let readme = support::read(&support::repository("README.md"));
    let blocks = blocks::of(&readme);
    let program = blocks.iter().find(|it| matches!(it.kind, Kind::Program(_))).unwrap();
    let yaml = blocks.iter().find(|it| matches!(it.kind, Kind::Yaml)).unwrap();
    let compiled = support::compile(&program.text, "shop.netdsl");
    assert!(compiled.diagnostics.is_empty(), "{}", compiled.rendered);
    assert_eq!(compiled.yaml.as_deref(), Some(yaml.text.as_str()));
}

/// A row of the limits in docs/language.md, the file below `src` that sets it, and how.
const LIMITS: &[(&str, &str, &str)] = &[
    ("| a file | 256 MiB |", "source/mod.rs", "MAX_FILE_BYTES: usize = 256 << 20"),
    ("continuations | 1 MiB |", "syntax/mod.rs", "MAX_STATEMENT_BYTES: usize = 1 << 20"),
    ("each other | 16 |", "syntax/mod.rs", "MAX_NESTING: usize = 16"),
    ("while parsing | 100000 |", "syntax/mod.rs", "MAX_DIAGNOSTICS: usize = 100_000"),
    ("of its set | 500000 |", "check/statements.rs", "MAX_EXPANDED: usize = 500_000"),
    ("shown to people | 200 |", "diag/render/human.rs", "MAX_SHOWN: usize = 200"),
    ("on one line | 32 |", "syntax/mod.rs", "MAX_STATEMENTS_ON_A_LINE: usize = 32"),
    ("for suggestions | 50000000 |", "check/suggest.rs", "BUDGET: usize = 50_000_000"),
    ("linear part | 10000000 |", "lint/budget.rs", "STEPS: usize = 10_000_000"),
    ("and direction | 20000000 |", "minimise/budget.rs", "MAX_STEPS: usize = 20_000_000"),
    ("of a test | 20000000 |", "guards/mod.rs", "STEPS: u64 = 20_000_000"),
    ("| 20000000, and", "verify/budget.rs", "BASE: u64 = 20_000_000"),
    ("and 200 for each flow |", "verify/budget.rs", "PER_FLOW: u64 = 200"),
    ("as JSON | 200 KiB |", "backend/network_policy/split.rs", "LIMIT: usize = 200 << 10"),
    ("`check --fix` | 16 |", "cli/mend.rs", "MAX_ROUNDS: usize = 16"),
];

#[test]
fn limits_are_as_documented() {
    let text = support::read(&support::repository("docs/language.md"));
    let limits = text.split("## Limits").nth(1).unwrap();
    for (row, file, constant) in LIMITS {
        assert!(limits.contains(row), "{row} is not said");
        let source = support::read(&support::repository("src").join(file));
        assert!(source.contains(constant), "{file} has not {constant}, which docs/language.md says: {row}");
    }
    let rows = limits.lines().filter(|line| line.starts_with("| ")).count() - 1;
    // The comparison with the output has one row and two numbers.
    assert_eq!(rows, LIMITS.len() - 1, "a limit is said and not looked after");
}

#[test]
fn a_document_that_lies_is_seen() {
    let text = "```netdsl,error=E0302\nnamespace a {\n}\n```\n\n```netdsl\nnamespace a {\n}\n```\n\n```yaml\nspec: {}\n```\n";
    let mut reader = Reader::default();
    for block in blocks::of(text) {
        reader.read("it.md", &block);
    }
    let places: Vec<&str> = reader.problems.iter().filter_map(|it| it.split(' ').next()).collect();
    assert_eq!(places, ["it.md:1:", "it.md:11:"], "{:?}", reader.problems);
}
