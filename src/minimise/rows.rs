//! The allowed connections of one subject as rows: peers with the ports that they need, and those that they may have.
//!
//! ```text
//! all pods → X: 443    app=web → X: 443, 8443    →    app=web: X needs 8443, and may have 443, 8443
//! ```
//!
//! What a wider subject's policy allows, and what a wider peer of the same subject gets, is not needed: rules of
//! all policies that select a pod add up. A row is compared with single wider ones here; what only several of them
//! grant together is found later. Addresses are cut where what is said about them changes.

use std::collections::BTreeMap;

use super::budget::Budget;
use super::cover::CoverIndex;
use super::needed::needed;
use super::zones::{self, Zone};
use crate::algebra::{AddressSet, Cube, PortSet};
use crate::ir::{Flow, Origin, Peer, PodPeer};

/// Peers of a subject for which the same holds.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// One set of pods, some addresses, or anywhere.
    pub(super) peer: Peer,
    /// The ports that the subject's rules must allow; empty where others allow all.
    pub(super) need: PortSet,
    /// The ports that may be allowed; all that is needed among them.
    pub(super) may: PortSet,
    /// What the program says about these peers, and where.
    pub(super) said: Vec<(PortSet, Origin)>,
}

/// For each subject, in order, its rows.
pub(super) fn rows(mut flows: Vec<&Flow>, budget: &mut Budget) -> Vec<(Cube, Vec<Row>)> {
    flows.sort_unstable();
    let shelves: Vec<Shelf<'_>> = flows.chunk_by(|a, b| a.subject == b.subject).map(Shelf::new).collect();
    let subjects = CoverIndex::new(shelves.iter().map(|shelf| [shelf.subject]).collect());
    let of_subject = |(id, shelf): (usize, &Shelf<'_>)| {
        let wider = subjects.holders(id, budget);
        let others = wider.into_iter().map(|id| &shelves[id]).collect();
        (shelf.subject.clone(), Above { shelf, others }.rows(budget))
    };
    shelves.iter().enumerate().map(of_subject).collect()
}

/// All that is said about one set of pods.
struct Claim<'a> {
    peer: &'a PodPeer,
    ports: PortSet,
    flows: &'a [&'a Flow],
}

/// The flows of one subject.
struct Shelf<'a> {
    subject: &'a Cube,
    anywhere: PortSet,
    everybody: &'a [&'a Flow],
    claims: Vec<Claim<'a>>,
    /// The claims by their peers.
    by_pods: CoverIndex<'a, 2>,
    addresses: Vec<(&'a AddressSet, &'a Flow)>,
}

impl<'a> Shelf<'a> {
    /// Of sorted flows of one subject: anywhere, then pods, then addresses.
    fn new(flows: &'a [&'a Flow]) -> Self {
        let (mut everybody, mut addresses, mut claims) = (&flows[..0], Vec::new(), Vec::new());
        for alike in flows.chunk_by(|a, b| a.peer == b.peer) {
            match &alike[0].peer {
                Peer::Anywhere => everybody = alike,
                Peer::Pods(peer) => claims.push(Claim { peer, ports: all_ports(alike), flows: alike }),
                Peer::Addresses(set) => addresses.extend(alike.iter().map(|flow| (set, *flow))),
            }
        }
        let by_pods = claims.iter().map(|claim| [&claim.peer.namespaces, &claim.peer.pods]).collect();
        let (subject, by_pods) = (&flows[0].subject, CoverIndex::new(by_pods));
        Self { subject, anywhere: all_ports(everybody), everybody, claims, by_pods, addresses }
    }

    /// The ports that single claims allow with all of these pods.
    fn of_pods(&self, peer: &PodPeer, budget: &mut Budget) -> PortSet {
        let mut all = self.anywhere.clone();
        let product = [&peer.namespaces, &peer.pods];
        self.by_pods.each_holder(&product, budget, |id| all = all.union(&self.claims[id].ports));
        all
    }
}

fn all_ports<'f>(flows: impl IntoIterator<Item = &'f &'f Flow>) -> PortSet {
    let mut ports = flows.into_iter().map(|flow| &flow.ports);
    let Some(first) = ports.next() else { return PortSet::empty() };
    // Most say the same ones.
    let mut others: Vec<&PortSet> = ports.filter(|ports| *ports != first).collect();
    if others.is_empty() {
        return first.clone();
    }
    others.push(first);
    others.sort_unstable();
    others.dedup();
    PortSet::union_of(&others.into_iter().cloned().collect::<Vec<PortSet>>())
}

