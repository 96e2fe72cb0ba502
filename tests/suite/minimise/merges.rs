//! Each merge by itself, by hand.

use netdsl::ir::{Direction, Origin, Peer};
use netdsl::minimise::minimise;

use super::check;
use crate::policies::{Build, addresses, pods, pods_where, ports};

fn build() -> Build {
    Build::denied("kasm")
}

#[test]
fn equal_peers_share_their_ports() {
    check(
        build().egress("app=a", pods("kasm", "app=web"), ports("80 443")).egress(
            "app=a",
            pods("kasm", "app=web"),
            ports("81 53/udp http*"),
        ),
        &["app=a egress: kasm/app=web: 80-81 443 http* 53/udp"],
    );
}

#[test]
fn equal_ports_share_their_peers() {
    check(
        build()
            .egress("app=a", pods("kasm", "app=web"), ports("80"))
            .egress("app=a", pods("shop", "tier=x"), ports("80"))
            .egress("app=a", addresses("10.0.0.0/9"), ports("80"))
            .egress("app=a", addresses("10.128.0.0/9"), ports("80")),
        &["app=a egress: kasm/app=web, shop/tier=x, 10.0.0.0/8: 80"],
    );
}

#[test]
fn a_merge_makes_room_for_the_next() {
    // The peers' ports become equal only after each peer has all its ports.
    check(
        build()
            .egress("app=a", pods("kasm", "app=web"), ports("80"))
            .egress("app=a", pods("kasm", "app=web"), ports("443"))
            .egress("app=a", pods("kasm", "app=job"), ports("80 443")),
        &["app=a egress: kasm/app=job|web: 80 443"],
    );
}

#[test]
fn pods_that_differ_in_one_key_join() {
    check(
        build().egress("app=a", pods("kasm", "app=web tier=x"), ports("80")).egress(
            "app=a",
            pods("kasm", "app=job tier=x"),
            ports("80"),
        ),
        &["app=a egress: kasm/app=job|web tier=x: 80"],
    );
    check(
        build().egress("app=a", pods("kasm", "app=web"), ports("80")).egress(
            "app=a",
            pods("shop", "app=web"),
            ports("80"),
        ),
        &["app=a egress: kasm|shop/app=web: 80"],
    );
}

#[test]
fn four_corners_join_to_one_peer() {
    check(
        build()
            .egress("app=a", pods("kasm", "app=web"), ports("80"))
            .egress("app=a", pods("kasm", "app=job"), ports("80"))
            .egress("app=a", pods("shop", "app=web"), ports("80"))
            .egress("app=a", pods("shop", "app=job"), ports("80")),
        &["app=a egress: kasm|shop/app=job|web: 80"],
    );
}

#[test]
fn co_finite_requirements_join() {
    let join = |a: &str, b: &str, expected: &str| {
        let build =
            build().egress("app=a", pods("k", a), ports("80")).egress("app=a", pods("k", b), ports("80"));
        check(build, &[&format!("app=a egress: k/{expected}: 80")]);
    };
    join("x=1", "x!=1|2", "x!=2");
    join("x=1", "x!=1", "*");
    join("x!=1|2", "x!=2|3", "x!=2");
    join("x", "!x", "*");
    join("x=1", "x", "x");
    join("!x", "x x!=1", "x!=1");
}

#[test]
fn absent_stays_beside_values_that_join() {
    check(
        build()
            .egress("app=a", pods("k", "x=1"), ports("80"))
            .egress("app=a", pods("k", "!x"), ports("80"))
            .egress("app=a", pods("k", "x=2"), ports("80")),
        &["app=a egress: k/!x, k/x=1|2: 80"],
    );
}

