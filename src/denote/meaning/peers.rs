//! The elements of `from` or `to` become pods by labels, and one set of addresses.

use crate::algebra::{AddressSet, Cube, Prefix};
use crate::denote::{IpBlock, Peer, cidr};

use super::{Oddity, Place, Report};

/// The peers of a rule that has some.
#[derive(Default)]
pub(super) struct Peers {
    /// The addresses of all its blocks.
    pub(super) addresses: AddressSet,
    /// Namespaces and pods of each selecting peer.
    pub(super) pods: Vec<(Cube, Cube)>,
}

/// The peers of a rule; `own` is the policy's own namespace.
pub(super) fn peers<'t>(peers: &[Peer<'t>], own: &Cube, place: Place, report: &mut Report<'_, 't>) -> Peers {
    let mut found = Peers { pods: Vec::with_capacity(peers.len()), ..Peers::default() };
    let mut blocks = Vec::new();
    for (index, peer) in peers.iter().enumerate() {
        let outcome = match (&peer.ip_block, is_selector(peer)) {
            (Some(block), false) => addresses(block).map(|set| blocks.push(set)),
            (None, true) => pods(peer, own, report).map(|pair| found.pods.push(pair)),
            (Some(_), true) | (None, false) => Err(Oddity::Inadmissible),
        };
        if let Err(oddity) = outcome {
            report.odd(format_args!("{place}.{}[{index}]", place.other_end()), oddity);
        }
    }
    found.addresses = AddressSet::union_of(&blocks);
    found
}

fn is_selector(peer: &Peer<'_>) -> bool {
    peer.namespace_selector.is_some() || peer.pod_selector.is_some()
}

/// Both selectors of one element must hold; a missing one of namespaces means the policy's own.
fn pods<'t>(peer: &Peer<'t>, own: &Cube, report: &mut Report<'_, 't>) -> Result<(Cube, Cube), Oddity> {
    let namespaces = match &peer.namespace_selector {
        Some(selector) => report.cube(selector)?,
        None => own.clone(),
    };
    let pods = match &peer.pod_selector {
        Some(selector) => report.cube(selector)?,
        None => Cube::all(),
    };
    Ok((namespaces, pods))
}

fn addresses(block: &IpBlock<'_>) -> Result<AddressSet, Oddity> {
    let parse = |text: &str| cidr::parse(text).map_err(|_| Oddity::Inadmissible);
    let whole = AddressSet::from(parse(&block.cidr)?);
    let except: Result<Vec<Prefix>, Oddity> = block.except.iter().map(|text| parse(text)).collect();
    let left = whole.difference(&AddressSet::of_prefixes(except?));
    if left.is_empty() { Err(Oddity::NoAddress) } else { Ok(left) }
}
