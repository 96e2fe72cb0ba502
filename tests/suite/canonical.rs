//! What holds for every program: order and files mean nothing.

use netdsl::diag::Code;
use netdsl::diag::codes::Lint;
use proptest::prelude::{ProptestConfig, proptest};
use proptest::{prop_assert, prop_assert_eq};

use crate::generate::{Program, Statement, layouts, programs};
use crate::support::{self, Asked, Compiled, File};

fn config() -> ProptestConfig {
    ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() }
}

/// Compiles a program as one file, and shows it where it is refused.
fn compile(program: &Program) -> Compiled {
    support::compile(&program.text(), "main.netdsl")
}

/// The codes of a run, in an order that does not depend on places. A file of words for others may hold what its
/// program does not use, so that lint alone depends on files.
fn codes(compiled: &Compiled) -> Vec<&'static str> {
    let mut codes: Vec<_> = compiled.diagnostics.iter().map(|it| it.code.entry().code).collect();
    codes.retain(|code| *code != Code::from(Lint::UnusedDeclaration).entry().code);
    codes.sort_unstable();
    codes
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn generated_programs_have_no_errors(program in programs()) {
        let compiled = compile(&program);
        prop_assert_eq!(compiled.yaml.is_some(), true, "{}\n{}", program.text(), compiled.rendered);
    }

    #[test]
    fn order_and_files_change_no_byte(program in programs(), layout in layouts()) {
        let (plain, files) = (compile(&program), program.laid_out(&layout));
        let other = support::compile_files(&files, Asked::First);
        prop_assert_eq!(codes(&plain), codes(&other), "{}", other.rendered);
        prop_assert_eq!(plain.yaml, other.yaml);
    }

    #[test]
    fn it_does_not_matter_which_files_are_asked_for(program in programs(), layout in layouts()) {
        let files = program.laid_out(&layout);
        let first = support::compile_files(&files, Asked::First);
        let mut backwards = files;
        backwards.reverse();
        prop_assert_eq!(first.yaml, support::compile_files(&backwards, Asked::All).yaml);
    }

    #[test]
    fn saying_a_rule_twice_changes_no_byte(program in programs()) {
        let is_rule = |it: &&Statement| matches!(it, Statement::Member { text, .. } if text.contains("allow "));
        let mut twice = program.clone();
        twice.statements.extend(program.statements.iter().filter(is_rule).cloned().collect::<Vec<_>>());
        prop_assert_eq!(compile(&program).yaml, compile(&twice).yaml);
    }

    #[test]
    fn what_a_wider_subject_has_is_not_written_for_a_narrower_one(program in programs()) {
        let with = |program: &Program, rule: &str| {
            let rule = Statement::Member { namespace: "shop", text: rule.to_owned() };
            Program { statements: program.statements.iter().cloned().chain([rule]).collect() }
        };
        let wide = with(&program, "allow * -> internet:443");
        let both = with(&wide, "allow app=web -> internet:443");
        prop_assert_eq!(compile(&wide).yaml, compile(&both).yaml);
    }

    /// A rule between pods of one namespace touches the policies of these pods: not those of other namespaces, and
    /// not those of pods that are neither side.
    #[test]
    fn a_new_rule_touches_the_policies_concerned(program in programs()) {
        let rule = Statement::Member { namespace: "shop", text: "allow app=web -> app=db:7777".to_owned() };
        let mut more = program.clone();
        more.statements.push(rule);
        let (before, after) = (compile(&program).yaml.unwrap(), compile(&more).yaml.unwrap());
        let after: Vec<&str> = after.split("---\n").collect();
        let of_jobs = "spec:\n  podSelector:\n    matchLabels:\n      app: job\n";
        for document in before.split("---\n") {
            let concerned = document.contains("\n  namespace: shop\n") && !document.contains(of_jobs);
            prop_assert!(concerned || after.contains(&document), "{}\n{document}", more.text());
        }
    }

    #[test]
    fn a_layout_keeps_every_statement(program in programs(), layout in layouts()) {
        let lines = |files: &[File]| {
            let kept = |line: &&str| !line.starts_with("use ") && !line.starts_with("namespace ") && *line != "}";
            let mut lines: Vec<_> = files.iter().flat_map(|it| it.text.lines().filter(kept).map(str::to_owned)).collect();
            lines.sort();
            lines
        };
        let plain = File { path: "main.netdsl".to_owned(), text: program.text() };
        prop_assert_eq!(lines(&[plain]), lines(&program.laid_out(&layout)));
    }
}
