//! Policies that look alike to the fast path, which sorts claims and joins them, and are not: each pair differs, whichever
//! is the source, and the difference is told with what allows it. And what a verdict over many namespaces counts.

use netdsl::algebra::{AddressSet, Cube, PortSet, Prefix, Protocol, Requirement, State, Text};
use netdsl::ir::{Direction, Flow, Origin, Peer, PodPeer, Policy};
use netdsl::verify::{self, Difference, Overrun, Rejection, Side, Stats, Verdict, Witness};

use super::objects;

fn port(number: u16) -> PortSet {
    PortSet::range(Protocol::Tcp, number, number)
}

fn two(a: u16, b: u16) -> PortSet {
    port(a).union(&port(b))
}

fn app<const N: usize>(values: [&str; N]) -> Peer {
    let pods = Cube::of("app".into(), Requirement::one_of(values.map(Text::from))).unwrap();
    Peer::Pods(PodPeer { namespaces: Cube::all(), pods })
}

fn block(first: u8, length: u8) -> Peer {
    let prefix = Prefix::new([first, 0, 0, 0].into(), length).unwrap();
    Peer::Addresses(AddressSet::from(prefix))
}

/// All pods of `shop`, isolated, with these flows; the origin of each is its place.
fn policy<const N: usize>(flows: [(Peer, PortSet); N]) -> Policy {
    let mut policy = Policy::default();
    let namespace = policy.namespaces.entry("shop".into()).or_default();
    namespace.isolated.ingress.push(Cube::all());
    for (origin, (peer, ports)) in (0..).map(Origin).zip(flows) {
        namespace.flows.ingress.push(Flow { subject: Cube::all(), peer, ports, origin });
    }
    policy
}

/// Who allows more, and by which flows.
fn told(source: &Policy, output: &Policy) -> Vec<(Side, Vec<Origin>)> {
    let Verdict::Differs(witnesses) = verify::compare(source, output) else {
        panic!("they are not the same: {source:?} {output:?}");
    };
    let allowed = |witness: Witness| match witness.difference {
        Difference::Allowed { by, origins, .. } => (by, origins),
        Difference::Isolated { .. } => panic!("both isolate all pods"),
    };
    witnesses.into_iter().map(allowed).collect()
}

/// The second policy allows more than the first, by the flows at these places.
#[track_caller]
fn assert_wider(narrow: &Policy, wide: &Policy, places: &[u32]) {
    let origins: Vec<Origin> = places.iter().copied().map(Origin).collect();
    assert!(told(narrow, wide).contains(&(Side::Output, origins.clone())), "{:?}", told(narrow, wide));
    assert!(told(wide, narrow).contains(&(Side::Source, origins)), "{:?}", told(wide, narrow));
}

#[test]
fn all_pods_all_addresses_and_everybody_are_three_things() {
    let pods = || Peer::Pods(PodPeer { namespaces: Cube::all(), pods: Cube::all() });
    let kinds = [pods, || block(0, 0), || Peer::Anywhere];
    for (a, narrow) in kinds.iter().enumerate() {
        for wide in kinds.iter().enumerate().filter(|(b, _)| *b != a).map(|(_, wide)| wide) {
            let verdict = verify::compare(&policy([(narrow(), port(80))]), &policy([(wide(), port(80))]));
            assert!(matches!(verdict, Verdict::Differs(_)), "{:?} {:?}", narrow(), wide());
        }
    }
}

#[test]
fn another_flow_of_the_same_peer_is_more() {
    let one = policy([(app(["web"]), port(80))]);
    assert_wider(&one, &policy([(app(["web"]), port(80)), (app(["web"]), port(81))]), &[1]);
    let one = policy([(block(10, 8), port(80))]);
    assert_wider(&one, &policy([(block(10, 8), port(80)), (block(11, 8), port(80))]), &[1]);
}

#[test]
fn blocks_do_not_change_their_ports() {
    let source = policy([(block(10, 8), port(80)), (block(11, 8), port(81))]);
    let output = policy([(block(10, 8), port(81)), (block(11, 8), port(80))]);
    assert_wider(&source, &output, &[0]);
    assert_wider(&source, &output, &[1]);
}

#[test]
fn what_is_found_does_not_stand_for_what_it_is_joined_with() {
    let source = policy([(app(["web", "job"]), two(80, 82))]);
    let output = policy([
        (app(["web", "job"]), port(80)),
        (app(["web"]), port(81)),
        (app(["web"]), port(82)),
        (app(["job"]), port(82)),
    ]);
    assert_wider(&source, &output, &[1]);
}

#[test]
fn only_lists_of_values_are_taken_apart() {
    let known = || app(["web", "job"]);
    let values = || ["web", "job"].map(Text::from);
    for (complement, absent) in [(true, false), (true, true), (false, true)] {
        let pods = Cube::of("app".into(), Requirement::new(values(), complement, absent)).unwrap();
        let more = Peer::Pods(PodPeer { namespaces: Cube::all(), pods });
        assert_wider(&policy([(known(), port(80))]), &policy([(known(), port(80)), (more, port(80))]), &[1]);
    }
}

