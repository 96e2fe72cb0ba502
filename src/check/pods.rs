//! `pods` declarations: their selectors, their ports, and what they isolate.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::{PortSet, Text};
use crate::hir;
use crate::source::Span;
use crate::syntax::ast::{self, Labelled};

use super::tables::{Completeness, PodsContent, PodsEntry};
use super::{Checker, Parts, Resolver, names, problems};

impl<'a> Checker<'a> {
    /// Completes every entry of `pods`, and the index of port names.
    pub(super) fn resolve_pods(&mut self) {
        let parts = self.in_parts(Parts::equal(self.tables.pods.len()), |resolver, part| {
            let contents: Vec<PodsContent> = part.clone().map(|at| resolver.pods(at)).collect();
            let names = port_names(part.zip(&contents));
            (contents, names)
        });
        let mut entries = self.tables.pods.iter_mut().enumerate();
        for (contents, names) in parts {
            for (content, (at, entry)) in contents.into_iter().zip(entries.by_ref()) {
                if content.network == hir::PodNetwork::Host {
                    self.tables.host_pods.entry(entry.namespace).or_default().push(at);
                }
                entry.content = content;
            }
            for (name, pods) in names {
                self.tables.port_names.entry(name).or_default().extend(pods);
            }
        }
        self.refuse_equal_policy_names();
    }

    /// `@name` and the names of `pods` name policies, and one namespace has no two policies of one name.
    fn refuse_equal_policy_names(&mut self) {
        let given = |pods: &PodsEntry<'a>| pods.decl.and_then(|decl| decl.policy_name.as_deref());
        let named = self.tables.pods.iter().filter(|pods| given(pods).is_some());
        let namespaces: BTreeSet<usize> = named.map(|pods| pods.namespace).collect();
        if namespaces.is_empty() {
            return;
        }
        let mut taken: BTreeMap<(usize, &str), Span> = BTreeMap::new();
        // Declared names first: a `pods` keeps its own name, and the `@name` is the error.
        for pods in self.tables.pods.iter().filter(|pods| namespaces.contains(&pods.namespace)) {
            if pods.decl.is_some() && given(pods).is_none() {
                taken.entry((pods.namespace, &pods.name.text)).or_insert(pods.name.span);
            }
        }
        for pods in &self.tables.pods {
            let Some(word) = given(pods) else { continue };
            let problem = if !names::is_name(&word.text) {
                problems::malformed_name(word)
            } else if problems::is_reserved_policy_name(&word.text) {
                problems::reserved_policy_name("`@name`", word)
            } else if let Some(earlier) = taken.insert((pods.namespace, &word.text), word.span) {
                problems::twice("policy in this namespace", word, earlier)
            } else {
                continue;
            };
            self.findings.problems.push(problem);
        }
    }
}

/// Which of these `pods` declare a port of each name.
fn port_names<'c>(pods: impl Iterator<Item = (usize, &'c PodsContent)>) -> BTreeMap<Text, Vec<usize>> {
    let mut names: BTreeMap<Text, Vec<usize>> = BTreeMap::new();
    for (at, content) in pods {
        for port in &content.ports {
            names.entry(port.name.clone()).or_default().push(at);
        }
    }
    names
}

impl Resolver<'_, '_> {
    /// What `pods` hold. There are gaps in all of a declaration that could not be read.
    fn pods(&mut self, at: usize) -> PodsContent {
        let entry = &self.tables.pods[at];
        let mut content = PodsContent::default();
        if let Some(decl) = entry.decl {
            content.completeness = Completeness::Whole;
            content.selector = self.selector(Labelled::Pods, &decl.selector);
            self.pods_members(entry.namespace, decl, &mut content);
        }
        content
    }

    fn pods_members(&mut self, namespace: usize, decl: &ast::PodsDecl, content: &mut PodsContent) {
        let mut names: BTreeMap<&str, Span> = BTreeMap::new();
        let mut default: Option<Span> = None;
        for member in &decl.members {
            match &member.kind {
                ast::PodsMemberKind::Port(port) => {
                    let declared = self.port(port, &mut names, &mut content.completeness);
                    content.ports.extend(declared);
                }
                ast::PodsMemberKind::Default(found) => {
                    self.isolate_pods(namespace, content, found, &mut default);
                }
                ast::PodsMemberKind::HostNetwork => content.network = hir::PodNetwork::Host,
                ast::PodsMemberKind::Broken(broken) => {
                    if let (Some(ast::Keyword::Port), Some(name)) = (broken.keyword, &broken.name) {
                        names.entry(&name.text).or_insert(name.span);
                    }
                    content.completeness = Completeness::Gaps;
                }
            }
        }
    }

    /// A declared port; `None`, and a report, where it is wrong.
    fn port<'d>(
        &mut self,
        decl: &'d ast::PortDecl,
        names: &mut BTreeMap<&'d str, Span>,
        completeness: &mut Completeness,
    ) -> Option<hir::Port> {
        let name = decl.name.text.as_str();
        if !names::is_port_name(name) {
            self.report(problems::malformed_port_name(&decl.name));
            // Whoever mends the name uses the mended one elsewhere already.
            *completeness = Completeness::Gaps;
        }
        if let Some(earlier) = names.get(name) {
            self.report(problems::twice("port in these `pods`", &decl.name, *earlier));
            return None;
        }
        names.insert(name, decl.name.span);
        let mut ports = PortSet::empty();
        let mut sound = true;
        for (at, port) in decl.ports.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| &decl.ports[at]);
            match self.declared_port(port, before) {
                Some(set) if at == 0 => ports = set,
                Some(set) => ports = ports.union(&set),
                None => sound = false,
            }
        }
        if !sound || ports.is_empty() {
            *completeness = Completeness::Gaps;
            return None;
        }
        // Alone it is one of those that are shared already.
        let ports = if decl.ports.len() == 1 { ports } else { self.findings.ports(ports) };
        Some(hir::Port { name: self.text(name), span: decl.name.span, ports })
    }

    fn isolate_pods(
        &mut self,
        namespace: usize,
        content: &mut PodsContent,
        decl: &ast::DefaultDecl,
        earlier: &mut Option<Span>,
    ) {
        let namespace = &self.tables.namespaces[namespace];
        if namespace.management == ast::Management::External {
            return self.report(problems::default_in_external(decl.span));
        }
        if let Some(earlier) = *earlier {
            return self.report(problems::second_default("these `pods` have", decl.span, earlier));
        }
        *earlier = Some(decl.span);
        match super::defaults::isolated(decl.kind) {
            Some(isolated) => content.isolated = isolated,
            None => self.report(problems::default_allow_in_pods(decl.span)),
        }
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
            selector: entry.content.selector.clone()?,
            ports: entry.content.ports.clone(),
            isolated: entry.content.isolated,
            network: entry.content.network,
            doc: entry.decl.map(|decl| decl.doc.lines.join("\n")).unwrap_or_default(),
        })
    }
}
