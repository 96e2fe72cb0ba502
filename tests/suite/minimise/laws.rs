//! Laws for any policy: the output means what the input meant, whatever the order of the input, and what is
//! minimal stays so.

use netdsl::algebra::{Cube, PortSet, Protocol, ProtocolPorts, Requirement, Text};
use netdsl::ir::{Direction, Directional, Flow, NAMESPACE_NAME, Namespace, Origin, Peer, PodPeer, Policy};
use netdsl::minimise::{Minimal, Peers, Rule, minimise};
use proptest::collection::vec;
use proptest::prelude::*;

use super::world::{End, Labels, Port, by_objects, by_policy, labellings};
use crate::backend;
use crate::policies::{addresses, ports};

const NAMESPACES: [&str; 3] = ["n1", "n2", "n3"];

/// The values that policies mention, and another one.
const VALUES: [&str; 3] = ["1", "2", "other"];

fn requirement() -> impl Strategy<Value = Requirement> {
    let values = prop::sample::subsequence(vec!["1", "2"], 0..=2);
    (values, any::<bool>(), any::<bool>())
        .prop_map(|(values, complement, absent)| {
            Requirement::new(values.into_iter().map(Text::from), complement, absent)
        })
        .prop_filter("some state", |requirement| !requirement.is_empty())
}

fn cube(keys: &'static [&'static str]) -> impl Strategy<Value = Cube> {
    vec((prop::sample::select(keys), requirement()), 0..=2).prop_filter_map("some labels", |all| {
        Cube::from_requirements(all.into_iter().map(|(k, r)| (k.into(), r)))
    })
}

fn namespaces() -> impl Strategy<Value = Cube> {
    let named = prop::sample::subsequence(NAMESPACES.to_vec(), 1..=2).prop_filter_map("names", |names| {
        Cube::of(NAMESPACE_NAME.into(), Requirement::one_of(names.into_iter().map(Text::from)))
    });
    prop_oneof![4 => named, 1 => cube(&["t"])]
}

fn peer() -> impl Strategy<Value = Peer> {
    let pods = (namespaces(), cube(&["a", "b"]))
        .prop_map(|(namespaces, pods)| Peer::Pods(PodPeer { namespaces, pods }));
    let blocks = prop::sample::select(vec![
        "10.0.0.0/8",
        "10.0.0.0/8 -10.1.0.0/16",
        "10.0.0.0/8 -10.2.0.0/16",
        "10.1.2.3/32",
        "0.0.0.0/0 ::/0",
        "0.0.0.0/0 -10.0.0.0/8",
        "fc00::/7",
        "",
    ]);
    prop_oneof![8 => pods, 3 => blocks.prop_map(addresses), 1 => Just(Peer::Anywhere)]
}

fn port_sets() -> impl Strategy<Value = PortSet> {
    let word =
        prop::sample::select(vec!["80", "81", "80-82", "82", "80/udp", "http*", "*/tcp", "*", "http*/udp"]);
    vec(word, 1..=2).prop_map(|words| ports(&words.join(" ")))
}

fn flow() -> impl Strategy<Value = Flow> {
    let subject = prop::sample::select(vec!["", "a=1", "a=1|2", "a!=1", "a=1 b=1", "b"]);
    (subject, peer(), port_sets(), 0..4_u32).prop_map(|(subject, peer, ports, origin)| Flow {
        subject: crate::policies::cube(subject),
        peer,
        ports,
        origin: Origin(origin),
    })
}

/// Addresses have no named ports, so no program can allow one to them: the checker refuses it.
fn without_names_of_addresses(mut policy: Policy) -> Policy {
    for namespace in policy.namespaces.values_mut() {
        for flow in &mut namespace.flows.egress {
            if matches!(flow.peer, Peer::Addresses(_)) {
                let numbers = |protocol| {
                    let kept = ProtocolPorts::new(flow.ports.protocol(protocol).numbers(), []);
                    PortSet::of(protocol, kept)
                };
                if !flow.ports.is_every() {
                    let all = Protocol::ALL.map(numbers);
                    flow.ports = all.iter().fold(PortSet::empty(), |all, part| all.union(part));
                }
            }
        }
    }
    policy
}

