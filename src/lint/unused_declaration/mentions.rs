//! What a program mentions, of what is asked for.

use crate::lint::written::{Line, Place, Written};
use crate::syntax::ast::{self, PeerKind, PodsRef, PortValue, Scope};

/// Something that a program may mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mention<'a> {
    /// A single word: `pods`, services, networks.
    Bare(&'a str),
    /// A word before `/`.
    Scope(&'a str),
    /// `pods` by namespace and name.
    Pods(&'a str, &'a str),
    /// `pods` by their name alone, in the block of a set.
    PodsAnywhere(&'a str),
    /// A namespace, more than single `pods` of it.
    Whole(&'a str),
    /// Pods of all namespaces.
    Everything,
    /// A key of pods' labels.
    PodKey(&'a str),
    /// A key of namespaces' labels.
    NamespaceKey(&'a str),
    /// The name of a port.
    PortName(&'a str),
    /// Every port of `pods`, by their name.
    EveryPort(&'a str),
}

/// What was asked for, and whether the program mentions it.
pub(super) struct Mentions<'a> {
    // INVARIANT: sorted, none twice.
    sought: Vec<Mention<'a>>,
    /// In the same order.
    seen: Vec<bool>,
}

impl<'a> Mentions<'a> {
    /// Goes over the program once.
    pub(super) fn of(mut sought: Vec<Mention<'a>>, written: &Written) -> Self {
        sought.sort_unstable();
        sought.dedup();
        let mut mentions = Self { seen: vec![false; sought.len()], sought };
        if !mentions.sought.is_empty() {
            mentions.add(written);
        }
        mentions
    }

    /// Whether the program mentions something that was asked for.
    pub(super) fn has(&self, mention: &Mention) -> bool {
        self.sought.binary_search(mention).is_ok_and(|at| self.seen[at])
    }

    fn see(&mut self, mention: Mention) {
        if let Ok(at) = self.sought.binary_search(&mention) {
            self.seen[at] = true;
        }
    }

    fn add(&mut self, written: &Written) {
        written.lines.iter().for_each(|line| self.add_line(line));
        for network in &written.networks {
            let words = network.terms.iter().chain(&network.except);
            words.for_each(|word| self.see(Mention::Bare(&word.text)));
        }
        written.pods.iter().for_each(|pods| self.add_keys(&pods.selector, Mention::PodKey));
        let stated = written.namespaces.iter().filter_map(|decl| decl.labels.as_ref());
        let asked = written.sets.iter().map(|decl| &decl.selector);
        stated.chain(asked).for_each(|selector| self.add_keys(selector, Mention::NamespaceKey));
    }

    fn add_keys<'k>(&mut self, selector: &'k ast::Selector, mention: impl Fn(&'k str) -> Mention<'k>) {
        for requirement in &selector.requirements {
            self.see(mention(&requirement.key.text));
        }
    }

    fn add_line(&mut self, line: &Line) {
        for alternative in line.alternatives() {
            let ports = alternative.ports.as_deref().unwrap_or_default();
            for port in ports {
                if let PortValue::Word(word) = &port.value {
                    self.see(Mention::PortName(&word.text));
                }
            }
            match &alternative.peer.kind {
                PeerKind::Anywhere | PeerKind::Cluster | PeerKind::Managed => self.see(Mention::Everything),
                PeerKind::Addresses { .. } => {}
                PeerKind::Pods { scope, pods } => self.add_pods(line.place, scope.as_deref(), pods, ports),
            }
        }
    }

    fn add_pods(&mut self, place: Place, scope: Option<&Scope>, pods: &PodsRef, ports: &[ast::Port]) {
        let namespace = match (scope, place) {
            (Some(Scope::Named(word)), _) => {
                self.see(Mention::Scope(&word.text));
                Some(word.text.as_str())
            }
            (None, Place::Namespace(name)) => Some(name),
            (Some(Scope::Everywhere(_) | Scope::Managed(_) | Scope::Reserved(_)), _)
            | (None, Place::Outside | Place::Set) => None,
        };
        match pods {
            PodsRef::Named(word) => {
                self.add_named(scope, namespace, &word.text);
                if ports.iter().any(|port| matches!(port.value, PortValue::Every(_))) {
                    self.see(Mention::EveryPort(&word.text));
                }
            }
            PodsRef::Selector(selector) => {
                self.add_keys(selector, Mention::PodKey);
                self.see(namespace.map_or(Mention::Everything, Mention::Whole));
            }
            PodsRef::All => self.see(namespace.map_or(Mention::Everything, Mention::Whole)),
        }
    }

    fn add_named(&mut self, scope: Option<&Scope>, namespace: Option<&str>, name: &str) {
        match namespace {
            Some(namespace) => self.see(Mention::Pods(namespace, name)),
            None => self.see(Mention::PodsAnywhere(name)),
        }
        if namespace.is_none() || scope.is_none() {
            self.see(Mention::Bare(name));
        }
    }
}
