//! A peer that another rule allows already, on at least its ports, goes.
//!
//! ```text
//! anywhere: 80, 443    {web}: 80        →    anywhere: 80, 443
//! {*/*}: 80            {kasm/web}: 80   →    {*/*}: 80
//! 10.0.0.0/8: every    10.1.0.0/16: 80  →    10.0.0.0/8: every
//! ```
//!
//! Pods never cover addresses, nor addresses pods; and only `Anywhere` covers the rest. A rule that loses its
//! last peer goes as a whole, since a rule without peers would allow everybody.

use super::budget::{Budget, MAX_STEPS};
use super::cover::CoverIndex;
use super::{Listed, Peers, Rule};
use crate::algebra::{AddressSet, Cube};
use crate::ir::PodPeer;

/// No two of the rules have equal ports.
pub(super) fn covered(rules: Vec<Rule>) -> Vec<Rule> {
    let parts = parts(&rules);
    let holders = last_holders(holders(&rules, &parts));
    let mut left: Vec<(Vec<PodPeer>, AddressSet)> = vec![Default::default(); rules.len()];
    let mut inherited = vec![Vec::new(); rules.len()];
    for (id, part) in parts.iter().enumerate() {
        match holders[id] {
            Some(holder) => inherited[parts[holder].rule].extend_from_slice(rules[part.rule].origins()),
            None => part.kind.put_back(&mut left[part.rule]),
        }
    }
    let mut kept: Vec<Rule> = rules
        .into_iter()
        .zip(left.into_iter().zip(inherited))
        .filter_map(|(rule, ((pods, addresses), origins))| Some((rest(rule, pods, addresses)?, origins)))
        .map(|(rule, origins)| rule.with_origins(origins))
        .collect();
    kept.sort();
    kept
}

fn rest(rule: Rule, pods: Vec<PodPeer>, addresses: AddressSet) -> Option<Rule> {
    match rule.peers() {
        Peers::Anywhere => Some(rule),
        Peers::Listed(_) => Listed::new(pods, addresses).map(|listed| rule.with_peers(Peers::Listed(listed))),
    }
}

/// One peer of one rule.
struct Part<'a> {
    rule: usize,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Anywhere,
    Pods(&'a PodPeer),
    Addresses(&'a AddressSet),
}

impl Kind<'_> {
    fn put_back(&self, (pods, addresses): &mut (Vec<PodPeer>, AddressSet)) {
        match self {
            Self::Anywhere => {}
            Self::Pods(peer) => pods.push((*peer).clone()),
            Self::Addresses(set) => *addresses = (*set).clone(),
        }
    }
}

fn parts(rules: &[Rule]) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for (rule, peers) in rules.iter().map(Rule::peers).enumerate() {
        match peers {
            Peers::Anywhere => parts.push(Part { rule, kind: Kind::Anywhere }),
            Peers::Listed(listed) => {
                parts.extend(listed.pods().iter().map(|peer| Part { rule, kind: Kind::Pods(peer) }));
                if !listed.addresses().is_empty() {
                    parts.push(Part { rule, kind: Kind::Addresses(listed.addresses()) });
                }
            }
        }
    }
    parts
}

/// For each part another one that allows all of it.
///
/// "Allows all of it" is a strict order on the parts, as no two are equal: chains end, and at their end stands
/// a part that stays.
fn holders(rules: &[Rule], parts: &[Part<'_>]) -> Vec<Option<usize>> {
    let everybody = parts.iter().position(|part| matches!(part.kind, Kind::Anywhere));
    let wider = |inner: usize, outer: usize| {
        let (inner, outer) = (parts[inner].rule, parts[outer].rule);
        inner == outer || rules[inner].ports().is_subset(rules[outer].ports())
    };
    let mut holders: Vec<Option<usize>> =
        (0..parts.len()).map(|id| everybody.filter(|all| *all != id && wider(id, *all))).collect();
    hold_pods(parts, &mut holders, wider);
    hold_addresses(parts, &mut holders, wider);
    holders
}

fn hold_pods(parts: &[Part<'_>], holders: &mut [Option<usize>], wider: impl Fn(usize, usize) -> bool) {
    let (ids, products): (Vec<usize>, Vec<[&Cube; 2]>) = parts
        .iter()
        .enumerate()
        .filter_map(|(id, part)| match part.kind {
            Kind::Pods(peer) => Some((id, [&peer.namespaces, &peer.pods])),
            Kind::Anywhere | Kind::Addresses(_) => None,
        })
        .unzip();
    let index = CoverIndex::new(&products);
    let mut budget = Budget::of(MAX_STEPS);
    for (at, id) in ids.iter().enumerate() {
        if holders[*id].is_none() {
            let holder = index.holder(at, &mut budget, |other| wider(*id, ids[other]));
            holders[*id] = holder.map(|other| ids[other]);
        }
    }
}

fn hold_addresses(parts: &[Part<'_>], holders: &mut [Option<usize>], wider: impl Fn(usize, usize) -> bool) {
    let sets: Vec<(usize, &AddressSet)> = parts
        .iter()
        .enumerate()
        .filter_map(|(id, part)| match part.kind {
            Kind::Addresses(set) => Some((id, set)),
            Kind::Anywhere | Kind::Pods(_) => None,
        })
        .collect();
    let mut steps = MAX_STEPS;
    for (id, set) in &sets {
        if holders[*id].is_none() {
            let others = sets.iter().take(steps);
            let holder = others
                .clone()
                .position(|(other, outer)| other != id && wider(*id, *other) && set.is_subset(outer));
            steps -= holder.unwrap_or(others.len()).min(steps);
            holders[*id] = holder.map(|at| sets[at].0);
        }
    }
}

/// For each part the end of its chain. Every step is walked once, as it is set to the end at once.
fn last_holders(mut holders: Vec<Option<usize>>) -> Vec<Option<usize>> {
    for id in 0..holders.len() {
        let mut chain = vec![id];
        let mut last = id;
        while let Some(next) = holders[last] {
            chain.push(next);
            last = next;
        }
        for step in chain {
            holders[step] = (step != last).then_some(last);
        }
    }
    holders
}
