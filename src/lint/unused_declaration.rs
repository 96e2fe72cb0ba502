//! W0009: what is declared and stands nowhere else.
//!
//! Managed namespaces, what replaces a thing of the prelude, and files that hold words for several programs are
//! never unused. Pods that are isolated have a lint of their own.

use std::collections::BTreeSet;

use crate::algebra::{IntervalSet, Protocol};
use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir;
use crate::ir::Direction;
use crate::source::Span;
use crate::syntax::ast::{self, Labelled, Management, PeerKind, PodsRef, PortValue, Scope};

use super::facts::Facts;
use super::written::{Line, Place, Written, vocabularies};

/// What a program mentions.
#[derive(Debug, Default)]
struct Mentions<'a> {
    /// Single words: `pods`, services, networks.
    bare: BTreeSet<&'a str>,
    /// Words before `/`.
    scopes: BTreeSet<&'a str>,
    /// `pods` by namespace and name.
    pods: BTreeSet<(&'a str, &'a str)>,
    /// Names of `pods` in blocks of sets, and of those that a `:*` opens.
    pods_anywhere: BTreeSet<&'a str>,
    with_every_port: BTreeSet<&'a str>,
    /// Namespaces of which more than single `pods` are mentioned.
    whole: BTreeSet<&'a str>,
    /// Whether pods of all namespaces are.
    everywhere: bool,
    pod_keys: BTreeSet<&'a str>,
    namespace_keys: BTreeSet<&'a str>,
    port_names: BTreeSet<&'a str>,
}

pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let mentions = Mentions::of(&facts.written);
    let mut found = declarations(&facts.written, &mentions);
    found.extend(facts.program.pods.iter().filter(|it| !is_mentioned(facts, it, &mentions)).map(pods));
    found.extend(ports(facts, &mentions));
    let vocabularies = vocabularies(&facts.written);
    // The prelude's networks are in a file without rules too.
    found.retain(|problem| !vocabularies.contain(problem.primary.span));
    found
}

fn declarations(written: &Written, mentions: &Mentions) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for decl in &written.labels {
        let (keys, what) = match decl.of {
            Labelled::Pods => (&mentions.pod_keys, "label"),
            Labelled::Namespaces => (&mentions.namespace_keys, "namespace label"),
        };
        if !keys.contains(decl.key.text.as_str()) {
            found.push(problem(&decl.key, what, "no selector asks for it"));
        }
    }
    for decl in written.networks.iter().filter(|decl| decl.overriding.is_none()) {
        if !mentions.bare.contains(decl.name.text.as_str()) {
            found.push(problem(&decl.name, "network", "no rule, guard or other network has it"));
        }
    }
    for decl in written.services.iter().filter(|decl| decl.overriding.is_none()) {
        if !mentions.bare.contains(decl.name.text.as_str()) {
            found.push(problem(&decl.name, "service", "no rule or guard has it"));
        }
    }
    for decl in written.sets.iter().filter(|decl| decl.members.as_ref().is_none_or(Vec::is_empty)) {
        if !mentions.scopes.contains(decl.name.text.as_str()) {
            found.push(problem(
                &decl.name,
                "set of namespaces",
                "no rule or guard has it, and no block says what holds in it",
            ));
        }
    }
    let external = written.namespaces.iter().filter(|decl| decl.management == Management::External);
    for decl in external.filter(|decl| decl.labels.is_none()) {
        if !mentions.scopes.contains(decl.name.text.as_str()) {
            found.push(problem(
                &decl.name,
                "external namespace",
                "no rule or guard has it, and nothing is written into it",
            ));
        }
    }
    found
}

impl<'a> Mentions<'a> {
    fn of(written: &Written<'a>) -> Self {
        let mut mentions = Self::default();
        for line in &written.lines {
            mentions.add_line(line);
        }
        for network in &written.networks {
            mentions.bare.extend(network.terms.iter().chain(&network.except).map(|term| term.text.as_str()));
        }
        mentions.pod_keys.extend(written.pods.iter().flat_map(|pods| keys(&pods.selector)));
        let stated = written.namespaces.iter().filter_map(|decl| decl.labels.as_ref());
        let asked = written.sets.iter().map(|decl| &decl.selector);
        mentions.namespace_keys.extend(stated.chain(asked).flat_map(keys));
        mentions
    }

    fn add_line(&mut self, line: &Line<'a>) {
        for alternative in line.alternatives() {
            let every = |port: &ast::Port| matches!(port.value, PortValue::Every(_));
            let ports = alternative.ports.as_deref().unwrap_or_default();
            for port in ports {
                if let PortValue::Word(word) = &port.value {
                    self.port_names.insert(&word.text);
                }
            }
            match &alternative.peer.kind {
                PeerKind::Anywhere | PeerKind::Cluster | PeerKind::Managed => self.everywhere = true,
                PeerKind::Addresses { .. } => {}
                PeerKind::Pods { scope, pods } => {
                    self.add_pods(line.place, scope.as_deref(), pods);
                    if let (PodsRef::Named(word), true) = (pods, ports.iter().any(every)) {
                        self.with_every_port.insert(&word.text);
                    }
                }
            }
        }
    }

