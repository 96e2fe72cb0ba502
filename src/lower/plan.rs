//! Which halves of which rules are written into which namespace: all that lowering needs to know before it makes
//! the flows of one.
//!
//! Comes in: a checked program. Goes out: the meaning of one namespace at a time, so that each can be made, used
//! and dropped by itself, in any order and by several threads. Nothing is changed by asking.

use super::peers::Peers;
use super::presentation;
use crate::algebra::Text;
use crate::check::Checked;
use crate::hir::{self, Halves, Isolation, Management, NamespaceId, PeerKind, Program};
use crate::ir::{self, Direction, Directional, Flow, Origin};

/// A program that is ready to be lowered.
#[derive(Debug)]
pub struct Plan<'a> {
    program: &'a Program,
    isolation: Isolation,
    peers: Peers,
    /// The managed namespaces that isolate anything, sorted by name.
    namespaces: Vec<NamespaceId>,
    /// The halves of rules, by [`NamespaceId`].
    halves: Vec<Directional<Vec<Half>>>,
}

/// One alternative of a rule that is written as the subject of a half.
#[derive(Clone, Copy, Debug)]
struct Half {
    /// The place of the rule in the program.
    rule: u32,
    /// The place of the alternative: of the targets for ingress, of the sources for egress.
    subject: u32,
}

impl<'a> Plan<'a> {
    /// Looks at each rule once.
    pub fn of(checked: &'a Checked) -> Self {
        let program = checked.program();
        let isolation = Isolation::of(program);
        let namespaces = isolating(program, &isolation);
        let halves = halves(program, &isolation);
        Self { program, isolation, peers: Peers::of(program), namespaces, halves }
    }

    /// The names of the namespaces about which something is said, sorted.
    pub fn namespaces(&self) -> impl ExactSizeIterator<Item = &'a Text> {
        let program = self.program;
        self.namespaces.iter().map(|id| &program.namespaces[id.0 as usize].name)
    }

    /// The meaning of a namespace, whole and exactly what [`lower`](super::lower) has for it; `None` where
    /// nothing is said about it.
    pub fn namespace(&self, name: &str) -> Option<ir::Namespace> {
        let name_of = |id: &NamespaceId| &*self.program.namespaces[id.0 as usize].name;
        let at = self.namespaces.binary_search_by(|id| name_of(id).cmp(name)).ok()?;
        Some(self.lowered(self.namespaces[at]))
    }

    /// The meaning of all namespaces.
    pub fn policy(&self) -> ir::Policy {
        let lowered = self.namespaces.iter().map(|id| self.lowered(*id));
        ir::Policy { namespaces: self.namespaces().cloned().zip(lowered).collect() }
    }

    /// Names and descriptions. The [`Origin`] of a flow is the index of its statement there.
    pub fn presentation(&self) -> ir::Presentation {
        presentation::of(self.program)
    }

    fn lowered(&self, id: NamespaceId) -> ir::Namespace {
        let isolated = |direction| self.isolation.isolated(id, direction).to_vec();
        ir::Namespace {
            isolated: Directional {
                ingress: isolated(Direction::Ingress),
                egress: isolated(Direction::Egress),
            },
            flows: Directional {
                ingress: self.flows(id, Direction::Ingress),
                egress: self.flows(id, Direction::Egress),
            },
        }
    }

    fn flows(&self, id: NamespaceId, direction: Direction) -> Vec<Flow> {
        let halves = self.halves[id.0 as usize].get(direction);
        let mut flows = Vec::with_capacity(halves.len());
        for of_rule in halves.chunk_by(|a, b| a.rule == b.rule) {
            let rule = &self.program.rules[of_rule[0].rule as usize];
            match direction {
                Direction::Ingress => self.ingress(id, rule, of_rule, &mut flows),
                Direction::Egress => self.egress(id, rule, of_rule, &mut flows),
            }
        }
        flows
    }

    /// Every source, at the targets in the namespace.
    fn ingress(&self, id: NamespaceId, rule: &hir::Rule, halves: &[Half], flows: &mut Vec<Flow>) {
        for source in &rule.from {
            let Some(peer) = self.peers.get(self.program, &source.kind) else { continue };
            for half in halves {
                let target = &rule.to[half.subject as usize];
                for subject in self.isolation.subjects_in(id, &target.peer.kind, Direction::Ingress) {
                    let (peer, ports) = (peer.clone(), target.ports.clone());
                    flows.push(Flow { subject, peer, ports, origin: Origin(rule.statement.0) });
                }
            }
        }
    }

    /// The sources in the namespace, at every target.
    fn egress(&self, id: NamespaceId, rule: &hir::Rule, halves: &[Half], flows: &mut Vec<Flow>) {
        for half in halves {
            let subjects =
                self.isolation.subjects_in(id, &rule.from[half.subject as usize].kind, Direction::Egress);
            for target in &rule.to {
                let Some(peer) = self.peers.get(self.program, &target.peer.kind) else { continue };
                for subject in subjects.clone() {
                    let (peer, ports) = (peer.clone(), target.ports.clone());
                    flows.push(Flow { subject, peer, ports, origin: Origin(rule.statement.0) });
                }
            }
        }
    }
}

/// The managed namespaces that isolate anything, sorted by name.
fn isolating(program: &Program, isolation: &Isolation) -> Vec<NamespaceId> {
    let ids = (0..).map(NamespaceId).zip(&program.namespaces);
    let isolating = ids.filter(|(id, namespace)| {
        let silent = Direction::BOTH.iter().all(|direction| isolation.isolated(*id, *direction).is_empty());
        namespace.management == Management::Managed && !silent
    });
    let mut ids: Vec<NamespaceId> = isolating.map(|(id, _)| id).collect();
    ids.sort_by_key(|id| &program.namespaces[id.0 as usize].name);
    ids
}

/// The halves that may have a subject, by namespace: in the order of rules, and of alternatives in a rule.
fn halves(program: &Program, isolation: &Isolation) -> Vec<Directional<Vec<Half>>> {
    let mut halves = vec![Directional::<Vec<Half>>::default(); program.namespaces.len()];
    for (at, rule) in (0..).zip(&program.rules) {
        let mut add = |direction: Direction, subject: u32, peer: &PeerKind| {
            for namespace in isolation.managed(program, peer) {
                if !isolation.isolated(*namespace, direction).is_empty() {
                    halves[namespace.0 as usize].get_mut(direction).push(Half { rule: at, subject });
                }
            }
        };
        if rule.halves != Halves::Egress {
            (0..).zip(&rule.to).for_each(|(to, target)| add(Direction::Ingress, to, &target.peer.kind));
        }
        if rule.halves != Halves::Ingress {
            (0..).zip(&rule.from).for_each(|(from, source)| add(Direction::Egress, from, &source.kind));
        }
    }
    halves
}
