//! Peers: what each form covers in the place where it stands.
//!
//! A peer is never widened: what it cannot mean here is an error that says what to write.

use crate::algebra::Cube;
use crate::hir::{self, PeerKind, Scope};
use crate::source::Span;
use crate::syntax::ast::{self, Brackets, Labelled, Management, PodsRef};

use super::addresses::{Shape, shape};
use super::program::id;
use super::tables::{ScopeId, ThingKind};
use super::{Resolver, problems};

/// Where a statement stands, and so where its peers without a namespace are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Outside any block.
    Outside,
    /// In the block of a namespace, or of a set that covers it.
    Namespace(usize),
    /// In the block of a set that covers no managed namespace: what depends on one is not looked at.
    EmptySet,
}

impl Place {
    /// `None` for a set without managed namespaces: its statements are type-checked, and hold nowhere.
    pub(super) fn holds(self) -> Option<()> {
        (self != Self::EmptySet).then_some(())
    }
}

/// What a statement claims about a target: what its ports mean depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// `allow`, and targets of services: only declared ports.
    Allowed,
    /// `can reach`: any port, but it must be named.
    Reachable,
    /// `never`, `only`, `cannot reach`: without ports every port.
    Denied,
}

/// A resolved peer: what it covers, and the `pods` that it names.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) kind: PeerKind,
    pub(super) pods: Option<usize>,
}

/// What a peer as written turned out to be.
enum Found<'t> {
    Peer(Target),
    Service { name: &'t ast::Word, targets: Option<&'t [hir::Target]> },
}

impl Target {
    fn new(kind: PeerKind) -> Self {
        Self { kind, pods: None }
    }

    /// Whether it has no pods.
    pub(super) fn is_addresses(&self) -> bool {
        matches!(self.kind, PeerKind::Addresses(_))
    }
}

