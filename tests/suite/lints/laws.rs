//! Laws of lints, over random programs and over the examples of all warnings.

use netdsl::diag::codes::Lint;
use netdsl::diag::{Code, Diagnostic};
use proptest::prelude::{ProptestConfig, proptest};
use proptest::prop_assert_eq;

use crate::generate::programs;
use crate::support::{self, Compiled};

fn config() -> ProptestConfig {
    ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() }
}

fn compile(text: &str) -> Compiled {
    support::compile(text, "main.netdsl")
}

/// The findings of one lint.
fn of(lint: Lint, found: &Compiled) -> Vec<&Diagnostic> {
    found.diagnostics.iter().filter(|it| it.code == Code::Lint(lint)).collect()
}

/// A text without doc comments: those of a rule are written even where another rule allows all of it.
fn without_docs(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("##"));
    lines.collect::<Vec<_>>().join("\n")
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_shadowed_rule_can_be_removed(program in programs()) {
        let text = without_docs(&program.text());
        let before = compile(&text);
        for problem in of(Lint::ShadowedRule, &before) {
            let mut without = text.clone();
            without.replace_range(problem.primary.span.range(), "");
            prop_assert_eq!(&before.yaml, &compile(&without).yaml, "{}\n{}", problem.message, text);
        }
    }

    #[test]
    fn a_rule_said_twice_is_reported_once(program in programs()) {
        let text = format!("{}\nallow 198.51.100.77 -> managed:4711\n", program.text());
        let alone = of(Lint::ShadowedRule, &compile(&text)).len();
        let twice = format!("{text}allow 198.51.100.77 -> managed:4711\n");
        prop_assert_eq!(alone + 1, of(Lint::ShadowedRule, &compile(&twice)).len());
    }
}

#[test]
fn every_warning_can_be_silenced_but_those_about_silencers() {
    for lint in Lint::ALL.iter().copied() {
        let entry = lint.entry();
        let place = compile(entry.wrong).positions[0].clone();
        let comment = format!("# netdsl: allow({}) a reason", entry.title);
        let mut lines: Vec<&str> = entry.wrong.lines().collect();
        lines.insert(place.line as usize - 1, &comment);
        let mended = compile(&lines.join("\n"));
        let expected = !matches!(lint, Lint::UnusedSilencer | Lint::InvalidSilencer);
        assert_eq!(mended.diagnostics.is_empty(), expected, "{}:\n{}", entry.title, mended.rendered);
    }
}

#[test]
fn no_silencer_hides_an_error() {
    let silencers: Vec<String> =
        Lint::ALL.iter().map(|lint| format!("allow({})", lint.entry().title)).collect();
    for silencer in silencers {
        let text = format!("# netdsl: {silencer}\nallow web -> db\n");
        let found = compile(&text);
        assert_eq!(found.diagnostics.iter().filter(|it| it.is_error()).count(), 2, "{}", found.rendered);
    }
}

#[test]
fn findings_do_not_depend_on_line_ends() {
    for lint in Lint::ALL {
        let text = lint.entry().wrong;
        let codes = |text: &str| compile(text).diagnostics.iter().map(|it| it.code).collect::<Vec<_>>();
        assert_eq!(codes(text), codes(&text.replace('\n', "\r\n")), "{}", lint.entry().title);
    }
}
