//! Ports that something else grants already need not be written again, and may be where that is shorter.
//!
//! ```text
//! wanted 443, 8443    granted 443           →    needed 8443
//! needed 80, 82       granted 1-1023        →    written 80-82
//! ```

use crate::algebra::{IntervalSet, PortSet, Protocol, ProtocolPorts};

/// The least of `wanted` that, together with `granted`, still allows all of it.
pub(super) fn needed(wanted: &PortSet, granted: &PortSet) -> PortSet {
    if granted.is_every() || wanted.is_subset(granted) {
        return PortSet::empty();
    }
    if wanted.is_every() || wanted.is_apart(granted) {
        // Only a rule without a list of ports allows the protocols that none can name.
        return wanted.clone();
    }
    let left = |protocol| left(wanted.protocol(protocol), granted.protocol(protocol));
    PortSet::union_of(&Protocol::ALL.map(|protocol| PortSet::of(protocol, left(protocol))))
}

/// A name goes where it is granted too, or where both together hold every number that it could stand for.
fn left(wanted: &ProtocolPorts, granted: &ProtocolPorts) -> ProtocolPorts {
    let both = ProtocolPorts::new(&wanted.numbers().union(granted.numbers()), []);
    let names = wanted.names().iter().filter(|name| !both.is_complete() && !granted.names().contains(name));
    ProtocolPorts::new(&wanted.numbers().difference(granted.numbers()), names.cloned())
}

/// The shortest list that holds all that is needed and nothing but what `may` be granted.
pub(super) fn shortest(needed: &PortSet, may: &PortSet) -> PortSet {
    if needed.is_every() || needed == may {
        return needed.clone();
    }
    let bridged = |protocol| bridged(needed.protocol(protocol), may.protocol(protocol));
    PortSet::union_of(&Protocol::ALL.map(|protocol| PortSet::of(protocol, bridged(protocol))))
}

/// Numbers join over gaps that may be granted. All of a protocol is one entry, whatever names there are.
fn bridged(needed: &ProtocolPorts, may: &ProtocolPorts) -> ProtocolPorts {
    let numbers = needed.numbers();
    let spans = may.numbers().intervals().iter().filter_map(|(first, last)| {
        let inside = numbers.intersection(&IntervalSet::range(*first, *last));
        Some((inside.first()?, inside.intervals().last()?.1))
    });
    let spans = IntervalSet::new(spans);
    if may.is_complete() && spans.intervals().len() + needed.names().len() > 1 {
        return may.clone();
    }
    ProtocolPorts::new(&spans, needed.names().iter().cloned())
}

#[cfg(test)]
mod tests {
    use super::{needed, shortest};
    use crate::algebra::{PortSet, Protocol};

    fn tcp(first: u16, last: u16) -> PortSet {
        PortSet::range(Protocol::Tcp, first, last)
    }

    fn http() -> PortSet {
        PortSet::named(Protocol::Tcp, "http".into())
    }

    #[test]
    fn what_is_granted_is_not_needed() {
        assert_eq!(needed(&tcp(80, 90), &tcp(85, 100)), tcp(80, 84));
        assert_eq!(needed(&tcp(80, 90).union(&http()), &http()), tcp(80, 90));
        assert_eq!(needed(&tcp(80, 90), &PortSet::every()), PortSet::empty());
    }

    #[test]
    fn a_name_stands_for_any_number() {
        assert_eq!(needed(&http(), &tcp(1, 65534)), http());
        assert_eq!(needed(&http(), &tcp(1, 65535)), PortSet::empty());
        let almost = tcp(2, 65535).union(&http());
        assert_eq!(needed(&almost, &tcp(1, 1)), tcp(2, 65535), "the two together are all ports");
    }

    #[test]
    fn gaps_that_may_be_granted_are_bridged() {
        let ends = tcp(80, 80).union(&tcp(90, 90));
        assert_eq!(shortest(&ends, &ends), ends);
        assert_eq!(shortest(&ends, &tcp(70, 100)), tcp(80, 90));
        assert_eq!(shortest(&http(), &tcp(1, 65535)), http());
        assert_eq!(shortest(&http().union(&tcp(80, 80)), &tcp(1, 65535)), tcp(1, 65535));
    }

    #[test]
    fn every_port_is_more_than_those_of_the_protocols() {
        let all = Protocol::ALL
            .iter()
            .fold(PortSet::empty(), |all, protocol| all.union(&PortSet::range(*protocol, 1, u16::MAX)));
        assert_eq!(needed(&PortSet::every(), &all), PortSet::every());
    }
}
