//! What is left of a port set after others were taken from it, exact also for container port names.
//!
//! A target port is a protocol, a number, and the set of container port names that resolve to it on that pod; a
//! [`PortSet`] holds it where it lists the number or one of the names. What is left after taking some away is no
//! port set any more: the names that are left count only at numbers which nothing took, so these are kept too.

use super::{IntervalSet, PortSet, Protocol, ProtocolPorts, Text};

/// The targets of one port set that are in none of those taken from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Residue {
    protocols: [Rest; 3],
    others: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rest {
    numbers: IntervalSet<u16>,
    names: Vec<Text>,
    /// The numbers that nothing took away: where one of the names can still resolve to something that is left.
    // INVARIANT: empty exactly where there are no names.
    open: IntervalSet<u16>,
}

/// One target port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A port with none of the names that any policy mentions.
    Number(Protocol, u16),
    /// A port with exactly one of these names.
    Named(Protocol, u16, Text),
    /// A protocol that no policy can name.
    OtherProtocol,
}

impl From<&PortSet> for Residue {
    /// All of the set.
    fn from(ports: &PortSet) -> Self {
        let every = || IntervalSet::range(ProtocolPorts::NUMBERS.0, ProtocolPorts::NUMBERS.1);
        let protocols = Protocol::ALL.map(|protocol| {
            let ports = ports.protocol(protocol);
            let open = if ports.names().is_empty() { IntervalSet::empty() } else { every() };
            Rest::new(ports.numbers().clone(), ports.names().to_vec(), open)
        });
        Self { protocols, others: ports.is_every() }
    }
}

impl Residue {
    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        !self.others && self.protocols.iter().all(Rest::is_empty)
    }

    /// What is left without the targets of another set.
    #[must_use]
    pub fn minus(&self, ports: &PortSet) -> Self {
        let [t, u, s] = Protocol::ALL.map(|p| self.protocols[p as usize].minus(ports.protocol(p)));
        Self { protocols: [t, u, s], others: self.others && !ports.is_every() }
    }

    /// Whether taking the other set away makes a difference to what can still be left.
    pub fn meets(&self, ports: &PortSet) -> bool {
        self.others && ports.is_every()
            || Protocol::ALL.iter().any(|p| self.protocols[*p as usize].meets(ports.protocol(*p)))
    }

    /// Whether every target that is left is in the other set.
    pub fn is_within(&self, ports: &PortSet) -> bool {
        self.minus(ports).is_empty()
    }

    /// A target that is left: a number before a name, TCP first.
    pub fn witness(&self) -> Option<Target> {
        let pairs = || Protocol::ALL.into_iter().zip(&self.protocols);
        let number =
            pairs().find_map(|(protocol, rest)| Some(Target::Number(protocol, rest.numbers.first()?)));
        let named = || {
            pairs().find_map(|(protocol, rest)| {
                Some(Target::Named(protocol, rest.open.first()?, rest.names.first()?.clone()))
            })
        };
        number.or_else(named).or_else(|| self.others.then_some(Target::OtherProtocol))
    }
}

impl Rest {
    fn new(numbers: IntervalSet<u16>, names: Vec<Text>, open: IntervalSet<u16>) -> Self {
        if names.is_empty() || open.is_empty() {
            return Self { numbers, names: Vec::new(), open: IntervalSet::empty() };
        }
        Self { numbers, names, open }
    }

    fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.names.is_empty()
    }

    fn meets(&self, ports: &ProtocolPorts) -> bool {
        !self.numbers.is_disjoint(ports.numbers())
            || !self.open.is_disjoint(ports.numbers())
            || self.names.iter().any(|name| ports.names().contains(name))
    }

    fn minus(&self, ports: &ProtocolPorts) -> Self {
        let names = self.names.iter().filter(|name| !ports.names().contains(name)).cloned().collect();
        let open = self.open.difference(ports.numbers());
        Self::new(self.numbers.difference(ports.numbers()), names, open)
    }
}

impl Target {
    /// Whether a port set holds the target.
    pub fn is_in(&self, ports: &PortSet) -> bool {
        match self {
            Self::Number(protocol, number) => ports.protocol(*protocol).numbers().contains(*number),
            Self::Named(protocol, number, name) => {
                let ports = ports.protocol(*protocol);
                ports.numbers().contains(*number) || ports.names().contains(name)
            }
            Self::OtherProtocol => ports.is_every(),
        }
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(protocol, number) => write!(f, "{} {number}", protocol.api_name()),
            Self::Named(protocol, number, name) => {
                write!(f, "{} {number} (named \"{name}\" there)", protocol.api_name())
            }
            Self::OtherProtocol => f.write_str("a protocol other than TCP, UDP and SCTP"),
        }
    }
}
