//! A difference as one concrete case: this pod, this other end, this port, and which side allows it.

use crate::algebra::{AddressSet, Cube, Requirement, State, Target, Text};
use crate::ir::{Direction, Flow, NAMESPACE_NAME, Origin, Peer, PodPeer};

use super::piece::Piece;

/// Which of the two policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The program's.
    Source,
    /// That of what was written.
    Output,
}

/// The states of the label keys that matter, sorted by key; any other key may be there or not.
pub type Labels = Vec<(Text, State)>;

/// One case in which the two policies differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The namespace whose policies differ.
    pub namespace: Text,
    /// The direction, as the subject sees it.
    pub direction: Direction,
    /// The labels of the subject.
    pub subject: Labels,
    /// How they differ about it.
    pub difference: Difference,
}

/// How two policies differ about a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// One side isolates the pod, the other leaves it open to everything.
    Isolated {
        /// The side that isolates it.
        by: Side,
    },
    /// Both isolate it, and one side allows what the other denies.
    Allowed {
        /// The side that allows it.
        by: Side,
        /// The other end.
        peer: Other,
        /// The target port.
        target: Target,
        /// The statements, or objects, of that side that allow it.
        origins: Vec<Origin>,
    },
}

/// The other end of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// Neither a pod that selectors see nor an address: a node, or a pod in the host's network.
    Rest,
    /// A pod.
    Pod {
        /// The labels of its namespace, its name among them.
        namespace: Labels,
        /// Its own labels.
        labels: Labels,
    },
    /// An address outside the cluster.
    Address(std::net::IpAddr),
}

/// The witness that one side alone isolates the pods of a piece.
pub(super) fn isolation(namespace: &Text, direction: Direction, by: Side, piece: &Piece) -> Witness {
    let (namespace, subject) = (namespace.clone(), labels(&piece.subject));
    Witness { namespace, direction, subject, difference: Difference::Isolated { by } }
}

/// The witness that one side alone allows a piece; `None` where no cluster can have such a connection.
pub(super) fn connection(
    namespace: &Text,
    direction: Direction,
    by: Side,
    piece: &Piece,
    flows: &[Flow],
) -> Option<Witness> {
    let (subject, peer, target) = (labels(&piece.subject), other(&piece.peer)?, piece.ports.witness()?);
    let allows =
        |flow: &&Flow| has(&subject, &flow.subject) && covers(&flow.peer, &peer) && target.is_in(&flow.ports);
    let mut origins: Vec<Origin> = flows.iter().filter(allows).map(|flow| flow.origin).collect();
    origins.sort();
    origins.dedup();
    let difference = Difference::Allowed { by, peer, target, origins };
    Some(Witness { namespace: namespace.clone(), direction, subject, difference })
}

fn labels(cube: &Cube) -> Labels {
    let state =
        |requirement: &Requirement| requirement.witness().expect("a cube's requirements are not empty");
    cube.requirements().map(|(key, requirement)| (key.clone(), state(requirement))).collect()
}

fn other(peer: &Peer) -> Option<Other> {
    match peer {
        Peer::Anywhere => Some(Other::Rest),
        Peer::Addresses(set) => AddressSet::first(set).map(Other::Address),
        Peer::Pods(PodPeer { namespaces, pods }) => {
            // The control plane labels every namespace with its name.
            let named = Cube::of(NAMESPACE_NAME.into(), Requirement::exists())?;
            let namespace = labels(&namespaces.intersection(&named)?);
            Some(Other::Pod { namespace, labels: labels(pods) })
        }
    }
}

fn has(labels: &Labels, cube: &Cube) -> bool {
    cube.matches(|key| {
        let at = labels.binary_search_by(|(k, _)| k.as_ref().cmp(key)).ok()?;
        match &labels[at].1 {
            State::Value(value) => Some(value.as_ref()),
            State::Absent => None,
        }
    })
}

fn covers(peer: &Peer, other: &Other) -> bool {
    match (peer, other) {
        (Peer::Anywhere, _) => true,
        (Peer::Pods(peer), Other::Pod { namespace, labels }) => {
            has(namespace, &peer.namespaces) && has(labels, &peer.pods)
        }
        (Peer::Addresses(set), Other::Address(address)) => set.contains(*address),
        (Peer::Pods(_), Other::Rest | Other::Address(_))
        | (Peer::Addresses(_), Other::Rest | Other::Pod { .. }) => false,
    }
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Source => "the source",
            Self::Output => "the output",
        })
    }
}

impl std::fmt::Display for Witness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let way = match self.direction {
            Direction::Ingress => "from",
            Direction::Egress => "to",
        };
        write!(f, "namespace {}, {}: ", self.namespace, self.direction.api_name())?;
        match &self.difference {
            Difference::Isolated { by } => {
                write!(f, "{} is isolated by {by} only", Pod(&self.subject))
            }
            Difference::Allowed { by, peer, target, .. } => {
                write!(f, "{by} only allows {} {way} {peer} on {target}", Pod(&self.subject))
            }
        }
    }
}

impl std::fmt::Display for Other {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Rest => f.write_str("a node"),
            Self::Address(address) => address.fmt(f),
            Self::Pod { namespace, labels } => {
                let is_name = |(key, _): &&(Text, State)| key.as_ref() == NAMESPACE_NAME;
                let rest: Labels = namespace.iter().filter(|label| !is_name(label)).cloned().collect();
                write!(f, "{} in ", Pod(labels))?;
                match namespace.iter().find(is_name) {
                    Some((_, State::Value(name))) => write!(f, "namespace {name}")?,
                    Some((_, State::Absent)) | None => f.write_str("a namespace")?,
                }
                if rest.is_empty() { Ok(()) } else { write!(f, " ({})", Listed(&rest)) }
            }
        }
    }
}

/// A pod by its labels.
struct Pod<'l>(&'l Labels);

impl std::fmt::Display for Pod<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() { f.write_str("any pod") } else { write!(f, "a pod with {}", Listed(self.0)) }
    }
}

/// Labels as kubectl writes them: `app=web, !tier`.
struct Listed<'l>(&'l Labels);

impl std::fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, (key, state)) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            match state {
                State::Value(value) => write!(f, "{key}={value}")?,
                State::Absent => write!(f, "!{key}")?,
            }
        }
        Ok(())
    }
}
