//! What a block is being read into, and what its statements become there.
//!
//! Comes in: statements whose places have been judged. Goes out: the parts of the tree. What cannot stand in a
//! block becomes [`Broken`] with its name; nothing is reported here.

use super::ast::{
    Broken, ItemKind, Member, MemberKind, NamespaceDecl, NamespaceSetDecl, PodsDecl, PodsMember,
    PodsMemberKind, Test,
};
use super::statement::Statement;
use crate::source::Span;

/// What a block is being read into.
pub(super) enum Content {
    Namespace(NamespaceDecl),
    Set(NamespaceSetDecl),
    Pods(PodsDecl),
    Test(Test),
    Broken(Broken),
}

impl Content {
    /// The block of a header that may stand where it stands.
    pub(super) fn of(statement: Statement) -> Self {
        match statement {
            Statement::Namespace(decl) => {
                Self::Namespace(NamespaceDecl { members: Some(Vec::new()), ..decl })
            }
            Statement::Set(decl) => Self::Set(NamespaceSetDecl { members: Some(Vec::new()), ..decl }),
            Statement::Pods(decl) => Self::Pods(decl),
            Statement::Test(name) => Self::Test(Test { name, assertions: Vec::new() }),
            Statement::Use(_)
            | Statement::Label(_)
            | Statement::Network(_)
            | Statement::Service(_)
            | Statement::Port(_)
            | Statement::Default(_)
            | Statement::HostNetwork
            | Statement::Rule(_)
            | Statement::Guard(_)
            | Statement::Assertion(_)
            | Statement::PolicyName(_)
            | Statement::Broken(..) => Self::broken(statement),
        }
    }

    pub(super) fn broken(statement: Statement) -> Self {
        Self::Broken(broken(statement))
    }

    /// Adds a statement that has no block.
    pub(super) fn push(&mut self, span: Span, statement: Statement) {
        match self {
            Self::Namespace(NamespaceDecl { members, .. }) | Self::Set(NamespaceSetDecl { members, .. }) => {
                members.get_or_insert_default().push(Member { span, kind: member_kind(statement) });
            }
            Self::Pods(decl) => decl.members.push(PodsMember { span, kind: pods_member_kind(statement) }),
            Self::Test(test) => {
                if let Statement::Assertion(assertion) = statement {
                    test.assertions.push(assertion);
                }
            }
            // The lines of a test whose header cannot be read declare nothing.
            Self::Broken(_) if matches!(statement, Statement::Assertion(_)) => {}
            Self::Broken(broken) => broken.members.push(Member { span, kind: member_kind(statement) }),
        }
    }

    /// Adds a block.
    pub(super) fn push_block(&mut self, span: Span, block: Self) {
        match self {
            Self::Namespace(NamespaceDecl { members, .. }) | Self::Set(NamespaceSetDecl { members, .. }) => {
                members.get_or_insert_default().push(Member { span, kind: block.into_member() });
            }
            Self::Broken(broken) => broken.members.push(Member { span, kind: block.into_member() }),
            Self::Pods(decl) => {
                decl.members.push(PodsMember { span, kind: PodsMemberKind::Broken(block.into_broken()) });
            }
            Self::Test(_) => {}
        }
    }

    /// Gives back the memory that no statement came for: there are many blocks, and they stay.
    pub(super) fn complete(mut self) -> Self {
        match &mut self {
            Self::Namespace(NamespaceDecl { members, .. }) | Self::Set(NamespaceSetDecl { members, .. }) => {
                members.iter_mut().for_each(Vec::shrink_to_fit);
            }
            Self::Pods(decl) => decl.members.shrink_to_fit(),
            Self::Test(test) => test.assertions.shrink_to_fit(),
            Self::Broken(broken) => broken.members.shrink_to_fit(),
        }
        self
    }

    pub(super) fn into_item(self) -> ItemKind {
        match self {
            Self::Namespace(decl) => ItemKind::Namespace(decl),
            Self::Set(decl) => ItemKind::NamespaceSet(decl),
            Self::Test(test) => ItemKind::Member(MemberKind::Test(test)),
            Self::Pods(_) | Self::Broken(_) => ItemKind::Member(MemberKind::Broken(self.into_broken())),
        }
    }

