//! Guards, tests and queries: claims about a policy, proved for every pod that could exist, or refuted.
//!
//! Comes in: a policy, the world that is assumed, a claim. Goes out: a proof, a concrete connection that
//! refutes it with the statements that decide, or "out of budget". A connection is possible unless its source or
//! its target is isolated and not allowed; nothing here knows how policies are written.
//!
//! Whether an address block also matches the pods whose addresses lie in it is left to the network plugin, so a
//! claim must hold in both worlds ([`BlockMatching`]).

mod budget;
mod endpoints;
mod impossible;
mod ports;
mod possible;
mod report;
mod witness;

pub use report::{Proof, described, overlap};
pub use witness::{Connection, Endpoint, Half, Reason};

use crate::algebra::Text;
use crate::ir::{Claim, ClaimKind, Peer, Policy, World};

use budget::Budget;

/// What became of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds, in every cluster.
    Holds,
    /// It does not: this connection is possible although it must not be, or impossible although it must be.
    Fails(Box<Connection>),
    /// Looking further would take too long; the claim counts as refuted. With the label keys on which the
    /// selectors overlap most, the worst first.
    OutOfBudget(Vec<Text>),
}

/// Whether an address block of a policy matches pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockMatching {
    /// Only addresses outside the cluster, as with Cilium.
    Outside,
    /// Pods too, where a pod's address can lie in it, as with Calico.
    Pods,
}

/// Steps that one claim may take: about a second of work.
const STEPS: u64 = 20_000_000;

/// Proves or refutes a claim.
pub fn prove(policy: &Policy, world: &World, claim: &Claim) -> Verdict {
    let budget = Budget::new(STEPS);
    let found = match claim.kind {
        ClaimKind::Never => first_possible(policy, world, (&claim.sources, &[]), claim, &budget),
        ClaimKind::Only => first_possible(policy, world, (&[Peer::Anywhere], &claim.sources), claim, &budget),
        ClaimKind::Can => first_impossible(policy, world, claim, &budget),
    };
    match found {
        Some(connection) => Verdict::Fails(Box::new(connection)),
        None if budget.is_spent() => Verdict::OutOfBudget(budget.worst_keys()),
        None => Verdict::Holds,
    }
}

/// A connection to one of the claim's targets that is possible in one of the worlds, from one of the first peers
/// and none of the others.
fn first_possible(
    policy: &Policy,
    world: &World,
    (sources, but): (&[Peer], &[Peer]),
    claim: &Claim,
    budget: &Budget,
) -> Option<Connection> {
    let sources = endpoints::covered(world, sources);
    let worlds = [BlockMatching::Outside, BlockMatching::Pods];
    for (target, ports) in &claim.targets {
        for target in endpoints::covered(world, std::slice::from_ref(target)) {
            for matching in worlds {
                let search = possible::Search { policy, world, matching, but, target: &target, ports };
                if let Some(found) = search.run(&sources, budget) {
                    return Some(found);
                }
            }
        }
    }
    None
}

/// A connection from one of the claim's sources to one of its targets that is not possible, blocks matching no pods.
fn first_impossible(policy: &Policy, world: &World, claim: &Claim, budget: &Budget) -> Option<Connection> {
    let sources = endpoints::covered(world, &claim.sources);
    for (target, ports) in &claim.targets {
        for target in endpoints::covered(world, std::slice::from_ref(target)) {
            for source in &sources {
                if let Some(found) = impossible::find(policy, source, &target, ports, budget) {
                    return Some(found);
                }
            }
        }
    }
    None
}
