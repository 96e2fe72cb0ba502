//! What a program says, read as plainly as the language is written: one rule, one connection, one pod at a time.
//!
//! Selectors, ports and addresses are taken apart into their values here; no operation of the algebra is used.

use std::net::IpAddr;

use netdsl::algebra::{AddressSet, Cube, PortSet, Protocol, Requirement};
use netdsl::hir::{self, AssertionKind, GuardKind, Halves, Management, PeerKind, Program, Scope};
use netdsl::ir::{ClaimKind, Direction};
use netdsl::source::Span;

use crate::evaluator::{Blocks, End, Labels, Pod, Port};

/// A program in one of the two worlds.
#[derive(Clone, Copy)]
pub(super) struct Reading<'p> {
    pub(super) program: &'p Program,
    pub(super) blocks: Blocks,
}

/// A guard or a line of a test.
pub(super) struct Claimed<'p> {
    pub(super) kind: ClaimKind,
    pub(super) span: Span,
    pub(super) from: &'p [hir::Peer],
    pub(super) to: &'p [hir::Target],
}

impl<'p> Claimed<'p> {
    /// All of a program, in the order of their places.
    pub(super) fn all(program: &'p Program) -> Vec<Self> {
        let guards = program.guards.iter().map(|guard| Claimed {
            kind: match guard.kind {
                GuardKind::Never => ClaimKind::Never,
                GuardKind::Only => ClaimKind::Only,
            },
            span: program.statements[guard.statement.0 as usize].span,
            from: &guard.from,
            to: &guard.to,
        });
        let lines = program.tests.iter().flat_map(|test| &test.assertions).map(|line| Claimed {
            kind: match line.kind {
                AssertionKind::Can => ClaimKind::Can,
                AssertionKind::Cannot => ClaimKind::Never,
            },
            span: line.span,
            from: &line.from,
            to: &line.to,
        });
        let mut all: Vec<_> = guards.chain(lines).collect();
        all.sort_by_key(|claimed| claimed.span);
        all
    }

    /// As it is written.
    pub(super) fn text(&self, source: &'p str) -> &'p str {
        &source[self.span.start as usize..self.span.end as usize]
    }
}

impl<'p> Reading<'p> {
    pub(super) fn of(program: &'p Program, blocks: Blocks) -> Self {
        Self { program, blocks }
    }

    /// Whether a connection contradicts a claim.
    pub(super) fn contradicts(&self, claimed: &Claimed<'_>, from: &End, to: &End, port: &Port) -> bool {
        if !self.is_targeted(claimed, to, port) {
            return false;
        }
        let is_from = |blocks| claimed.from.iter().any(|peer| self.covers(&peer.kind, from, blocks));
        match claimed.kind {
            ClaimKind::Never => is_from(Blocks::OutsideOnly) && self.allowed(from, to, port),
            // Two addresses outside the cluster are nobody's business here.
            ClaimKind::Only => {
                let outside = super::is_address(from) && super::is_address(to);
                !outside && !is_from(self.blocks) && self.allowed(from, to, port)
            }
            // Nobody can count on blocks that match pods.
            ClaimKind::Can => {
                self.blocks == Blocks::OutsideOnly
                    && is_from(Blocks::OutsideOnly)
                    && !self.allowed(from, to, port)
            }
        }
    }

    pub(super) fn is_targeted(&self, claimed: &Claimed<'_>, to: &End, port: &Port) -> bool {
        claimed.to.iter().any(|target| {
            self.covers(&target.peer.kind, to, Blocks::OutsideOnly) && has_port(&target.ports, port)
        })
    }

    /// Both sides.
    pub(super) fn allowed(&self, from: &End, to: &End, port: &Port) -> bool {
        let side = |subject: &End, direction, other: &End| match subject {
            End::Pod(pod) => self.side(pod, direction, other, port),
            End::Address(_) | End::Rest => true,
        };
        side(from, Direction::Egress, to) && side(to, Direction::Ingress, from)
    }

    /// One side: not isolated, or some rule has this half for the pod.
    pub(super) fn side(&self, pod: &Pod, direction: Direction, other: &End, port: &Port) -> bool {
        let mut rules = self.program.rules.iter();
        !self.is_isolated(pod, direction) || rules.any(|rule| self.permits(rule, pod, direction, other, port))
    }

