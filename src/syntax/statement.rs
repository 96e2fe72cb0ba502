//! What one logical line says, before it is known whether it may stand where it stands.

use super::ast;
use crate::source::Span;

/// A statement, or the header of a block without its members.
#[derive(Clone, Debug)]
pub(super) enum Statement {
    Use(ast::Word),
    Label(ast::LabelDecl),
    Namespace(ast::NamespaceDecl),
    Set(ast::NamespaceSetDecl),
    Network(ast::NetworkDecl),
    Service(ast::ServiceDecl),
    Pods(ast::PodsDecl),
    Port(ast::PortDecl),
    Default(ast::DefaultDecl),
    HostNetwork,
    Rule(ast::Rule),
    Guard(ast::Guard),
    Test(ast::Word),
    Assertion(ast::Assertion),
    PolicyName(ast::Word),
    Broken(Option<ast::Keyword>, Option<ast::Word>),
}

/// A statement and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) span: Span,
    pub(super) statement: Statement,
}

/// The kinds of statements, as far as places and blocks depend on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Use,
    Label,
    Namespace,
    ExternalNamespace,
    Set,
    Network,
    Service,
    Pods,
    Port,
    Default,
    HostNetwork,
    Rule,
    Guard,
    Test,
    Assertion,
    PolicyName,
    Unreadable,
}

impl Statement {
    /// Its kind. What is broken behind a keyword is of the keyword's kind.
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Use(_) => Kind::Use,
            Self::Label(_) => Kind::Label,
            Self::Namespace(decl) => match decl.management {
                ast::Management::Managed => Kind::Namespace,
                ast::Management::External => Kind::ExternalNamespace,
            },
            Self::Set(_) => Kind::Set,
            Self::Network(_) => Kind::Network,
            Self::Service(_) => Kind::Service,
            Self::Pods(_) => Kind::Pods,
            Self::Port(_) => Kind::Port,
            Self::Default(_) => Kind::Default,
            Self::HostNetwork => Kind::HostNetwork,
            Self::Rule(_) => Kind::Rule,
            Self::Guard(_) => Kind::Guard,
            Self::Test(_) => Kind::Test,
            Self::Assertion(_) => Kind::Assertion,
            Self::PolicyName(_) => Kind::PolicyName,
            Self::Broken(keyword, _) => keyword.map_or(Kind::Unreadable, Kind::of_keyword),
        }
    }

    /// What is left of it where it may not stand: its name stays declared.
    pub(super) fn into_broken(self) -> (Option<ast::Keyword>, Option<ast::Word>) {
        match self {
            Self::Label(decl) => {
                let keyword = match decl.of {
                    ast::Labelled::Pods => ast::Keyword::Label,
                    ast::Labelled::Namespaces => ast::Keyword::NamespaceLabel,
                };
                (Some(keyword), Some(decl.key))
            }
            Self::Namespace(decl) => {
                let keyword = match decl.management {
                    ast::Management::Managed => ast::Keyword::Namespace,
                    ast::Management::External => ast::Keyword::ExternalNamespace,
                };
                (Some(keyword), Some(decl.name))
            }
            Self::Set(decl) => (Some(ast::Keyword::Namespaces), Some(decl.name)),
            Self::Network(decl) => (Some(ast::Keyword::Network), Some(decl.name)),
            Self::Service(decl) => (Some(ast::Keyword::Service), Some(decl.name)),
            Self::Pods(decl) => (Some(ast::Keyword::Pods), Some(decl.name)),
            Self::Port(decl) => (Some(ast::Keyword::Port), Some(decl.name)),
            Self::Test(name) => (Some(ast::Keyword::Test), Some(name)),
            Self::Broken(keyword, name) => (keyword, name),
            Self::Use(_)
            | Self::Default(_)
            | Self::HostNetwork
            | Self::Rule(_)
            | Self::Guard(_)
            | Self::Assertion(_)
            | Self::PolicyName(_) => (None, None),
        }
    }
}

impl Kind {
    fn of_keyword(keyword: ast::Keyword) -> Self {
        match keyword {
            ast::Keyword::Label | ast::Keyword::NamespaceLabel => Self::Label,
            ast::Keyword::Namespace => Self::Namespace,
            ast::Keyword::ExternalNamespace => Self::ExternalNamespace,
            ast::Keyword::Namespaces => Self::Set,
            ast::Keyword::Pods => Self::Pods,
            ast::Keyword::Port => Self::Port,
            ast::Keyword::Network => Self::Network,
            ast::Keyword::Service => Self::Service,
            ast::Keyword::Test => Self::Test,
        }
    }
}
