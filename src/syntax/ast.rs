//! The syntax tree: what was written, with places, and nothing decided.
//!
//! It holds wrong things too (a key without a value, ports on FROM, a bad address), as written: `check` says
//! what is wrong with them in the user's words. What could not be read at all is [`Broken`].
//!
//! A tree is the largest thing of a large program: its lists have no room for more, and what is rare is boxed.

use smol_str::SmolStr;

use crate::source::{FileId, Span};

/// One file.
#[derive(Clone, Debug)]
pub struct File {
    /// Which text.
    pub id: FileId,
    /// The statements outside any block, in order.
    pub items: Vec<Item>,
    /// Every comment, doc comments too, in order.
    pub comments: Vec<Comment>,
}

/// A comment: from its first `#` to the end of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where, without the line end.
    pub span: Span,
}

/// A word of the source: a name, a key, a value, a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word {
    /// Its text, without quotes.
    pub text: SmolStr,
    /// Where, with quotes.
    pub span: Span,
    /// Whether it stood in quotes.
    pub quoting: Quoting,
}

/// Whether a word stood in quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quoting {
    /// `db`
    Bare,
    /// `"db"`
    Quoted,
}

/// The doc comment before a declaration or rule: the text of its `##` lines, without the marks.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Doc {
    /// One entry a line, white space at both ends removed.
    pub lines: Box<[String]>,
}

/// A statement outside any block.
#[derive(Clone, Debug)]
pub struct Item {
    /// The whole statement: for a block, its header up to and with `{`.
    pub span: Span,
    /// What it is.
    pub kind: ItemKind,
}

/// The kinds of statements that stand outside any block. Rules, guards and tests may stand there too.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// `use "file"`
    Use(Word),
    /// `label KEY = …`, `namespace label KEY = …`
    Label(LabelDecl),
    /// `namespace NAME … { … }`, `external namespace NAME …`
    Namespace(NamespaceDecl),
    /// `namespaces NAME where … { … }`
    NamespaceSet(NamespaceSetDecl),
    /// `network NAME = …`
    Network(NetworkDecl),
    /// `service NAME = …`
    Service(ServiceDecl),
    /// A rule, a guard, a test, or what could not be read. What may stand in a block alone is
    /// [`MemberKind::Broken`] here: the parser reports it.
    Member(MemberKind),
}

/// `label KEY = …`
#[derive(Clone, Debug)]
pub struct LabelDecl {
    /// Whose labels.
    pub of: Labelled,
    /// The key.
    pub key: Word,
    /// What it may hold.
    pub values: Vec<LabelValue>,
}

/// Whose labels a declaration is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Labelled {
    /// `label`
    Pods,
    /// `namespace label`
    Namespaces,
}

/// One alternative of a label declaration.
#[derive(Clone, Debug)]
pub enum LabelValue {
    /// `*`: any legal value.
    Any(Span),
    /// `pods`: the values that `pods` declarations require.
    OfPods(Span),
    /// A value.
    Value(Word),
}

/// `namespace NAME labels … { … }`
#[derive(Clone, Debug)]
pub struct NamespaceDecl {
    /// Whether netdsl writes policies into it.
    pub management: Management,
    /// Its name.
    pub name: Word,
    /// What it carries, and what not.
    pub labels: Option<Selector>,
    /// Its members; `None` where there is no block.
    pub members: Option<Vec<Member>>,
    /// Its doc comment.
    pub doc: Doc,
}

/// Whether netdsl writes policies into a namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Management {
    /// `namespace`
    Managed,
    /// `external namespace`
    External,
}

/// `namespaces NAME where SELECTOR { … }`
#[derive(Clone, Debug)]
pub struct NamespaceSetDecl {
    /// Its name.
    pub name: Word,
    /// Which namespaces, by their labels.
    pub selector: Selector,
    /// Its members; `None` where there is no block.
    pub members: Option<Vec<Member>>,
}

/// `[override] network NAME = … except …`
#[derive(Clone, Debug)]
pub struct NetworkDecl {
    /// Where `override` stands.
    pub overriding: Option<Span>,
    /// Its name.
    pub name: Word,
    /// The union of these: CIDRs, addresses and names of networks, as written (IPv6 without its brackets).
    pub terms: Vec<Word>,
    /// Less these; empty where there is no `except`.
    pub except: Vec<Word>,
}

