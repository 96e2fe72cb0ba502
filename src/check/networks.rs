//! Networks as sets of addresses: unions, exceptions, and networks made of networks.
//!
//! Evaluated in the order of their uses of each other, without recursion, so that a long chain costs no stack.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::{AddressSet, IntervalSet};
use crate::syntax::ast;

use super::addresses::{Shape, shape};
use super::tables::ThingKind;
use super::{Checker, Resolver, problems};

impl<'a> Checker<'a> {
    /// Evaluates every network. One made of itself is reported once, and stays without a value.
    pub(super) fn resolve_networks(&mut self) {
        let declared: BTreeMap<&'a str, &'a ast::NetworkDecl> = self
            .tables
            .things
            .iter()
            .filter_map(|(name, thing)| match thing.kind {
                ThingKind::Network { decl, .. } => Some((*name, decl)),
                ThingKind::Service { .. } | ThingKind::Unknown => None,
            })
            .collect();
        let (order, circular) = order_by_use(&declared);
        for decl in order {
            let value = self.resolver().evaluate(decl, &circular);
            if let Some(thing) = self.tables.things.get_mut(decl.name.text.as_str())
                && let ThingKind::Network { addresses, .. } = &mut thing.kind
            {
                *addresses = value;
            }
        }
        self.resolver().report_cycles(&declared, &circular);
    }
}

impl<'a> Resolver<'_, 'a> {
    fn evaluate(&mut self, decl: &ast::NetworkDecl, circular: &BTreeSet<&str>) -> Option<AddressSet> {
        let terms = self.terms(&decl.terms, circular);
        let except = self.terms(&decl.except, circular);
        let (terms, except) = (terms?, except?);
        let whole = union(&terms);
        for (word, addresses) in decl.except.iter().zip(&except) {
            if addresses.is_disjoint(&whole) {
                self.report(problems::nothing_to_except(word, &decl.name));
            }
        }
        let rest = whole.difference(&union(&except));
        if rest.is_empty() {
            self.report(problems::nothing_left(decl));
            return None;
        }
        Some(rest)
    }

    /// The value of each term; `None` where one of them is bad, after looking at all.
    fn terms(&mut self, words: &[ast::Word], circular: &BTreeSet<&str>) -> Option<Vec<AddressSet>> {
        let values: Vec<Option<AddressSet>> = words.iter().map(|word| self.term(word, circular)).collect();
        values.into_iter().collect()
    }

    fn term(&mut self, word: &ast::Word, circular: &BTreeSet<&str>) -> Option<AddressSet> {
        match shape(word) {
            Shape::Address => self.addresses(word),
            Shape::Host => {
                let problem = self.not_a_host(word);
                self.report(problem);
                None
            }
            Shape::Name => self.named_network(word, circular),
        }
    }

    fn named_network(&mut self, word: &ast::Word, circular: &BTreeSet<&str>) -> Option<AddressSet> {
        match self.tables.things.get(word.text.as_str()).map(|thing| &thing.kind) {
            Some(ThingKind::Network { addresses, .. }) => addresses.clone(),
            Some(ThingKind::Unknown) => None,
            Some(ThingKind::Service { decl, .. }) => {
                let declared = decl.name.span;
                self.report(problems::service_as_network(word, declared));
                None
            }
            None if circular.contains(word.text.as_str()) => None,
            None if self.tables.mended.contains(word.text.as_str()) => None,
            None => {
                let near = self.nearest_network(&word.text);
                self.report(problems::undeclared_network(word, near));
                None
            }
        }
    }

    fn nearest_network(&mut self, wrong: &str) -> Option<&'a str> {
        let networks = self.tables.things.iter().filter_map(|(name, thing)| match thing.kind {
            ThingKind::Network { .. } => Some(*name),
            ThingKind::Service { .. } | ThingKind::Unknown => None,
        });
        self.findings.suggester.nearest(wrong, networks)
    }

    /// One report a cycle: at the first of its declarations, with the uses that lead round.
    fn report_cycles(&mut self, declared: &BTreeMap<&str, &'a ast::NetworkDecl>, circular: &BTreeSet<&str>) {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for start in circular {
            // Every circular network uses another one, so following the first such use ends in a cycle.
            let mut path: Vec<&ast::Word> = Vec::new();
            let mut on_path: BTreeSet<&str> = BTreeSet::new();
            let mut at = *start;
            while !seen.contains(at) && on_path.insert(at) {
                let next =
                    declared.get(at).and_then(|decl| uses(decl).find(|w| circular.contains(w.text.as_str())));
                let Some(word) = next else { break };
                path.push(word);
                at = &word.text;
            }
            if on_path.contains(at) && !seen.contains(at) {
                let from =
                    path.iter().position(|word| word.text == at).map_or(0, |last| (last + 1) % path.len());
                let cycle: Vec<&ast::Word> = path[from..].to_vec();
                self.report(problems::network_cycle(&cycle));
            }
            seen.extend(on_path);
        }
    }
}

fn union(sets: &[AddressSet]) -> AddressSet {
    let v4 = sets.iter().flat_map(|set| set.v4().intervals());
    let v6 = sets.iter().flat_map(|set| set.v6().intervals());
    AddressSet::new(IntervalSet::new(v4.copied()), IntervalSet::new(v6.copied()))
}

fn uses(decl: &ast::NetworkDecl) -> impl Iterator<Item = &ast::Word> {
    decl.terms.iter().chain(&decl.except).filter(|word| shape(word) == Shape::Name)
}

/// The networks so that each comes after those that it uses, and the names of those that have no such place:
/// members of cycles, and networks made of them.
fn order_by_use<'a>(
    declared: &BTreeMap<&'a str, &'a ast::NetworkDecl>,
) -> (Vec<&'a ast::NetworkDecl>, BTreeSet<&'a str>) {
    let mut waiting: BTreeMap<&str, usize> = BTreeMap::new();
    let mut users: BTreeMap<&str, Vec<&'a ast::NetworkDecl>> = BTreeMap::new();
    let mut ready: Vec<&'a ast::NetworkDecl> = Vec::new();
    for (name, decl) in declared {
        let used: BTreeSet<&str> =
            uses(decl).map(|word| word.text.as_str()).filter(|word| declared.contains_key(word)).collect();
        if used.is_empty() {
            ready.push(decl);
        }
        waiting.insert(name, used.len());
        for word in used {
            users.entry(word).or_default().push(decl);
        }
    }
    let mut order = Vec::with_capacity(declared.len());
    while let Some(decl) = ready.pop() {
        order.push(decl);
        for user in users.get(decl.name.text.as_str()).into_iter().flatten() {
            let left = waiting.get_mut(user.name.text.as_str()).expect("every network waits for its parts");
            *left -= 1;
            if *left == 0 {
                ready.push(user);
            }
        }
    }
    let placed: BTreeSet<&str> = order.iter().map(|decl| decl.name.text.as_str()).collect();
    let circular = declared.keys().copied().filter(|name| !placed.contains(name)).collect();
    (order, circular)
}
