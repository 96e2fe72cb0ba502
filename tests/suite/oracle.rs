//! An independent reading of Kubernetes' rules decides every connection of small worlds, and reader, meaning and
//! proof must agree with it.
//!
//! The oracle itself (`kubernetes`) shares nothing with the crate: its own YAML reading, its own matching.

mod generate;
pub(crate) mod kubernetes;
pub(crate) mod witness;
pub(crate) mod world;

use netdsl::denote;
use netdsl::ir::{Direction, Policy};
use netdsl::verify::{self, Verdict};
use proptest::prelude::*;

use crate::evaluator::{self, Blocks};
use crate::support;
use kubernetes::Manifests;

/// What the crate makes of a text; `None` where something in it is odd, which the proof refuses.
fn meaning(text: &str) -> (Policy, bool) {
    let objects = denote::read(text).unwrap_or_else(|errors| panic!("{text}\n{errors:?}"));
    assert_eq!(denote::admission::check(&objects), [], "{text}");
    let (policy, problems) = denote::denote(&objects);
    (policy, problems.is_empty())
}

/// The first connection about which the oracle thinks differently of two sets of manifests.
fn difference(a: &Manifests, b: &Manifests) -> Option<String> {
    world::cases().into_iter().find_map(|case| {
        let differs = |blocks| a.side(&case, blocks) != b.side(&case, blocks);
        let isolated = a.is_isolated(&case) != b.is_isolated(&case);
        (isolated || differs(Blocks::OutsideOnly) || differs(Blocks::AlsoPods)).then(|| format!("{case:?}"))
    })
}

proptest! {
    #![proptest_config(support::one_in(4))]

    /// Reader and meaning agree with the oracle about every connection of the world.
    #[test]
    fn meaning_agrees_with_the_oracle(tape in generate::tape()) {
        let text = generate::manifests(&tape);
        let (policy, _) = meaning(&text);
        let oracle = Manifests::read(&text);
        for case in world::cases() {
            let isolated = evaluator::is_isolated(&policy, &case.subject, case.direction);
            prop_assert_eq!(isolated, oracle.is_isolated(&case), "{}\n{:?}", text, case);
            for blocks in [Blocks::OutsideOnly, Blocks::AlsoPods] {
                let ours = evaluator::side(&policy, &case.subject, case.direction, &case.other, &case.port, blocks);
                prop_assert_eq!(ours, oracle.side(&case, blocks), "{}\n{:?} {:?}", text, case, blocks);
            }
        }
    }

    /// So do they about whole connections, where both sides have a say.
    #[test]
    fn connections_agree_with_the_oracle(tape in generate::tape()) {
        let text = generate::manifests(&tape);
        let (policy, _) = meaning(&text);
        let oracle = Manifests::read(&text);
        for (from, to, port) in world::connections() {
            for blocks in [Blocks::OutsideOnly, Blocks::AlsoPods] {
                let ours = evaluator::allowed(&policy, &from, &to, &port, blocks);
                let theirs = oracle.allowed(&from, &to, &port, blocks);
                prop_assert_eq!(ours, theirs, "{}\n{:?} -> {:?} {:?}", text, from, to, port);
            }
        }
    }

    /// What is proved is the same everywhere, and every witness is a real difference.
    #[test]
    fn verdicts_agree_with_the_oracle(tape in generate::tape()) {
        let (before, after) = generate::pair(&tape);
        let (policy, _) = meaning(&before);
        let (ours, theirs) = (Manifests::read(&before), Manifests::read(&after));
        match verify::verify(&policy, &after) {
            Verdict::Proved(_) => {
                let found = difference(&ours, &theirs);
                prop_assert_eq!(found, None, "proved, and different:\n{}\n{}", before, after);
            }
            Verdict::Differs(witnesses) => {
                for found in witnesses {
                    let real = witness::is_real(&found, &ours, &theirs);
                    prop_assert!(real, "{found}\n{found:?}\n{before}\n{after}");
                }
            }
            Verdict::Refused(why) => prop_assert!(!meaning(&after).1, "{why:?}\n{after}"),
            Verdict::OutOfBudget(overrun) => prop_assert!(false, "{overrun}\n{before}\n{after}"),
        }
    }
}

#[test]
fn the_generator_gives_all_verdicts() {
    let (mut proved, mut differs, mut refused) = (0, 0, 0);
    let mut seed = 7_u64;
    for _ in 0..300 {
        let tape: Vec<u8> = (0..160).map(|_| generate::next_byte(&mut seed)).collect();
        let (before, after) = generate::pair(&tape);
        match verify::verify(&meaning(&before).0, &after) {
            Verdict::Proved(_) => proved += 1,
            Verdict::Differs(_) => differs += 1,
            Verdict::Refused(_) => refused += 1,
            Verdict::OutOfBudget(overrun) => panic!("{overrun}"),
        }
    }
    assert!(proved > 40 && differs > 100 && refused > 5, "{proved} {differs} {refused}");
}

#[test]
fn the_oracle_knows_what_golden_files_do_not_show() {
    let text = |from: &str| format!("{}\nspec: {{ingress: [{from}]}}\n", generate::head("a", "shop"));
    let passes = |rule: &str, wanted: &dyn Fn(&world::Case) -> bool| {
        let manifests = Manifests::read(&text(rule));
        let cases = world::cases().into_iter().filter(|case| {
            case.direction == Direction::Ingress && case.subject.namespace == "shop" && wanted(case)
        });
        let sides: Vec<bool> = cases.map(|case| manifests.side(&case, Blocks::OutsideOnly)).collect();
        assert!(!sides.is_empty());
        sides.into_iter().all(|side| side)
    };
    let without_key = |case: &world::Case| matches!(&case.other, evaluator::End::Pod(pod) if pod.namespace == "shop" && !pod.labels.contains_key("a"));
    assert!(passes(
        "{from: [{podSelector: {matchExpressions: [{key: a, operator: NotIn, values: [x]}]}}]}",
        &without_key
    ));
    let elsewhere =
        |case: &world::Case| matches!(&case.other, evaluator::End::Pod(pod) if pod.namespace != "shop");
    assert!(!passes("{from: [{podSelector: {}}]}", &elsewhere));
    let any_tcp = |case: &world::Case| case.port.protocol == Some("TCP");
    assert!(passes("{ports: [{protocol: TCP}]}", &any_tcp));
}
