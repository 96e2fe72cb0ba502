//! A port that lies in several sets at once.
//!
//! A target's port is a number and the container port names that have this number on that pod, in every
//! combination: a set matches a port by its number or by one of its names.

use crate::algebra::{IntervalSet, PortSet, Protocol, ProtocolPorts, Text};

/// A concrete port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Port {
    pub(super) protocol: Protocol,
    pub(super) number: u16,
    pub(super) names: Vec<Text>,
}

/// Whether the target has container ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// A pod: names can match.
    Resolve,
    /// An address: names match nothing.
    Never,
}

/// A port in all of the sets; `None` where there is none.
pub(super) fn common(sets: &[&PortSet], names: Names) -> Option<Port> {
    Protocol::ALL.into_iter().find_map(|protocol| {
        let parts: Vec<&ProtocolPorts> = sets.iter().map(|set| set.protocol(protocol)).collect();
        by_numbers(protocol, &parts).or_else(|| match names {
            Names::Resolve => by_names(protocol, &parts),
            Names::Never => None,
        })
    })
}

fn by_numbers(protocol: Protocol, parts: &[&ProtocolPorts]) -> Option<Port> {
    let number = intersection(parts.iter().copied())?;
    Some(Port { protocol, number, names: Vec::new() })
}

/// Every set with names is met by one of them; the others must share a number.
fn by_names(protocol: Protocol, parts: &[&ProtocolPorts]) -> Option<Port> {
    let number = intersection(parts.iter().copied().filter(|part| part.names().is_empty()))?;
    let mut names: Vec<Text> = parts.iter().filter_map(|part| part.names().first().cloned()).collect();
    names.sort();
    names.dedup();
    Some(Port { protocol, number, names })
}

/// The smallest number in all parts, preferring an ordinary one where all numbers are.
fn intersection<'p>(parts: impl Iterator<Item = &'p ProtocolPorts>) -> Option<u16> {
    const ORDINARY: u16 = 80;
    let (first, last) = ProtocolPorts::NUMBERS;
    let all = IntervalSet::range(first, last);
    let shared = parts.fold(all, |shared, part| shared.intersection(part.numbers()));
    if shared.contains(ORDINARY) { Some(ORDINARY) } else { shared.first() }
}
