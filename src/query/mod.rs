//! Questions about a program: can these connect?
//!
//! Comes in: a policy, the world that is assumed, pairs of peers. Goes out: whether all of the pairs' connections
//! are possible, or none, with a concrete connection for each side. The proofs are those of `guards`; nothing
//! here looks at the source or prints.

mod ports;
mod reasons;

pub use reasons::{Half, Reasons, reasons};

use crate::algebra::{PortSet, Text};
use crate::guards::{self, Connection, Verdict};
use crate::ir::{Claim, ClaimKind, Peer, Policy, World};

/// One kind of source with one kind of target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Where connections come from.
    pub source: Peer,
    /// Where they go.
    pub target: Peer,
    /// On which ports.
    pub ports: Asked,
}

/// Which ports a question is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Whether there is one.
    Any,
    /// All of these.
    All(PortSet),
}

/// The answer for all pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Everybody can connect.
    Allowed(Example),
    /// Nobody can; without an example where there is nobody who could.
    Denied(Option<Example>),
    /// Some can, and some cannot.
    Mixed {
        /// One that can.
        allowed: Example,
        /// One that cannot.
        denied: Example,
    },
    /// Looking further would take too long. With the label keys on which the selectors overlap most.
    OutOfBudget(Vec<Text>),
}

/// A concrete connection of one of the pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The index of the pair.
    pub pair: usize,
    /// The connection.
    pub connection: Box<Connection>,
}

/// Answers a question.
pub fn ask(policy: &Policy, world: &World, pairs: &[Pair]) -> Answer {
    let (mut allowed, mut denied) = (None, None);
    for (pair, asked) in pairs.iter().enumerate() {
        let sides = match sides(policy, world, asked) {
            Ok(sides) => sides,
            Err(keys) => return Answer::OutOfBudget(keys),
        };
        let example = |connection| Example { pair, connection: Box::new(connection) };
        allowed = allowed.or_else(|| sides.possible.map(example));
        denied = denied.or_else(|| sides.impossible.map(example));
    }
    match (allowed, denied) {
        (Some(allowed), Some(denied)) => Answer::Mixed { allowed, denied },
        (Some(allowed), None) => Answer::Allowed(allowed),
        (None, denied) => Answer::Denied(denied),
    }
}

/// What is possible, and what is not.
struct Sides {
    possible: Option<Connection>,
    impossible: Option<Connection>,
}

/// Both sides of one pair; the label keys at fault where the budget is spent.
fn sides(policy: &Policy, world: &World, pair: &Pair) -> Result<Sides, Vec<Text>> {
    let prove = |kind, ports: &PortSet| {
        let claim = Claim {
            kind,
            sources: vec![pair.source.clone()],
            targets: vec![(pair.target.clone(), ports.clone())],
        };
        match guards::prove(policy, world, &claim) {
            Verdict::Holds => Ok(None),
            Verdict::Fails(connection) => Ok(Some(*connection)),
            Verdict::OutOfBudget(keys) => Err(keys),
        }
    };
    let wanted = match &pair.ports {
        Asked::Any => PortSet::every(),
        Asked::All(ports) => ports.clone(),
    };
    let possible = prove(ClaimKind::Never, &wanted)?;
    let impossible = match &pair.ports {
        Asked::All(_) => prove(ClaimKind::Can, &wanted)?,
        Asked::Any => {
            let mut denied = Vec::new();
            for port in ports::candidates(policy, pair, possible.as_ref()) {
                denied.push(prove(ClaimKind::Can, &port)?);
            }
            // One port on which all of the pair can connect is enough.
            let least = |connection: &Connection| reasons(policy, connection).denied_halves();
            if denied.contains(&None) { None } else { denied.into_iter().flatten().min_by_key(least) }
        }
    };
    Ok(Sides { possible, impossible })
}
