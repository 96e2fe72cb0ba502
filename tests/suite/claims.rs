//! Guards and tests against brute force: random programs, a small world, and the plain words of the language.
//!
//! The oracle ([`reading`]) goes over the resolved program rule by rule and connection by connection. It shares
//! nothing with the proof of guards and nothing with the algebra. What is proved must have no counterexample in
//! the world, and what is refuted must have exactly the counterexample that is shown. Every flow of the world is
//! also put to the policies that were written, and to the meaning that they were made of.

#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    clippy::similar_names,
    reason = "programs are put together from pieces of text"
)]

pub(crate) mod budget;
mod ends;
mod programs;
mod reading;
mod shown;
mod world;

use netdsl::check::Checked;
use netdsl::guards::{self, Verdict};
use netdsl::ir::Direction;
use netdsl::{lower, pipeline};
use proptest::prelude::*;

use crate::evaluator::{self, Blocks, End};
use crate::oracle::kubernetes::Manifests;
use crate::oracle::world::Case;
use crate::support;
use reading::{Claimed, Reading};
use world::World;

fn checked(text: &str) -> Checked {
    let checked = pipeline::check(&mut support::parse(text));
    checked.unwrap_or_else(|_| panic!("{text}\n{}", support::compile(text, "main.netdsl").rendered)).0
}

/// The policies as a cluster gets them.
fn yaml(lowered: &lower::Lowered) -> String {
    let minimal = netdsl::minimise::minimise(lowered.policy.clone());
    let options = netdsl::backend::Options::default();
    let (objects, problems) =
        netdsl::backend::network_policy::emit(&minimal, &lowered.presentation, &options);
    assert!(problems.is_empty());
    netdsl::k8s::write(&objects)
}

/// What is wrong with the verdicts on the claims of a program; how many hold and how many do not.
fn judge(text: &str, program: &Checked) -> Result<(u32, u32), String> {
    let lowered = lower::lower(program);
    let assumed = lower::world(program.program());
    let world = World::of(program.program(), text);
    let readings = [Blocks::OutsideOnly, Blocks::AlsoPods].map(|it| Reading::of(program.program(), it));
    let (mut hold, mut fail) = (0, 0);
    for (claimed, plain) in lower::claims(program.program()).iter().zip(Claimed::all(program.program())) {
        let line = plain.text(text);
        match guards::prove(&lowered.policy, &assumed, &claimed.claim) {
            Verdict::Holds => {
                hold += 1;
                for reading in &readings {
                    if let Some(found) = world.counterexample(reading, &plain) {
                        return Err(format!("proved, and wrong: {line}\n{found}"));
                    }
                }
            }
            Verdict::Fails(connection) => {
                fail += 1;
                shown::is_real(&connection, &plain, &readings, &world)
                    .map_err(|why| format!("{why}: {line}\n{connection:#?}"))?;
            }
            Verdict::OutOfBudget(_) => return Err(format!("out of budget: {line}")),
        }
    }
    Ok((hold, fail))
}

/// Source, meaning and written policies side by side, for each half of each connection.
fn compare_three_ways(text: &str, program: &Checked) -> Result<(), String> {
    let lowered = lower::lower(program);
    let manifests = Manifests::read(&yaml(&lowered));
    let world = World::of(program.program(), text);
    for blocks in [Blocks::OutsideOnly, Blocks::AlsoPods] {
        let reading = Reading::of(program.program(), blocks);
        for (subject, other, port) in world.halves() {
            for direction in Direction::BOTH {
                if direction == Direction::Egress && !world::can_have(&other, &port) {
                    continue;
                }
                let source = reading.side(&subject, direction, &other, &port);
                let meaning = evaluator::side(&lowered.policy, &subject, direction, &other, &port, blocks);
                let case =
                    Case { subject: subject.clone(), direction, other: other.clone(), port: port.clone() };
                let written = manifests.side(&case, blocks);
                let isolated = (reading.is_isolated(&subject, direction), manifests.is_isolated(&case));
                if source != meaning || meaning != written || isolated.0 != isolated.1 {
                    return Err(format!(
                        "{blocks:?} source {source}, meaning {meaning}, written {written}, isolated {isolated:?}: {case:?}"
                    ));
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(support::one_in(16))]

    #[test]
    fn verdicts_are_those_of_the_plain_reading(tape in programs::tape()) {
        let text = programs::program(&tape);
        let judged = judge(&text, &checked(&text));
        prop_assert!(judged.is_ok(), "{}\n{}", text, judged.unwrap_err());
    }

    #[test]
    fn source_meaning_and_output_agree_about_every_flow(tape in programs::tape()) {
        let text = programs::program(&tape);
        let compared = compare_three_ways(&text, &checked(&text));
        prop_assert!(compared.is_ok(), "{}\n{}", text, compared.unwrap_err());
    }
}

/// A generator that gave only one kind of verdict, or programs with errors, would test nothing.
#[test]
fn the_generator_gives_both_verdicts() {
    let (mut hold, mut fail) = (0, 0);
    let mut seed = 11;
    for _ in 0..60 {
        let text = programs::program(&programs::random_tape(&mut seed));
        let program = checked(&text);
        for proof in pipeline::prove(&program, &lower::lower(&program).policy) {
            match proof.verdict {
                Verdict::Holds => hold += 1,
                Verdict::Fails(_) => fail += 1,
                Verdict::OutOfBudget(_) => panic!("{text}"),
            }
        }
    }
    assert!(hold > 60 && fail > 60, "{hold} {fail}");
}

/// Where an end of a connection is; addresses have neither labels nor policies.
fn is_address(end: &End) -> bool {
    matches!(end, End::Address(_))
}