    pub(super) fn permits(
        &self,
        rule: &hir::Rule,
        pod: &Pod,
        direction: Direction,
        other: &End,
        port: &Port,
    ) -> bool {
        let subject = |peer: &PeerKind| {
            // A block never makes a pod the subject of a rule.
            self.is_managed(&pod.namespace) && self.covers(peer, &End::Pod(pod.clone()), Blocks::OutsideOnly)
        };
        let other = |peer: &PeerKind| self.covers(peer, other, self.blocks);
        let written = matches!(
            (rule.halves, direction),
            (Halves::Both, _) | (Halves::Ingress, Direction::Ingress) | (Halves::Egress, Direction::Egress)
        );
        written
            && rule.from.iter().any(|from| {
                rule.to.iter().any(|to| {
                    let ends = match direction {
                        Direction::Ingress => subject(&to.peer.kind) && other(&from.kind),
                        Direction::Egress => subject(&from.kind) && other(&to.peer.kind),
                    };
                    ends && has_port(&to.ports, port)
                })
            })
    }

    /// By the default of its namespace, or of `pods` that it belongs to.
    pub(super) fn is_isolated(&self, pod: &Pod, direction: Direction) -> bool {
        let Some(namespace) = self.program.namespaces.iter().find(|it| *it.name == *pod.namespace) else {
            return false;
        };
        let own = self.program.pods.iter().any(|pods| {
            *self.program.namespaces[pods.namespace.0 as usize].name == *pod.namespace
                && *pods.isolated.get(direction)
                && selects(&pods.selector, &pod.labels)
        });
        namespace.management == Management::Managed && (*namespace.isolated.get(direction) || own)
    }

    fn is_managed(&self, namespace: &str) -> bool {
        let mut all = self.program.namespaces.iter();
        all.any(|it| *it.name == *namespace && it.management == Management::Managed)
    }

    /// Whether a peer as written stands for an end.
    pub(super) fn covers(&self, peer: &PeerKind, end: &End, blocks: Blocks) -> bool {
        match (peer, end) {
            (PeerKind::Anywhere, _) => true,
            (PeerKind::Pods { scope, selector }, End::Pod(pod)) => {
                self.is_in(*scope, pod) && selects(selector, &pod.labels)
            }
            (PeerKind::Addresses(set), End::Address(address)) => is_among(set, *address),
            (PeerKind::Addresses(set), End::Pod(pod)) => {
                blocks == Blocks::AlsoPods && pod.address.is_some_and(|address| is_among(set, address))
            }
            (PeerKind::Pods { .. }, End::Address(_) | End::Rest) | (PeerKind::Addresses(_), End::Rest) => {
                false
            }
        }
    }

    fn is_in(&self, scope: Scope, pod: &Pod) -> bool {
        match scope {
            Scope::Namespace(id) => *self.program.namespaces[id.0 as usize].name == *pod.namespace,
            Scope::Set(id) => selects(&self.program.sets[id.0 as usize].selector, &pod.namespace_labels),
            Scope::Managed => self.is_managed(&pod.namespace),
            Scope::Cluster => true,
        }
    }
}

/// Whether labels meet all requirements of a selector.
pub(super) fn selects(selector: &Cube, labels: &Labels) -> bool {
    let meets = |(key, requirement): (&netdsl::algebra::Text, &Requirement)| match labels.get(key.as_ref()) {
        None => requirement.allows_absent(),
        Some(value) => {
            let listed = requirement.values().iter().any(|it| **it == **value);
            listed != requirement.is_complement()
        }
    };
    selector.requirements().all(meets)
}

pub(super) fn is_among(set: &AddressSet, address: IpAddr) -> bool {
    match address {
        IpAddr::V4(it) => {
            let bits = it.to_bits();
            set.v4().intervals().iter().any(|(first, last)| *first <= bits && bits <= *last)
        }
        IpAddr::V6(it) => {
            let bits = it.to_bits();
            set.v6().intervals().iter().any(|(first, last)| *first <= bits && bits <= *last)
        }
    }
}

pub(super) fn has_port(ports: &PortSet, port: &Port) -> bool {
    let Some(protocol) = Protocol::ALL.into_iter().find(|it| Some(it.api_name()) == port.protocol) else {
        return ports.is_every();
    };
    let part = ports.protocol(protocol);
    let mut numbers = part.numbers().intervals().iter();
    let named = |own: &String| part.names().iter().any(|name| **name == **own);
    numbers.any(|(first, last)| *first <= port.number && port.number <= *last) || port.names.iter().any(named)
}
