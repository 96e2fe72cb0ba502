//! A port set as the entries of a rule's `ports`.

use k8s_openapi::api::networking::v1::NetworkPolicyPort;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::algebra::{PortSet, Protocol, ProtocolPorts, Text};

/// The entries: TCP, UDP, SCTP, each with its numbers before its names. `None` where the rule needs none,
/// because every port is in the set; the list is never empty, as that would mean every port.
pub(super) fn ports(set: &PortSet) -> Option<Vec<NetworkPolicyPort>> {
    if set.is_every() {
        return None;
    }
    let mut entries = Vec::with_capacity(1);
    for protocol in Protocol::ALL {
        add(&mut entries, protocol, set.protocol(protocol));
    }
    assert!(!entries.is_empty(), "a rule has ports");
    Some(entries)
}

fn add(entries: &mut Vec<NetworkPolicyPort>, protocol: Protocol, ports: &ProtocolPorts) {
    if ports.is_complete() {
        entries.push(entry(protocol, None, None));
        return;
    }
    entries.extend(ports.numbers().intervals().iter().map(|range| number(protocol, *range)));
    entries.extend(ports.names().iter().map(|name| named(protocol, name)));
}

fn number(protocol: Protocol, (first, last): (u16, u16)) -> NetworkPolicyPort {
    let end = (first < last).then_some(i32::from(last));
    entry(protocol, Some(IntOrString::Int(i32::from(first))), end)
}

fn named(protocol: Protocol, name: &Text) -> NetworkPolicyPort {
    entry(protocol, Some(IntOrString::String(str::to_owned(name))), None)
}

fn entry(protocol: Protocol, port: Option<IntOrString>, end_port: Option<i32>) -> NetworkPolicyPort {
    NetworkPolicyPort { protocol: Some(protocol.api_name().to_owned()), port, end_port }
}
