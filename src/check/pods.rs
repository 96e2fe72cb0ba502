//! `pods` declarations: their selectors, their ports, and what they isolate.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::{PortSet, Text};
use crate::hir;
use crate::source::Span;
use crate::syntax::ast::{self, Labelled};

use super::tables::{Completeness, PodsContent, PodsEntry};
use super::{Checker, Parts, Resolver, names, problems};

/// What some `pods` hold, in order, and which of them declare a port of each name.
type Part<'a> = (Vec<PodsContent>, BTreeMap<&'a str, Vec<usize>>);

impl<'a> Checker<'a> {
    /// Completes every entry of `pods`, and the index of port names.
    pub(super) fn resolve_pods(&mut self) {
        let parts: Vec<Part<'a>> = self.in_parts(Parts::equal(self.tables.pods.len()), |resolver, pods| {
            let mut names: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            (pods.map(|at| resolver.pods(at, &mut names)).collect(), names)
        });
        let mut at = 0;
        for (contents, names) in parts {
            for content in contents {
                if content.network == hir::PodNetwork::Host {
                    self.tables.host_pods.entry(self.tables.pods[at].namespace).or_default().push(at);
                }
                self.tables.pods[at].content = content;
                at += 1;
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

impl<'a> Resolver<'_, 'a> {
    /// What `pods` hold; their ports are added to the index of names.
    fn pods(&mut self, at: usize, port_names: &mut BTreeMap<&'a str, Vec<usize>>) -> PodsContent {
        let entry = &self.tables.pods[at];
        let mut content = PodsContent::default();
        let Some(decl) = entry.decl else { return content };
        content.completeness = Completeness::Whole;
        content.selector = self.selector(Labelled::Pods, &decl.selector);
        let mut names: BTreeMap<&str, Span> = BTreeMap::new();
        let mut default: Option<Span> = None;
        for member in &decl.members {
            match &member.kind {
                ast::PodsMemberKind::Port(port) => {
                    let declared = self.declare_port(&mut content, port, &mut names);
                    if declared.is_some() {
                        port_names.entry(&port.name.text).or_default().push(at);
                    }
                }
                ast::PodsMemberKind::Default(found) => {
                    self.isolate_pods(entry.namespace, &mut content, found, &mut default);
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
        content
    }

    /// Adds a port; `None`, and a report, where it is wrong.
    fn declare_port(
        &mut self,
        content: &mut PodsContent,
        decl: &'a ast::PortDecl,
        names: &mut BTreeMap<&'a str, Span>,
    ) -> Option<()> {
        let name = decl.name.text.as_str();
        if !names::is_port_name(name) {
            self.report(problems::malformed_port_name(&decl.name));
            // Whoever mends the name uses the mended one elsewhere already.
            content.completeness = Completeness::Gaps;
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
            content.completeness = Completeness::Gaps;
            return None;
        }
        // Alone it is one of those that are shared already.
        let ports = if decl.ports.len() == 1 { ports } else { self.findings.ports(ports) };
        let name = self.text(name);
        content.ports.push(hir::Port { name, span: decl.name.span, ports });
        Some(())
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
