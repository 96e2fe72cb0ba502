//! W0025: a selector with ports on which none of the declared pods that it matches listens.
//!
//! For `pods` that a rule names this is an error. A selector may match others too, so it is a warning, and only
//! where nothing is left open: every declared `pods` that may match says where it listens.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::{Cube, PortSet};
use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::{NamespaceId, PeerKind, Port, Scope, Target};
use crate::source::Span;
use crate::syntax::ast;

use super::Budget;
use super::facts::Facts;
use super::written::Role;

/// How many ports a message lists.
const LISTED: usize = 3;

/// One place may stand for several targets, in the namespaces of a set: where one of them is right, nothing is said.
pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let written = selectors(facts);
    let mut search = Search::of(facts);
    let mut found: BTreeMap<Span, Option<Diagnostic>> = BTreeMap::new();
    for target in facts.program.rules.iter().flat_map(|rule| &rule.to) {
        let span = target.peer.span;
        if written.contains(&span) && !matches!(found.get(&span), Some(None)) {
            let problem = search.missed(target).map(|listening| problem(target, listening));
            let entry = found.entry(span).or_insert_with(|| problem.clone());
            *entry = entry.take().filter(|_| problem.is_some());
        }
    }
    found.into_values().flatten().collect()
}

/// The targets of rules that are selectors or `*`.
fn selectors(facts: &Facts) -> BTreeSet<Span> {
    let rules = facts.written.lines.iter().filter(|line| line.role == Role::Allow);
    let targets = rules.flat_map(|line| &line.to.alternatives);
    targets.filter(|it| is_selector(&it.peer)).map(|it| it.span).collect()
}

fn is_selector(peer: &ast::Peer) -> bool {
    match &peer.kind {
        ast::PeerKind::Pods { pods, .. } => match pods {
            ast::PodsRef::All | ast::PodsRef::Selector(_) => true,
            ast::PodsRef::Named(_) => false,
        },
        ast::PeerKind::Managed => true,
        ast::PeerKind::Anywhere | ast::PeerKind::Cluster | ast::PeerKind::Addresses { .. } => false,
    }
}

/// Where the declared pods that a selector matches listen.
#[derive(Default)]
struct Listening<'a> {
    ports: PortSet,
    /// The first of them.
    first: Vec<&'a Port>,
    /// How many ports are declared beside those.
    others: usize,
}

struct Search<'f, 'a> {
    facts: &'f Facts<'a>,
    managed: Vec<NamespaceId>,
    /// `None` where some that may match listen nobody knows where, or none is sure to match.
    known: BTreeMap<(Scope, &'a Cube), Option<Listening<'a>>>,
    budget: Budget,
}

impl<'f, 'a> Search<'f, 'a> {
    fn of(facts: &'f Facts<'a>) -> Self {
        Self { facts, managed: facts.managed(), known: BTreeMap::new(), budget: Budget::new() }
    }

    /// Where the pods of a target listen, if none of its ports is among these. Where the budget ends, one is.
    fn missed(&mut self, target: &'a Target) -> Option<&Listening<'a>> {
        let PeerKind::Pods { scope, selector } = &target.peer.kind else { return None };
        let key = (*scope, selector);
        if !self.known.contains_key(&key) {
            let listening = self.listening(*scope, selector);
            self.known.insert(key, listening);
        }
        let listening = self.known.get(&key)?.as_ref()?;
        let steps = listening.first.len() + listening.others;
        Some(listening).filter(|it| self.budget.take(steps) && it.ports.is_apart(&target.ports))
    }

    fn listening(&mut self, scope: Scope, selector: &Cube) -> Option<Listening<'a>> {
        let namespaces = match &scope {
            Scope::Namespace(one) => std::slice::from_ref(one),
            Scope::Managed => &self.managed,
            // Namespaces that nobody has declared may belong to these.
            Scope::Set(_) | Scope::Cluster => return None,
        };
        let mut ports: Vec<&Port> = Vec::new();
        let mut sure = false;
        for namespace in namespaces {
            let declared = self.facts.declared(*namespace);
            if declared.is_empty() {
                return None;
            }
            for pods in declared {
                if !self.budget.take(1 + pods.ports.len()) {
                    return None;
                }
                if pods.selector.is_disjoint(selector) {
                    continue;
                }
                if pods.ports.is_empty() {
                    return None;
                }
                sure |= pods.selector.is_subset(selector);
                ports.extend(&pods.ports);
            }
        }
        sure.then(|| Listening::of(&ports))
    }
}

impl<'a> Listening<'a> {
    fn of(ports: &[&'a Port]) -> Self {
        let sets: Vec<PortSet> = ports.iter().map(|port| port.ports.clone()).collect();
        let mut seen = BTreeSet::new();
        let mut different = ports.iter().copied().filter(|port| seen.insert((&port.name, &port.ports)));
        let first = different.by_ref().take(LISTED).collect();
        Self { ports: PortSet::union_of(&sets), first, others: different.count() }
    }

    /// The ports as a message lists them: `http (8080/tcp), metrics (9102/tcp) and 2 more`.
    fn described(&self) -> String {
        let listed: Vec<String> =
            self.first.iter().map(|port| format!("`{}` ({})", port.name, port.ports)).collect();
        match self.others {
            0 => listed.join(", "),
            others => format!("{} and {others} more", listed.join(", ")),
        }
    }
}

fn problem(target: &Target, listening: &Listening) -> Diagnostic {
    let problem = Diagnostic::new(
        Lint::UndeclaredPort,
        target.peer.span,
        format!("none of the declared pods that match this listens on {}", target.ports),
        format!("they declare {}", listening.described()),
    );
    let problem = match listening.first.first() {
        Some(port) => problem.with_label(port.span, "such a port is declared here"),
        None => problem,
    };
    problem
        .with_note("a policy sees the pod's port, not the port of a Service in front of it")
        .with_help("write the port of the pods, or declare this one")
}
