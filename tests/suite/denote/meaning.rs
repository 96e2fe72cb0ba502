//! The table of `networkpolicy.md` 1.3, row by row, and what is odd.

use netdsl::algebra::{Cube, PortSet, Protocol, Requirement};
use netdsl::denote::{self, Oddity};
use netdsl::ir::{Direction, Flow, NAMESPACE_NAME, Peer, PodPeer, Policy};

use super::policy;

fn meaning(spec: &str) -> (Policy, Vec<Oddity>) {
    let text = policy(spec);
    let objects = denote::read(&text).unwrap();
    assert_eq!(denote::admission::check(&objects), [], "{spec}");
    let (policy, problems) = denote::denote(&objects);
    (policy, problems.into_iter().map(|problem| problem.oddity).collect())
}

fn flows(spec: &str, direction: Direction) -> Vec<Flow> {
    let (policy, problems) = meaning(spec);
    assert_eq!(problems, [], "{spec}");
    policy.namespaces["shop"].flows.get(direction).clone()
}

fn isolated(spec: &str) -> (usize, usize) {
    let isolated = &meaning(spec).0.namespaces["shop"].isolated;
    (isolated.ingress.len(), isolated.egress.len())
}

fn cube(key: &str, value: &str) -> Cube {
    Cube::of(key.into(), Requirement::one_of([value.into()])).unwrap()
}

#[test]
fn types_default_to_ingress_and_to_egress_where_it_has_rules() {
    assert_eq!(isolated("{}"), (1, 0));
    assert_eq!(isolated("{policyTypes: []}"), (1, 0));
    assert_eq!(isolated("{egress: []}"), (1, 0));
    assert_eq!(isolated("{egress: [{}]}"), (1, 1));
    assert_eq!(isolated("{policyTypes: [Egress]}"), (0, 1));
    assert_eq!(isolated("{policyTypes: [Ingress, Ingress]}"), (1, 0));
    assert_eq!(isolated("{policyTypes: [Ingress, Egress]}"), (1, 1));
}

#[test]
fn rules_outside_the_types_are_ignored_and_reported() {
    let (policy, problems) = meaning("{policyTypes: [Ingress], egress: [{}]}");
    assert_eq!(problems, [Oddity::IgnoredRules]);
    assert!(policy.namespaces["shop"].flows.egress.is_empty());
    assert!(policy.namespaces["shop"].isolated.egress.is_empty());
}

#[test]
fn no_rule_allows_nothing_and_an_empty_rule_everything() {
    for nothing in ["{}", "{ingress: []}", "{ingress: null}"] {
        assert_eq!(flows(nothing, Direction::Ingress), []);
    }
    for everything in ["{ingress: [{}]}", "{ingress: [{from: []}]}", "{ingress: [{from: null, ports: []}]}"] {
        let found = flows(everything, Direction::Ingress);
        assert_eq!(found.len(), 1, "{everything}");
        assert_eq!((&found[0].peer, &found[0].ports), (&Peer::Anywhere, &PortSet::every()));
    }
}

#[test]
fn a_peer_without_a_namespace_selector_is_of_the_own_namespace() {
    let peer =
        |text: &str| flows(&format!("{{ingress: [{{from: [{text}]}}]}}"), Direction::Ingress)[0].peer.clone();
    let pods = |namespaces: Cube, pods: Cube| Peer::Pods(PodPeer { namespaces, pods });
    let own = cube(NAMESPACE_NAME, "shop");
    assert_eq!(peer("{podSelector: {}}"), pods(own.clone(), Cube::all()));
    assert_eq!(peer("{podSelector: {matchLabels: {app: web}}}"), pods(own, cube("app", "web")));
    assert_eq!(peer("{namespaceSelector: {}}"), pods(Cube::all(), Cube::all()));
    assert_eq!(
        peer("{namespaceSelector: {matchLabels: {team: a}}, podSelector: {matchLabels: {app: web}}}"),
        pods(cube("team", "a"), cube("app", "web"))
    );
}

