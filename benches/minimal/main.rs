//! How often the fewest rules are proved, and what an edit changes: `cargo bench --bench minimal`.
//!
//! The tables of `docs/minimality.md`, the same in each run: everything is drawn from seeds, and nothing is timed.

#![allow(clippy::print_stdout, reason = "a measurement prints")]

mod changes;
#[path = "../clusters/mod.rs"]
#[allow(dead_code, reason = "shared with other benches")]
mod clusters;
mod dense;
mod edits;

use netdsl::backend::Options;
use netdsl::load;
use netdsl::minimise::Proof;
use netdsl::pipeline;

use clusters::{Files, Numbers, Shape, cluster};
use edits::Kind;

/// The YAML of a program, and what is proved about its size.
fn compiled(text: &str) -> (String, Proof) {
    let mut loaded = load::alone([("program".into(), text.as_bytes().to_vec())]);
    let compiled = pipeline::compile(&mut loaded, &Options::default());
    let output = compiled.output.unwrap_or_else(|| panic!("{:?}\n{text}", compiled.diagnostics));
    (output.files.into_iter().map(|file| file.text).collect(), output.size.proof)
}

fn main() {
    certificates("published shape", cluster_text);
    certificates("overlapping", |rules, seed| dense::text(rules, &mut Numbers::of(seed)));
    stability();
}

fn cluster_text(rules: usize, seed: u64) -> String {
    let shape = Shape { seed, ..Shape::of(rules).with(Files::One) };
    cluster(&shape).files.into_iter().map(|(_, text)| text).collect()
}

/// The sizes of the clusters, and how many there are of each.
const SIZES: [usize; 8] = [10, 20, 50, 100, 200, 500, 1000, 2000];
const OF_EACH: u64 = 40;

fn certificates(name: &str, program: impl Fn(usize, u64) -> String) {
    println!("\n| {name}: statements | programs | lists of rules | proved | share | rules | least |");
    println!("|---|---|---|---|---|---|---|");
    let mut total = [0; 5];
    for size in SIZES {
        let mut sum = [0; 5];
        for seed in 0..OF_EACH {
            let (_, proof) = compiled(&program(size, seed));
            let figures = [1, proof.lists, proof.proved_lists, proof.rules, proof.lower_bound];
            sum.iter_mut().zip(figures).for_each(|(all, one)| *all += one);
        }
        row(&size.to_string(), sum);
        total.iter_mut().zip(sum).for_each(|(all, one)| *all += one);
    }
    row("all", total);
}

#[expect(clippy::cast_precision_loss, reason = "a share of a few thousands")]
fn row(name: &str, [programs, lists, proved, rules, least]: [usize; 5]) {
    let share = 100.0 * proved as f64 / lists as f64;
    println!("| {name} | {programs} | {lists} | {proved} | {share:.2} % | {rules} | {least} |");
}

/// Programs of 200 rules, and how many edits of each kind.
const PROGRAMS: u64 = 10;
const EDITS: usize = 10;

fn stability() {
    println!("\n| edit | edits | lines: median | p90 | p99 | most | policies: median | most | renamed |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut all: Vec<changes::Changes> = Vec::new();
    for kind in Kind::ALL {
        let mut found = Vec::new();
        for seed in 0..PROGRAMS {
            let before = cluster_text(200, seed);
            let (yaml, _) = compiled(&before);
            let mut numbers = Numbers::of(seed);
            for _ in 0..EDITS {
                let after = edits::edited(&before, kind, &mut numbers);
                found.push(changes::changes(&yaml, &compiled(&after).0));
            }
        }
        spread(kind.name(), &found);
        all.extend(found);
    }
    spread("all", &all);
}

fn spread(name: &str, found: &[changes::Changes]) {
    let sorted = |figure: fn(&changes::Changes) -> usize| {
        let mut all: Vec<usize> = found.iter().map(figure).collect();
        all.sort_unstable();
        all
    };
    let (lines, policies) = (sorted(|it| it.lines), sorted(|it| it.policies.len()));
    let at = |all: &[usize], percent: usize| all[(all.len() - 1) * percent / 100];
    let renamed: usize = found.iter().map(|it| it.renamed.len()).sum();
    println!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} | {renamed} |",
        found.len(),
        at(&lines, 50),
        at(&lines, 90),
        at(&lines, 99),
        at(&lines, 100),
        at(&policies, 50),
        at(&policies, 100),
    );
}
