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
use super::catalog::{Catalog, Entry, Number, PeerNumber, PeerRef, PodsNumber, index};
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
pub(super) fn rows(flows: &[&Flow], budget: &mut Budget) -> Vec<(Cube, Vec<Row>)> {
    let (catalog, entries) =
        Catalog::new(flows.iter().map(|flow| (&flow.subject, PeerRef::from(&flow.peer), &flow.ports)));
    let line = |(entry, flow): (Entry, &&Flow)| Line { entry, origin: flow.origin };
    let mut lines: Vec<Line> = entries.into_iter().zip(flows).map(line).collect();
    lines.sort_unstable();
    let by_subject = lines.chunk_by(|a, b| a.entry.subject == b.entry.subject);
    let shelves: Vec<Shelf<'_>> = by_subject.map(|lines| Shelf::new(&catalog, lines)).collect();
    let wider = Wider::new(&catalog, budget);
    let of_subject = |(shelf, (subject, wider_subjects)): (&Shelf<'_>, (&&Cube, &Vec<usize>))| {
        let others = wider_subjects.iter().map(|id| &shelves[*id]).collect();
        ((*subject).clone(), Above { catalog: &catalog, wider: &wider, shelf, others }.rows(budget))
    };
    shelves.iter().zip(catalog.subjects.iter().zip(&wider.subjects)).map(of_subject).collect()
}

/// A flow by numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    entry: Entry,
    origin: Origin,
}

/// For each number the numbers of the others that hold all of it.
struct Wider {
    subjects: Vec<Vec<usize>>,
    namespaces: Vec<Vec<usize>>,
    pods: Vec<Vec<usize>>,
}

impl Wider {
    fn new(catalog: &Catalog<'_>, budget: &mut Budget) -> Self {
        let mut holders = |cubes: &[&Cube]| {
            let index = CoverIndex::new(cubes.iter().map(|cube| [*cube]).collect());
            (0..cubes.len()).map(|id| index.holders(id, budget)).collect()
        };
        Self {
            subjects: holders(&catalog.subjects),
            namespaces: holders(&catalog.namespaces),
            pods: holders(&catalog.pods),
        }
    }
}

/// All that is said about one set of pods.
struct Claim<'a> {
    peer: PodsNumber,
    ports: PortSet,
    lines: &'a [Line],
}

/// The flows of one subject.
struct Shelf<'a> {
    anywhere: PortSet,
    everybody: &'a [Line],
    claims: Vec<Claim<'a>>,
    addresses: Vec<(&'a AddressSet, &'a Line)>,
}

impl<'a> Shelf<'a> {
    /// Of sorted lines of one subject: anywhere, then pods, then addresses.
    fn new(catalog: &Catalog<'a>, lines: &'a [Line]) -> Self {
        let (mut everybody, mut addresses, mut claims) = (&lines[..0], Vec::new(), Vec::new());
        for alike in lines.chunk_by(|a, b| a.entry.peer == b.entry.peer) {
            match alike[0].entry.peer {
                PeerNumber::Anywhere => everybody = alike,
                PeerNumber::Pods(peer) => {
                    claims.push(Claim { peer, ports: all_ports(catalog, alike), lines: alike });
                }
                PeerNumber::Addresses(set) => {
                    addresses.extend(alike.iter().map(|line| (catalog.addresses[index(set)], line)));
                }
            }
        }
        Self { anywhere: all_ports(catalog, everybody), everybody, claims, addresses }
    }

    /// Goes over the places of all claims that alone hold these pods, their own among them.
    fn each_holder(
        &self,
        peer: PodsNumber,
        wider: &Wider,
        budget: &mut Budget,
        mut holder: impl FnMut(usize),
    ) {
        let (namespaces, pods) = (&wider.namespaces[index(peer.namespaces)], &wider.pods[index(peer.pods)]);
        let pairs = (1 + namespaces.len()).saturating_mul(1 + pods.len());
        if budget.take(pairs.min(self.claims.len())).is_none() {
            return;
        }
        if pairs > self.claims.len() {
            let holds = |own: Number, wider: &[usize], number: Number| {
                own == number || wider.binary_search(&index(number)).is_ok()
            };
            let holds = |claim: &Claim<'_>| {
                holds(peer.namespaces, namespaces, claim.peer.namespaces)
                    && holds(peer.pods, pods, claim.peer.pods)
            };
            (0..self.claims.len()).filter(|id| holds(&self.claims[*id])).for_each(holder);
            return;
        }
        for namespaces in with(peer.namespaces, namespaces) {
            with(peer.pods, pods).filter_map(|pods| self.place((namespaces, pods))).for_each(&mut holder);
        }
    }

    fn place(&self, pair: (usize, usize)) -> Option<usize> {
        let key = |claim: &Claim<'_>| (index(claim.peer.namespaces), index(claim.peer.pods));
        self.claims.binary_search_by_key(&pair, key).ok()
    }

    /// The ports that single claims allow with all of these pods.
    fn of_pods(&self, peer: PodsNumber, wider: &Wider, budget: &mut Budget) -> PortSet {
        let mut all = self.anywhere.clone();
        self.each_holder(peer, wider, budget, |id| all = all.union(&self.claims[id].ports));
        all
    }
}

fn with(own: Number, wider: &[usize]) -> impl Iterator<Item = usize> {
    [index(own)].into_iter().chain(wider.iter().copied())
}

