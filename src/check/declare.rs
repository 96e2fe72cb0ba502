//! First step: every declaration gets its name, and a name that is taken is an error at the later place.
//!
//! Nothing is resolved here but names. What could not be parsed still declares its name.

use crate::algebra::Text;
use crate::source::Span;
use crate::syntax::ast;

use super::tables::{
    Domain, LabelEntry, NamespaceEntry, PodsContent, PodsEntry, ScopeEntry, ScopeId, SetEntry, ThingEntry,
    ThingKind,
};
use super::{Checker, names, problems};
use crate::ir::{Directional, NAMESPACE_NAME};

impl<'a> Checker<'a> {
    /// Fills the tables. Files are taken in the order of their ids, so that "the later place" is the one that
    /// messages show later.
    pub(super) fn declare(&mut self, prelude: &'a ast::File, files: &'a [ast::File]) {
        self.tables.prelude = Some(prelude.id);
        let mut files: Vec<&ast::File> = files.iter().collect();
        files.sort_by_key(|file| file.id);
        self.declare_name_label(prelude);
        // The program first: what it declares replaces the prelude's, where that is allowed.
        for file in files.into_iter().chain([prelude]) {
            for item in &file.items {
                self.declare_item(item);
            }
        }
        self.refuse_idle_overrides();
        self.declare_pods();
    }

    fn declare_name_label(&mut self, prelude: &ast::File) {
        let entry = LabelEntry { span: Span::new(prelude.id, 0, 0), domain: Domain::Open };
        self.tables.namespace_labels.insert(NAMESPACE_NAME, entry);
    }

    fn declare_item(&mut self, item: &'a ast::Item) {
        match &item.kind {
            // The files are all here: `load` has followed every `use`.
            ast::ItemKind::Use(_) => {}
            ast::ItemKind::Label(decl) => self.declare_label(decl),
            ast::ItemKind::Namespace(decl) => self.declare_namespace(decl),
            ast::ItemKind::NamespaceSet(decl) => {
                self.declare_set(&decl.name, Some(decl), decl.members.iter().flatten().collect());
            }
            ast::ItemKind::Network(decl) => {
                let kind = ThingKind::Network { decl, addresses: None };
                self.declare_thing(&decl.name, kind);
            }
            ast::ItemKind::Service(decl) => {
                let kind = ThingKind::Service { decl, targets: None };
                self.declare_thing(&decl.name, kind);
            }
            ast::ItemKind::Member(ast::MemberKind::Broken(broken)) => self.declare_broken(broken),
            ast::ItemKind::Member(member) => self.tables.outside.push((item.span, member)),
        }
    }

    fn declare_label(&mut self, decl: &'a ast::LabelDecl) {
        if decl.of == ast::Labelled::Namespaces && decl.key.text == NAMESPACE_NAME {
            return self.report(problems::name_label_declared(&decl.key));
        }
        let mut domain = self.label_domain(decl);
        if !names::is_label_key(&decl.key.text) {
            self.report(problems::illegal_key(&decl.key));
            domain = Domain::Unknown;
        }
        self.insert_label(decl.of, &decl.key, domain);
    }

    fn insert_label(&mut self, of: ast::Labelled, key: &'a ast::Word, domain: Domain<'a>) {
        let entry = LabelEntry { span: key.span, domain };
        match self.tables.labels(of).get(key.text.as_str()) {
            Some(_) if self.tables.in_prelude(key.span) => {}
            Some(earlier) => {
                let problem = problems::label_twice(key, &added(&entry.domain), earlier.span);
                self.report(problem);
            }
            None => drop(self.tables.labels_mut(of).insert(&key.text, entry)),
        }
    }

