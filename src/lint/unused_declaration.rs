//! W0009: what is declared and stands nowhere else.
//!
//! Managed namespaces, what replaces a thing of the prelude, and files that hold words for several programs are
//! never unused. Pods that are isolated have a lint of their own. So little may be unused: that is gathered first, and
//! nothing else is looked for in what the program mentions.

mod mentions;

use std::collections::BTreeSet;

use crate::algebra::{IntervalSet, Protocol};
use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir;
use crate::ir::{Direction, Directional};
use crate::source::Span;
use crate::syntax::ast::{Labelled, Management, Word};

use super::facts::Facts;
use super::written::{Vocabularies, Written, vocabularies};
use mentions::{Mention, Mentions};

/// A declared name, and what keeps it from being unused.
struct Name<'a> {
    word: &'a Word,
    mention: Mention<'a>,
    what: &'static str,
    why: &'static str,
}

/// Pods with ports of which no rule has the number.
struct Listening<'a> {
    pods: &'a hir::Pods,
    /// These ports.
    unopened: Vec<&'a hir::Port>,
}

pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let vocabularies = vocabularies(&facts.written);
    let names = names(&facts.written, &vocabularies);
    let declared = || facts.program.pods.iter().filter(|pods| !vocabularies.contain(pods.span));
    let quiet: Vec<&hir::Pods> = declared().filter(|pods| is_for_rules_alone(facts, pods)).collect();
    let listening = listening(facts, declared());

    let mut sought: Vec<Mention> = names.iter().map(|name| name.mention).collect();
    sought.extend(quiet.iter().flat_map(|pods| mentions_of_pods(facts, pods)));
    sought.extend(listening.iter().flat_map(mentions_of_ports));
    let mentions = Mentions::of(sought, &facts.written);

    let mut found: Vec<Diagnostic> =
        names.iter().filter(|name| !mentions.has(&name.mention)).map(problem).collect();
    let is_mentioned = |of: &hir::Pods| mentions_of_pods(facts, of).iter().any(|it| mentions.has(it));
    found.extend(quiet.into_iter().filter(|it| !is_mentioned(it)).map(pods));
    found.extend(listening.iter().flat_map(|it| unused_ports(it, &mentions)).map(port));
    found
}

/// The names that may be unused. The prelude's networks are in a vocabulary too.
fn names<'a>(written: &Written<'a>, vocabularies: &Vocabularies) -> Vec<Name<'a>> {
    let labels = written.labels.iter().map(|decl| match decl.of {
        Labelled::Pods => label(&decl.key, Mention::PodKey(&decl.key.text), "label"),
        Labelled::Namespaces => label(&decl.key, Mention::NamespaceKey(&decl.key.text), "namespace label"),
    });
    let networks = written.networks.iter().filter(|decl| decl.overriding.is_none()).map(|decl| Name {
        word: &decl.name,
        mention: Mention::Bare(&decl.name.text),
        what: "network",
        why: "no rule, guard or other network has it",
    });
    let services = written.services.iter().filter(|decl| decl.overriding.is_none()).map(|decl| Name {
        word: &decl.name,
        mention: Mention::Bare(&decl.name.text),
        what: "service",
        why: "no rule or guard has it",
    });
    let sets = written.sets.iter().filter(|decl| decl.members.as_ref().is_none_or(Vec::is_empty));
    let sets = sets.map(|decl| Name {
        word: &decl.name,
        mention: Mention::Scope(&decl.name.text),
        what: "set of namespaces",
        why: "no rule or guard has it, and no block says what holds in it",
    });
    let external = written.namespaces.iter().filter(|decl| decl.management == Management::External);
    let external = external.filter(|decl| decl.labels.is_none()).map(|decl| Name {
        word: &decl.name,
        mention: Mention::Scope(&decl.name.text),
        what: "external namespace",
        why: "no rule or guard has it, and nothing is written into it",
    });
    let all = labels.chain(networks).chain(services).chain(sets).chain(external);
    all.filter(|name| !vocabularies.contain(name.word.span)).collect()
}

