//! What waits for the next statement: doc comments and `@name("…")`.

use super::ast::{Doc, Word};
use super::problems;
use super::statement::Statement;
use crate::diag::Diagnostic;
use crate::source::Span;

/// Doc comments and a policy name that belong to the statement that follows.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    docs: Vec<Span>,
    /// The name, and the whole of `@name("…")`.
    policy_name: Option<(Word, Span)>,
}

impl Waiting {
    /// A line of a doc comment.
    pub(super) fn doc(&mut self, span: Span) {
        self.docs.push(span);
    }

    /// `@name("…")`; the one before it, if any, has nothing to name.
    pub(super) fn policy_name(&mut self, name: Word, span: Span) -> Option<Diagnostic> {
        let earlier = self.policy_name.replace((name, span));
        earlier.map(|(_, span)| problems::stray_policy_name(span))
    }

    /// Gives what waits to a statement; reports what it cannot take.
    pub(super) fn attach(&mut self, text: &str, statement: &mut Statement) -> Vec<Diagnostic> {
        match statement {
            Statement::Namespace(decl) => decl.doc = self.take_docs(text),
            Statement::Rule(rule) => rule.doc = self.take_docs(text),
            Statement::Pods(decl) => {
                decl.doc = self.take_docs(text);
                decl.policy_name = self.policy_name.take().map(|(name, _)| Box::new(name));
            }
            // What was meant may well have taken them.
            Statement::Broken(..) => {
                self.docs.clear();
                self.policy_name = None;
            }
            Statement::Use(_)
            | Statement::Label(_)
            | Statement::Set(_)
            | Statement::Network(_)
            | Statement::Service(_)
            | Statement::Port(_)
            | Statement::Default(_)
            | Statement::HostNetwork
            | Statement::Guard(_)
            | Statement::Test(_)
            | Statement::Assertion(_)
            | Statement::PolicyName(_) => {}
        }
        self.give_up()
    }

    /// Nothing follows that could take what waits.
    pub(super) fn give_up(&mut self) -> Vec<Diagnostic> {
        if self.docs.is_empty() && self.policy_name.is_none() {
            return Vec::new();
        }
        let docs = self.docs.first().copied().zip(self.docs.last().copied());
        let docs = docs.map(|(first, last)| problems::stray_doc(first.to(last)));
        self.docs.clear();
        let name = self.policy_name.take().map(|(_, span)| problems::stray_policy_name(span));
        docs.into_iter().chain(name).collect()
    }

    fn take_docs(&mut self, text: &str) -> Doc {
        let line = |span: Span| text[span.range()].trim_start_matches('#').trim().to_owned();
        Doc { lines: self.docs.drain(..).map(line).collect() }
    }
}
