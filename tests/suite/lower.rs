//! Lowering one namespace at a time against a plain reading of all rules, one by one.

use netdsl::check::Checked;
use netdsl::hir::{Halves, Isolation, Peer, PeerKind, Program, Target};
use netdsl::ir::{self, ClaimKind, Direction, Flow, Origin, Policy};
use netdsl::lower::{self, Plan};
use netdsl::pipeline;
use proptest::prelude::{ProptestConfig, proptest};
use proptest::{prop_assert, prop_assert_eq};

use crate::generate::programs;
use crate::support;

fn checked(text: &str) -> Checked {
    let checked = pipeline::check(&mut support::parse(text));
    checked.unwrap_or_else(|_| panic!("{text}\n{}", support::compile(text, "main.netdsl").rendered)).0
}

/// The flows of a program: every source with every target, into whatever namespace each half belongs.
fn read(program: &Program, flow: &mut impl FnMut(&str, Direction, Flow)) {
    let isolation = Isolation::of(program);
    for rule in &program.rules {
        for (source, target) in rule.from.iter().flat_map(|it| rule.to.iter().map(move |to| (it, to))) {
            let mut half = |subject: &PeerKind, other: &Peer, direction: Direction| {
                let Some(peer) = other_end(program, other) else { return };
                for (namespace, subject) in isolation.subjects(program, subject, direction) {
                    let (peer, ports) = (peer.clone(), target.ports.clone());
                    let read = Flow { subject, peer, ports, origin: Origin(rule.statement.0) };
                    flow(&program.namespaces[namespace.0 as usize].name, direction, read);
                }
            };
            if rule.halves != Halves::Egress {
                half(&target.peer.kind, source, Direction::Ingress);
            }
            if rule.halves != Halves::Ingress {
                half(&source.kind, &target.peer, Direction::Egress);
            }
        }
    }
}

/// What a claim makes of a peer.
fn other_end(program: &Program, peer: &Peer) -> Option<ir::Peer> {
    let targets: &[Target] = &[];
    let claim = lower::claim(program, ClaimKind::Never, std::slice::from_ref(peer), targets);
    claim.sources.into_iter().next()
}

fn plain(program: &Program, empty: &Policy) -> Policy {
    let mut policy = empty.clone();
    for namespace in policy.namespaces.values_mut() {
        namespace.flows = ir::Directional::default();
    }
    read(program, &mut |namespace, direction, flow| {
        let entry = policy.namespaces.get_mut(namespace).expect("a subject's namespace isolates something");
        entry.flows.get_mut(direction).push(flow);
    });
    policy
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_namespace_at_a_time_is_all_of_them(program in programs()) {
        let checked = checked(&program.text());
        let plan = Plan::of(&checked);
        let lowered = lower::lower(&checked);
        prop_assert_eq!(&plain(checked.program(), &lowered.policy), &lowered.policy);
        let names: Vec<_> = plan.namespaces().cloned().collect();
        prop_assert!(names.is_sorted() && names.iter().eq(lowered.policy.namespaces.keys()));
        // In any order, and as often as one likes.
        for name in names.iter().rev().chain(&names) {
            prop_assert!(plan.namespace(name).as_ref() == lowered.policy.namespaces.get(name), "{name}");
        }
        prop_assert_eq!(plan.presentation(), lowered.presentation);
    }
}

#[test]
fn nothing_is_said_about_other_namespaces() {
    let checked =
        checked("external namespace far { pods db where app=db }\nlabel app = *\nnamespace near { }\n");
    let plan = Plan::of(&checked);
    assert_eq!(plan.namespaces().map(AsRef::as_ref).collect::<Vec<&str>>(), ["near"]);
    assert_eq!(plan.namespace("far"), None);
    assert_eq!(plan.namespace("neither"), None);
}

/// Threads may share a plan.
#[test]
fn a_plan_is_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Plan<'_>>();
}