#[test]
fn what_another_rule_allows_goes() {
    check(
        build()
            .egress("app=a", pods_where("", ""), ports("80 443"))
            .egress("app=a", pods("kasm", "app=web"), ports("80"))
            .egress("app=a", addresses("10.0.0.0/8"), ports("*"))
            .egress("app=a", addresses("10.1.0.0/16"), ports("8080")),
        &["app=a egress: */*: 80 443", "app=a egress: 10.0.0.0/8: *"],
    );
    check(
        build()
            .egress("app=a", Peer::Anywhere, ports("80 443"))
            .egress("app=a", pods("kasm", "app=web"), ports("443"))
            .egress("app=a", addresses("0.0.0.0/0"), ports("80")),
        &["app=a egress: anywhere: 80 443"],
    );
}

#[test]
fn a_part_of_a_rule_goes_and_the_rest_stays() {
    check(
        build()
            .egress("app=a", pods("kasm", "app"), ports("80 443"))
            .egress("app=a", pods("kasm", "app=web"), ports("80"))
            .egress("app=a", pods("shop", "app=web tier=x"), ports("80")),
        &["app=a egress: kasm/app: 80 443", "app=a egress: shop/app=web tier=x: 80"],
    );
}

#[test]
fn chains_of_covers_end_at_the_widest() {
    check(
        build()
            .egress("app=a", pods("k", "x=1"), ports("80"))
            .egress("app=a", pods("k", "x=1 y=1"), ports("80"))
            .egress("app=a", pods("k", "x=1 y=1 z=1"), ports("80"))
            .egress("app=a", pods("k", ""), ports("80-81")),
        &["app=a egress: k/*: 80-81"],
    );
}

#[test]
fn a_peer_that_is_a_union_of_others_shares_their_rules() {
    check(
        build()
            .ingress("app=a", pods("k", "x=1|2"), ports("80"))
            .ingress("app=a", pods("k", "x=1"), ports("81"))
            .ingress("app=a", pods("k", "x=2"), ports("81 82")),
        &["app=a ingress: k/x=1|2: 80-81", "app=a ingress: k/x=2: 82"],
    );
}

#[test]
fn a_product_that_adds_nothing_is_one_rule() {
    check(
        build()
            .egress("app=a", pods("k", "x=1"), ports("80"))
            .egress("app=a", pods("k", "!x"), ports("81"))
            .egress("", pods_where("", "x=1"), ports("81"))
            .egress("app", pods_where("", "!x"), ports("80")),
        &["* egress: */x=1: 81", "app egress: */!x: 80", "app=a egress: k/!x, k/x=1: 80-81"],
    );
}

#[test]
fn a_product_names_no_ports_of_addresses() {
    let build = |direction| {
        build()
            .allow(direction, "app=a", pods("k", "x=1"), ports("80 metrics*"))
            .allow(direction, "app=a", addresses("10.0.0.0/8"), ports("53/udp"))
            .allow(direction, "", pods_where("", "x=1"), ports("53/udp"))
            .allow(direction, "", addresses("10.0.0.0/8"), ports("*/tcp"))
    };
    check(
        build(Direction::Egress),
        &[
            "* egress: */x=1: 53/udp",
            "* egress: 10.0.0.0/8: 1-65535",
            "app=a egress: k/x=1: 80 metrics*",
            "app=a egress: 10.0.0.0/8: 53/udp",
        ],
    );
    check(
        build(Direction::Ingress),
        &[
            "* ingress: */x=1: 53/udp",
            "* ingress: 10.0.0.0/8: 1-65535",
            "app=a ingress: k/x=1, 10.0.0.0/8: 80 metrics* 53/udp",
        ],
    );
}

#[test]
fn a_range_ends_at_what_its_own_peers_may_have() {
    // The search puts the block into the rectangle of 80 and 82 at first, as it may have these, and takes it out again.
    check(
        build()
            .ingress("app=a", pods("k", ""), ports("80 82"))
            .ingress("app=a", addresses("10.0.0.0/8"), ports("80/udp"))
            .ingress("", pods("k", ""), ports("81"))
            .ingress("", addresses("10.0.0.0/8"), ports("80 82")),
        &[
            "* ingress: k/*: 81",
            "* ingress: 10.0.0.0/8: 80 82",
            "app=a ingress: k/*: 80-82",
            "app=a ingress: 10.0.0.0/8: 80/udp",
        ],
    );
}