#[test]
fn all_flows_that_allow_a_difference_are_named_and_no_others() {
    let web = || app(["web"]);
    let source = policy([(app(["job"]), two(80, 81))]);
    let output = policy([
        (app(["job"]), two(80, 81)),
        (web(), port(80)),
        (app(["web", "old"]), port(81)),
        (block(10, 8), port(80)),
        (Peer::Anywhere, port(82)),
        (app(["new", "web"]), port(80)),
    ]);
    assert_wider(&source, &output, &[1, 5]);
    assert_wider(&source, &output, &[2]);
    assert_wider(&source, &output, &[3]);
    assert_wider(&source, &output, &[4]);
    assert_wider(&source, &output, &[5]);
}

#[test]
fn a_difference_is_shown_by_a_pod_that_is_isolated() {
    let role =
        |values: [&str; 1]| Cube::of("role".into(), Requirement::one_of(values.map(Text::from))).unwrap();
    let isolated = |mut policy: Policy| {
        let namespace = policy.namespaces.get_mut("shop").unwrap();
        namespace.isolated.ingress = vec![role(["db"])];
        policy
    };
    let (source, output) = (isolated(policy([])), isolated(policy([(app(["web"]), port(80))])));
    let Verdict::Differs(witnesses) = verify::compare(&source, &output) else { panic!("a flow is new") };
    let subjects: Vec<_> = witnesses.into_iter().map(|witness| witness.subject).collect();
    assert_eq!(subjects, [[(Text::from("role"), State::Value("db".into()))]]);
}

#[test]
fn what_a_proof_went_over_is_counted() {
    let parts =
        (0..8).map(|n| format!("{{podSelector: {{matchExpressions: [{{key: k{n}, operator: Exists}}]}}}}"));
    let parts: Vec<String> = parts.collect();
    let spec = |peers: &str| format!("{{policyTypes: [Ingress, Egress], ingress: [{{from: [{peers}]}}]}}");
    let (apart, twice) =
        (spec(&parts.join(", ")), spec("{podSelector: {}}, {podSelector: {matchLabels: {a: b}}}"));
    let (source, shap) = (super::meaning(&objects(&[&twice])), "namespace: shap");
    let same = verify::verify(&source, &objects(&[&twice]));
    let Verdict::Proved(Stats { objects: 1, namespaces: 1, flows: 4, .. }) = same else { panic!("{same:?}") };
    let wide = spec("{podSelector: {}}");
    let output = format!("{}{}", objects(&[&wide]), objects(&["{}", "{}"]).replace("namespace: shop", shap));
    let mut source = source;
    source.namespaces.extend(super::meaning(&objects(&["{}"]).replace("namespace: shop", shap)).namespaces);
    let Verdict::Proved(stats) = verify::verify(&source, &output) else { panic!("one is within the other") };
    assert_eq!((stats.namespaces, stats.flows), (2, 3));
    assert_eq!(stats.covered, 1, "the narrower peer is looked for");
    assert!(stats.steps >= 2, "{stats:?}");
    assert!(matches!(verify::verify(&source, &objects(&[&apart])), Verdict::Differs(_)));
}

#[test]
fn one_verdict_takes_no_more_of_many_than_it_needs() {
    let witness = |namespace: &str| {
        let difference = Difference::Isolated { by: Side::Source };
        Witness {
            namespace: namespace.into(),
            direction: Direction::Ingress,
            subject: Vec::new(),
            difference,
        }
    };
    let differs = |count: usize| Verdict::Differs(vec![witness("a"); count]);
    let overrun = || Overrun { namespace: "a".into(), direction: None, keys: Vec::new() };
    let error = || match verify::verify(&Policy::default(), "nonsense") {
        Verdict::Refused(mut rejections) => rejections.remove(0),
        other @ (Verdict::Proved(_) | Verdict::Differs(_) | Verdict::OutOfBudget(_)) => panic!("{other:?}"),
    };
    let refused = |count: usize| Verdict::Refused((0..count).map(|_| error()).collect::<Vec<Rejection>>());
    let steps = |steps: u64| Verdict::Proved(Stats { steps, ..Stats::default() });
    for (verdicts, taken, expected) in [
        (vec![differs(15), differs(15), steps(0)], 2, differs(20)),
        (vec![differs(20), steps(0)], 1, differs(20)),
        (vec![differs(19), refused(1), steps(0)], 3, refused(1)),
        (vec![refused(99), refused(1), steps(0)], 2, refused(100)),
        (vec![Verdict::OutOfBudget(overrun()), differs(1)], 1, Verdict::OutOfBudget(overrun())),
        (vec![steps(1), steps(2)], 2, steps(3)),
        (vec![steps(20_000_000), steps(0)], 2, steps(20_000_000)),
        (vec![steps(20_000_001), differs(1)], 1, Verdict::OutOfBudget(overrun())),
    ] {
        let mut count = 0;
        let all = verdicts.into_iter().inspect(|_| count += 1).map(|verdict| (Text::from("a"), verdict));
        assert_eq!(verify::all(all), expected);
        assert_eq!(count, taken);
    }
}
