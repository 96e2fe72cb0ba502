//! A counterexample as it is shown, put to the oracle: it must contradict the claim exactly as given, with no
//! other labels, and for the reasons that are given.

use std::net::IpAddr;

use netdsl::guards::{Connection, Endpoint, Reason};
use netdsl::ir::{ClaimKind, Direction, NAMESPACE_NAME};

use super::reading::{Claimed, Reading, is_among, selects};
use super::world::{World, can_have, same_address};
use crate::evaluator::{Blocks, End, Labels, Pod, Port};

pub(super) fn is_real(
    shown: &Connection,
    claimed: &Claimed<'_>,
    readings: &[Reading<'_>; 2],
    world: &World,
) -> Result<(), &'static str> {
    let port = Port {
        protocol: Some(shown.protocol.api_name()),
        number: shown.port,
        names: shown.port_names.iter().map(ToString::to_string).collect(),
    };
    let is_real_in = |reading: &Reading<'_>| -> Result<(), &'static str> {
        let mut looked_at = 0;
        for from in ends(&shown.source, reading, world)? {
            for to in ends(&shown.target, reading, world)? {
                if same_address(&from, &to) {
                    continue;
                }
                looked_at += 1;
                if !can_have(&to, &port) {
                    return Err("an address with named ports");
                }
                if !reading.contradicts(claimed, &from, &to, &port) {
                    return Err("no counterexample");
                }
                reasons(shown, claimed.kind, reading, &from, &to, &port)?;
            }
        }
        if looked_at == 0 { Err("a connection of one pod with itself") } else { Ok(()) }
    };
    let [outside, pods] = readings;
    is_real_in(outside).or_else(|why| is_real_in(pods).map_err(|_| why))
}

/// The end as it is shown; where its address is not shown, with every one that it can have.
fn ends(shown: &Endpoint, reading: &Reading<'_>, world: &World) -> Result<Vec<End>, &'static str> {
    let (namespace, namespace_labels, own, address) = match shown {
        Endpoint::Address(address) => return Ok(vec![End::Address(*address)]),
        Endpoint::Pod { namespace, namespace_labels, labels, address } => {
            (namespace, namespace_labels, labels, address)
        }
    };
    let mut namespace_labels = labels(namespace_labels);
    namespace_labels.insert(NAMESPACE_NAME.to_owned(), namespace.to_string());
    let declared = reading.program.namespaces.iter().find(|it| it.name == *namespace);
    if declared.is_some_and(|it| !selects(&it.labels, &namespace_labels)) {
        return Err("not what the namespace states");
    }
    if address.is_some_and(|address| !is_among(&reading.program.pod_addresses, address)) {
        return Err("not an address of a pod");
    }
    let at = |address: Option<IpAddr>| {
        End::Pod(Pod {
            namespace: namespace.to_string(),
            namespace_labels: namespace_labels.clone(),
            labels: labels(own),
            address,
        })
    };
    Ok(match (reading.blocks, address) {
        (Blocks::AlsoPods, None) => world.pod_addresses.iter().map(|it| at(Some(*it))).collect(),
        (Blocks::OutsideOnly | Blocks::AlsoPods, address) => vec![at(*address)],
    })
}

fn labels(pairs: &[(netdsl::algebra::Text, netdsl::algebra::Text)]) -> Labels {
    pairs.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
}

fn reasons(
    shown: &Connection,
    kind: ClaimKind,
    reading: &Reading<'_>,
    from: &End,
    to: &End,
    port: &Port,
) -> Result<(), &'static str> {
    let halves = [(from, to, Direction::Egress, shown.egress), (to, from, Direction::Ingress, shown.ingress)];
    for (subject, other, direction, reason) in halves {
        let right = match (subject, reason) {
            (End::Address(_), Reason::Outside) => true,
            (_, Reason::Undecided) => kind == ClaimKind::Can,
            (End::Pod(pod), Reason::NotIsolated) => !reading.is_isolated(pod, direction),
            (End::Pod(pod), Reason::Denied) => !reading.side(pod, direction, other, port),
            (End::Pod(pod), Reason::Allowed(origin)) => {
                let mut rules = reading.program.rules.iter().filter(|it| it.statement.0 == origin.0);
                reading.is_isolated(pod, direction)
                    && rules.any(|rule| reading.permits(rule, pod, direction, other, port))
            }
            (End::Address(_) | End::Rest, Reason::NotIsolated | Reason::Allowed(_) | Reason::Denied)
            | (End::Pod(_) | End::Rest, Reason::Outside) => false,
        };
        if !right {
            return Err("a wrong reason");
        }
    }
    Ok(())
}