fn label<'a>(word: &'a Word, mention: Mention<'a>, what: &'static str) -> Name<'a> {
    Name { word, mention, what, why: "no selector asks for it" }
}

/// Whether pods are there for nothing else: a policy of their own, an explanation.
fn is_for_rules_alone(facts: &Facts, pods: &hir::Pods) -> bool {
    let isolated = |it: &Directional<bool>| Direction::BOTH.iter().any(|direction| *it.get(*direction));
    !(isolated(&facts.namespace(pods.namespace).isolated)
        || isolated(&pods.isolated)
        || pods.policy_name.is_some()
        || !pods.doc.is_empty()
        || pods.network == hir::PodNetwork::Host)
}

/// What keeps pods from being unused.
fn mentions_of_pods<'a>(facts: &Facts<'a>, pods: &'a hir::Pods) -> [Mention<'a>; 4] {
    let namespace = &facts.namespace(pods.namespace).name;
    [
        Mention::Everything,
        Mention::Whole(namespace),
        Mention::PodsAnywhere(&pods.name),
        Mention::Pods(namespace, &pods.name),
    ]
}

/// Pods with ports of which no rule, guard or test has the number. A container port's name has none.
fn listening<'a>(facts: &Facts<'a>, pods: impl Iterator<Item = &'a hir::Pods>) -> Vec<Listening<'a>> {
    let opened = opened_ports(facts);
    let is_opened = |port: &hir::Port| {
        Protocol::ALL.iter().zip(&opened).any(|(protocol, opened)| {
            let ports = port.ports.protocol(*protocol);
            !ports.numbers().is_disjoint(opened) || !ports.names().is_empty()
        })
    };
    let listening = pods
        .map(|pods| Listening { pods, unopened: pods.ports.iter().filter(|it| !is_opened(it)).collect() });
    listening.filter(|it| !it.unopened.is_empty()).collect()
}

/// What keeps ports from being unused.
fn mentions_of_ports<'a>(listening: &Listening<'a>) -> impl Iterator<Item = Mention<'a>> + use<'a> {
    let Listening { pods, unopened } = listening;
    let names: Vec<Mention> = unopened.iter().map(|port| Mention::PortName(&port.name)).collect();
    names.into_iter().chain([Mention::EveryPort(&pods.name)])
}

/// Ports that nothing mentions by name or number, of pods of which something mentions others.
fn unused_ports<'a>(listening: &Listening<'a>, mentions: &Mentions) -> Vec<&'a hir::Port> {
    let Listening { pods, unopened } = listening;
    let unused: Vec<&hir::Port> =
        unopened.iter().copied().filter(|port| !mentions.has(&Mention::PortName(&port.name))).collect();
    let others_are_used = unused.len() < pods.ports.len() && !mentions.has(&Mention::EveryPort(&pods.name));
    if others_are_used { unused } else { Vec::new() }
}

/// The numbers that rules, guards and tests list, by protocol.
fn opened_ports(facts: &Facts) -> [IntervalSet<u16>; 3] {
    let program = facts.program;
    let rules = program.rules.iter().flat_map(|rule| &rule.to);
    let guards = program.guards.iter().flat_map(|guard| &guard.to);
    let tests = program.tests.iter().flat_map(|test| &test.assertions).flat_map(|line| &line.to);
    let targets = rules.chain(guards).chain(tests).filter(|target| !target.ports.is_every());
    // One by one: few of them differ.
    let mut distinct = BTreeSet::new();
    for target in targets {
        distinct.insert(&target.ports);
    }
    Protocol::ALL.map(|protocol| {
        let numbers = distinct.iter().map(|ports| ports.protocol(protocol).numbers());
        IntervalSet::new(numbers.flat_map(|numbers| numbers.intervals().iter().copied()))
    })
}

fn problem(name: &Name) -> Diagnostic {
    let Name { word, what, why, .. } = name;
    unused(word.span, format!("{what} `{}` is never used", word.text), why)
}

fn pods(pods: &hir::Pods) -> Diagnostic {
    unused(
        pods.span,
        format!("the pods `{}` are never used", pods.name),
        "no rule, guard or test is about them",
    )
}

fn port(port: &hir::Port) -> Diagnostic {
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
