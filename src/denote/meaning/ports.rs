//! The elements of `ports` become one set of target ports.

use crate::algebra::{IntervalSet, PortSet, Protocol, ProtocolPorts, Text};
use crate::denote::{Port, PortRef};
use crate::ir::Direction;

/// The ports of a rule; `None` where admission would refuse one of them.
pub(super) fn ports(ports: &[Port<'_>]) -> Option<PortSet> {
    if ports.is_empty() {
        return Some(PortSet::every());
    }
    let mut numbers: [Vec<(u16, u16)>; 3] = Default::default();
    let mut names: [Vec<Text>; 3] = Default::default();
    for port in ports {
        let protocol = protocol(port)? as usize;
        match &port.port {
            Some(PortRef::Name(name)) if port.end_port.is_none() => {
                names[protocol].push(name.as_ref().into());
            }
            Some(PortRef::Number(first)) => numbers[protocol].push(range(*first, port.end_port)?),
            None if port.end_port.is_none() => numbers[protocol].push(ProtocolPorts::NUMBERS),
            Some(PortRef::Name(_)) | None => return None,
        }
    }
    let mut all = PortSet::empty();
    for ((protocol, numbers), names) in Protocol::ALL.into_iter().zip(numbers).zip(names) {
        if numbers.is_empty() && names.is_empty() {
            continue;
        }
        let ports = ProtocolPorts::new(&IntervalSet::new(numbers), names);
        all = all.union(&PortSet::of(protocol, ports));
    }
    Some(all)
}

/// `SetDefaults_NetworkPolicyPort`: TCP where nothing is said.
fn protocol(port: &Port<'_>) -> Option<Protocol> {
    match &port.protocol {
        None => Some(Protocol::Tcp),
        Some(name) => Protocol::ALL.into_iter().find(|protocol| protocol.api_name() == name.as_ref()),
    }
}

fn range(first: u32, last: Option<u32>) -> Option<(u16, u16)> {
    let first = u16::try_from(first).ok()?;
    let last = last.map_or(Some(first), |last| u16::try_from(last).ok())?;
    (1 <= first && first <= last).then_some((first, last))
}

/// Whether the ports have names that no address can resolve: a name is the target's, and only a pod has names.
pub(super) fn names_at_addresses(ports: &PortSet, direction: Direction) -> bool {
    match direction {
        Direction::Ingress => false,
        Direction::Egress => {
            Protocol::ALL.iter().any(|protocol| !ports.protocol(*protocol).names().is_empty())
        }
    }
}
