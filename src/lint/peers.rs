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
    anywhere: Option<Number>,
    addresses: Range<Number>,
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

    /// Ordered like the peers, but for equal ones.
    fn rank(&self) -> u128 {
        let (group, fingerprint) = match self {
            Self::Pods(Scope::Namespace(one), fingerprint, _) => (u64::from(one.0), fingerprint),
            Self::Pods(Scope::Set(set), fingerprint, _) => (1 << 32 | u64::from(set.0), fingerprint),
            Self::Pods(Scope::Managed, fingerprint, _) => (2 << 32, fingerprint),
            Self::Pods(Scope::Cluster, fingerprint, _) => (3 << 32, fingerprint),
            Self::Anywhere => (4 << 32, &0),
            Self::Addresses(fingerprint, _) => (5 << 32, fingerprint),
        };
        u128::from(group) << 64 | u128::from(*fingerprint)
    }

    /// The namespaces of pods.
    pub(super) fn scope(&self) -> Option<Scope> {
        match self {
            Self::Pods(scope, ..) => Some(*scope),
            Self::Anywhere | Self::Addresses(..) => None,
        }
    }

    /// The addresses that it is.
    pub(super) fn addresses(&self) -> Option<&'a AddressSet> {
        match self {
            Self::Addresses(_, addresses) => Some(addresses),
            Self::Anywhere | Self::Pods(..) => None,
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
        let declared = program.pods.iter().map(|pods| (Scope::Namespace(pods.namespace), &pods.selector));
        let mut all: Vec<Peer> = Vec::with_capacity(3 * program.rules.len() + program.pods.len());
        all.extend(program.rules.iter().flat_map(kinds).map(Peer::of));
        let of_rules = all.len();
        all.extend(declared.map(|(scope, selector)| Peer::pods(scope, selector)));
        let mut peers = Self {
            rules: &program.rules,
            distinct: Vec::new(),
            in_rules: Vec::new(),
            declared: Vec::new(),
            numbers: vec![0; all.len()],
            of_rules,
            anywhere: None,
            addresses: 0..0,
        };
        for (number, group) in (0..).zip(sorted(&all).chunk_by(|one, other| all[*one] == all[*other])) {
            peers.distinct.push(all[group[0]]);
            peers.in_rules.push(group[0] < of_rules);
            peers.declared.push(group[group.len() - 1] >= of_rules);
            for place in group {
                peers.numbers[*place] = number;
            }
        }
        let end = number(peers.distinct.len());
        let first = peers.distinct.partition_point(|peer| !matches!(peer, Peer::Addresses(..)));
        peers.addresses = number(first)..end;
        peers.anywhere = peers.distinct.binary_search(&Peer::Anywhere).ok().map(number);
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
        self.anywhere
    }

    /// The numbers of addresses.
    pub(super) fn addresses(&self) -> Range<Number> {
        self.addresses.clone()
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

/// The places of peers in their order; of equal ones the first comes first.
fn sorted(peers: &[Peer]) -> Vec<usize> {
    // Most comparisons are of two numbers.
    let mut order: Vec<(u128, usize)> = peers.iter().map(Peer::rank).zip(0..).collect();
    order.sort_unstable_by(|(rank, one), (other_rank, other)| {
        let peers = || peers[*one].cmp(&peers[*other]);
        rank.cmp(other_rank).then_with(peers).then(one.cmp(other))
    });
    order.into_iter().map(|(_, place)| place).collect()
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

#[cfg(test)]
mod tests {
    use super::{Peer, Peers};
    use crate::algebra::{AddressSet, Cube, PortSet, Requirement};
    use crate::hir::{self, Halves, NamespaceId, PeerKind, Program, Rule, Scope, StatementId, Target};
    use crate::source::{Sources, Span};

    fn span() -> Span {
        Span::new(Sources::default().add("shop.netdsl", ""), 0, 0)
    }

    fn app(name: &str) -> Cube {
        Cube::of("app".into(), Requirement::one_of([name.into()])).expect("it asks for one value")
    }

    fn pods(name: &str) -> hir::Pods {
        hir::Pods {
            namespace: NamespaceId(0),
            name: name.into(),
            span: span(),
            policy_name: None,
            selector: app(name),
            ports: Vec::new(),
            isolated: crate::ir::Directional::default(),
            network: hir::PodNetwork::Pod,
            doc: String::new(),
        }
    }

    fn peer(kind: PeerKind) -> hir::Peer {
        hir::Peer { span: span(), kind }
    }

    fn rule(from: Vec<PeerKind>, to: PeerKind) -> Rule {
        Rule {
            statement: StatementId(0),
            halves: Halves::Both,
            from: from.into_iter().map(peer).collect(),
            to: vec![Target { peer: peer(to), ports: PortSet::every() }],
        }
    }

    #[test]
    fn equal_peers_have_one_number_and_declared_pods_that_of_rules() {
        let of_shop = |name| PeerKind::Pods { scope: Scope::Namespace(NamespaceId(0)), selector: app(name) };
        let none = || PeerKind::Addresses(AddressSet::empty());
        let rules = vec![
            rule(vec![of_shop("web")], of_shop("db")),
            rule(vec![of_shop("web"), none(), PeerKind::Anywhere], of_shop("db")),
            rule(vec![of_shop("web")], none()),
        ];
        let program =
            Program { pods: vec![pods("db"), pods("old"), pods("web")], rules, ..Program::default() };
        let peers = Peers::of(&program);
        let [db, old, web] = *peers.of_pods() else { panic!("three are declared") };
        let (anywhere, addresses) = (peers.anywhere().expect("a rule has it"), peers.addresses().start);
        let numbers: Vec<_> = peers.of_rules().map(|(_, from, to)| (from.to_vec(), to.to_vec())).collect();
        assert_eq!(numbers[0], (vec![web], vec![db]));
        assert_eq!(numbers[1], (vec![web, addresses, anywhere], vec![db]));
        assert_eq!(numbers[2], (vec![web], vec![addresses]));
        assert_eq!([db, old, web].map(|number| peers.is_in_rules(number)), [true, false, true]);
        assert!([db, old, web].into_iter().all(|number| peers.is_declared(number)));
        assert_eq!((peers.len(), peers.get(anywhere)), (5, Peer::Anywhere));
        assert_eq!(peers.within(Scope::Namespace(NamespaceId(0))), 0..3);
    }
}
