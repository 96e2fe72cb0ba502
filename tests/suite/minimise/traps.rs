//! Merges that look right and are not: each of these rewrites changes who may talk to whom.

use netdsl::algebra::{Cube, Requirement};
use netdsl::ir::{Direction, Flow, Origin, Peer, PodPeer};

use super::check;
use crate::policies::{Build, addresses, cube, pods, pods_where, ports};

fn build() -> Build {
    Build::denied("kasm")
}

#[test]
fn no_cross_product_of_peers_and_ports() {
    check(
        build().egress("app=a", pods("k", "app=web"), ports("80")).egress(
            "app=a",
            pods("k", "app=job"),
            ports("443"),
        ),
        &["app=a egress: k/app=job: 443", "app=a egress: k/app=web: 80"],
    );
}

#[test]
fn no_cross_product_of_two_keys() {
    check(
        build().egress("app=a", pods("k", "app=web tier=y"), ports("80")).egress(
            "app=a",
            pods("k", "app=job tier=x"),
            ports("80"),
        ),
        &["app=a egress: k/app=job tier=x, k/app=web tier=y: 80"],
    );
}

#[test]
fn no_cross_product_of_namespaces_and_pods() {
    check(
        build().egress("app=a", pods("b", "app=web"), ports("80")).egress(
            "app=a",
            pods("c", "app=job"),
            ports("80"),
        ),
        &["app=a egress: b/app=web, c/app=job: 80"],
    );
}

#[test]
fn namespace_and_pods_stay_one_peer() {
    let yaml = crate::backend::yaml(build().egress("app=a", pods("b", "app=web"), ports("80")).policy);
    assert!(yaml.contains("  - to:\n    - namespaceSelector:\n"), "{yaml}");
    assert!(yaml.contains("\n      podSelector:\n        matchLabels:\n          app: web\n"), "{yaml}");
}

#[test]
fn absent_and_some_values_are_no_exclusion_of_others() {
    check(
        build().egress("app=a", pods("k", "!app"), ports("80")).egress(
            "app=a",
            pods("k", "app=web"),
            ports("80"),
        ),
        &["app=a egress: k/!app, k/app=web: 80"],
    );
}

#[test]
fn no_value_is_taken_for_the_only_other_one() {
    // `job` is the only other value that anybody mentions, and pods may carry others still.
    check(
        build().egress("app=a", pods("k", "app=web"), ports("80")).egress(
            "app=job",
            pods("k", "app=web"),
            ports("80"),
        ),
        &["app=a egress: k/app=web: 80", "app=job egress: k/app=web: 80"],
    );
}

#[test]
fn every_port_is_more_than_all_ports_of_the_protocols() {
    check(
        build().egress("app=a", pods("k", ""), ports("*")).egress(
            "app=b",
            pods("k", ""),
            ports("*/tcp */udp */sctp"),
        ),
        &["app=a egress: k/*: *", "app=b egress: k/*: 1-65535 1-65535/udp 1-65535/sctp"],
    );
    let yaml = crate::backend::yaml(build().egress("app=a", pods("k", ""), ports("*")).policy);
    assert!(!yaml.contains("ports:"), "{yaml}");
    let yaml =
        crate::backend::yaml(build().egress("app=a", pods("k", ""), ports("*/tcp */udp */sctp")).policy);
    assert!(
        yaml.contains("    ports:\n    - protocol: TCP\n    - protocol: UDP\n    - protocol: SCTP\n"),
        "{yaml}"
    );
}

#[test]
fn a_rule_that_loses_its_last_peer_goes() {
    // Left behind with an empty list, it would allow everybody.
    let build = build()
        .egress("app=a", pods("k", "app=web"), ports("80"))
        .egress("app=a", pods("k", ""), ports("80-81"))
        .egress("app=a", addresses(""), ports("9"));
    let yaml = crate::backend::yaml(build.policy.clone());
    check(build, &["app=a egress: k/*: 80-81"]);
    assert_eq!(yaml.matches("  - to:\n").count(), 1, "{yaml}");
    assert!(!yaml.contains("[]"), "{yaml}");
}

#[test]
fn no_rules_is_not_a_rule_without_peers() {
    let yaml = crate::backend::yaml(build().isolate(Direction::Ingress, "app=a").policy);
    assert!(!yaml.contains("ingress:") && !yaml.contains("egress:") && !yaml.contains("{}\n  - "), "{yaml}");
}

