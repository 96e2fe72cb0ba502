//! Peers as the other ends of connections: namespaces and sets by their labels.

use crate::algebra::{Cube, Requirement, Text};
use crate::hir::{Management, NamespaceId, PeerKind, Program, Scope};
use crate::ir;

/// The namespaces of each scope by their labels, made once, so that all flows share them.
#[derive(Debug)]
pub(super) struct Peers {
    /// By [`NamespaceId`].
    one: Vec<Option<Cube>>,
    managed: Option<Cube>,
}

impl Peers {
    pub(super) fn of(program: &Program) -> Self {
        let ids = (0..).map(NamespaceId).zip(&program.namespaces);
        let one = ids.map(|(id, _)| namespaces(program, Scope::Namespace(id))).collect();
        Self { one, managed: namespaces(program, Scope::Managed) }
    }

    /// A peer as the other end of a connection; `None` where it covers nothing.
    pub(super) fn get(&self, program: &Program, kind: &PeerKind) -> Option<ir::Peer> {
        covering(kind, |scope| match scope {
            Scope::Namespace(one) => self.one[one.0 as usize].clone(),
            Scope::Managed => self.managed.clone(),
            Scope::Set(_) | Scope::Cluster => namespaces(program, scope),
        })
    }
}

/// The same for a peer or two.
pub(super) fn peer(program: &Program, kind: &PeerKind) -> Option<ir::Peer> {
    covering(kind, |scope| namespaces(program, scope))
}

fn covering(kind: &PeerKind, namespaces: impl FnOnce(Scope) -> Option<Cube>) -> Option<ir::Peer> {
    match kind {
        PeerKind::Anywhere => Some(ir::Peer::Anywhere),
        PeerKind::Addresses(addresses) => Some(ir::Peer::Addresses(addresses.clone())),
        PeerKind::Pods { scope, selector } => {
            Some(ir::Peer::Pods(ir::PodPeer { namespaces: namespaces(*scope)?, pods: selector.clone() }))
        }
    }
}

/// The namespaces of a scope by their labels; a namespace by the label that always is its name.
fn namespaces(program: &Program, scope: Scope) -> Option<Cube> {
    let named = |names: Vec<Text>| Cube::of(ir::NAMESPACE_NAME.into(), Requirement::one_of(names));
    match scope {
        Scope::Cluster => Some(Cube::all()),
        Scope::Namespace(one) => named(vec![program.namespaces[one.0 as usize].name.clone()]),
        Scope::Set(set) => Some(program.sets[set.0 as usize].selector.clone()),
        Scope::Managed => {
            let managed = program.namespaces.iter().filter(|n| n.management == Management::Managed);
            named(managed.map(|namespace| namespace.name.clone()).collect())
        }
    }
}
