//! Sets of ports: numbers for each protocol, container port names, and "every port of every protocol".

use super::few::Few;
use super::shared::Shared;
use super::{IntervalSet, Text};

/// The protocols that a NetworkPolicy can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// TCP, what Kubernetes assumes where nothing is said.
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
}

impl Protocol {
    /// All three, in the order of the output.
    pub const ALL: [Self; 3] = [Self::Tcp, Self::Udp, Self::Sctp];

    /// The name that the API takes: `TCP`, `UDP`, `SCTP`.
    pub fn api_name(self) -> &'static str {
        match self {
            Self::Tcp => "TCP",
            Self::Udp => "UDP",
            Self::Sctp => "SCTP",
        }
    }

    /// The name in the language: `tcp`, `udp`, `sctp`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
        }
    }
}

/// The ports of one protocol: numbers, and names that a container port must have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProtocolPorts {
    // INVARIANT: within 1..=65535; where the numbers are all of these, there are no names: every named port is one of them.
    numbers: IntervalSet<u16>,
    // INVARIANT: sorted, without repetition.
    names: Few<Text>,
}

/// A set of target ports.
///
/// A name stands for "the ports that the target pod calls so", which no number does: the two never merge. Cheap to
/// clone: the ports are shared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PortSet {
    // INVARIANT: `None` for no port, and only then.
    ports: Option<Shared<Ports>>,
}

/// What a set of ports is made of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
struct Ports {
    protocols: [ProtocolPorts; 3],
    // INVARIANT: true only where all three protocols are complete.
    others: bool,
}

/// The ports of a protocol that a set has none of.
static NONE: ProtocolPorts = ProtocolPorts { numbers: IntervalSet::empty(), names: Few::none() };

impl Default for ProtocolPorts {
    fn default() -> Self {
        NONE.clone()
    }
}

impl ProtocolPorts {
    /// The smallest and the largest port number.
    pub const NUMBERS: (u16, u16) = (1, u16::MAX);

    /// The ports with these numbers and names; 0 is not a port and is left out.
    pub fn new(numbers: &IntervalSet<u16>, names: impl IntoIterator<Item = Text>) -> Self {
        let every = IntervalSet::range(Self::NUMBERS.0, Self::NUMBERS.1);
        let numbers = numbers.intersection(&every);
        let names = if numbers == every { Few::none() } else { Few::sorted(names) };
        Self { numbers, names }
    }

    /// The numbers.
    pub fn numbers(&self) -> &IntervalSet<u16> {
        &self.numbers
    }

    /// The container port names, sorted.
    pub fn names(&self) -> &[Text] {
        &self.names
    }

    /// Whether these are all ports of the protocol.
    pub fn is_complete(&self) -> bool {
        self.numbers.intervals() == [Self::NUMBERS]
    }

    /// Whether there is no port.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.names.is_empty()
    }

    fn union(&self, other: &Self) -> Self {
        let names = self.names.iter().chain(other.names.iter()).cloned();
        Self::new(&self.numbers.union(&other.numbers), names)
    }

    fn is_subset(&self, other: &Self) -> bool {
        other.is_complete()
            || self.numbers.is_subset(&other.numbers) && self.names.iter().all(|n| other.names.contains(n))
    }
}

impl PortSet {
    /// No port.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Every port of every protocol, and protocols that no policy can name: what a rule without `ports` allows.
    pub fn every() -> Self {
        let complete = ProtocolPorts {
            numbers: IntervalSet::range(ProtocolPorts::NUMBERS.0, ProtocolPorts::NUMBERS.1),
            names: Few::none(),
        };
        Self::made_of(Ports { protocols: [complete.clone(), complete.clone(), complete], others: true })
    }

    /// The ports from `first` to `last` of a protocol.
    pub fn range(protocol: Protocol, first: u16, last: u16) -> Self {
        Self::of(protocol, ProtocolPorts::new(&IntervalSet::range(first, last), []))
    }

    /// The ports that the target pod calls `name`.
    pub fn named(protocol: Protocol, name: Text) -> Self {
        Self::of(protocol, ProtocolPorts::new(&IntervalSet::empty(), [name]))
    }

