//! What policies of overlapping subjects say together is said once.

use netdsl::ir::{Direction, Peer};

use super::check;
use crate::policies::{Build, addresses, pods, pods_where, ports};

fn build() -> Build {
    Build::denied("kasm")
}

#[test]
fn what_all_pods_may_is_not_written_for_some() {
    check(
        build()
            .egress("", pods_where("", "tier=x"), ports("80 443"))
            .egress("app=a", pods("k", "tier=x app=web"), ports("80"))
            .egress("app=b", pods("k", "tier=x"), ports("80-81"))
            .egress("app=b", pods("k", "tier"), ports("80")),
        &["* egress: */tier=x: 80 443", "app=b egress: k/tier: 80", "app=b egress: k/tier=x: 81"],
    );
}

#[test]
fn blocks_of_a_wider_subject_count_too() {
    check(
        build()
            .egress("", addresses("10.0.0.0/9"), ports("80"))
            .egress("", addresses("10.128.0.0/9"), ports("80-81"))
            .egress("app=a", addresses("10.0.0.0/8"), ports("80"))
            .egress("app=b", addresses("10.0.0.0/8"), ports("81")),
        &["* egress: 10.0.0.0/9: 80", "* egress: 10.128.0.0/9: 80-81", "app=b egress: 10.0.0.0/9: 81"],
    );
}

#[test]
fn anywhere_for_all_pods_covers_everybody() {
    check(
        build()
            .egress("", Peer::Anywhere, ports("80"))
            .egress("app=a", pods("k", ""), ports("80 http*"))
            .egress("app=a", addresses("0.0.0.0/0"), ports("80"))
            .egress("app=b", Peer::Anywhere, ports("80")),
        &["* egress: anywhere: 80", "app=a egress: k/*: http*"],
    );
}

#[test]
fn a_narrower_subject_grants_a_wider_one_nothing() {
    check(
        build()
            .egress("app=a", pods("k", ""), ports("80"))
            .egress("app=a tier=x", pods("k", "app=web"), ports("80"))
            .egress("tier=x", pods("k", "app=web"), ports("80")),
        &["app=a egress: k/*: 80", "tier=x egress: k/app=web: 80"],
    );
}

#[test]
fn the_other_direction_grants_nothing() {
    check(
        build().ingress("", pods("k", ""), ports("80")).egress("app=a", pods("k", ""), ports("80")),
        &["* ingress: k/*: 80", "app=a egress: k/*: 80"],
    );
}

#[test]
fn who_alone_isolates_stays_without_rules() {
    let build = Build::open("kasm")
        .isolate(Direction::Egress, "app")
        .isolate(Direction::Ingress, "app=a")
        .egress("app", pods("k", ""), ports("80"))
        .egress("app=a", pods("k", ""), ports("80"))
        .egress("app=b", pods("k", ""), ports("80"));
    check(build, &["app egress: k/*: 80", "app=a ingress"]);
}
