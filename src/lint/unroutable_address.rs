//! W0024: addresses in a rule that no packet between two hosts has.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::algebra::AddressSet;
use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::{Peer, PeerKind};

use super::facts::Facts;

/// Why nothing comes from addresses, or goes to them.
#[derive(Clone, Copy, Debug)]
enum Why {
    Loopback,
    Nobody,
    Multicast,
    LinkLocal,
}

/// On which side of a rule addresses stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    From,
    To,
}

/// Looks at rules alone: a guard may well say that nothing reaches such addresses.
pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let sources = facts.program.rules.iter().flat_map(|rule| rule.from.iter().map(|peer| (Side::From, peer)));
    let targets = facts.program.rules.iter().flat_map(|rule| rule.to.iter().map(|it| (Side::To, &it.peer)));
    let mut found: Vec<Diagnostic> =
        sources.chain(targets).filter_map(|(side, peer)| Some(problem(peer, why(side, peer)?))).collect();
    // A rule of a set of namespaces is there once for each of them.
    found.sort_by_key(|it| it.primary.span);
    found.dedup();
    found
}

fn why(side: Side, peer: &Peer) -> Option<Why> {
    let PeerKind::Addresses(addresses) = &peer.kind else { return None };
    let reasons = [
        (Why::Loopback, (v4(127, 0, 0, 0), 8), (Ipv6Addr::LOCALHOST, 128)),
        (Why::Nobody, (v4(0, 0, 0, 0), 8), (Ipv6Addr::UNSPECIFIED, 128)),
        (Why::Nobody, (Ipv4Addr::BROADCAST, 32), (Ipv6Addr::UNSPECIFIED, 128)),
        (Why::Multicast, (v4(224, 0, 0, 0), 4), (v6(0xff00), 8)),
        (Why::LinkLocal, (v4(169, 254, 0, 0), 16), (v6(0xfe80), 10)),
    ];
    let applies = |why: Why| side == Side::From || !matches!(why, Why::LinkLocal);
    let hit = reasons.into_iter().find(|(why, v4, v6)| applies(*why) && has_part_in(addresses, *v4, *v6));
    hit.map(|(why, _, _)| why)
}

fn v4(a: u8, b: u8, c: u8, d: u8) -> Ipv4Addr {
    Ipv4Addr::new(a, b, c, d)
}

/// The first address of a prefix.
fn v6(first: u16) -> Ipv6Addr {
    Ipv6Addr::new(first, 0, 0, 0, 0, 0, 0, 0)
}

/// Whether a whole interval of the addresses lies in one of these: `internet` only runs through them.
fn has_part_in(addresses: &AddressSet, v4: (Ipv4Addr, u8), v6: (Ipv6Addr, u8)) -> bool {
    let (short, long) = (v4.0.to_bits(), v6.0.to_bits());
    let in_v4 = |address: u32| (address ^ short).leading_zeros() >= u32::from(v4.1);
    let in_v6 = |address: u128| (address ^ long).leading_zeros() >= u32::from(v6.1);
    addresses.v4().intervals().iter().any(|(first, last)| in_v4(*first) && in_v4(*last))
        || addresses.v6().intervals().iter().any(|(first, last)| in_v6(*first) && in_v6(*last))
}

fn problem(peer: &Peer, why: Why) -> Diagnostic {
    let (message, consequence, help) = match why {
        Why::Loopback => (
            "this peer has loopback addresses",
            "such traffic stays inside the pod, and no policy sees it",
            "remove the rule: containers of one pod reach each other; or write the address on the network",
        ),
        Why::Nobody => (
            "this peer has an address that no host has",
            "nothing comes from it, and nothing can be sent there",
            "for all addresses write `internet`, or `0.0.0.0/0 | [::/0]`; else the address that is meant",
        ),
        Why::Multicast => (
            "this peer has multicast addresses",
            "NetworkPolicy does not say what becomes of them: what is let through is up to the network plugin",
            "write the addresses of the hosts, or ask the manual of the network plugin",
        ),
        Why::LinkLocal => (
            "this peer has link-local addresses",
            "routers do not forward them, so nothing arrives from one",
            "write the address that the peer has on the network",
        ),
    };
    Diagnostic::new(Lint::UnroutableAddress, peer.span, message, consequence).with_help(help)
}
