//! The statements of a program as they were written, in flat lists: what a resolved program no longer shows.

use crate::source::{FileId, Span};
use crate::syntax::ast::{self, ItemKind, MemberKind};

/// All statements of a program.
#[derive(Debug, Default)]
pub(super) struct Written<'a> {
    /// Rules, guards, lines of tests, and services, the prelude's too.
    pub(super) lines: Vec<Line<'a>>,
    pub(super) pods: Vec<&'a ast::PodsDecl>,
    pub(super) tests: Vec<&'a ast::Test>,
    pub(super) labels: Vec<&'a ast::LabelDecl>,
    pub(super) namespaces: Vec<&'a ast::NamespaceDecl>,
    pub(super) sets: Vec<&'a ast::NamespaceSetDecl>,
    /// The prelude's too.
    pub(super) networks: Vec<&'a ast::NetworkDecl>,
    pub(super) services: Vec<&'a ast::ServiceDecl>,
}

/// A statement about connections.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) place: Place<'a>,
    pub(super) role: Role,
    /// `None` for a service.
    pub(super) from: Option<&'a ast::Union>,
    pub(super) to: &'a ast::Union,
}

/// In which block a statement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<'a> {
    Outside,
    Namespace(&'a str),
    Set,
}

/// What a statement about connections is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Allow,
    Guard,
    Test,
    Service,
}

impl<'a> Written<'a> {
    /// The statements of a program. Of the prelude what it uses, and not what it declares.
    pub(super) fn of(prelude: &'a ast::File, files: &'a [ast::File]) -> Self {
        let mut written = Self::default();
        for item in files.iter().flat_map(|file| &file.items) {
            written.add_item(&item.kind);
        }
        for item in &prelude.items {
            match &item.kind {
                ItemKind::Network(decl) => written.networks.push(decl),
                ItemKind::Service(decl) => written.add_service(decl),
                ItemKind::Use(_)
                | ItemKind::Label(_)
                | ItemKind::Namespace(_)
                | ItemKind::NamespaceSet(_)
                | ItemKind::Member(_) => {}
            }
        }
        written
    }

    fn add_item(&mut self, kind: &'a ItemKind) {
        match kind {
            ItemKind::Use(_) => {}
            ItemKind::Label(decl) => self.labels.push(decl),
            ItemKind::Namespace(decl) => {
                self.namespaces.push(decl);
                for member in decl.members.iter().flatten() {
                    self.add_member(Place::Namespace(&decl.name.text), &member.kind);
                }
            }
            ItemKind::NamespaceSet(decl) => {
                self.sets.push(decl);
                for member in decl.members.iter().flatten() {
                    self.add_member(Place::Set, &member.kind);
                }
            }
            ItemKind::Network(decl) => self.networks.push(decl),
            ItemKind::Service(decl) => {
                self.services.push(decl);
                self.add_service(decl);
            }
            ItemKind::Member(kind) => self.add_member(Place::Outside, kind),
        }
    }

    fn add_service(&mut self, decl: &'a ast::ServiceDecl) {
        self.lines.push(Line { place: Place::Outside, role: Role::Service, from: None, to: &decl.targets });
    }

    fn add_member(&mut self, place: Place<'a>, kind: &'a MemberKind) {
        let line = |role, from, to| Line { place, role, from: Some(from), to };
        match kind {
            MemberKind::Rule(rule) => self.lines.push(line(Role::Allow, &rule.from, &rule.to)),
            MemberKind::Guard(guard) => self.lines.push(line(Role::Guard, &guard.from, &guard.to)),
            MemberKind::Test(test) => {
                self.tests.push(test);
                let lines = test.assertions.iter().map(|it| line(Role::Test, &it.from, &it.to));
                self.lines.extend(lines);
            }
            MemberKind::Pods(decl) => self.pods.push(decl),
            MemberKind::Default(_) | MemberKind::Broken(_) => {}
        }
    }

    /// The selectors of rules, guards, tests and services.
    pub(super) fn selectors(&self) -> impl Iterator<Item = (Role, &'a ast::Selector)> {
        self.lines.iter().flat_map(|line| {
            let selectors = line.alternatives().filter_map(|alternative| selector(&alternative.peer));
            selectors.map(|selector| (line.role, selector))
        })
    }
}

impl<'a> Line<'a> {
    /// The alternatives of both sides.
    pub(super) fn alternatives(&self) -> impl Iterator<Item = &'a ast::Alternative> + use<'a> {
        let unions = self.from.into_iter().chain([self.to]);
        unions.flat_map(|union| &union.alternatives)
    }
}

