//! What several lints ask of a program, worked out once.

use crate::algebra::{AddressSet, Cube};
use crate::hir::{self, Halves, Isolation, Management, NamespaceId, PeerKind, Program, Scope};
use crate::ir::Direction;
use crate::source::Span;

use super::peers::Peers;
use super::written::Written;

/// A program and what it amounts to.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub(super) program: &'a Program,
    pub(super) written: Written<'a>,
    pub(super) peers: Peers<'a>,
    /// Every half of a rule that is written somewhere.
    pub(super) halves: Vec<Half<'a>>,
    /// The declared pods of each namespace.
    declared: Vec<Vec<&'a hir::Pods>>,
}

/// One half of a rule in one namespace, for one of its peers there.
#[derive(Debug)]
pub(super) struct Half<'a> {
    pub(super) rule: &'a hir::Rule,
    pub(super) direction: Direction,
    pub(super) namespace: NamespaceId,
}

impl<'a> Facts<'a> {
    pub(super) fn of(program: &'a Program, written: Written<'a>) -> Self {
        let isolation = Isolation::of(program);
        let mut halves = Vec::new();
        for rule in &program.rules {
            let mut add = |peer: &PeerKind, direction: Direction| {
                let namespaces = isolation.managed(program, peer).iter().copied();
                let written = namespaces.filter(|it| isolation.has_subjects_in(*it, peer, direction));
                halves.extend(written.map(|namespace| Half { rule, direction, namespace }));
            };
            if rule.halves != Halves::Egress {
                rule.to.iter().for_each(|target| add(&target.peer.kind, Direction::Ingress));
            }
            if rule.halves != Halves::Ingress {
                rule.from.iter().for_each(|source| add(&source.kind, Direction::Egress));
            }
        }
        let mut declared = vec![Vec::new(); program.namespaces.len()];
        program.pods.iter().for_each(|pods| declared[pods.namespace.0 as usize].push(pods));
        Self { program, written, peers: Peers::of(program), halves, declared }
    }

    /// The pods that are declared in a namespace.
    pub(super) fn declared(&self, namespace: NamespaceId) -> &[&'a hir::Pods] {
        &self.declared[namespace.0 as usize]
    }

    /// Whether `pods` with just this selector are declared in a namespace.
    pub(super) fn declares(&self, namespace: NamespaceId, selector: &Cube) -> bool {
        let number = self.peers.find(Scope::Namespace(namespace), selector);
        number.is_some_and(|number| self.peers.is_declared(number))
    }

    /// The namespaces that the program manages.
    pub(super) fn managed(&self) -> Vec<NamespaceId> {
        let ids = (0..).map(NamespaceId).zip(&self.program.namespaces);
        ids.filter(|(_, it)| it.management == Management::Managed).map(|(id, _)| id).collect()
    }

    pub(super) fn namespace(&self, id: NamespaceId) -> &'a hir::Namespace {
        &self.program.namespaces[id.0 as usize]
    }

    /// The place of a rule.
    pub(super) fn span(&self, rule: &hir::Rule) -> Span {
        self.program.statements[rule.statement.0 as usize].span
    }
}

/// An address family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    V4,
    V6,
}

/// Whether addresses are so many of a family that the whole world is meant: more than half of IPv4, or as much of
/// IPv6 as is handed out (`2000::/3` is an eighth), whatever is excepted.
pub(super) fn covers_the_world(addresses: &AddressSet, family: Family) -> bool {
    match family {
        Family::V4 => {
            let sizes = addresses.v4().intervals().iter().map(|(first, last)| u64::from(last - first) + 1);
            sizes.sum::<u64>() > 1 << 31
        }
        Family::V6 => {
            // No sum of these overflows: the intervals are disjoint, and each lacks one address.
            let sizes = addresses.v6().intervals().iter().map(|(first, last)| last - first);
            sizes.sum::<u128>() >= 1 << 124
        }
    }
}

/// Whether a peer is every pod of every namespace.
pub(super) fn is_cluster(peer: &PeerKind) -> bool {
    match peer {
        PeerKind::Pods { scope: Scope::Cluster, selector } => selector.is_all(),
        PeerKind::Pods { scope: Scope::Namespace(_) | Scope::Set(_) | Scope::Managed, .. }
        | PeerKind::Anywhere
        | PeerKind::Addresses(_) => false,
    }
}
