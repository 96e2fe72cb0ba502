//! `pods` declarations: their selectors, their ports, and what they isolate.

use std::collections::BTreeMap;

use crate::algebra::{PortSet, Text};
use crate::hir;
use crate::source::Span;
use crate::syntax::ast::{self, Labelled};

use super::tables::{Completeness, PodsEntry};
use super::{Checker, names, problems, shared};

impl<'a> Checker<'a> {
    /// Completes every entry of `pods`, and the index of port names.
    pub(super) fn resolve_pods(&mut self) {
        for at in 0..self.tables.pods.len() {
            let Some(decl) = self.tables.pods[at].decl else { continue };
            let selector = self.selector(Labelled::Pods, &decl.selector);
            self.tables.pods[at].selector = selector;
            self.resolve_pods_members(at, decl);
        }
        self.refuse_equal_policy_names();
    }

    fn resolve_pods_members(&mut self, at: usize, decl: &'a ast::PodsDecl) {
        let mut names: BTreeMap<&str, Span> = BTreeMap::new();
        let mut default: Option<Span> = None;
        for member in &decl.members {
            match &member.kind {
                ast::PodsMemberKind::Port(port) => self.declare_port(at, port, &mut names),
                ast::PodsMemberKind::Default(found) => self.isolate_pods(at, found, &mut default),
                ast::PodsMemberKind::HostNetwork => {
                    self.tables.pods[at].network = hir::PodNetwork::Host;
                    let namespace = self.tables.pods[at].namespace;
                    self.tables.host_pods.entry(namespace).or_default().push(at);
                }
                ast::PodsMemberKind::Broken(broken) => {
                    if let (Some(ast::Keyword::Port), Some(name)) = (broken.keyword, &broken.name) {
                        names.entry(&name.text).or_insert(name.span);
                    }
                    self.tables.pods[at].completeness = Completeness::Gaps;
                }
            }
        }
    }

    fn declare_port(&mut self, at: usize, decl: &'a ast::PortDecl, names: &mut BTreeMap<&'a str, Span>) {
        let name = decl.name.text.as_str();
        if !names::is_port_name(name) {
            self.report(problems::malformed_port_name(&decl.name));
            // Whoever mends the name uses the mended one elsewhere already.
            self.tables.pods[at].completeness = Completeness::Gaps;
        }
        if let Some(earlier) = names.get(name) {
            self.report(problems::twice("port in these `pods`", &decl.name, *earlier));
            return;
        }
        names.insert(name, decl.name.span);
        let mut ports = PortSet::empty();
        let mut sound = true;
        for (at, port) in decl.ports.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| &decl.ports[at]);
            match self.declared_port(port, before) {
                Some(set) => ports = ports.union(&set),
                None => sound = false,
            }
        }
        if !sound || ports.is_empty() {
            self.tables.pods[at].completeness = Completeness::Gaps;
            return;
        }
        self.tables.port_names.entry(name).or_default().insert(at);
        let (name, ports) = (self.text(name), shared(&mut self.port_sets, ports));
        self.tables.pods[at].ports.push(hir::Port { name, span: decl.name.span, ports });
    }

    fn isolate_pods(&mut self, at: usize, decl: &ast::DefaultDecl, earlier: &mut Option<Span>) {
        let namespace = &self.tables.namespaces[self.tables.pods[at].namespace];
        if namespace.management == ast::Management::External {
            return self.report(problems::default_in_external(decl.span));
        }
        if let Some(earlier) = *earlier {
            return self.report(problems::second_default("these `pods` have", decl.span, earlier));
        }
        *earlier = Some(decl.span);
        match super::defaults::isolated(decl.kind) {
            Some(isolated) => self.tables.pods[at].isolated = isolated,
            None => self.report(problems::default_allow_in_pods(decl.span)),
        }
    }

    /// `@name` and the names of `pods` name policies, and one namespace has no two policies of one name.
    fn refuse_equal_policy_names(&mut self) {
        let mut taken: BTreeMap<(usize, &str), Span> = BTreeMap::new();
        let mut problems = Vec::new();
        // Declared names first: a `pods` keeps its own name, and the `@name` is the error.
        for pods in &self.tables.pods {
            if pods.decl.is_some_and(|decl| decl.policy_name.is_none()) {
                taken.entry((pods.namespace, &pods.name.text)).or_insert(pods.name.span);
            }
        }
        for pods in &self.tables.pods {
            let Some(word) = pods.decl.and_then(|decl| decl.policy_name.as_ref()) else { continue };
            if !names::is_name(&word.text) {
                problems.push(problems::malformed_name(word));
            } else if problems::is_reserved_policy_name(&word.text) {
                problems.push(problems::reserved_policy_name("`@name`", word));
            } else if let Some(earlier) = taken.insert((pods.namespace, &word.text), word.span) {
                problems.push(problems::twice("policy in this namespace", word, earlier));
            }
        }
        self.problems.extend(problems);
    }

    /// The declared `pods` that isolate or matter on their own, as the resolved program has them.
    pub(super) fn resolved_pods(&mut self, at: usize) -> Option<hir::Pods> {
        let name: Text = self.text(&self.tables.pods[at].name.text);
        let policy_name = self.tables.pods[at].decl.and_then(|decl| decl.policy_name.as_ref());
        let policy_name = policy_name.map(|word| word.text.as_str());
        let policy_name = policy_name.map(|word| self.text(word));
        let entry: &PodsEntry<'_> = &self.tables.pods[at];
        Some(hir::Pods {
            namespace: hir::NamespaceId(super::program::id(entry.namespace)),
            name,
            span: entry.name.span,
            policy_name,
            selector: entry.selector.clone()?,
            ports: entry.ports.clone(),
            isolated: entry.isolated,
            network: entry.network,
            doc: entry.decl.map(|decl| decl.doc.lines.join("\n")).unwrap_or_default(),
        })
    }
}