    /// Ports of one protocol.
    pub fn of(protocol: Protocol, ports: ProtocolPorts) -> Self {
        let mut set = Ports::default();
        set.protocols[protocol as usize] = ports;
        Self::made_of(set)
    }

    /// The ports of a protocol.
    pub fn protocol(&self, protocol: Protocol) -> &ProtocolPorts {
        self.ports.as_ref().map_or(&NONE, |ports| &ports.protocols[protocol as usize])
    }

    /// Whether this is every port of every protocol, other protocols too.
    ///
    /// All ports of TCP, UDP and SCTP together are less than that.
    pub fn is_every(&self) -> bool {
        self.ports.as_ref().is_some_and(|ports| ports.others)
    }

    /// Whether there is no port.
    pub fn is_empty(&self) -> bool {
        self.ports.is_none()
    }

    /// The ports in either set.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        if self.is_same(other) || other.is_empty() {
            return self.clone();
        }
        if self.is_empty() {
            return other.clone();
        }
        let [t, u, s] = Protocol::ALL.map(|p| self.protocol(p).union(other.protocol(p)));
        Self::made_of(Ports { protocols: [t, u, s], others: self.is_every() || other.is_every() })
    }

    /// The ports in any of the sets.
    #[must_use]
    pub fn union_of(sets: &[Self]) -> Self {
        // By halves: each number is merged as often as the list can be halved, not once for each set.
        match sets {
            [] => Self::empty(),
            [only] => only.clone(),
            _ => {
                let (left, right) = sets.split_at(sets.len() / 2);
                Self::union_of(left).union(&Self::union_of(right))
            }
        }
    }

    /// Whether neither set, taken from the other, leaves less of it, whatever numbers the names stand for.
    pub fn is_apart(&self, other: &Self) -> bool {
        Protocol::ALL.iter().all(|p| self.protocol(*p).is_apart(other.protocol(*p)))
    }

    /// Whether every port of this set is in the other, whatever numbers the names stand for.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.is_same(other)
            || (!self.is_every() || other.is_every())
                && Protocol::ALL.iter().all(|p| self.protocol(*p).is_subset(other.protocol(*p)))
    }

    /// Whether both share their ports, or have none; where not, they may be equal still.
    fn is_same(&self, other: &Self) -> bool {
        match (&self.ports, &other.ports) {
            (Some(own), Some(others)) => own.is(others),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    fn made_of(ports: Ports) -> Self {
        let none = ports.protocols.iter().all(ProtocolPorts::is_empty);
        Self { ports: (!none).then(|| Shared::new(ports)) }
    }
}

impl ProtocolPorts {
    /// Whether they have no number and no name in common, nor one a number that the other's names could stand for.
    fn is_apart(&self, other: &Self) -> bool {
        let named_in = |names: &Self, numbers: &Self| !names.names.is_empty() && !numbers.numbers.is_empty();
        self.numbers.is_disjoint(&other.numbers)
            && !named_in(self, other)
            && !named_in(other, self)
            && !self.names.iter().any(|name| other.names.contains(name))
    }
}

impl std::fmt::Display for PortSet {
    /// As the language writes it: `5432/tcp, 8000-8999/tcp, "http"/tcp, 53/udp`, or `*`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_every() {
            return f.write_str("*");
        }
        let mut separator = "";
        for protocol in Protocol::ALL {
            let (part, name) = (self.protocol(protocol), protocol.name());
            if part.is_complete() {
                write!(f, "{separator}*/{name}")?;
                separator = ", ";
                continue;
            }
            for (first, last) in part.numbers().intervals() {
                if first == last {
                    write!(f, "{separator}{first}/{name}")?;
                } else {
                    write!(f, "{separator}{first}-{last}/{name}")?;
                }
                separator = ", ";
            }
            for container_port in part.names() {
                write!(f, "{separator}\"{container_port}\"/{name}")?;
                separator = ", ";
            }
        }
        Ok(())
    }
}