#[test]
fn operators_mean_what_they_mean_for_absent_keys() {
    let subject = |operator: &str, values: &str| {
        let spec = format!(
            "{{podSelector: {{matchExpressions: [{{key: app, operator: {operator}, values: {values}}}]}}}}"
        );
        meaning(&spec).0.namespaces["shop"].isolated.ingress[0].get("app").unwrap().clone()
    };
    assert_eq!(subject("In", "[a, b]"), Requirement::one_of(["a".into(), "b".into()]));
    assert_eq!(subject("NotIn", "[a]"), Requirement::not_one_of(["a".into()]));
    assert!(subject("NotIn", "[a]").contains(None));
    assert_eq!(subject("Exists", "[]"), Requirement::exists());
    assert_eq!(subject("DoesNotExist", "null"), Requirement::absent());
}

#[test]
fn ports_default_to_tcp_and_to_all_of_the_protocol() {
    let ports = |text: &str| {
        flows(&format!("{{ingress: [{{ports: [{text}]}}]}}"), Direction::Ingress)[0].ports.clone()
    };
    assert_eq!(ports("{port: 53}"), PortSet::range(Protocol::Tcp, 53, 53));
    assert_eq!(ports("{}"), PortSet::range(Protocol::Tcp, 1, 65535));
    assert_eq!(ports("{protocol: UDP}"), PortSet::range(Protocol::Udp, 1, 65535));
    assert_eq!(ports("{port: 1, endPort: 9, protocol: SCTP}"), PortSet::range(Protocol::Sctp, 1, 9));
    assert_eq!(ports("{port: http}"), PortSet::named(Protocol::Tcp, "http".into()));
    let all = ports("{}, {protocol: UDP}, {protocol: SCTP}");
    assert!(!all.is_every() && all.is_subset(&PortSet::every()));
}

#[test]
fn exceptions_are_taken_from_their_own_block_only() {
    let found = flows(
        "{egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.2.0.0/16]}}, {ipBlock: {cidr: 10.2.0.0/24}}]}]}",
        Direction::Egress,
    );
    let [Flow { peer: Peer::Addresses(addresses), .. }] = found.as_slice() else {
        panic!("{found:?}");
    };
    for (address, inside) in
        [("10.0.0.1", true), ("10.1.0.1", false), ("10.2.0.9", true), ("10.2.1.1", false)]
    {
        assert_eq!(addresses.contains(address.parse().unwrap()), inside, "{address}");
    }
}

#[test]
fn what_can_match_nothing_gives_no_flow_and_is_reported() {
    let none = |spec: &str, oddity: Oddity| {
        let (policy, problems) = meaning(spec);
        assert_eq!(problems, [oddity], "{spec}");
        assert!(Direction::BOTH.iter().all(|d| policy.namespaces["shop"].flows.get(*d).is_empty()), "{spec}");
        policy
    };
    let contradiction =
        "{matchLabels: {app: a}, matchExpressions: [{key: app, operator: NotIn, values: [a]}]}";
    none(&format!("{{ingress: [{{from: [{{podSelector: {contradiction}}}]}}]}}"), Oddity::NoPod);
    let policy = none(&format!("{{podSelector: {contradiction}, ingress: [{{}}]}}"), Oddity::NoPod);
    assert!(policy.namespaces["shop"].isolated.ingress.is_empty());
    let covered = "{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/9, 10.128.0.0/9]}}";
    none(&format!("{{ingress: [{{from: [{covered}]}}]}}"), Oddity::NoAddress);
}

#[test]
fn a_port_name_at_an_address_is_reported() {
    let blocks = "{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: http}]}";
    assert_eq!(meaning(&format!("{{egress: [{blocks}]}}")).1, [Oddity::NameOfAddress]);
    assert_eq!(meaning(&format!("{{ingress: [{}]}}", blocks.replace("to", "from"))).1, []);
}

#[test]
fn inadmissible_objects_are_reported_and_never_guessed() {
    let text = policy("{podSelector: {matchExpressions: [{key: a, operator: Gt, values: [b]}]}}");
    let objects = denote::read(&text).unwrap();
    let (policy, problems) = denote::denote(&objects);
    assert_eq!(problems[0].oddity, Oddity::Inadmissible);
    assert!(policy.namespaces["shop"].isolated.ingress.is_empty());
}