/// `[override] service NAME = …`
#[derive(Clone, Debug)]
pub struct ServiceDecl {
    /// Where `override` stands.
    pub overriding: Option<Span>,
    /// Its name.
    pub name: Word,
    /// The targets.
    pub targets: Union,
}

/// A statement in a block of a namespace or a set of namespaces.
#[derive(Clone, Debug)]
pub struct Member {
    /// The whole statement: for a block, its header up to and with `{`.
    pub span: Span,
    /// What it is.
    pub kind: MemberKind,
}

/// The kinds of statements that stand in a block of a namespace.
///
/// The parser keeps the places: in a block of a set of namespaces stand rules and guards, in one of an external
/// namespace `pods`; all else there is [`MemberKind::Broken`] and reported.
#[derive(Clone, Debug)]
pub enum MemberKind {
    /// `pods NAME where … { … }`
    Pods(PodsDecl),
    /// `default …`
    Default(DefaultDecl),
    /// `allow …`
    Rule(Rule),
    /// `never …`, `only …`
    Guard(Guard),
    /// `test "…" { … }`
    Test(Test),
    /// What could not be read; a diagnostic says why.
    Broken(Broken),
}

/// What could not be read. What it declares is still declared, so that one mistake is reported once.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The keyword that it began with, where it was one.
    pub keyword: Option<Keyword>,
    /// The name behind the keyword, where there was one.
    pub name: Option<Word>,
    /// The members of its block, which are checked all the same.
    pub members: Vec<Member>,
}

/// The keywords that declare a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keyword {
    /// `label`
    Label,
    /// `namespace label`
    NamespaceLabel,
    /// `namespace`
    Namespace,
    /// `external namespace`
    ExternalNamespace,
    /// `namespaces`
    Namespaces,
    /// `pods`
    Pods,
    /// `port`
    Port,
    /// `network`, `override network`
    Network,
    /// `service`, `override service`
    Service,
    /// `test`
    Test,
}

/// `pods NAME where SELECTOR { … }`
#[derive(Clone, Debug)]
pub struct PodsDecl {
    /// Its name.
    pub name: Word,
    /// `@name("…")` on the line before.
    pub policy_name: Option<Box<Word>>,
    /// Which pods.
    pub selector: Selector,
    /// Its members, in order.
    pub members: Vec<PodsMember>,
    /// Its doc comment.
    pub doc: Doc,
}

/// A statement in a block of `pods`.
#[derive(Clone, Debug)]
pub struct PodsMember {
    /// The whole statement.
    pub span: Span,
    /// What it is.
    pub kind: PodsMemberKind,
}

/// The kinds of statements that stand in a block of `pods`.
#[derive(Clone, Debug)]
pub enum PodsMemberKind {
    /// `port NAME = PORT, …`
    Port(PortDecl),
    /// `default deny …`
    Default(DefaultDecl),
    /// `host-network`
    HostNetwork,
    /// What could not be read; a diagnostic says why.
    Broken(Broken),
}

/// `port NAME = PORT, …`
#[derive(Clone, Debug)]
pub struct PortDecl {
    /// Its name.
    pub name: Word,
    /// The ports.
    pub ports: Box<[Port]>,
}

/// One port as written: `5432`, `53/udp`, `8000-8999`, `postgres`, `"http"`, `*`, `*/udp`.
#[derive(Clone, Debug)]
pub struct Port {
    /// The whole of it.
    pub span: Span,
    /// The part before `/`.
    pub value: PortValue,
    /// The part after `/`.
    pub protocol: Option<Box<Word>>,
}

/// The part of a port before its protocol.
#[derive(Clone, Debug)]
pub enum PortValue {
    /// `*`
    Every(Span),
    /// A number, a range or a name; in quotes, a container port's name.
    Word(Word),
}

/// `default deny …`, `default allow`
#[derive(Clone, Copy, Debug)]
pub struct DefaultDecl {
    /// The whole of it.
    pub span: Span,
    /// What is isolated.
    pub kind: DefaultKind,
}

/// Which directions a `default` isolates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultKind {
    /// `default deny`, bare or with both directions.
    Deny,
    /// `default deny ingress`
    DenyIngress,
    /// `default deny egress`
    DenyEgress,
    /// `default allow`
    Allow,
}

/// `allow FROM -> TO`
#[derive(Clone, Debug)]
pub struct Rule {
    /// Which halves are written.
    pub halves: Halves,
    /// The sources.
    pub from: Union,
    /// The targets.
    pub to: Union,
    /// Its doc comment.
    pub doc: Doc,
}