fn directional<T: std::fmt::Debug>(
    strategy: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = Directional<T>> {
    (strategy.clone(), strategy).prop_map(|(ingress, egress)| Directional { ingress, egress })
}

pub(super) fn policy() -> impl Strategy<Value = Policy> {
    let isolated = prop_oneof![
        2 => Just(vec![Cube::all()]),
        1 => vec(cube(&["a", "b"]).boxed(), 0..=2),
    ]
    .boxed();
    let namespace = (directional(isolated), directional(vec(flow().boxed(), 0..=7).boxed()))
        .prop_map(|(isolated, flows)| Namespace { isolated, flows });
    vec(namespace, 1..=2)
        .prop_map(|all| Policy {
            namespaces: NAMESPACES.iter().map(|name| Text::from(*name)).zip(all).collect(),
        })
        .prop_map(without_names_of_addresses)
}

fn ends() -> Vec<End> {
    let pods = labellings(&["a", "b"], &VALUES);
    let named = NAMESPACES.into_iter().chain(["n4"]).flat_map(|name| {
        labellings(&["t"], &VALUES).into_iter().map(move |mut labels: Labels| {
            labels.insert(NAMESPACE_NAME, name);
            labels
        })
    });
    let pods = named.flat_map(|namespace| {
        pods.iter()
            .map(move |pod| End::Pod { namespace: namespace.clone(), pod: pod.clone() })
            .collect::<Vec<End>>()
    });
    let outside = ["10.0.0.1", "10.1.2.3", "10.1.2.4", "10.2.0.1", "11.0.0.1", "fc00::1", "2001:db8::1"];
    let outside = outside.into_iter().map(|address| End::Address(address.parse().expect("an address")));
    pods.chain(outside).chain([End::Rest]).collect()
}

fn all_ports() -> Vec<Port> {
    let port = |protocol, number, names: &[&'static str]| Port { protocol, number, names: names.to_vec() };
    vec![
        port(Some(Protocol::Tcp), 79, &[]),
        port(Some(Protocol::Tcp), 80, &["other"]),
        port(Some(Protocol::Tcp), 81, &[]),
        port(Some(Protocol::Tcp), 82, &[]),
        port(Some(Protocol::Tcp), 79, &["http"]),
        port(Some(Protocol::Udp), 79, &["http"]),
        port(Some(Protocol::Udp), 80, &[]),
        port(Some(Protocol::Sctp), 80, &["http"]),
        port(None, 80, &["http"]),
    ]
}

/// A minimal policy as a naive one again: one flow a peer.
fn flatten(minimal: &Minimal) -> Policy {
    let mut policy = Policy::default();
    for (name, written) in minimal.namespaces() {
        let namespace = policy.namespaces.entry(name.clone()).or_default();
        for direction in Direction::BOTH {
            let isolated = namespace.isolated.get_mut(direction);
            isolated.extend(written.default_deny().get(direction).then(Cube::all));
            for subject in written.policies() {
                isolated.extend(subject.types().get(direction).then(|| subject.subject().clone()));
                let rules = subject.rules(direction).iter();
                let flows = rules.flat_map(|rule| flows(subject.subject(), rule));
                namespace.flows.get_mut(direction).extend(flows);
            }
        }
    }
    policy
}

fn flows(subject: &Cube, rule: &Rule) -> Vec<Flow> {
    let peers = match rule.peers() {
        Peers::Anywhere => vec![Peer::Anywhere],
        Peers::Listed(listed) => {
            let pods = listed.pods().iter().cloned().map(Peer::Pods);
            pods.chain([Peer::Addresses(listed.addresses().clone())]).collect()
        }
    };
    let ports = rule.ports();
    let flow = |(peer, origin)| Flow { subject: subject.clone(), peer, ports: ports.clone(), origin };
    peers
        .into_iter()
        .flat_map(|peer| rule.origins().iter().map(move |origin| (peer.clone(), *origin)))
        .map(flow)
        .collect()
}

/// All that is written of a minimal policy, a text each.
///
/// Not the origins: a rule knows the statements that it stands for, and not which of its peers and ports each of
/// them asked for. As flows again, each asks for all of them, so that other statements may stand for a rule.
fn written(minimal: &Minimal) -> Vec<String> {
    let mut all = Vec::new();
    for (name, written) in minimal.namespaces() {
        all.push(format!("{name} {:?}", written.default_deny()));
        for policy in written.policies() {
            all.push(format!("{name} {:?} {:?}", policy.subject(), policy.types()));
            for direction in Direction::BOTH {
                let rules = policy.rules(direction).iter();
                all.extend(rules.map(|rule| format!("{direction:?} {:?} {:?}", rule.peers(), rule.ports())));
            }
        }
    }
    all
}

fn means_the_same(policy: &Policy) -> Result<(), TestCaseError> {
    let objects = backend::objects(policy.clone());
    let (ends, ports) = (ends(), all_ports());
    for namespace in NAMESPACES {
        for subject in labellings(&["a", "b"], &VALUES) {
            for direction in Direction::BOTH {
                let subject = (namespace, &subject);
                for (end, port) in ends.iter().flat_map(|end| ports.iter().map(move |port| (end, port))) {
                    let meant = by_policy(policy, subject, direction, end, port);
                    let written = by_objects(&objects, subject, direction, end, port);
                    prop_assert_eq!(meant, written, "{:?} {:?} {:?} {:?}", subject, direction, end, port);
                    if meant.is_none() {
                        break;
                    }
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(32), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn objects_mean_what_the_policy_means(policy in policy()) {
        means_the_same(&policy)?;
    }

    #[test]
    fn order_does_not_matter(
        (policy, seeds) in (policy(), vec(any::<u64>(), 4))
    ) {
        let mut shuffled = policy.clone();
        for (namespace, seed) in shuffled.namespaces.values_mut().zip(seeds.chunks(2)) {
            for direction in Direction::BOTH {
                shuffle(namespace.flows.get_mut(direction), seed[0]);
                shuffle(namespace.isolated.get_mut(direction), seed[1]);
            }
        }
        prop_assert_eq!(backend::yaml(policy), backend::yaml(shuffled));
    }

    #[test]
    fn repetition_does_not_matter(policy in policy()) {
        let mut doubled = policy.clone();
        for namespace in doubled.namespaces.values_mut() {
            for direction in Direction::BOTH {
                let flows = namespace.flows.get_mut(direction);
                flows.extend(flows.clone());
                let isolated = namespace.isolated.get_mut(direction);
                isolated.extend(isolated.clone());
            }
        }
        prop_assert_eq!(backend::yaml(policy), backend::yaml(doubled));
    }

    #[test]
    fn what_is_minimal_stays(policy in policy()) {
        let minimal = minimise(policy);
        prop_assert_eq!(written(&minimise(flatten(&minimal))), written(&minimal));
    }
}

/// As many cases as usual, or as many as the environment asks for.
#[expect(clippy::disallowed_methods, reason = "a longer run of these laws is asked for by the environment")]
pub(super) fn cases(usual: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}

/// By a small generator of its own, as any shuffle will do.
fn shuffle<T>(items: &mut [T], mut seed: u64) {
    for last in (1..items.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(last, usize::try_from(seed >> 33).expect("31 bits") % (last + 1));
    }
}