    fn add_pods(&mut self, place: Place<'a>, scope: Option<&'a Scope>, pods: &'a PodsRef) {
        let namespace = match (scope, place) {
            (Some(Scope::Named(word)), _) => {
                self.scopes.insert(&word.text);
                Some(word.text.as_str())
            }
            (None, Place::Namespace(name)) => Some(name),
            (Some(Scope::Everywhere(_) | Scope::Managed(_) | Scope::Reserved(_)), _)
            | (None, Place::Outside | Place::Set) => None,
        };
        match (pods, namespace) {
            (PodsRef::Named(word), Some(namespace)) => {
                self.pods.insert((namespace, &word.text));
                self.bare.extend(scope.is_none().then_some(word.text.as_str()));
            }
            (PodsRef::Named(word), None) => {
                self.pods_anywhere.insert(&word.text);
                self.bare.insert(&word.text);
            }
            (PodsRef::Selector(selector), _) => {
                self.pod_keys.extend(keys(selector));
                self.add_whole(namespace);
            }
            (PodsRef::All, _) => self.add_whole(namespace),
        }
    }

    fn add_whole(&mut self, namespace: Option<&'a str>) {
        match namespace {
            Some(name) => drop(self.whole.insert(name)),
            None => self.everywhere = true,
        }
    }
}

fn keys(selector: &ast::Selector) -> impl Iterator<Item = &str> {
    selector.requirements.iter().map(|requirement| requirement.key.text.as_str())
}

/// Whether pods are mentioned, or are there for something else: a policy of their own, an explanation.
fn is_mentioned(facts: &Facts, pods: &hir::Pods, mentions: &Mentions) -> bool {
    let namespace = facts.namespace(pods.namespace);
    let isolated =
        |it: &crate::ir::Directional<bool>| Direction::BOTH.iter().any(|direction| *it.get(*direction));
    isolated(&namespace.isolated)
        || isolated(&pods.isolated)
        || pods.policy_name.is_some()
        || !pods.doc.is_empty()
        || pods.network == hir::PodNetwork::Host
        || mentions.everywhere
        || mentions.whole.contains(namespace.name.as_ref())
        || mentions.pods_anywhere.contains(pods.name.as_ref())
        || mentions.pods.contains(&(namespace.name.as_ref(), pods.name.as_ref()))
}

/// Ports that nothing mentions by name or number, of pods of which something mentions others.
fn ports(facts: &Facts, mentions: &Mentions) -> Vec<Diagnostic> {
    let opened = opened_ports(facts);
    let is_used = |port: &hir::Port| {
        mentions.port_names.contains(port.name.as_ref())
            || Protocol::ALL.iter().zip(&opened).any(|(protocol, opened)| {
                let ports = port.ports.protocol(*protocol);
                !ports.numbers().is_disjoint(opened) || !ports.names().is_empty()
            })
    };
    let several = facts.program.pods.iter().filter(|pods| {
        !mentions.with_every_port.contains(pods.name.as_ref()) && pods.ports.iter().any(is_used)
    });
    several.flat_map(|pods| pods.ports.iter().filter(|port| !is_used(port))).map(unused_port).collect()
}

/// The numbers that rules, guards and tests list, by protocol.
fn opened_ports(facts: &Facts) -> [IntervalSet<u16>; 3] {
    let program = facts.program;
    let rules = program.rules.iter().flat_map(|rule| &rule.to);
    let guards = program.guards.iter().flat_map(|guard| &guard.to);
    let tests = program.tests.iter().flat_map(|test| &test.assertions).flat_map(|line| &line.to);
    let targets = rules.chain(guards).chain(tests).filter(|target| !target.ports.is_every());
    let distinct: BTreeSet<_> = targets.map(|target| &target.ports).collect();
    Protocol::ALL.map(|protocol| {
        let numbers = distinct.iter().map(|ports| ports.protocol(protocol).numbers());
        IntervalSet::new(numbers.flat_map(|numbers| numbers.intervals().iter().copied()))
    })
}

fn problem(name: &ast::Word, what: &str, why: &str) -> Diagnostic {
    unused(name.span, format!("{what} `{}` is never used", name.text), why)
}

fn pods(pods: &hir::Pods) -> Diagnostic {
    unused(
        pods.span,
        format!("the pods `{}` are never used", pods.name),
        "no rule, guard or test is about them",
    )
}

fn unused_port(port: &hir::Port) -> Diagnostic {
    unused(
        port.span,
        format!("port `{}` is never used", port.name),
        "no rule opens it, so where these pods are isolated nobody reaches it",
    )
}

fn unused(span: Span, message: String, why: &str) -> Diagnostic {
    Diagnostic::new(Lint::UnusedDeclaration, span, message, why)
        .with_help("remove it, or write the rule that was meant to use it")
}