    pub(super) fn into_member(self) -> MemberKind {
        match self {
            Self::Pods(decl) => MemberKind::Pods(decl),
            Self::Test(test) => MemberKind::Test(test),
            Self::Namespace(_) | Self::Set(_) | Self::Broken(_) => MemberKind::Broken(self.into_broken()),
        }
    }

    pub(super) fn into_broken(self) -> Broken {
        match self {
            Self::Namespace(mut decl) => {
                let members = decl.members.take().unwrap_or_default();
                Broken { members, ..broken(Statement::Namespace(decl)) }
            }
            Self::Set(mut decl) => {
                let members = decl.members.take().unwrap_or_default();
                Broken { members, ..broken(Statement::Set(decl)) }
            }
            Self::Pods(decl) => broken(Statement::Pods(decl)),
            Self::Test(test) => broken(Statement::Test(test.name)),
            Self::Broken(broken) => broken,
        }
    }
}

/// What a statement still declares where it cannot be used.
fn broken(statement: Statement) -> Broken {
    let (keyword, name) = statement.into_broken();
    Broken { keyword, name, members: Vec::new() }
}

/// A statement that may not stand where it stands.
pub(super) fn break_off(statement: Statement) -> Statement {
    let (keyword, name) = statement.into_broken();
    Statement::Broken(keyword, name)
}

/// A statement outside of all blocks.
pub(super) fn item_kind(statement: Statement) -> ItemKind {
    match statement {
        Statement::Use(path) => ItemKind::Use(path),
        Statement::Label(decl) => ItemKind::Label(decl),
        Statement::Namespace(decl) => ItemKind::Namespace(decl),
        Statement::Set(decl) => ItemKind::NamespaceSet(decl),
        Statement::Network(decl) => ItemKind::Network(decl),
        Statement::Service(decl) => ItemKind::Service(decl),
        Statement::Rule(rule) => ItemKind::Member(MemberKind::Rule(rule)),
        Statement::Guard(guard) => ItemKind::Member(MemberKind::Guard(guard)),
        Statement::Pods(_)
        | Statement::Port(_)
        | Statement::Default(_)
        | Statement::HostNetwork
        | Statement::Test(_)
        | Statement::Assertion(_)
        | Statement::PolicyName(_)
        | Statement::Broken(..) => ItemKind::Member(MemberKind::Broken(broken(statement))),
    }
}

/// A statement in a block of namespaces.
fn member_kind(statement: Statement) -> MemberKind {
    match statement {
        Statement::Pods(decl) => MemberKind::Pods(decl),
        Statement::Default(decl) => MemberKind::Default(decl),
        Statement::Rule(rule) => MemberKind::Rule(rule),
        Statement::Guard(guard) => MemberKind::Guard(guard),
        Statement::Use(_)
        | Statement::Label(_)
        | Statement::Namespace(_)
        | Statement::Set(_)
        | Statement::Network(_)
        | Statement::Service(_)
        | Statement::Port(_)
        | Statement::HostNetwork
        | Statement::Test(_)
        | Statement::Assertion(_)
        | Statement::PolicyName(_)
        | Statement::Broken(..) => MemberKind::Broken(broken(statement)),
    }
}

/// A statement in a block of `pods`.
fn pods_member_kind(statement: Statement) -> PodsMemberKind {
    match statement {
        Statement::Port(decl) => PodsMemberKind::Port(decl),
        Statement::Default(decl) => PodsMemberKind::Default(decl),
        Statement::HostNetwork => PodsMemberKind::HostNetwork,
        Statement::Use(_)
        | Statement::Label(_)
        | Statement::Namespace(_)
        | Statement::Set(_)
        | Statement::Network(_)
        | Statement::Service(_)
        | Statement::Pods(_)
        | Statement::Rule(_)
        | Statement::Guard(_)
        | Statement::Test(_)
        | Statement::Assertion(_)
        | Statement::PolicyName(_)
        | Statement::Broken(..) => PodsMemberKind::Broken(broken(statement)),
    }
}
