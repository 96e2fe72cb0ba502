//! The peers of rules by numbers: equal ones have one number, and the pods of a namespace stand together.
//!
//! Comes in: a program. Goes out: the number of each peer of its rules and of each of its `pods`, and what each number
//! stands for. So each distinct peer is looked at once, and most comparisons read no label.

use std::ops::Range;

use crate::algebra::{AddressSet, Cube, fingerprint};
use crate::hir::{PeerKind, Program, Rule, Scope};

/// The number of a distinct peer: its place in their order.
pub(super) type Number = u32;

/// A distinct peer. Fingerprints come first in the order, so that labels and addresses of different peers are seldom
/// compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Peer<'a> {
    /// Pods of these namespaces.
    Pods(Scope, u64, &'a Cube),
    Anywhere,
    Addresses(u64, &'a AddressSet),
}

/// Which peers a program has.
#[derive(Debug)]
pub(super) struct Peers<'a> {
    rules: &'a [Rule],
    // INVARIANT: sorted, none twice.
    distinct: Vec<Peer<'a>>,
    /// By number, whether a rule has it.
    in_rules: Vec<bool>,
    /// By number, whether it is what a declaration of `pods` stands for.
    declared: Vec<bool>,
    /// Of each rule the sources, then the targets; then all `pods`.
    numbers: Vec<Number>,
    /// How many of these are of rules.
    of_rules: usize,
}

impl<'a> Peer<'a> {
    fn of(kind: &'a PeerKind) -> Self {
        match kind {
            PeerKind::Anywhere => Self::Anywhere,
            PeerKind::Pods { scope, selector } => Self::pods(*scope, selector),
            PeerKind::Addresses(addresses) => Self::Addresses(fingerprint(addresses), addresses),
        }
    }

    fn pods(scope: Scope, selector: &'a Cube) -> Self {
        Self::Pods(scope, fingerprint(selector), selector)
    }

    /// The namespaces of pods.
    pub(super) fn scope(&self) -> Option<Scope> {
        match self {
            Self::Pods(scope, ..) => Some(*scope),
            Self::Anywhere | Self::Addresses(..) => None,
        }
    }

    /// What pods are asked for.
    pub(super) fn selector(&self) -> Option<&'a Cube> {
        match self {
            Self::Pods(_, _, selector) => Some(selector),
            Self::Anywhere | Self::Addresses(..) => None,
        }
    }
}

impl<'a> Peers<'a> {
    pub(super) fn of(program: &'a Program) -> Self {
        let kinds = program.rules.iter().flat_map(kinds);
        let declared = program.pods.iter().map(|pods| (Scope::Namespace(pods.namespace), &pods.selector));
        let mut all: Vec<(Peer, usize)> = Vec::with_capacity(2 * program.rules.len() + program.pods.len());
        all.extend(kinds.map(Peer::of).zip(0..));
        let of_rules = all.len();
        all.extend(declared.map(|(scope, selector)| Peer::pods(scope, selector)).zip(of_rules..));
        let mut peers = Self {
            rules: &program.rules,
            distinct: Vec::new(),
            in_rules: Vec::new(),
            declared: Vec::new(),
            numbers: vec![0; all.len()],
            of_rules,
        };
        all.sort_unstable();
        for (number, group) in (0..).zip(all.chunk_by(|(one, _), (other, _)| one == other)) {
            peers.distinct.push(group[0].0);
            peers.in_rules.push(group[0].1 < of_rules);
            peers.declared.push(group[group.len() - 1].1 >= of_rules);
            group.iter().for_each(|(_, place)| peers.numbers[*place] = number);
        }
        peers
    }

    /// How many there are.
    pub(super) fn len(&self) -> Number {
        number(self.distinct.len())
    }

    /// What a number stands for.
    pub(super) fn get(&self, number: Number) -> Peer<'a> {
        self.distinct[number as usize]
    }

    /// The number of some pods, where rules or declarations have them.
    pub(super) fn find(&self, scope: Scope, selector: &Cube) -> Option<Number> {
        self.distinct.binary_search(&Peer::pods(scope, selector)).ok().map(number)
    }

    /// The numbers of the pods of a scope.
    pub(super) fn within(&self, scope: Scope) -> Range<Number> {
        let before = |peer: &Peer| peer.scope().is_some_and(|it| it < scope);
        let until = |peer: &Peer| peer.scope().is_some_and(|it| it <= scope);
        number(self.distinct.partition_point(before))..number(self.distinct.partition_point(until))
    }

    /// The numbers of the pods of each single namespace that has any, and those of the pods of many.
    pub(super) fn by_namespace(&self) -> (Vec<Range<Number>>, Range<Number>) {
        let single = |peer: &Peer| matches!(peer.scope(), Some(Scope::Namespace(_)));
        let (single, others) = self.distinct.split_at(self.distinct.partition_point(single));
        let mut end = 0;
        let ranges = single.chunk_by(|one, other| one.scope() == other.scope()).map(|pods| {
            let start = end;
            end += number(pods.len());
            start..end
        });
        let ranges = ranges.collect();
        let many = others.partition_point(|peer| peer.scope().is_some());
        (ranges, number(single.len())..number(single.len() + many))
    }

    /// The number of `anywhere`, where a rule has it.
    pub(super) fn anywhere(&self) -> Option<Number> {
        self.distinct.binary_search(&Peer::Anywhere).ok().map(number)
    }

    /// The numbers of addresses.
    pub(super) fn addresses(&self) -> Range<Number> {
        let first = self.distinct.partition_point(|peer| !matches!(peer, Peer::Addresses(..)));
        number(first)..number(self.distinct.len())
    }

    /// The rules with the numbers of their sources and targets.
    pub(super) fn of_rules(&self) -> impl Iterator<Item = (&'a Rule, &[Number], &[Number])> {
        let mut rest = self.numbers.as_slice();
        self.rules.iter().map(move |rule| {
            let (from, behind) = rest.split_at(rule.from.len());
            let (to, behind) = behind.split_at(rule.to.len());
            rest = behind;
            (rule, from, to)
        })
    }

    /// The number of each of the declared `pods`.
    pub(super) fn of_pods(&self) -> &[Number] {
        &self.numbers[self.of_rules..]
    }

    /// Whether a rule has this peer.
    pub(super) fn is_in_rules(&self, number: Number) -> bool {
        self.in_rules[number as usize]
    }

    /// Whether `pods` are declared that are just this peer.
    pub(super) fn is_declared(&self, number: Number) -> bool {
        self.declared[number as usize]
    }
}

/// A place in the order of distinct peers.
fn number(place: usize) -> Number {
    Number::try_from(place).expect("a program's texts are too small for 2^32 peers")
}

/// The sources, then the targets.
fn kinds(rule: &Rule) -> impl Iterator<Item = &PeerKind> {
    let sources = rule.from.iter().map(|source| &source.kind);
    sources.chain(rule.to.iter().map(|target| &target.peer.kind))
}
