//! Programs of the size that would take a quadratic lint minutes: `cargo test --release -- --ignored --nocapture
//! lints_of` says how long each takes.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a measurement measures and prints")]

use std::fmt::Write;
use std::time::Instant;

use netdsl::diag::Code;
use netdsl::diag::codes::Lint;
use netdsl::load::Root;

/// Lints a program of many rules, and says how many of them are superfluous.
fn shadowed(text: String) -> usize {
    let root = Root::Text { name: "-".into(), bytes: text.into_bytes() };
    let mut loaded = netdsl::load::load(vec![root], &crate::support::Memory { files: &[] }).unwrap();
    let start = Instant::now();
    let (_, found) = netdsl::pipeline::check(&mut loaded).unwrap();
    println!("{} findings in {:?}", found.len(), start.elapsed());
    found.iter().filter(|it| it.code == Code::Lint(Lint::ShadowedRule)).count()
}

/// So many rules in one namespace, each written by its number.
fn program(count: usize, rule: impl Fn(usize) -> String) -> String {
    let mut text = "label app = *\nnamespace shop {\n".to_owned();
    for number in 0..count {
        writeln!(text, "  {}", rule(number)).unwrap();
    }
    text + "}\n"
}

/// Every hundredth repeats the one before it.
fn once(number: usize) -> usize {
    if number % 100 == 99 { number - 1 } else { number }
}

fn by_labels(number: usize) -> String {
    let number = once(number);
    format!("allow app=a{} -> app=b{number}:80", number % 50)
}

fn by_addresses(number: usize) -> String {
    let number = once(number);
    format!("allow 10.{}.{}.{} -> app=web:443", number >> 16, number >> 8 & 255, number & 255)
}

/// Negations are filed under nothing that could be looked up.
fn by_negations(number: usize) -> String {
    format!("allow app!=a{} -> app notin (b{number}, c{number}):80", once(number))
}

#[test]
fn repeated_rules_are_found_among_many() {
    assert_eq!(shadowed(program(2_000, by_labels)), 20);
    assert_eq!(shadowed(program(2_000, by_addresses)), 20);
}

#[test]
fn the_budget_of_the_search_is_not_taken_from_equal_rules() {
    assert_eq!(shadowed(program(10_000, by_addresses)), 100);
    assert_eq!(shadowed(program(5_000, |_| "allow app=web -> app=db:80".to_owned())), 4_999);
}

#[test]
#[ignore = "a measurement"]
fn lints_of_a_hundred_thousand_rules() {
    for rule in [by_labels, by_addresses, by_negations] {
        shadowed(program(100_000, rule));
    }
    let equal = |_: usize| "allow app=web -> app=db:80".to_owned();
    shadowed(program(100_000, equal));
    let pods = |number: usize| format!("pods p{number} where app=p{number} {{ port http = 80 }}");
    shadowed(program(100_000, |number| if number % 2 == 0 { pods(number) } else { by_labels(number) }));
    let silenced = |number: usize| format!("# netdsl: allow(all-ports)\n  {}", by_labels(number));
    shadowed(program(100_000, silenced));
}
