//! A checked program in, its meaning out: who is isolated, and both halves of each rule.
//!
//! Naive on purpose: no rule is merged, dropped or reordered here, because this is the side of the proof that
//! people read. A half is written only into managed namespaces and only for pods that the program isolates in
//! that direction.

mod claims;

pub use claims::{Claimed, claim, claims, world};

use crate::algebra::{Cube, Requirement, Text};
use crate::check::Checked;
use crate::hir::{self, Halves, Isolation, Management, PeerKind, Program, Scope};
use crate::ir::{self, Direction, Flow, Origin};

/// The meaning of a program, and what people read in its output beside.
#[derive(Clone, Debug, Default)]
pub struct Lowered {
    /// Isolated pods and allowed connections.
    pub policy: ir::Policy,
    /// Names and descriptions. The [`Origin`] of a flow is the index of its statement here.
    pub presentation: ir::Presentation,
}

/// Lowers a program.
pub fn lower(checked: &Checked) -> Lowered {
    let program = checked.program();
    let isolation = Isolation::of(program);
    let mut policy = isolated(program, &isolation);
    for rule in &program.rules {
        lower_rule(program, &isolation, rule, &mut policy);
    }
    Lowered { policy, presentation: presentation(program) }
}

/// The managed namespaces that isolate anything, without flows.
fn isolated(program: &Program, isolation: &Isolation) -> ir::Policy {
    let mut policy = ir::Policy::default();
    for (at, namespace) in (0..).zip(&program.namespaces) {
        let isolated = ir::Directional {
            ingress: isolation.isolated(hir::NamespaceId(at), Direction::Ingress).to_vec(),
            egress: isolation.isolated(hir::NamespaceId(at), Direction::Egress).to_vec(),
        };
        let silent = isolated.ingress.is_empty() && isolated.egress.is_empty();
        if namespace.management == Management::Managed && !silent {
            let entry = ir::Namespace { isolated, flows: ir::Directional::default() };
            policy.namespaces.insert(namespace.name.clone(), entry);
        }
    }
    policy
}

/// Every source with every target: the egress half at the source, the ingress half at the target.
fn lower_rule(program: &Program, isolation: &Isolation, rule: &hir::Rule, policy: &mut ir::Policy) {
    let origin = Origin(rule.statement.0);
    for source in &rule.from {
        for target in &rule.to {
            let mut write = |subject: &PeerKind, other: &PeerKind, direction: Direction| {
                let Some(peer) = peer(program, other) else { return };
                for (namespace, subject) in isolation.subjects(program, subject, direction) {
                    let name = &program.namespaces[namespace.0 as usize].name;
                    let entry =
                        policy.namespaces.get_mut(name).expect("a subject's namespace isolates something");
                    let flow = Flow { subject, peer: peer.clone(), ports: target.ports.clone(), origin };
                    entry.flows.get_mut(direction).push(flow);
                }
            };
            match rule.halves {
                Halves::Both => {
                    write(&target.peer.kind, &source.kind, Direction::Ingress);
                    write(&source.kind, &target.peer.kind, Direction::Egress);
                }
                Halves::Ingress => write(&target.peer.kind, &source.kind, Direction::Ingress),
                Halves::Egress => write(&source.kind, &target.peer.kind, Direction::Egress),
            }
        }
    }
}

/// A peer as the other end of a connection; `None` where it covers nothing.
fn peer(program: &Program, kind: &PeerKind) -> Option<ir::Peer> {
    match kind {
        PeerKind::Anywhere => Some(ir::Peer::Anywhere),
        PeerKind::Addresses(addresses) => Some(ir::Peer::Addresses(addresses.clone())),
        PeerKind::Pods { scope, selector } => {
            let namespaces = namespaces(program, *scope)?;
            Some(ir::Peer::Pods(ir::PodPeer { namespaces, pods: selector.clone() }))
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

fn presentation(program: &Program) -> ir::Presentation {
    let mut presentation = ir::Presentation {
        descriptions: program.statements.iter().map(|statement| statement.doc.clone()).collect(),
        ..ir::Presentation::default()
    };
    for namespace in program.namespaces.iter().filter(|n| n.management == Management::Managed) {
        let entry = ir::NamespacePresentation { description: namespace.doc.clone(), pods: Vec::new() };
        presentation.namespaces.insert(namespace.name.clone(), entry);
    }
    for pods in &program.pods {
        let namespace = &program.namespaces[pods.namespace.0 as usize].name;
        if let Some(entry) = presentation.namespaces.get_mut(namespace) {
            entry.pods.push(ir::PodsPresentation {
                name: pods.name.clone(),
                policy_name: pods.policy_name.clone(),
                selector: pods.selector.clone(),
                description: pods.doc.clone(),
            });
        }
    }
    for namespace in presentation.namespaces.values_mut() {
        namespace.pods.sort_by(|a, b| a.name.cmp(&b.name));
    }
    presentation
}