#[test]
fn every_statement_behind_a_rule_is_kept() {
    let build = build()
        .egress("app=a", pods("k", "x=1"), ports("80"))
        .egress("app=a", pods("k", "x=2"), ports("80"))
        .egress("app=a", pods("k", ""), ports("80"))
        .egress("app=b", pods("k", ""), ports("80"));
    let minimal = minimise(build.policy);
    let policies = minimal.namespaces()["kasm"].policies();
    let origins: Vec<&[Origin]> = policies.iter().map(|p| p.rules(Direction::Egress)[0].origins()).collect();
    assert_eq!(origins, [[Origin(0), Origin(1), Origin(2)].as_slice(), &[Origin(3)]]);
}

#[test]
fn one_policy_a_subject_and_none_joined() {
    check(
        build()
            .egress("app=a", pods("k", "x=1"), ports("80"))
            .ingress("app=a", pods("k", "x=1"), ports("80"))
            .egress("app=b", pods("k", "x=1"), ports("80"))
            .egress("app=a tier=y", pods("k", "x=1"), ports("81")),
        &[
            "app=a ingress: k/x=1: 80",
            "app=a egress: k/x=1: 80",
            "app=a tier=y egress: k/x=1: 81",
            "app=b egress: k/x=1: 80",
        ],
    );
}

#[test]
fn types_are_what_has_rules_or_alone_isolates() {
    let build = Build::open("a")
        .isolate(Direction::Ingress, "")
        .isolate(Direction::Egress, "app=web")
        .isolate(Direction::Egress, "app=web tier=x")
        .isolate(Direction::Egress, "app=db")
        .ingress("app=db", pods("a", ""), ports("80"))
        .egress("app=web tier=x", pods("a", ""), ports("80"));
    check(
        build,
        &["app=db ingress: a/*: 80", "app=db egress", "app=web egress", "app=web tier=x egress: a/*: 80"],
    );
}

#[test]
fn what_others_isolate_together_is_not_written() {
    let build = Build::open("a")
        .isolate(Direction::Ingress, "app=web")
        .isolate(Direction::Ingress, "app!=web")
        .isolate(Direction::Ingress, "tier=x")
        .isolate(Direction::Egress, "tier=x")
        .isolate(Direction::Ingress, "tier=y")
        .ingress("app=web", pods("a", ""), ports("80"));
    check(build, &["app=web ingress: a/*: 80", "app!=web ingress", "tier=x egress"]);
}

#[test]
fn a_policy_goes_with_all_of_its_types_or_stays() {
    let build = Build::open("a")
        .isolate(Direction::Ingress, "app")
        .isolate(Direction::Ingress, "!app")
        .isolate(Direction::Ingress, "tier=x")
        .isolate(Direction::Egress, "app=a")
        .isolate(Direction::Egress, "app!=a")
        .isolate(Direction::Egress, "tier=x");
    check(build, &["!app ingress", "app ingress", "app=a egress", "app!=a egress"]);
}

#[test]
fn rules_isolate_nobody_whom_the_program_does_not() {
    let build = Build::open("a")
        .isolate(Direction::Egress, "app=web")
        .egress("tier=x", pods("a", ""), ports("80"))
        .ingress("tier=x", pods("a", ""), ports("80"));
    check(build, &["app=web egress", "app=web tier=x egress: a/*: 80"]);
}

#[test]
fn what_allows_nothing_writes_nothing() {
    let build = Build::open("a").egress("", Peer::Anywhere, ports("*"));
    assert!(minimise(build.policy).namespaces().is_empty());
    let build = Build::denied("a").egress("app=x", addresses(""), ports("80")).egress(
        "app=x",
        pods("a", ""),
        ports(""),
    );
    check(build, &[]);
}
