//! The YAML of typical policies.

use netdsl::ir::Direction;

use super::{snapshot, yaml};
use crate::policies::{Build, addresses, pods, pods_where, ports};
use netdsl::ir::Peer;

#[test]
fn one_policy_a_subject_with_both_directions() {
    let build = Build::denied("kasm")
        .ingress("app=kasm-database tier=database", pods("kasm", "app=kasm-workspace"), ports("5432 6379"))
        .ingress("app=kasm-database tier=database", pods("monitoring", "app=prometheus"), ports("9187 9121"))
        .egress(
            "app=kasm-database tier=database",
            addresses("0.0.0.0/0 ::/0 -10.0.0.0/8 -fc00::/7"),
            ports("443"),
        )
        .egress("app=kasm-workspace", pods("kasm", "app=kasm-database tier=database"), ports("5432 6379"))
        .egress("", pods("kube-system", "k8s-app=kube-dns"), ports("53 53/udp"));
    snapshot("one_policy_a_subject", &yaml(build.policy));
}

#[test]
fn every_form_of_peer() {
    let build = Build::denied("shop")
        .egress("app=a", Peer::Anywhere, ports("*"))
        .egress("app=b", pods_where("", ""), ports("*/sctp"))
        .egress("app=c", pods_where("team=x|y !legacy", ""), ports("http* dns*/udp 80 8000-8999"))
        .egress("app=d", pods("shop", ""), ports("80"))
        .egress("app=e", pods_where("kubernetes.io/metadata.name=shop team=x", ""), ports("80"))
        .egress("app=f", pods_where("", "app=web tier!=dev|test canary !old"), ports("1-65535"))
        .egress(
            "app=g",
            addresses("10.0.0.0/8 -10.1.0.0/16 192.168.0.0/24 2001:db8::/32"),
            ports("*/udp 443"),
        );
    snapshot("every_form_of_peer", &yaml(build.policy));
}

#[test]
fn isolation_without_rules() {
    let build = Build::open("a")
        .isolate(Direction::Ingress, "")
        .isolate(Direction::Egress, "app=db")
        .namespace("b")
        .isolate(Direction::Ingress, "app=db")
        .namespace("c");
    snapshot("isolation_without_rules", &yaml(build.policy));
}
