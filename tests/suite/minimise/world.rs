//! A world small enough to try everything: what `ir::Policy` means there, and what objects mean there by the
//! rules of Kubernetes, written out plainly and sharing nothing with the compiler but the sets.

use std::collections::BTreeMap;
use std::net::IpAddr;

use k8s_openapi::api::networking::v1::{IPBlock, NetworkPolicyPeer, NetworkPolicyPort};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use netdsl::algebra::{PortSet, Protocol};
use netdsl::ir::{Direction, NAMESPACE_NAME, Peer, Policy};
use netdsl::k8s::Object;

pub(crate) type Labels = BTreeMap<&'static str, &'static str>;

/// One end of a connection.
#[derive(Clone, Debug)]
pub(crate) enum End {
    Pod {
        namespace: Labels,
        pod: Labels,
    },
    Address(IpAddr),
    /// A node, say: what only `Anywhere` covers.
    Rest,
}

/// A port of the target: its number, and the names that the target gives it.
#[derive(Clone, Debug)]
pub(crate) struct Port {
    /// `None` is a protocol that no policy can name.
    pub(crate) protocol: Option<Protocol>,
    pub(crate) number: u16,
    pub(crate) names: Vec<&'static str>,
}

/// All ways to label with these keys, each absent or with one of the values.
pub(crate) fn labellings(keys: &[&'static str], values: &[&'static str]) -> Vec<Labels> {
    keys.iter().fold(vec![Labels::new()], |all, key| {
        let with =
            |value: &&'static str| all.iter().cloned().map(|mut l| (l.insert(key, value), l).1).collect();
        let labelled: Vec<Labels> = values.iter().flat_map(|value| -> Vec<Labels> { with(value) }).collect();
        all.iter().cloned().chain(labelled).collect()
    })
}

/// Whether the pods are isolated, and if so, whether the connection is allowed.
pub(crate) fn by_policy(
    policy: &Policy,
    (namespace, subject): (&str, &Labels),
    direction: Direction,
    other: &End,
    port: &Port,
) -> Option<bool> {
    let said = policy.namespaces.get(namespace)?;
    let matches = |cube: &netdsl::algebra::Cube| cube.matches(|key| subject.get(key).copied());
    if !said.isolated.get(direction).iter().any(matches) {
        return None;
    }
    let flows = said.flows.get(direction);
    Some(flows.iter().any(|f| matches(&f.subject) && peer_has(&f.peer, other) && ports_have(&f.ports, port)))
}

fn peer_has(peer: &Peer, end: &End) -> bool {
    match (peer, end) {
        (Peer::Anywhere, _) => true,
        (Peer::Pods(peer), End::Pod { namespace, pod }) => {
            peer.namespaces.matches(|key| namespace.get(key).copied())
                && peer.pods.matches(|key| pod.get(key).copied())
        }
        (Peer::Addresses(set), End::Address(address)) => set.contains(*address),
        (Peer::Pods(_) | Peer::Addresses(_), _) => false,
    }
}

fn ports_have(set: &PortSet, port: &Port) -> bool {
    set.is_every()
        || port.protocol.is_some_and(|protocol| {
            let ports = set.protocol(protocol);
            ports.numbers().contains(port.number)
                || port.names.iter().any(|name| ports.names().iter().any(|own| **own == **name))
        })
}

/// The same by objects.
pub(crate) fn by_objects(
    objects: &[Object],
    (namespace, subject): (&str, &Labels),
    direction: Direction,
    other: &End,
    port: &Port,
) -> Option<bool> {
    let mut isolated = None;
    for object in objects.iter().filter(|o| o.metadata.namespace.as_deref() == Some(namespace)) {
        let spec = object.spec.as_ref().expect("our objects have it");
        let types = spec.policy_types.as_ref().expect("our objects have it");
        let selected = spec.pod_selector.as_ref().is_none_or(|selector| selects(selector, subject));
        if !selected || !types.iter().any(|name| name == direction.api_name()) {
            continue;
        }
        let mut rules: Vec<(Option<&Vec<_>>, Option<&Vec<_>>)> = Vec::new();
        match direction {
            Direction::Ingress => {
                rules.extend(spec.ingress.iter().flatten().map(|r| (r.from.as_ref(), r.ports.as_ref())));
            }
            Direction::Egress => {
                rules.extend(spec.egress.iter().flatten().map(|r| (r.to.as_ref(), r.ports.as_ref())));
            }
        }
        let allowed = rules.iter().any(|(peers, ports)| {
            list_allows(*peers, |peer| entry_has(peer, namespace, other))
                && list_allows(*ports, |entry| port_entry_has(entry, port))
        });
        isolated = Some(isolated.unwrap_or(false) || allowed);
    }
    isolated
}

/// A list that is empty or not there allows everything.
fn list_allows<T>(list: Option<&Vec<T>>, one: impl Fn(&T) -> bool) -> bool {
    list.is_none_or(|items| items.is_empty() || items.iter().any(one))
}

fn entry_has(peer: &NetworkPolicyPeer, own: &str, end: &End) -> bool {
    match (end, &peer.ip_block) {
        (End::Address(address), Some(block)) => block_has(block, *address),
        (End::Pod { namespace, pod }, None) => {
            let here = namespace.get(NAMESPACE_NAME).copied() == Some(own);
            peer.namespace_selector.as_ref().map_or(here, |selector| selects(selector, namespace))
                && peer.pod_selector.as_ref().is_none_or(|selector| selects(selector, pod))
        }
        (End::Address(_) | End::Pod { .. } | End::Rest, _) => false,
    }
}

fn block_has(block: &IPBlock, address: IpAddr) -> bool {
    let within =
        |cidr: &String| cidr.parse::<cidr::IpCidr>().expect("our CIDRs are legal").contains(&address);
    within(&block.cidr) && !block.except.iter().flatten().any(within)
}

fn port_entry_has(entry: &NetworkPolicyPort, port: &Port) -> bool {
    let protocol = entry.protocol.as_deref().unwrap_or("TCP");
    port.protocol.is_some_and(|own| own.api_name() == protocol)
        && match &entry.port {
            None => true,
            Some(IntOrString::Int(first)) => {
                let number = i32::from(port.number);
                *first <= number && number <= entry.end_port.unwrap_or(*first)
            }
            Some(IntOrString::String(name)) => port.names.iter().any(|own| own == name),
        }
}

fn selects(selector: &LabelSelector, labels: &Labels) -> bool {
    let listed = |values: &Option<Vec<String>>, value: &str| values.iter().flatten().any(|own| own == value);
    let mut equalities = selector.match_labels.iter().flatten();
    let mut expressions = selector.match_expressions.iter().flatten();
    equalities.all(|(key, value)| labels.get(key.as_str()) == Some(&value.as_str()))
        && expressions.all(|expression| {
            let value = labels.get(expression.key.as_str());
            match expression.operator.as_str() {
                "In" => value.is_some_and(|value| listed(&expression.values, value)),
                "NotIn" => !value.is_some_and(|value| listed(&expression.values, value)),
                "Exists" => value.is_some(),
                "DoesNotExist" => value.is_none(),
                other => panic!("no such operator: {other}"),
            }
        })
}
