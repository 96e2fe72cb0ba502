//! Doc comments in the output, labels, and the split of large policies.

use std::collections::BTreeMap;

use netdsl::algebra::{IntervalSet, PortSet, Protocol, ProtocolPorts};
use netdsl::backend::network_policy::emit;
use netdsl::backend::{Options, Problem};
use netdsl::ir::{NamespacePresentation, PodsPresentation, Policy, Presentation};
use netdsl::k8s::{self, Object};
use netdsl::minimise::minimise;

use super::{emitted, objects, snapshot};
use crate::policies::{Build, addresses, cube, pods, ports};

fn documented() -> (Policy, Presentation) {
    let build = Build::denied("shop")
        .ingress("app=db", pods("shop", "app=web"), ports("5432"))
        .ingress("app=db", pods("shop", "app=job"), ports("5432"))
        .egress("app=db", addresses("0.0.0.0/0"), ports("443"))
        .egress("app=db", addresses("0.0.0.0/0"), ports("80"));
    let db = PodsPresentation {
        name: "db".into(),
        policy_name: None,
        selector: cube("app=db"),
        description: "The orders.\nAsk the shop team first.".into(),
    };
    let shown = NamespacePresentation { description: "Everything that sells".into(), pods: vec![db] };
    let descriptions = ["web reads: all of it", "jobs write", "", "web reads: all of it"];
    let presentation = Presentation {
        namespaces: [("shop".into(), shown)].into_iter().collect(),
        descriptions: descriptions.map(String::from).to_vec(),
    };
    (build.policy, presentation)
}

#[test]
fn doc_comments_become_descriptions() {
    let (policy, presentation) = documented();
    let labels = BTreeMap::from([
        ("team".to_owned(), "shop".to_owned()),
        ("app.kubernetes.io/managed-by".to_owned(), "somebody else".to_owned()),
    ]);
    let (objects, problems) = emit(&minimise(policy), &presentation, &Options { labels });
    assert_eq!(problems, []);
    snapshot("descriptions_and_labels", &k8s::write(&objects));
}

fn rules(object: &Object) -> usize {
    let spec = object.spec.as_ref().expect("a policy has a spec");
    spec.ingress.iter().flatten().count() + spec.egress.iter().flatten().count()
}

fn size(object: &Object) -> usize {
    serde_json::to_vec(object).expect("objects are JSON").len()
}

/// Many peers that no merge can join, each on a port of its own.
fn large(count: u16) -> Build {
    (1..=count).fold(Build::open("shop").isolate(netdsl::ir::Direction::Egress, "app=a"), |build, n| {
        build.egress("app=a", pods("shop", &format!("app=app-{n} tier=tier-{n}")), ports(&n.to_string()))
    })
}

#[test]
fn a_large_policy_is_split_by_rules() {
    let parts = objects(large(3000).policy);
    assert!(parts.len() > 1);
    assert_eq!(parts.iter().map(rules).sum::<usize>(), 3000);
    for (number, part) in (1..).zip(&parts) {
        let expected = if number == 1 { "app-a".to_owned() } else { format!("app-a.{number}") };
        assert_eq!(part.metadata.name.as_deref(), Some(expected.as_str()));
        assert!(size(part) <= 200 << 10, "{}", size(part));
        assert_eq!(part.spec.as_ref().and_then(|s| s.policy_types.clone()), Some(vec!["Egress".to_owned()]));
    }
}

#[test]
fn a_large_rule_is_split_by_peers_and_ports() {
    // One rule: equal ports, and peers that differ in two keys.
    let build = (1..=3000).fold(Build::denied("shop"), |build, n| {
        build.egress("app=a", pods("shop", &format!("app=app-{n} tier=tier-{n}")), ports("80"))
    });
    let odd = IntervalSet::new((0..10_000).map(|n| (2 * n + 1, 2 * n + 1)));
    let odd = PortSet::of(Protocol::Tcp, ProtocolPorts::new(&odd, []));
    for build in [build, Build::denied("shop").egress("app=a", pods("shop", "x=1"), odd)] {
        let (parts, problems) = emitted(build.policy, &Presentation::default());
        assert_eq!(problems, []);
        assert!(parts.len() > 2, "the baseline, and two parts at least");
        assert!(parts.iter().all(|part| size(part) <= 200 << 10));
    }
}

#[test]
fn a_large_peer_is_split_by_values() {
    let values: Vec<String> = (0..20_000).map(|n| format!("value-{n:05}")).collect();
    let build =
        Build::denied("shop").egress("app=a", pods("shop", &format!("x={}", values.join("|"))), ports("80"));
    let (parts, problems) = emitted(build.policy, &Presentation::default());
    assert_eq!(problems, []);
    assert!(parts.iter().all(|part| size(part) <= 200 << 10));
    let mut seen: Vec<String> = parts
        .iter()
        .flat_map(|part| part.spec.iter().flat_map(|spec| spec.egress.iter().flatten()))
        .flat_map(|rule| rule.to.iter().flatten())
        .flat_map(|peer| peer.pod_selector.iter().flat_map(|s| s.match_expressions.iter().flatten()))
        .flat_map(|expression| expression.values.clone().unwrap_or_default())
        .collect();
    seen.sort();
    assert_eq!(seen, values);
}

#[test]
fn what_has_no_seam_is_a_problem() {
    let values: Vec<String> = (0..20_000).map(|n| format!("value-{n:05}")).collect();
    let excluded = format!("x!={}", values.join("|"));
    let build = Build::denied("shop").egress("app=a", pods("shop", &excluded), ports("80"));
    let (_, problems) = emitted(build.policy, &Presentation::default());
    let [Problem::TooLarge { namespace, name, bytes, limit, origins }] = problems.as_slice() else {
        panic!("one problem, not {}", problems.len())
    };
    assert_eq!((namespace.as_ref(), name.as_str(), origins.len()), ("shop", "app-a.2", 1));
    assert!(bytes > limit);
}

#[test]
fn annotations_go_on_the_first_part() {
    let (_, mut presentation) = documented();
    presentation.descriptions = vec!["why".to_owned(); 3000];
    let (parts, _) = emitted(large(3000).policy, &presentation);
    let described: Vec<bool> = parts.iter().map(|part| part.metadata.annotations.is_some()).collect();
    assert!(described[0] && !described[1..].contains(&true), "{described:?}");
}
