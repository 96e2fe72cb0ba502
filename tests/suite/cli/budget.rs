//! Programs that are built to be hard: they end soon, write nothing, and say which label keys are at fault.

use std::fmt::Write;

use super::{Ran, folder, run};
use crate::claims::budget;

fn ran(program: &str, arguments: &[&str]) -> Ran {
    run(folder(&[("main.netdsl", program)]).path(), arguments)
}

/// The keys that a message names.
fn keys(message: &str) -> Vec<&str> {
    let named = message.split("the selectors on ").nth(1).and_then(|it| it.split(" overlap").next());
    named
        .unwrap_or_else(|| panic!("no keys in\n{message}"))
        .split(", ")
        .map(|key| key.trim_matches('`'))
        .collect()
}

/// For all pairs of these keys, two halves that the compiler writes as one; and a subject that takes many steps to
/// look at. Whether each half is written takes going over all that has no value to be found by.
fn halves(keys: usize) -> String {
    let mut text = String::from("label z = *\nlabel tier = *\n");
    for key in 0..keys {
        writeln!(text, "label k{key} = *").expect("a string takes all");
    }
    let values: Vec<String> = (0..120).map(|value| format!("t{value}")).collect();
    writeln!(text, "namespace shop {{\npods db where tier notin ({})", values.join(", ")).expect("as above");
    for a in 0..keys {
        for b in 0..a {
            for z in ["z=one", "z!=one"] {
                writeln!(text, "allow ingress k{a}=*, k{b}=*, {z} -> db:80").expect("as above");
            }
        }
    }
    text + "}\n"
}

#[test]
fn a_guard_that_is_too_hard_names_the_keys() {
    let program = budget::program("never locked/* -> shop/*:80");
    for command in ["check", "compile"] {
        let ran = ran(&program, &[command]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{}", ran.err);
        assert!(
            ran.err.contains("error[E0604]: this guard could not be proved within the budget"),
            "{}",
            ran.err
        );
        let keys = keys(&ran.err);
        assert!(!keys.is_empty() && keys.iter().all(|key| key.starts_with('k')), "{keys:?}");
    }
}

#[test]
fn a_question_that_is_too_hard_names_the_keys() {
    let ran = ran(&budget::program(""), &["query", "locked/* -> shop/*:80"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.starts_with("not decided within the budget: locked/* -> shop/*:80\n"), "{}", ran.out);
    assert!(keys(&ran.out).iter().all(|key| key.starts_with('k')), "{}", ran.out);
}

#[test]
fn an_output_that_is_too_hard_to_prove_is_not_written() {
    let ran = ran(&halves(32), &["compile"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{}", ran.err);
    let error = "error[E0711]: the policies of namespace `shop` could not be proved within the budget";
    assert!(ran.err.contains(error), "{}", ran.err);
    let keys = keys(&ran.err);
    assert!(!keys.is_empty() && keys.iter().all(|key| key.starts_with('k')), "{keys:?}");
    let easy = self::ran(&halves(3), &["compile"]);
    assert_eq!(easy.code, 0, "{}", easy.err);
}