impl<'t> Resolver<'t, '_> {
    /// The sources of a statement; `None`, and a report, where one is wrong.
    pub(super) fn sources(&mut self, from: &ast::Union, place: Place) -> Option<Vec<hir::Peer>> {
        let mut sources = Vec::with_capacity(from.alternatives.len());
        for alternative in &from.alternatives {
            sources.extend(self.source(alternative, place));
        }
        (sources.len() == from.alternatives.len()).then_some(sources)
    }

    fn source(&mut self, alternative: &ast::Alternative, place: Place) -> Option<hir::Peer> {
        let found = self.find(&alternative.peer, place)?;
        if let Some(ports) = &alternative.ports {
            self.report(problems::ports_on_source(&alternative.peer, ports));
            return None;
        }
        match found {
            Found::Peer(target) => Some(hir::Peer { span: alternative.span, kind: target.kind }),
            Found::Service { name, .. } => {
                self.report(problems::service_as_source(alternative.peer.span, name.span));
                None
            }
        }
    }

    /// The targets of a statement with their ports; `None`, and a report, where one is wrong.
    pub(super) fn targets(
        &mut self,
        to: &ast::Union,
        place: Place,
        claim: Claim,
    ) -> Option<Vec<hir::Target>> {
        let mut targets = Vec::with_capacity(to.alternatives.len());
        let mut sound = true;
        for alternative in &to.alternatives {
            sound &= self.target(alternative, place, claim, &mut targets).is_some();
        }
        sound.then_some(targets)
    }

    /// Adds the targets of an alternative; `None`, and a report, where it is wrong.
    fn target(
        &mut self,
        alternative: &ast::Alternative,
        place: Place,
        claim: Claim,
        found: &mut Vec<hir::Target>,
    ) -> Option<()> {
        if let Some(problem) = self.unbracketed(&alternative.peer, place) {
            self.report(problem);
            return None;
        }
        match self.find(&alternative.peer, place)? {
            Found::Service { name, targets } => {
                if let Some(ports) = &alternative.ports {
                    self.report(problems::ports_on_service(ports, &name.text, name.span));
                    return None;
                }
                let at = |target: &hir::Target| hir::Target {
                    peer: hir::Peer { span: alternative.span, kind: target.peer.kind.clone() },
                    ports: target.ports.clone(),
                };
                found.extend(targets?.iter().map(at));
            }
            Found::Peer(target) => {
                let ports =
                    self.target_ports(&target, alternative.ports.as_deref(), claim, alternative.span)?;
                let peer = hir::Peer { span: alternative.span, kind: target.kind };
                found.push(hir::Target { peer, ports });
            }
        }
        Some(())
    }

    fn find(&mut self, peer: &ast::Peer, place: Place) -> Option<Found<'t>> {
        let kind = match &peer.kind {
            ast::PeerKind::Anywhere => PeerKind::Anywhere,
            ast::PeerKind::Cluster => PeerKind::Pods { scope: Scope::Cluster, selector: Cube::all() },
            ast::PeerKind::Managed => PeerKind::Pods { scope: Scope::Managed, selector: Cube::all() },
            ast::PeerKind::Addresses { text, .. } => PeerKind::Addresses(self.addresses(text)?),
            ast::PeerKind::Pods { scope: None, pods } => return self.find_here(peer.span, pods, place),
            ast::PeerKind::Pods { scope: Some(scope), pods } => {
                return self.find_in_scope(peer, scope, pods).map(Found::Peer);
            }
        };
        Some(Found::Peer(Target::new(kind)))
    }

    fn find_here(&mut self, span: Span, pods: &ast::PodsRef, place: Place) -> Option<Found<'t>> {
        let selector = match pods {
            PodsRef::Named(word) => return self.find_by_name(word, place),
            PodsRef::All => Some(Cube::all()),
            PodsRef::Selector(selector) => {
                let namespace = match place {
                    Place::Namespace(at) => Some(at),
                    Place::Outside | Place::EmptySet => None,
                };
                self.pods_selector(namespace, selector)
            }
        };
        match place {
            Place::Outside => {
                self.report(problems::no_namespace(span));
                None
            }
            Place::EmptySet => None,
            Place::Namespace(at) => {
                let scope = Scope::Namespace(hir::NamespaceId(id(at)));
                let selector = self.seen_by_policies(at, span, selector?)?;
                Some(Found::Peer(Target::new(PeerKind::Pods { scope, selector })))
            }
        }
    }

    fn find_by_name(&mut self, word: &ast::Word, place: Place) -> Option<Found<'t>> {
        if let Place::Namespace(at) = place
            && let Some(pods) = self.tables.namespaces[at].pods.get(word.text.as_str()).copied()
        {
            return self.named_pods(word, pods).map(Found::Peer);
        }
        match self.tables.things.get(word.text.as_str()).map(|thing| (thing.name, &thing.kind)) {
            Some((_, ThingKind::Network { addresses, .. })) => {
                let kind = PeerKind::Addresses(addresses.clone()?);
                Some(Found::Peer(Target::new(kind)))
            }
            Some((name, ThingKind::Service { targets, .. })) => {
                Some(Found::Service { name, targets: targets.as_deref() })
            }
            Some((_, ThingKind::Unknown)) => None,
            None => {
                self.undeclared_name(word, place);
                None
            }
        }
    }

    fn named_pods(&mut self, word: &ast::Word, at: usize) -> Option<Target> {
        let pods = &self.tables.pods[at];
        if pods.content.network == hir::PodNetwork::Host {
            let declared = pods.name.span;
            self.report(problems::host_network(word, declared));
            return None;
        }
        let scope = Scope::Namespace(hir::NamespaceId(id(pods.namespace)));
        let kind = PeerKind::Pods { scope, selector: pods.content.selector.clone()? };
        Some(Target { kind, pods: Some(at) })
    }

    fn find_in_scope(&mut self, peer: &ast::Peer, scope: &ast::Scope, pods: &PodsRef) -> Option<Target> {
        match scope {
            ast::Scope::Named(word) => {
                let Some(entry) = self.tables.scopes.get(word.text.as_str()).copied() else {
                    self.undeclared_scope(word, pods);
                    return None;
                };
                match entry.scope {
                    ScopeId::Namespace(at) => self.in_namespace(at, peer.span, word, pods),
                    ScopeId::Set(at) => self.in_set(at, word, pods),
                }
            }
            ast::Scope::Everywhere(_) => self.in_all(peer, Scope::Cluster, "cluster", pods),
            ast::Scope::Managed(_) => self.in_all(peer, Scope::Managed, "managed", pods),
            ast::Scope::Reserved(word) => {
                self.report(problems::reserved_scope(word));
                None
            }
        }
    }

    fn in_namespace(
        &mut self,
        at: usize,
        span: Span,
        namespace: &ast::Word,
        pods: &PodsRef,
    ) -> Option<Target> {
        let selector = match pods {
            PodsRef::All => Cube::all(),
            PodsRef::Selector(selector) => self.pods_selector(Some(at), selector)?,
            PodsRef::Named(word) => {
                if let Some(pods) = self.tables.namespaces[at].pods.get(word.text.as_str()).copied() {
                    return self.named_pods(word, pods);
                }
                if self.tables.mended.contains(word.text.as_str()) {
                    return None;
                }
                let known = self.tables.namespaces[at].pods.keys().copied();
                let near = self.findings.suggester.nearest(&word.text, known);
                let declared = self.tables.namespaces[at].name.map(|name| name.span);
                self.report(problems::undeclared_pods(word, &namespace.text, near, declared));
                return None;
            }
        };
        let scope = Scope::Namespace(hir::NamespaceId(id(at)));
        let selector = self.seen_by_policies(at, span, selector)?;
        Some(Target::new(PeerKind::Pods { scope, selector }))
    }

    /// A selector that can match pods in the host's network alone is the same mistake as their name.
    fn seen_by_policies(&mut self, namespace: usize, span: Span, selector: Cube) -> Option<Cube> {
        let hosts = self.tables.host_pods.get(&namespace).into_iter().flatten();
        let hidden = hosts.copied().find(|at| {
            self.tables.pods[*at].content.selector.as_ref().is_some_and(|host| selector.is_subset(host))
        });
        match hidden {
            None => Some(selector),
            Some(at) => {
                let pods = self.tables.pods[at].name;
                self.report(problems::host_network_selected(span, &pods.text, pods.span));
                None
            }
        }
    }

    fn in_set(&mut self, at: usize, set: &ast::Word, pods: &PodsRef) -> Option<Target> {
        let selector = match pods {
            PodsRef::All => Cube::all(),
            PodsRef::Selector(selector) => self.selector(Labelled::Pods, selector)?,
            PodsRef::Named(word) => {
                let declared = self.tables.sets[at].name.span;
                self.report(problems::pods_of_set(word, &set.text, declared));
                return None;
            }
        };
        // A set whose selector is bad is a gap; what it would cover is not known.
        self.tables.sets[at].selector.as_ref()?;
        Some(Target::new(PeerKind::Pods { scope: Scope::Set(hir::SetId(id(at))), selector }))
    }

    fn in_all(&mut self, peer: &ast::Peer, scope: Scope, all: &str, pods: &PodsRef) -> Option<Target> {
        match pods {
            PodsRef::Selector(selector) => {
                let selector = self.selector(Labelled::Pods, selector)?;
                Some(Target::new(PeerKind::Pods { scope, selector }))
            }
            PodsRef::All => {
                self.report(problems::say_it_in_one_word(peer.span, all));
                None
            }
            PodsRef::Named(word) => {
                self.report(problems::pods_of_many(word, all));
                None
            }
        }
    }

    fn undeclared_name(&mut self, word: &ast::Word, place: Place) {
        if place == Place::EmptySet || self.tables.mended.contains(word.text.as_str()) {
            return;
        }
        if shape(word) == Shape::Host {
            let problem = self.not_a_host(word);
            return self.report(problem);
        }
        if self.tables.scopes.contains_key(word.text.as_str()) {
            return self.report(problems::namespace_as_peer(word));
        }
        let elsewhere = self.tables.scopes.iter().find_map(|(scope, entry)| match entry.scope {
            ScopeId::Namespace(at) if self.tables.namespaces[at].pods.contains_key(word.text.as_str()) => {
                Some(*scope)
            }
            ScopeId::Namespace(_) | ScopeId::Set(_) => None,
        });
        let pods = match place {
            Place::Namespace(at) => Some(&self.tables.namespaces[at].pods),
            Place::Outside | Place::EmptySet => None,
        };
        let known = pods.into_iter().flat_map(|pods| pods.keys()).chain(self.tables.things.keys()).copied();
        let near =
            self.findings.suggester.nearest(&word.text, known.chain(["anywhere", "cluster", "managed"]));
        let here = match place {
            Place::Namespace(at) => self.tables.namespaces[at].name.map(|name| name.text.as_str()),
            Place::Outside | Place::EmptySet => None,
        };
        let problem = match (place, elsewhere) {
            (Place::Outside, Some(namespace)) => problems::pods_without_namespace(word, namespace),
            (Place::Outside | Place::Namespace(_) | Place::EmptySet, _) => {
                problems::undeclared_peer(word, near, elsewhere, here)
            }
        };
        self.report(problem);
    }

    /// The selector of pods of one namespace, or of many.
    fn pods_selector(&mut self, namespace: Option<usize>, selector: &ast::Selector) -> Option<Cube> {
        if let Some(problem) = namespace.and_then(|at| self.no_all_but(at, selector)) {
            self.report(problem);
            return None;
        }
        self.selector(Labelled::Pods, selector)
    }

    /// `!web` where the namespace has `pods` of that name, and no label key is called so.
    fn no_all_but(&self, namespace: usize, selector: &ast::Selector) -> Option<crate::diag::Diagnostic> {
        let [requirement] = &*selector.requirements else { return None };
        let name = requirement.key.text.as_str();
        let absent = matches!(requirement.kind, ast::RequirementKind::Absent);
        if !absent || self.tables.pod_labels.contains_key(name) {
            return None;
        }
        let pods = &self.tables.pods[*self.tables.namespaces[namespace].pods.get(name)?];
        Some(problems::no_all_but(requirement, pods.name, &pods.decl?.selector))
    }

    fn undeclared_scope(&mut self, word: &ast::Word, pods: &PodsRef) {
        if self.tables.mended.contains(word.text.as_str()) {
            return;
        }
        if let Some((kind, declared)) = self.thing(&word.text) {
            return self.report(problems::thing_as_scope(word, kind, declared));
        }
        if let PodsRef::Selector(selector) = pods {
            let key = format!("{}/{}", word.text, selector.requirements[0].key.text);
            if self.tables.pod_labels.contains_key(key.as_str()) {
                return self.report(problems::prefixed_key(word, &key));
            }
        }
        let near = self.findings.suggester.nearest(&word.text, self.tables.scopes.keys().copied());
        self.report(problems::undeclared_namespace(word, near));
    }

    /// The kind and the place of a network or service.
    pub(super) fn thing(&self, name: &str) -> Option<(&'static str, Span)> {
        let thing = self.tables.things.get(name)?;
        match thing.kind {
            ThingKind::Network { .. } => Some(("network", thing.name.span)),
            ThingKind::Service { .. } => Some(("service", thing.name.span)),
            ThingKind::Unknown => None,
        }
    }

    /// Whether pods of a namespace can be among those of a scope.
    pub(super) fn scope_can_hold(&self, scope: Scope, namespace: usize) -> bool {
        let entry = &self.tables.namespaces[namespace];
        match scope {
            Scope::Cluster => true,
            Scope::Managed => entry.management == Management::Managed,
            Scope::Namespace(one) => one.0 as usize == namespace,
            Scope::Set(set) => {
                let set = self.tables.sets[set.0 as usize].selector.as_ref();
                let (Some(selector), Some(labels)) = (set, &entry.labels) else { return false };
                !labels.is_disjoint(selector)
            }
        }
    }

    /// IPv6 without brackets where ports can follow: every reading of `::1:80` would be a guess.
    fn unbracketed(&self, peer: &ast::Peer, place: Place) -> Option<crate::diag::Diagnostic> {
        match &peer.kind {
            ast::PeerKind::Addresses { text, brackets: Brackets::None } if text.text.contains(':') => {
                let ports = self.ports_behind_ports(text, place);
                Some(ports.unwrap_or_else(|| problems::brackets_missing(text)))
            }
            ast::PeerKind::Addresses { .. }
            | ast::PeerKind::Anywhere
            | ast::PeerKind::Cluster
            | ast::PeerKind::Managed
            | ast::PeerKind::Pods { .. } => None,
        }
    }

    /// `db:5432:5433`, where `db` has been declared.
    fn ports_behind_ports(&self, word: &ast::Word, place: Place) -> Option<crate::diag::Diagnostic> {
        let (name, ports) = word.text.split_once(':')?;
        let declared = match place {
            Place::Namespace(at) => self.tables.namespaces[at].pods.contains_key(name),
            Place::Outside | Place::EmptySet => false,
        };
        if !declared && !self.tables.things.contains_key(name) {
            return None;
        }
        let ports: Vec<&str> = ports.split(':').collect();
        let sound = ports.iter().all(|port| !port.is_empty());
        sound.then(|| problems::ports_behind_ports(word, name, &ports))
    }
}
