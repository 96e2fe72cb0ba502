//! The resolved program: every name is an id, every selector a cube, every port and address a set.
//!
//! Types, and who is isolated. `check` makes them; `lower`, lints and tools read them. Ids index the vectors of [`Program`].

pub mod isolation;

pub use isolation::Isolation;

use crate::algebra::{AddressSet, Cube, PortSet, Text};
use crate::ir::Directional;
use crate::source::Span;
pub use crate::syntax::ast::{AssertionKind, GuardKind, Halves, Management};

/// Which namespace of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamespaceId(pub u32);

/// Which set of namespaces of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetId(pub u32);

/// Which `pods` declaration of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PodsId(pub u32);

/// Which statement of a program: a rule written once in a set's block is one statement, though it holds in
/// several namespaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatementId(pub u32);

/// A resolved program.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Declared namespaces, the prelude's too.
    pub namespaces: Vec<Namespace>,
    /// Declared sets of namespaces.
    pub sets: Vec<NamespaceSet>,
    /// Declared `pods`.
    pub pods: Vec<Pods>,
    /// Rules, one for each namespace in which a set's rule holds. In the order of their statements.
    pub rules: Vec<Rule>,
    /// Guards, likewise.
    pub guards: Vec<Guard>,
    /// Tests.
    pub tests: Vec<Test>,
    /// The places and doc comments of rules and guards, by [`StatementId`].
    pub statements: Vec<Statement>,
    /// The addresses of `network pod-addresses`.
    pub pod_addresses: AddressSet,
}

/// A rule or guard as written.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The whole of it.
    pub span: Span,
    /// Its doc comment; empty where there is none.
    pub doc: String,
}

/// A declared namespace.
#[derive(Clone, Debug)]
pub struct Namespace {
    /// Its name.
    pub name: Text,
    /// The name's place in the first declaration.
    pub span: Span,
    /// The name's place in every declaration.
    pub blocks: Vec<Span>,
    /// Whether netdsl writes policies into it.
    pub management: Management,
    /// Which directions are isolated for all its pods; neither for an external one.
    pub isolated: Directional<bool>,
    /// The labels that it states, its name among them. What is not stated may be anything.
    pub labels: Cube,
    /// Its doc comment; empty where there is none.
    pub doc: String,
}

/// A declared set of namespaces.
#[derive(Clone, Debug)]
pub struct NamespaceSet {
    /// Its name.
    pub name: Text,
    /// The name's place.
    pub span: Span,
    /// Which namespaces, by their labels.
    pub selector: Cube,
    /// The managed namespaces among them, by what these state.
    pub managed: Vec<NamespaceId>,
}

/// Declared pods of a namespace.
#[derive(Clone, Debug)]
pub struct Pods {
    /// Its namespace.
    pub namespace: NamespaceId,
    /// Its name.
    pub name: Text,
    /// The name's place.
    pub span: Span,
    /// The policy's name, where `@name` gives one.
    pub policy_name: Option<Text>,
    /// Which pods.
    pub selector: Cube,
    /// The ports that they listen on, in order of declaration.
    pub ports: Vec<Port>,
    /// Which directions `default deny` isolates here, beside the namespace's.
    pub isolated: Directional<bool>,
    /// Whether they run in the host's network, where no policy sees them.
    pub network: PodNetwork,
    /// Its doc comment; empty where there is none.
    pub doc: String,
}

/// In which network pods run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PodNetwork {
    /// Their own, as usual.
    Pod,
    /// The host's.
    Host,
}

/// A declared port.
#[derive(Clone, Debug)]
pub struct Port {
    /// Its name.
    pub name: Text,
    /// The name's place.
    pub span: Span,
    /// The ports.
    pub ports: PortSet,
}

/// A rule that holds in a namespace, or outside all.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The statement.
    pub statement: StatementId,
    /// Which halves are written.
    pub halves: Halves,
    /// The sources; at least one.
    pub from: Vec<Peer>,
    /// The targets; at least one.
    pub to: Vec<Target>,
}

/// A guard that holds in a namespace, or outside all.
#[derive(Clone, Debug)]
pub struct Guard {
    /// The statement.
    pub statement: StatementId,
    /// Which claim.
    pub kind: GuardKind,
    /// The sources; at least one.
    pub from: Vec<Peer>,
    /// The targets; at least one.
    pub to: Vec<Target>,
}

/// A test.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its name.
    pub name: Text,
    /// The name's place.
    pub span: Span,
    /// Its lines.
    pub assertions: Vec<Assertion>,
}

/// A line of a test.
#[derive(Clone, Debug)]
pub struct Assertion {
    /// The whole of it.
    pub span: Span,
    /// Which claim.
    pub kind: AssertionKind,
    /// The sources; at least one.
    pub from: Vec<Peer>,
    /// The targets; at least one.
    pub to: Vec<Target>,
}

/// A peer with its place.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Where it is written.
    pub span: Span,
    /// What it covers.
    pub kind: PeerKind,
}

/// A peer and the ports on it. One alternative of the source may be several targets (a service is).
#[derive(Clone, Debug)]
pub struct Target {
    /// The peer.
    pub peer: Peer,
    /// The ports; never empty.
    pub ports: PortSet,
}

/// What a peer covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeerKind {
    /// Every pod, every address, and the rest.
    Anywhere,
    /// Pods.
    Pods {
        /// In which namespaces.
        scope: Scope,
        /// Which of their pods.
        selector: Cube,
    },
    /// Addresses outside the cluster; never empty.
    Addresses(AddressSet),
}

/// Which namespaces a peer's pods are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One declared namespace.
    Namespace(NamespaceId),
    /// A declared set.
    Set(SetId),
    /// The namespaces that the program manages.
    Managed,
    /// All, known or not.
    Cluster,
}