/// The selector of a peer that has one.
pub(super) fn selector(peer: &ast::Peer) -> Option<&ast::Selector> {
    match &peer.kind {
        ast::PeerKind::Pods { pods: ast::PodsRef::Selector(selector), .. } => Some(selector),
        ast::PeerKind::Pods { pods: ast::PodsRef::All | ast::PodsRef::Named(_), .. }
        | ast::PeerKind::Anywhere
        | ast::PeerKind::Cluster
        | ast::PeerKind::Managed
        | ast::PeerKind::Addresses { .. } => None,
    }
}

/// The name of a peer that is a single word: `pods` of the place, a service or a network.
pub(super) fn bare_name(peer: &ast::Peer) -> Option<&ast::Word> {
    match &peer.kind {
        ast::PeerKind::Pods { scope: None, pods: ast::PodsRef::Named(word) } => Some(word),
        ast::PeerKind::Pods { .. }
        | ast::PeerKind::Anywhere
        | ast::PeerKind::Cluster
        | ast::PeerKind::Managed
        | ast::PeerKind::Addresses { .. } => None,
    }
}

/// The values that a requirement lists.
pub(super) fn values(requirement: &ast::Requirement) -> &[ast::Word] {
    match &requirement.kind {
        ast::RequirementKind::Equals(value)
        | ast::RequirementKind::NotEquals(value)
        | ast::RequirementKind::DoubleEquals(value) => std::slice::from_ref(value),
        ast::RequirementKind::In(values) | ast::RequirementKind::NotIn(values) => values,
        ast::RequirementKind::Exists
        | ast::RequirementKind::Absent
        | ast::RequirementKind::NotEqualsAny
        | ast::RequirementKind::Bare => &[],
    }
}

/// The spans of all statements of a file, those in blocks too, in order of place.
pub(super) fn statements(file: &ast::File) -> Vec<Span> {
    let mut spans = Vec::new();
    for item in &file.items {
        spans.push(item.span);
        match &item.kind {
            ItemKind::Namespace(decl) => add_members(decl.members.iter().flatten(), &mut spans),
            ItemKind::NamespaceSet(decl) => add_members(decl.members.iter().flatten(), &mut spans),
            ItemKind::Member(kind) => add_inner(kind, &mut spans),
            ItemKind::Use(_) | ItemKind::Label(_) | ItemKind::Network(_) | ItemKind::Service(_) => {}
        }
    }
    spans.sort();
    spans
}

fn add_members<'a>(members: impl Iterator<Item = &'a ast::Member>, spans: &mut Vec<Span>) {
    for member in members {
        spans.push(member.span);
        add_inner(&member.kind, spans);
    }
}

/// What stands in the block of a member. Blocks nest a bounded number of times.
fn add_inner(kind: &MemberKind, spans: &mut Vec<Span>) {
    match kind {
        MemberKind::Pods(decl) => spans.extend(decl.members.iter().map(|member| member.span)),
        MemberKind::Test(test) => spans.extend(test.assertions.iter().map(|line| line.span)),
        MemberKind::Broken(broken) => add_members(broken.members.iter(), spans),
        MemberKind::Default(_) | MemberKind::Rule(_) | MemberKind::Guard(_) => {}
    }
}

/// Files that hold words for others alone: labels, networks, services, external namespaces. Several programs share
/// them, so what this one does not use is no mistake there.
pub(super) fn vocabularies(written: &Written<'_>) -> Vocabularies {
    let mut others: Vec<FileId> = Vec::new();
    let managed = |decl: &&ast::NamespaceDecl| decl.management == ast::Management::Managed;
    others.extend(written.namespaces.iter().copied().filter(|it| managed(it)).map(|it| it.name.span.file));
    others.extend(written.sets.iter().filter(|it| it.members.is_some()).map(|it| it.name.span.file));
    let lines = written.lines.iter().filter(|line| line.role != Role::Service);
    others.extend(lines.map(|line| line.to.span.file));
    others.sort();
    others.dedup();
    Vocabularies { others }
}

/// Which files are vocabularies.
#[derive(Debug)]
pub(super) struct Vocabularies {
    /// The files that are none, sorted.
    others: Vec<FileId>,
}

impl Vocabularies {
    pub(super) fn contain(&self, span: Span) -> bool {
        self.others.binary_search(&span.file).is_err()
    }
}