    fn label_domain(&mut self, decl: &'a ast::LabelDecl) -> Domain<'a> {
        let mut closed = std::collections::BTreeMap::new();
        let mut open = None;
        for value in &decl.values {
            match value {
                ast::LabelValue::Any(span) => open = Some(*span),
                ast::LabelValue::OfPods(_) => {}
                ast::LabelValue::Value(word) if !names::is_label_value(&word.text) => {
                    self.report(problems::illegal_value(word));
                }
                ast::LabelValue::Value(word) => {
                    if let Some(earlier) = closed.insert(word.text.as_str(), word.span) {
                        self.report(problems::twice("value", word, earlier));
                    }
                }
            }
        }
        match open {
            Some(span) if decl.values.len() > 1 => {
                self.report(problems::open_and_closed(span));
                Domain::Unknown
            }
            Some(_) => Domain::Open,
            None => Domain::Closed(closed),
        }
    }

    fn declare_namespace(&mut self, decl: &'a ast::NamespaceDecl) {
        self.require_name(&decl.name);
        let name = decl.name.text.as_str();
        match self.tables.scopes.get(name).copied() {
            None => {
                let scope = self.new_namespace(Some(&decl.name), decl.management);
                self.tables.scopes.insert(name, ScopeEntry { span: decl.name.span, scope });
                self.reopen_namespace(scope, decl);
            }
            Some(_) if self.tables.in_prelude(decl.name.span) => {}
            Some(ScopeEntry { scope: ScopeId::Namespace(at), span }) => {
                if self.tables.namespaces[at].management != decl.management {
                    self.report(problems::managed_and_external(&decl.name, span));
                    // Its members are checked all the same, as those of a namespace of its own.
                    let own = self.new_namespace(Some(&decl.name), decl.management);
                    return self.reopen_namespace(own, decl);
                }
                self.reopen_namespace(ScopeId::Namespace(at), decl);
            }
            Some(ScopeEntry { scope: ScopeId::Set(_), span }) => {
                self.report(problems::twice("namespace or set of namespaces", &decl.name, span));
                let own = self.new_namespace(Some(&decl.name), decl.management);
                self.reopen_namespace(own, decl);
            }
        }
    }

    fn new_namespace(&mut self, name: Option<&'a ast::Word>, management: ast::Management) -> ScopeId {
        self.tables.namespaces.push(NamespaceEntry {
            name,
            management,
            blocks: Vec::new(),
            members: Vec::new(),
            pods: std::collections::BTreeMap::new(),
            labels: None,
            isolated: Directional::default(),
        });
        ScopeId::Namespace(self.tables.namespaces.len() - 1)
    }

    fn reopen_namespace(&mut self, scope: ScopeId, decl: &'a ast::NamespaceDecl) {
        let ScopeId::Namespace(at) = scope else { return };
        let entry = &mut self.tables.namespaces[at];
        let block = entry.blocks.len();
        entry.blocks.push(decl);
        entry.members.extend(decl.members.iter().flatten().map(|member| (block, member)));
    }

    fn declare_set(
        &mut self,
        name: &'a ast::Word,
        decl: Option<&'a ast::NamespaceSetDecl>,
        members: Vec<&'a ast::Member>,
    ) {
        self.require_name(name);
        let scope = ScopeId::Set(self.tables.sets.len());
        self.tables.sets.push(SetEntry { name, decl, members, selector: None, managed: Vec::new() });
        match self.tables.scopes.get(name.text.as_str()) {
            Some(earlier) => {
                let problem = problems::twice("namespace or set of namespaces", name, earlier.span);
                self.report(problem);
            }
            None => drop(self.tables.scopes.insert(&name.text, ScopeEntry { span: name.span, scope })),
        }
    }

    fn declare_thing(&mut self, name: &'a ast::Word, kind: ThingKind<'a>) {
        self.require_name(name);
        let prelude = self.tables.in_prelude(name.span);
        if prelude {
            self.tables.prelude_things.insert(&name.text);
        }
        let Some(earlier) = self.tables.things.get(name.text.as_str()) else {
            self.tables.things.insert(&name.text, ThingEntry { name, kind });
            return;
        };
        let problem = match (prelude, overriding_of(earlier)) {
            _ if matches!(earlier.kind, ThingKind::Unknown) => return,
            // A program's declaration comes before the prelude's; with `override` it replaces that.
            (true, Some(_)) if same_kind(&earlier.kind, &kind) => return,
            (true, Some(_)) => problems::overrides_other_kind(earlier.name, name.span),
            (true, None) => problems::taken_by_prelude(earlier.name, name.span),
            (false, _) => problems::twice("network or service", name, earlier.name.span),
        };
        self.report(problem);
    }

    /// `override` of a name that the prelude does not have.
    fn refuse_idle_overrides(&mut self) {
        let prelude = &self.tables.prelude_things;
        let idle: Vec<&ast::Word> = self
            .tables
            .things
            .values()
            .filter(|thing| overriding_of(thing).is_some() && !prelude.contains(thing.name.text.as_str()))
            .map(|thing| thing.name)
            .collect();
        for name in idle {
            let names = self.tables.prelude_things.iter().copied();
            let near = self.findings.suggester.nearest(&name.text, names);
            self.report(problems::overrides_nothing(name, near));
        }
    }

    fn declare_broken(&mut self, broken: &'a ast::Broken) {
        let members: Vec<&ast::Member> = broken.members.iter().collect();
        match (broken.keyword, &broken.name) {
            (Some(ast::Keyword::Label), Some(key)) => {
                self.insert_label(ast::Labelled::Pods, key, Domain::Unknown);
            }
            (Some(ast::Keyword::NamespaceLabel), Some(key)) => {
                self.insert_label(ast::Labelled::Namespaces, key, Domain::Unknown);
            }
            (Some(ast::Keyword::Namespaces), Some(name)) => self.declare_set(name, None, members),
            (Some(ast::Keyword::Namespace | ast::Keyword::ExternalNamespace), Some(name)) => {
                self.declare_broken_namespace(name, members);
            }
            (Some(ast::Keyword::Network | ast::Keyword::Service), Some(name)) => {
                let entry = ThingEntry { name, kind: ThingKind::Unknown };
                self.tables.things.entry(&name.text).or_insert(entry);
            }
            (Some(ast::Keyword::Pods | ast::Keyword::Port | ast::Keyword::Test) | None, _) | (_, None) => {
                self.declare_nameless_block(members);
            }
        }
    }

    fn declare_broken_namespace(&mut self, name: &'a ast::Word, members: Vec<&'a ast::Member>) {
        let known = self.tables.scopes.get(name.text.as_str()).map(|entry| entry.scope);
        let scope = match known {
            Some(scope @ ScopeId::Namespace(_)) => scope,
            Some(ScopeId::Set(_)) => self.new_namespace(Some(name), ast::Management::Managed),
            None => {
                let scope = self.new_namespace(Some(name), ast::Management::Managed);
                self.tables.scopes.insert(&name.text, ScopeEntry { span: name.span, scope });
                scope
            }
        };
        if let ScopeId::Namespace(at) = scope {
            let entry = &mut self.tables.namespaces[at];
            let block = entry.blocks.len();
            entry.members.extend(members.into_iter().map(|member| (block, member)));
        }
    }

    /// The members of a block whose header could not be read are checked as those of a namespace of their own.
    fn declare_nameless_block(&mut self, members: Vec<&'a ast::Member>) {
        if members.is_empty() {
            return;
        }
        if let ScopeId::Namespace(at) = self.new_namespace(None, ast::Management::Managed) {
            self.tables.namespaces[at].members = members.into_iter().map(|member| (0, member)).collect();
        }
    }

    fn declare_pods(&mut self) {
        for at in 0..self.tables.namespaces.len() {
            let members = std::mem::take(&mut self.tables.namespaces[at].members);
            for (block, member) in &members {
                self.declare_pods_of(at, *block, member);
            }
            self.tables.namespaces[at].members = members;
        }
    }

    fn declare_pods_of(&mut self, namespace: usize, block: usize, member: &'a ast::Member) {
        match &member.kind {
            ast::MemberKind::Pods(decl) => self.declare_pods_in(namespace, block, &decl.name, Some(decl)),
            ast::MemberKind::Broken(broken) => {
                if let (Some(ast::Keyword::Pods), Some(name)) = (broken.keyword, &broken.name) {
                    self.declare_pods_in(namespace, block, name, None);
                }
                for nested in &broken.members {
                    self.declare_pods_of(namespace, block, nested);
                }
            }
            ast::MemberKind::Default(_)
            | ast::MemberKind::Rule(_)
            | ast::MemberKind::Guard(_)
            | ast::MemberKind::Test(_) => {}
        }
    }

    fn declare_pods_in(
        &mut self,
        namespace: usize,
        block: usize,
        name: &'a ast::Word,
        decl: Option<&'a ast::PodsDecl>,
    ) {
        self.require_name(name);
        let index = self.tables.pods.len();
        self.tables.pods.push(PodsEntry { namespace, block, name, decl, content: PodsContent::default() });
        if problems::is_reserved_policy_name(&name.text) {
            self.report(problems::reserved_policy_name("pods", name));
        }
        let known = self.tables.namespaces[namespace].pods.entry(&name.text).or_insert(index);
        let earlier = *known;
        if self.tables.pods[earlier].decl.is_none() {
            // The earlier declaration could not be read: that was reported, and this one counts.
            *known = index;
        } else if earlier != index && !self.is_repeated(namespace, earlier, index) {
            // `externals` compares the repeated declarations of an external namespace as a whole.
            let earlier = self.tables.pods[earlier].name.span;
            self.report(problems::twice("`pods` declaration in this namespace", name, earlier));
        }
    }

    fn is_repeated(&self, namespace: usize, earlier: usize, later: usize) -> bool {
        let external = self.tables.namespaces[namespace].management == ast::Management::External;
        external && self.tables.pods[earlier].block != self.tables.pods[later].block
    }

    pub(super) fn require_name(&mut self, name: &ast::Word) {
        if !names::is_name(&name.text) {
            self.report(problems::malformed_name(name));
            self.tables.mended.extend(names::mended(&name.text));
        }
    }

    /// The name of a namespace as a shared text; empty for a block whose header could not be read.
    pub(super) fn namespace_name(&mut self, at: usize) -> Text {
        let name = self.tables.namespaces[at].name.map_or("", |name| name.text.as_str());
        self.findings.text(name)
    }
}

fn overriding_of(thing: &ThingEntry<'_>) -> Option<Span> {
    match thing.kind {
        ThingKind::Network { decl, .. } => decl.overriding,
        ThingKind::Service { decl, .. } => decl.overriding,
        ThingKind::Unknown => None,
    }
}

fn same_kind(a: &ThingKind<'_>, b: &ThingKind<'_>) -> bool {
    match (a, b) {
        (ThingKind::Network { .. }, ThingKind::Network { .. })
        | (ThingKind::Service { .. }, ThingKind::Service { .. }) => true,
        (ThingKind::Network { .. } | ThingKind::Service { .. } | ThingKind::Unknown, _) => false,
    }
}

/// The values that a declaration lists.
fn added<'a>(domain: &Domain<'a>) -> Vec<&'a str> {
    match domain {
        Domain::Closed(values) => values.keys().copied().collect(),
        Domain::Open | Domain::Unknown => Vec::new(),
    }
}
