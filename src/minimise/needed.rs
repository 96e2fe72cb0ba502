//! Ports that something else grants already need not be written again.
//!
//! ```text
//! wanted 443, 8443    granted 443    →    needed 8443
//! ```

use crate::algebra::{PortSet, Protocol, ProtocolPorts};

/// The least of `wanted` that, together with `granted`, still allows all of it.
pub(super) fn needed(wanted: &PortSet, granted: &PortSet) -> PortSet {
    if granted.is_every() {
        return PortSet::empty();
    }
    if wanted.is_every() || granted.is_empty() {
        // Only a rule without a list of ports allows the protocols that none can name.
        return wanted.clone();
    }
    Protocol::ALL.iter().fold(PortSet::empty(), |all, protocol| {
        let left = left(wanted.protocol(*protocol), granted.protocol(*protocol));
        all.union(&PortSet::of(*protocol, left))
    })
}

/// A name goes where it is granted too, or where both together hold every number that it could stand for.
fn left(wanted: &ProtocolPorts, granted: &ProtocolPorts) -> ProtocolPorts {
    let both = ProtocolPorts::new(&wanted.numbers().union(granted.numbers()), []);
    let names = wanted.names().iter().filter(|name| !both.is_complete() && !granted.names().contains(name));
    ProtocolPorts::new(&wanted.numbers().difference(granted.numbers()), names.cloned())
}

#[cfg(test)]
mod tests {
    use super::needed;
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
    fn every_port_is_more_than_those_of_the_protocols() {
        let all = Protocol::ALL
            .iter()
            .fold(PortSet::empty(), |all, protocol| all.union(&PortSet::range(*protocol, 1, u16::MAX)));
        assert_eq!(needed(&PortSet::every(), &all), PortSet::every());
    }
}