/// Which halves of a rule are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Halves {
    /// `allow`
    Both,
    /// `allow ingress`
    Ingress,
    /// `allow egress`
    Egress,
}

/// `never FROM -> TO`, `only FROM -> TO`
#[derive(Clone, Debug)]
pub struct Guard {
    /// Which claim.
    pub kind: GuardKind,
    /// The sources.
    pub from: Union,
    /// The targets.
    pub to: Union,
}

/// The claims about a whole program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GuardKind {
    /// `never`
    Never,
    /// `only`
    Only,
}

/// `test "name" { … }`
#[derive(Clone, Debug)]
pub struct Test {
    /// Its name.
    pub name: Word,
    /// Its lines that could be read, in order.
    pub assertions: Vec<Assertion>,
}

/// `FROM can reach TO`, `FROM cannot reach TO`
#[derive(Clone, Debug)]
pub struct Assertion {
    /// The whole line.
    pub span: Span,
    /// Which claim.
    pub kind: AssertionKind,
    /// The sources.
    pub from: Union,
    /// The targets.
    pub to: Union,
}

/// The claims of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AssertionKind {
    /// `can reach`
    Can,
    /// `cannot reach`
    Cannot,
}

/// `A | B`
#[derive(Clone, Debug)]
pub struct Union {
    /// The whole of it.
    pub span: Span,
    /// At least one.
    pub alternatives: Box<[Alternative]>,
}

/// A peer and the ports that bind to it.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// The whole of it.
    pub span: Span,
    /// The peer.
    pub peer: Peer,
    /// What stands behind `:`; `None` where there is no `:`.
    pub ports: Option<Box<[Port]>>,
}

/// A peer as written.
#[derive(Clone, Debug)]
pub struct Peer {
    /// The whole of it.
    pub span: Span,
    /// Which form.
    pub kind: PeerKind,
}

/// The forms of peers.
#[derive(Clone, Debug)]
pub enum PeerKind {
    /// `anywhere`
    Anywhere,
    /// `cluster`
    Cluster,
    /// `managed`
    Managed,
    /// A peer without a scope, or behind one: `*`, `db`, `app=web`, `kasm/db`, `*/app=web`.
    Pods {
        /// What stands before `/`.
        scope: Option<Box<Scope>>,
        /// What stands behind it.
        pods: PodsRef,
    },
    /// An IPv4 or IPv6 address or CIDR, as written without brackets.
    Addresses {
        /// The text between the brackets, or all of it.
        text: Word,
        /// Whether it stood in brackets.
        brackets: Brackets,
    },
}

/// Whether an address stood in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brackets {
    /// `2001:db8::/32`
    None,
    /// `[2001:db8::/32]`
    Square,
}

/// What stands before `/` in a peer.
#[derive(Clone, Debug)]
pub enum Scope {
    /// A namespace or a set of namespaces.
    Named(Word),
    /// `*/…`
    Everywhere(Span),
    /// `managed/…`
    Managed(Span),
    /// `cluster/…`, `anywhere/…`, which mean nothing: `check` says what to write.
    Reserved(Word),
}

/// Which pods of a namespace, or, without a scope, a service or network by name.
#[derive(Clone, Debug)]
pub enum PodsRef {
    /// `*`
    All,
    /// `db`
    Named(Word),
    /// `app=web, tier!=dev`
    Selector(Selector),
}

/// `app=web, tier!=dev`
#[derive(Clone, Debug)]
pub struct Selector {
    /// The whole of it.
    pub span: Span,
    /// At least one; all must hold.
    pub requirements: Box<[Requirement]>,
}

/// One requirement of a selector.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// The whole of it.
    pub span: Span,
    /// The key.
    pub key: Word,
    /// What is asked of it.
    pub kind: RequirementKind,
}

/// What a requirement asks of its key.
#[derive(Clone, Debug)]
pub enum RequirementKind {
    /// `app=web`
    Equals(Word),
    /// `app!=web`
    NotEquals(Word),
    /// `app in (a, b)`
    In(Vec<Word>),
    /// `app notin (a, b)`
    NotIn(Vec<Word>),
    /// `app=*`
    Exists,
    /// `!app`
    Absent,
    /// kubectl's `app==web`, which netdsl does not take.
    DoubleEquals(Word),
    /// `app!=*`, which netdsl writes as `!app`.
    NotEqualsAny,
    /// kubectl's bare `app` in a list, which netdsl writes as `app=*`.
    Bare,
}
