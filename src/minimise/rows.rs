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
use super::{Listed, Peers};
use crate::algebra::{AddressSet, Cube, PortSet};
use crate::ir::{Flow, Origin, Peer, PodPeer};

/// Peers of a subject for which the same holds.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// One set of pods, some addresses, or anywhere.
    pub(super) peers: Peers,
    /// The ports that the subject's rules must allow; empty where others allow all.
    pub(super) need: PortSet,
    /// The ports that may be allowed; all that is needed among them.
    pub(super) may: PortSet,
    /// What the program says about these peers, and where.
    pub(super) said: Vec<(PortSet, Origin)>,
}

/// For each subject, in order, its rows.
pub(super) fn rows(flows: &[Flow], budget: &mut Budget) -> Vec<(Cube, Vec<Row>)> {
    let shelves: Vec<Shelf<'_>> = flows.chunk_by(|a, b| a.subject == b.subject).map(Shelf::new).collect();
    let subjects: Vec<[&Cube; 1]> = shelves.iter().map(|shelf| [shelf.subject]).collect();
    let index = CoverIndex::new(&subjects);
    let of_subject = |(id, shelf): (usize, &Shelf<'_>)| {
        let wider: Vec<&Shelf<'_>> = index.holders(id, budget).iter().map(|id| &shelves[*id]).collect();
        (shelf.subject.clone(), Above { shelf, wider }.rows(budget))
    };
    shelves.iter().enumerate().map(of_subject).collect()
}

/// All that is said about one set of pods.
struct Claim<'a> {
    peer: &'a PodPeer,
    ports: PortSet,
    flows: &'a [Flow],
}

/// The flows of one subject.
struct Shelf<'a> {
    subject: &'a Cube,
    anywhere: PortSet,
    everybody: Vec<&'a Flow>,
    addresses: Vec<(&'a AddressSet, &'a Flow)>,
    claims: Vec<Claim<'a>>,
    index: CoverIndex<'a, 2>,
}

impl<'a> Shelf<'a> {
    /// Of sorted flows of one subject.
    fn new(flows: &'a [Flow]) -> Self {
        let (mut everybody, mut addresses, mut claims) = (Vec::new(), Vec::new(), Vec::new());
        for alike in flows.chunk_by(|a, b| a.peer == b.peer) {
            match &alike[0].peer {
                Peer::Anywhere => everybody.extend(alike),
                Peer::Addresses(set) => addresses.extend(alike.iter().map(|flow| (set, flow))),
                Peer::Pods(peer) => claims.push(Claim { peer, ports: all_ports(alike), flows: alike }),
            }
        }
        let products: Vec<[&Cube; 2]> = claims.iter().map(|claim| cubes(claim.peer)).collect();
        let anywhere = all_ports(everybody.iter().copied());
        let index = CoverIndex::new(&products);
        Self { subject: &flows[0].subject, anywhere, everybody, addresses, claims, index }
    }

    /// The ports that single claims allow with all of these pods.
    fn of_pods(&self, peer: &PodPeer, budget: &mut Budget) -> PortSet {
        let holders = self.index.holders_of(cubes(peer), budget).into_iter();
        holders.fold(self.anywhere.clone(), |all, id| all.union(&self.claims[id].ports))
    }
}

fn cubes(peer: &PodPeer) -> [&Cube; 2] {
    [&peer.namespaces, &peer.pods]
}

fn all_ports<'f>(flows: impl IntoIterator<Item = &'f Flow>) -> PortSet {
    flows.into_iter().fold(PortSet::empty(), |all, flow| all.union(&flow.ports))
}

fn said<'f>(flows: impl IntoIterator<Item = &'f Flow>) -> Vec<(PortSet, Origin)> {
    flows.into_iter().map(|flow| (flow.ports.clone(), flow.origin)).collect()
}

/// A subject and the ones that are wider.
struct Above<'a> {
    shelf: &'a Shelf<'a>,
    wider: Vec<&'a Shelf<'a>>,
}

impl Above<'_> {
    fn rows(&self, budget: &mut Budget) -> Vec<Row> {
        let mut rows = self.pods(budget);
        rows.extend(self.blocks(budget));
        let granted = self.wider.iter().fold(PortSet::empty(), |all, shelf| all.union(&shelf.anywhere));
        if !self.shelf.anywhere.is_empty() {
            let flows = self.shelf.everybody.iter().copied().chain(self.under_everybody());
            rows.push(row(Peers::Anywhere, &self.shelf.anywhere, &granted, said(flows)));
        }
        rows
    }

    /// The flows that "anywhere" makes needless, at least in part: its rule stands for them too.
    fn under_everybody(&self) -> impl Iterator<Item = &Flow> {
        let pods = self.shelf.claims.iter().flat_map(|claim| claim.flows);
        pods.chain(self.shelf.addresses.iter().map(|(_, flow)| *flow))
    }

    fn pods(&self, budget: &mut Budget) -> Vec<Row> {
        let claims = &self.shelf.claims;
        let mut inherited: BTreeMap<usize, Vec<(PortSet, Origin)>> = BTreeMap::new();
        let mut rows = Vec::with_capacity(claims.len());
        for (id, claim) in claims.iter().enumerate() {
            let holders = self.shelf.index.holders(id, budget);
            let own =
                holders.iter().fold(self.shelf.anywhere.clone(), |all, id| all.union(&claims[*id].ports));
            let granted =
                self.wider.iter().fold(own, |all, shelf| all.union(&shelf.of_pods(claim.peer, budget)));
            let peers = Listed::new([claim.peer.clone()], AddressSet::empty()).expect("there is a peer");
            let row = row(Peers::Listed(peers), &claim.ports, &granted, said(claim.flows));
            if row.need.is_empty() {
                for holder in holders {
                    inherited.entry(holder).or_default().extend(row.said.iter().cloned());
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
        let others = self.wider.iter().flat_map(|shelf| &shelf.addresses);
        let all: Vec<_> = own.iter().chain(others).copied().collect();
        let sets: Vec<&AddressSet> = all.iter().map(|(set, _)| *set).collect();
        let anywhere = self.wider.iter().chain([&self.shelf]);
        let anywhere = anywhere.fold(PortSet::empty(), |all, shelf| all.union(&shelf.anywhere));
        let zones = zones::zones(&sets, budget).unwrap_or_else(|| uncut(own));
        let row = |Zone { sets, addresses }| {
            let (mine, theirs) = sets.split_at(sets.partition_point(|id| *id < own.len()));
            let flows = |ids: &[usize]| ids.iter().map(|id| all[*id].1).collect::<Vec<&Flow>>();
            let granted = anywhere.union(&all_ports(flows(theirs)));
            let peers = Peers::Listed(Listed::new([], addresses)?);
            Some(row(peers, &all_ports(flows(mine)), &granted, said(flows(mine))))
        };
        zones.into_iter().filter_map(row).collect()
    }
}

/// Each set by itself, where cutting them takes too long.
fn uncut(own: &[(&AddressSet, &Flow)]) -> Vec<Zone> {
    let zone =
        |(id, (set, _)): (usize, &(&AddressSet, &Flow))| Zone { sets: vec![id], addresses: (*set).clone() };
    own.iter().enumerate().map(zone).collect()
}

fn row(peers: Peers, wanted: &PortSet, granted: &PortSet, said: Vec<(PortSet, Origin)>) -> Row {
    Row { peers, need: needed(wanted, granted), may: wanted.union(granted), said }
}