/// A subject and the ones that are wider.
struct Above<'a> {
    shelf: &'a Shelf<'a>,
    others: Vec<&'a Shelf<'a>>,
}

impl Above<'_> {
    fn rows(&self, budget: &mut Budget) -> Vec<Row> {
        let mut rows = self.pods(budget);
        rows.extend(self.blocks(budget));
        if !self.shelf.anywhere.is_empty() {
            let granted = self.others.iter().fold(PortSet::empty(), |all, shelf| all.union(&shelf.anywhere));
            let flows = self.shelf.everybody.iter().chain(self.under_everybody());
            rows.push(row(Peer::Anywhere, &self.shelf.anywhere, &granted, said(flows)));
        }
        rows
    }

    /// The flows that "anywhere" makes needless, at least in part: its rule stands for them too.
    fn under_everybody(&self) -> impl Iterator<Item = &&Flow> {
        let pods = self.shelf.claims.iter().flat_map(|claim| claim.flows);
        pods.chain(self.shelf.addresses.iter().map(|(_, flow)| flow))
    }

    fn pods(&self, budget: &mut Budget) -> Vec<Row> {
        let claims = &self.shelf.claims;
        let mut inherited: BTreeMap<usize, Vec<(PortSet, Origin)>> = BTreeMap::new();
        let mut rows = Vec::with_capacity(claims.len());
        let mut holders: Vec<usize> = Vec::new();
        for (id, claim) in claims.iter().enumerate() {
            holders.clear();
            let product = [&claim.peer.namespaces, &claim.peer.pods];
            self.shelf.by_pods.each_holder(&product, budget, |holder| holders.push(holder));
            holders.retain(|holder| *holder != id);
            let own = holders
                .iter()
                .fold(self.shelf.anywhere.clone(), |all, holder| all.union(&claims[*holder].ports));
            let above = self.others.iter();
            let granted = above.fold(own, |all, shelf| all.union(&shelf.of_pods(claim.peer, budget)));
            let row = row(Peer::Pods(claim.peer.clone()), &claim.ports, &granted, said(claim.flows));
            if row.need.is_empty() {
                for holder in &holders {
                    inherited.entry(*holder).or_default().extend(row.said.iter().cloned());
                }
            }
            rows.push(row);
        }
        for (id, said) in inherited {
            rows[id].said.extend(said);
        }
        rows
    }

    /// Zone by zone. The zones of wider subjects are there too: what may be written can make blocks fewer.
    fn blocks(&self, budget: &mut Budget) -> Vec<Row> {
        let own = &self.shelf.addresses;
        if own.is_empty() {
            return Vec::new();
        }
        let others = self.others.iter().flat_map(|shelf| &shelf.addresses);
        let all: Vec<(&AddressSet, &Flow)> = own.iter().chain(others).copied().collect();
        let sets: Vec<&AddressSet> = all.iter().map(|(set, _)| *set).collect();
        let anywhere = self.others.iter().chain([&self.shelf]);
        let anywhere = anywhere.fold(PortSet::empty(), |all, shelf| all.union(&shelf.anywhere));
        let zones = zones::zones(&sets, budget).unwrap_or_else(|| uncut(own));
        let row = |Zone { sets, addresses }| {
            let (mine, theirs) = sets.split_at(sets.partition_point(|id| *id < own.len()));
            let flow = |id: &usize| &all[*id].1;
            let granted = anywhere.union(&all_ports(theirs.iter().map(flow)));
            let wanted = all_ports(mine.iter().map(flow));
            row(Peer::Addresses(addresses), &wanted, &granted, said(mine.iter().map(flow)))
        };
        zones.into_iter().map(row).collect()
    }
}

/// Each set by itself, where cutting them takes too long.
fn uncut(own: &[(&AddressSet, &Flow)]) -> Vec<Zone> {
    let zone =
        |(id, (set, _)): (usize, &(&AddressSet, &Flow))| Zone { sets: vec![id], addresses: (*set).clone() };
    own.iter().enumerate().map(zone).collect()
}

fn said<'f>(flows: impl IntoIterator<Item = &'f &'f Flow>) -> Vec<(PortSet, Origin)> {
    flows.into_iter().map(|flow| (flow.ports.clone(), flow.origin)).collect()
}

fn row(peer: Peer, wanted: &PortSet, granted: &PortSet, said: Vec<(PortSet, Origin)>) -> Row {
    Row { peer, need: needed(wanted, granted), may: wanted.union(granted), said }
}