fn all_ports<'l>(catalog: &Catalog<'_>, lines: impl IntoIterator<Item = &'l Line>) -> PortSet {
    let mut numbers = lines.into_iter().map(|line| line.entry.ports);
    let Some(first) = numbers.next() else { return PortSet::empty() };
    let mut others: Vec<Number> = numbers.filter(|number| *number != first).collect();
    others.sort_unstable();
    others.dedup();
    let others = others.into_iter().map(|ports| catalog.ports[index(ports)].clone());
    let first = catalog.ports[index(first)].clone();
    if others.len() == 0 {
        first
    } else {
        PortSet::union_of(&others.chain([first]).collect::<Vec<PortSet>>())
    }
}

/// A subject and the ones that are wider.
struct Above<'a> {
    catalog: &'a Catalog<'a>,
    wider: &'a Wider,
    shelf: &'a Shelf<'a>,
    others: Vec<&'a Shelf<'a>>,
}

impl Above<'_> {
    fn rows(&self, budget: &mut Budget) -> Vec<Row> {
        let mut rows = self.pods(budget);
        rows.extend(self.blocks(budget));
        if !self.shelf.anywhere.is_empty() {
            let granted = self.others.iter().fold(PortSet::empty(), |all, shelf| all.union(&shelf.anywhere));
            let lines = self.shelf.everybody.iter().chain(self.under_everybody());
            rows.push(row(Peer::Anywhere, &self.shelf.anywhere, &granted, self.said(lines)));
        }
        rows
    }

    fn said<'l>(&self, lines: impl IntoIterator<Item = &'l Line>) -> Vec<(PortSet, Origin)> {
        let said = |line: &Line| (self.catalog.ports[index(line.entry.ports)].clone(), line.origin);
        lines.into_iter().map(said).collect()
    }

    /// The lines that "anywhere" makes needless, at least in part: its rule stands for them too.
    fn under_everybody(&self) -> impl Iterator<Item = &Line> {
        let pods = self.shelf.claims.iter().flat_map(|claim| claim.lines);
        pods.chain(self.shelf.addresses.iter().map(|(_, line)| *line))
    }

    fn pods(&self, budget: &mut Budget) -> Vec<Row> {
        let claims = &self.shelf.claims;
        let mut inherited: BTreeMap<usize, Vec<(PortSet, Origin)>> = BTreeMap::new();
        let mut rows = Vec::with_capacity(claims.len());
        let mut holders: Vec<usize> = Vec::new();
        for (id, claim) in claims.iter().enumerate() {
            holders.clear();
            self.shelf.each_holder(claim.peer, self.wider, budget, |holder| holders.push(holder));
            holders.retain(|holder| *holder != id);
            let own = holders
                .iter()
                .fold(self.shelf.anywhere.clone(), |all, holder| all.union(&claims[*holder].ports));
            let above = self.others.iter();
            let granted =
                above.fold(own, |all, shelf| all.union(&shelf.of_pods(claim.peer, self.wider, budget)));
            let row = row(self.peer(claim.peer), &claim.ports, &granted, self.said(claim.lines));
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

    fn peer(&self, peer: PodsNumber) -> Peer {
        Peer::Pods(PodPeer {
            namespaces: self.catalog.namespaces[index(peer.namespaces)].clone(),
            pods: self.catalog.pods[index(peer.pods)].clone(),
        })
    }

    /// Zone by zone. The zones of wider subjects are there too: what may be written can make blocks fewer.
    fn blocks(&self, budget: &mut Budget) -> Vec<Row> {
        let own = &self.shelf.addresses;
        if own.is_empty() {
            return Vec::new();
        }
        let others = self.others.iter().flat_map(|shelf| &shelf.addresses);
        let all: Vec<(&AddressSet, &Line)> = own.iter().chain(others).copied().collect();
        let sets: Vec<&AddressSet> = all.iter().map(|(set, _)| *set).collect();
        let anywhere = self.others.iter().chain([&self.shelf]);
        let anywhere = anywhere.fold(PortSet::empty(), |all, shelf| all.union(&shelf.anywhere));
        let zones = zones::zones(&sets, budget).unwrap_or_else(|| uncut(own));
        let row = |Zone { sets, addresses }| {
            let (mine, theirs) = sets.split_at(sets.partition_point(|id| *id < own.len()));
            let line = |id: &usize| all[*id].1;
            let granted = anywhere.union(&all_ports(self.catalog, theirs.iter().map(line)));
            let wanted = all_ports(self.catalog, mine.iter().map(line));
            row(Peer::Addresses(addresses), &wanted, &granted, self.said(mine.iter().map(line)))
        };
        zones.into_iter().map(row).collect()
    }
}

/// Each set by itself, where cutting them takes too long.
fn uncut(own: &[(&AddressSet, &Line)]) -> Vec<Zone> {
    let zone =
        |(id, (set, _)): (usize, &(&AddressSet, &Line))| Zone { sets: vec![id], addresses: (*set).clone() };
    own.iter().enumerate().map(zone).collect()
}

fn row(peer: Peer, wanted: &PortSet, granted: &PortSet, said: Vec<(PortSet, Origin)>) -> Row {
    Row { peer, need: needed(wanted, granted), may: wanted.union(granted), said }
}