#[test]
fn a_policy_without_rules_goes_only_where_another_isolates_the_same() {
    let open = Build::open("kasm").isolate(Direction::Ingress, "app=a");
    check(open.clone(), &["app=a ingress"]);
    check(open.clone().isolate(Direction::Ingress, "app=a tier=x"), &["app=a ingress"]);
    check(open.clone().isolate(Direction::Egress, ""), &["app=a ingress"]);
    check(open.isolate(Direction::Ingress, ""), &[]);
}

#[test]
fn all_pods_of_the_own_namespace_are_not_all_pods() {
    let own = crate::backend::yaml(build().egress("app=a", pods("kasm", ""), ports("80")).policy);
    assert!(own.contains("  - to:\n    - podSelector: {}\n"), "{own}");
    let all = crate::backend::yaml(build().egress("app=a", pods_where("", ""), ports("80")).policy);
    assert!(all.contains("  - to:\n    - namespaceSelector: {}\n"), "{all}");
}

#[test]
fn an_exception_denies_nothing_that_another_peer_allows() {
    check(
        build()
            .egress("app=a", addresses("10.0.0.0/8 -10.1.0.0/16"), ports("80"))
            .egress("app=a", addresses("10.1.0.0/17"), ports("80"))
            .egress("app=a", addresses("10.1.128.3/32"), ports("81")),
        &["app=a egress: 10.0.0.0/8 -10.1.128.0/17: 80", "app=a egress: 10.1.128.3/32: 81"],
    );
}

#[test]
fn exceptions_of_a_union_are_not_united() {
    check(
        build().egress("app=a", addresses("10.0.0.0/8 -10.1.0.0/16"), ports("80")).egress(
            "app=a",
            addresses("10.0.0.0/8 -10.2.0.0/16"),
            ports("80"),
        ),
        &["app=a egress: 10.0.0.0/8: 80"],
    );
}

#[test]
fn a_gap_between_ports_stays() {
    check(
        build().egress("app=a", pods("k", ""), ports("80")).egress("app=a", pods("k", ""), ports("82")),
        &["app=a egress: k/*: 80 82"],
    );
}

#[test]
fn a_named_port_is_no_number() {
    check(
        build()
            .egress("app=a", pods("k", ""), ports("postgres*"))
            .egress("app=a", pods("k", ""), ports("5432"))
            .egress("app=b", pods("k", ""), ports("1-65534 postgres*")),
        &["app=a egress: k/*: 5432 postgres*", "app=b egress: k/*: 1-65534 postgres*"],
    );
}

#[test]
fn anywhere_is_no_union_of_others() {
    check(
        build().egress("app=a", pods_where("", ""), ports("80")).egress(
            "app=a",
            addresses("0.0.0.0/0 ::/0"),
            ports("80"),
        ),
        &["app=a egress: */*, 0.0.0.0/0, ::/0: 80"],
    );
}

#[test]
fn addresses_and_pods_never_cover_each_other() {
    check(
        build()
            .egress("app=a", pods_where("", ""), ports("80-81"))
            .egress("app=a", addresses("10.0.0.0/8"), ports("80"))
            .egress("app=b", addresses("0.0.0.0/0 ::/0"), ports("80-81"))
            .egress("app=b", pods("k", ""), ports("80")),
        &[
            "app=a egress: */*: 80-81",
            "app=a egress: 10.0.0.0/8: 80",
            "app=b egress: k/*: 80",
            "app=b egress: 0.0.0.0/0, ::/0: 80-81",
        ],
    );
}

#[test]
fn the_empty_value_is_not_absent() {
    check(
        build().egress("app=a", pods("k", "x="), ports("80")).egress("app=a", pods("k", "!x"), ports("80")),
        &["app=a egress: k/!x, k/x=: 80"],
    );
}

#[test]
fn an_ingress_rule_at_the_peer_makes_no_egress_rule_needless() {
    check(
        build().egress("app=a", pods("kasm", "app=b"), ports("80")).ingress(
            "app=b",
            pods("kasm", "app=a"),
            ports("81"),
        ),
        &["app=a egress: kasm/app=b: 80", "app=b ingress: kasm/app=a: 81"],
    );
}

#[test]
fn what_no_selector_says_is_two_that_do() {
    let odd = Cube::of("app".into(), Requirement::new(["web".into()], false, true)).expect("not empty");
    let mut build = build();
    let namespace = build.policy.namespaces.get_mut("kasm").expect("built");
    namespace.flows.egress.push(Flow {
        subject: odd.clone(),
        peer: Peer::Pods(PodPeer { namespaces: cube(""), pods: odd }),
        ports: ports("80"),
        origin: Origin(0),
    });
    check(build, &["!app egress: */!app, */app=web: 80", "app=web egress: */!app, */app=web: 80"]);
}
