//! The declarations of a program by name: filled by `declare`, completed by the later steps.
//!
//! An entry whose own declaration is bad stays in its table with a gap (`None`), so that its uses are not
//! reported once more.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::{AddressSet, Cube, Text};
use crate::hir;
use crate::source::{FileId, Span};
use crate::syntax::ast;

/// All declarations of a program.
#[derive(Debug, Default)]
pub(super) struct Tables<'a> {
    /// The prelude's text, of which the program may replace parts.
    pub(super) prelude: Option<FileId>,
    pub(super) pod_labels: BTreeMap<&'a str, LabelEntry<'a>>,
    pub(super) namespace_labels: BTreeMap<&'a str, LabelEntry<'a>>,
    /// Namespaces and sets of namespaces share their names.
    pub(super) scopes: BTreeMap<&'a str, ScopeEntry>,
    pub(super) namespaces: Vec<NamespaceEntry<'a>>,
    pub(super) sets: Vec<SetEntry<'a>>,
    pub(super) pods: Vec<PodsEntry<'a>>,
    /// Networks and services share their names.
    pub(super) things: BTreeMap<&'a str, ThingEntry<'a>>,
    /// The names among them that the prelude declares.
    pub(super) prelude_things: BTreeSet<&'a str>,
    /// What malformed names were meant to be. Uses of these are gaps: the declaration was reported.
    pub(super) mended: BTreeSet<String>,
    /// The `pods` that declare a port of a name, in order.
    pub(super) port_names: BTreeMap<Text, Vec<usize>>,
    /// The `pods` of each namespace that run in the host's network.
    pub(super) host_pods: BTreeMap<usize, Vec<usize>>,
    /// Rules, guards and tests outside any block.
    pub(super) outside: Vec<(Span, &'a ast::MemberKind)>,
}

/// A declared label key.
#[derive(Debug)]
pub(super) struct LabelEntry<'a> {
    pub(super) span: Span,
    pub(super) domain: Domain<'a>,
}

/// The values that a label may have in selectors.
#[derive(Debug)]
pub(super) enum Domain<'a> {
    /// Any legal value.
    Open,
    /// These, each with the place that brought it in.
    Closed(BTreeMap<&'a str, Span>),
    /// The declaration is bad; nothing is said about uses.
    Unknown,
}

/// What a name in front of `/` stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScopeEntry {
    pub(super) span: Span,
    pub(super) scope: ScopeId,
}

/// A namespace or a set of namespaces, by its place in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScopeId {
    Namespace(usize),
    Set(usize),
}

/// A declared namespace.
#[derive(Debug)]
pub(super) struct NamespaceEntry<'a> {
    /// `None` for a block whose header could not be read.
    pub(super) name: Option<&'a ast::Word>,
    pub(super) management: ast::Management,
    /// Every declaration: a managed namespace may be reopened, an external one repeated.
    pub(super) blocks: Vec<&'a ast::NamespaceDecl>,
    /// The members of all blocks, each with the index of its block.
    pub(super) members: Vec<(usize, &'a ast::Member)>,
    /// Its `pods` by name.
    pub(super) pods: BTreeMap<&'a str, usize>,
    /// What it states, its name among that; `None` where that is bad.
    pub(super) labels: Option<Cube>,
    pub(super) isolated: crate::ir::Directional<bool>,
}

/// A declared set of namespaces.
#[derive(Debug)]
pub(super) struct SetEntry<'a> {
    pub(super) name: &'a ast::Word,
    /// `None` for a declaration that could not be read.
    pub(super) decl: Option<&'a ast::NamespaceSetDecl>,
    pub(super) members: Vec<&'a ast::Member>,
    pub(super) selector: Option<Cube>,
    /// The managed namespaces in it, in order of their names.
    pub(super) managed: Vec<usize>,
}

/// Declared `pods`.
#[derive(Debug)]
pub(super) struct PodsEntry<'a> {
    pub(super) namespace: usize,
    /// Which block of the namespace, by its index.
    pub(super) block: usize,
    pub(super) name: &'a ast::Word,
    /// `None` for a declaration that could not be read.
    pub(super) decl: Option<&'a ast::PodsDecl>,
    pub(super) content: PodsContent,
}

/// What `pods` hold. There are gaps in all of it until they are resolved.
#[derive(Debug)]
pub(super) struct PodsContent {
    pub(super) selector: Option<Cube>,
    pub(super) ports: Vec<hir::Port>,
    /// Whether every port could be read; otherwise nothing is said about ports that are not among them.
    pub(super) completeness: Completeness,
    pub(super) network: hir::PodNetwork,
    pub(super) isolated: crate::ir::Directional<bool>,
}

impl Default for PodsContent {
    fn default() -> Self {
        Self {
            selector: None,
            ports: Vec::new(),
            completeness: Completeness::Gaps,
            network: hir::PodNetwork::Pod,
            isolated: crate::ir::Directional::default(),
        }
    }
}

/// Whether all parts of a declaration could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Completeness {
    Whole,
    Gaps,
}

/// A declared network or service.
#[derive(Debug)]
pub(super) struct ThingEntry<'a> {
    pub(super) name: &'a ast::Word,
    pub(super) kind: ThingKind<'a>,
}

/// What a network or service stands for.
#[derive(Debug)]
pub(super) enum ThingKind<'a> {
    /// `None` where it is bad or not evaluated yet.
    Network { decl: &'a ast::NetworkDecl, addresses: Option<AddressSet> },
    /// `None` likewise.
    Service { decl: &'a ast::ServiceDecl, targets: Option<Vec<hir::Target>> },
    /// The declaration could not be read.
    Unknown,
}

impl<'a> Tables<'a> {
    /// The vocabulary of pods or of namespaces.
    pub(super) fn labels(&self, of: ast::Labelled) -> &BTreeMap<&'a str, LabelEntry<'a>> {
        match of {
            ast::Labelled::Pods => &self.pod_labels,
            ast::Labelled::Namespaces => &self.namespace_labels,
        }
    }

    /// The vocabulary of pods or of namespaces, to change.
    pub(super) fn labels_mut(&mut self, of: ast::Labelled) -> &mut BTreeMap<&'a str, LabelEntry<'a>> {
        match of {
            ast::Labelled::Pods => &mut self.pod_labels,
            ast::Labelled::Namespaces => &mut self.namespace_labels,
        }
    }

    /// Whether a place is in the prelude, whose declarations a program may replace.
    pub(super) fn in_prelude(&self, span: Span) -> bool {
        self.prelude == Some(span.file)
    }
}
