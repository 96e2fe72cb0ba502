//! The statements, one function each.

use super::{Astray, Block, Walk};
use crate::fmt::piece::{Gap, Role};
use crate::fmt::words::Use;
use crate::syntax::ast::{
    Assertion, AssertionKind, Guard, GuardKind, Halves, ItemKind, LabelDecl, LabelValue, Labelled,
    Management, Member, MemberKind, NamespaceDecl, NamespaceSetDecl, NetworkDecl, PodsDecl, PodsMemberKind,
    PortDecl, Rule, ServiceDecl, Test, Union, Word,
};

impl<'t> Walk<'t> {
    /// A statement outside any block.
    pub(super) fn item(&mut self, kind: &'t ItemKind) -> Result<(), Astray> {
        match kind {
            ItemKind::Use(path) => self.used_file(path),
            ItemKind::Label(decl) => self.label(decl),
            ItemKind::Namespace(decl) => self.namespace(decl),
            ItemKind::NamespaceSet(decl) => self.set(decl),
            ItemKind::Network(decl) => self.network(decl),
            ItemKind::Service(decl) => self.service(decl),
            ItemKind::Member(kind) => self.member(kind),
        }
    }

    fn member(&mut self, kind: &'t MemberKind) -> Result<(), Astray> {
        match kind {
            MemberKind::Pods(decl) => self.pods(decl),
            MemberKind::Default(decl) => {
                self.as_written(decl.span.range())?;
                self.statement()
            }
            MemberKind::Rule(rule) => self.rule(rule),
            MemberKind::Guard(guard) => self.guard(guard),
            MemberKind::Test(test) => self.test(test),
            // What cannot be read cannot be laid out.
            MemberKind::Broken(_) => Err(Astray),
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "it ends functions that return this")]
    fn statement(&mut self) -> Result<(), Astray> {
        self.end(Role::Statement);
        Ok(())
    }

    fn members(&mut self, members: Option<&'t Vec<Member>>) -> Result<(), Astray> {
        if self.header()? == Block::None {
            return Ok(());
        }
        for member in members.into_iter().flatten() {
            self.member(&member.kind)?;
        }
        self.close()
    }

    fn used_file(&mut self, path: &'t Word) -> Result<(), Astray> {
        self.sign("use", Gap::Space)?;
        self.word(path, Use::Text, Gap::Space)?;
        self.statement()
    }

    fn label(&mut self, decl: &'t LabelDecl) -> Result<(), Astray> {
        match decl.of {
            Labelled::Pods => {}
            Labelled::Namespaces => self.sign("namespace", Gap::Space)?,
        }
        self.sign("label", Gap::Space)?;
        self.word(&decl.key, Use::Key, Gap::Space)?;
        self.sign("=", Gap::Space)?;
        for (index, value) in decl.values.iter().enumerate() {
            let gap = self.bar(index, Gap::Body)?;
            match value {
                LabelValue::Any(_) => self.sign("*", gap)?,
                LabelValue::OfPods(_) => self.sign("pods", gap)?,
                LabelValue::Value(word) => self.word(word, Use::DeclaredValue, gap)?,
            }
        }
        self.statement()
    }

    fn namespace(&mut self, decl: &'t NamespaceDecl) -> Result<(), Astray> {
        match decl.management {
            Management::Managed => {}
            Management::External => self.sign("external", Gap::Space)?,
        }
        self.sign("namespace", Gap::Space)?;
        self.word(&decl.name, Use::Namespace, Gap::Space)?;
        if let Some(labels) = &decl.labels {
            self.sign("labels", Gap::Space)?;
            self.selector(labels, Gap::Space)?;
        }
        self.members(decl.members.as_ref())
    }

    fn set(&mut self, decl: &'t NamespaceSetDecl) -> Result<(), Astray> {
        self.sign("namespaces", Gap::Space)?;
        self.word(&decl.name, Use::Name, Gap::Space)?;
        self.sign("where", Gap::Space)?;
        self.selector(&decl.selector, Gap::Condition)?;
        self.members(decl.members.as_ref())
    }

    fn network(&mut self, decl: &'t NetworkDecl) -> Result<(), Astray> {
        if decl.overriding.is_some() {
            self.sign("override", Gap::Space)?;
        }
        self.sign("network", Gap::Space)?;
        self.word(&decl.name, Use::Name, Gap::Space)?;
        self.sign("=", Gap::Space)?;
        self.terms(&decl.terms, Gap::Body)?;
        if !decl.except.is_empty() {
            self.sign("except", Gap::Arrow)?;
            self.terms(&decl.except, Gap::Space)?;
        }
        self.statement()
    }

    fn terms(&mut self, terms: &'t [Word], first: Gap) -> Result<(), Astray> {
        for (index, term) in terms.iter().enumerate() {
            let gap = self.bar(index, first)?;
            if self.brackets(term).is_some() {
                self.bracketed(term, gap)?;
            } else {
                self.word(term, Use::Name, gap)?;
            }
        }
        Ok(())
    }

    fn service(&mut self, decl: &'t ServiceDecl) -> Result<(), Astray> {
        if decl.overriding.is_some() {
            self.sign("override", Gap::Space)?;
        }
        self.sign("service", Gap::Space)?;
        self.word(&decl.name, Use::Name, Gap::Space)?;
        self.sign("=", Gap::Space)?;
        self.targets(&decl.targets, Gap::Body)?;
        self.statement()
    }

    fn pods(&mut self, decl: &'t PodsDecl) -> Result<(), Astray> {
        if let Some(name) = &decl.policy_name {
            self.policy_name(name)?;
        }
        self.sign("pods", Gap::Space)?;
        self.word(&decl.name, Use::Name, Gap::Space)?;
        self.sign("where", Gap::Space)?;
        self.selector(&decl.selector, Gap::Condition)?;
        if self.header()? == Block::None {
            return Ok(());
        }
        for member in &decl.members {
            match &member.kind {
                PodsMemberKind::Port(port) => self.port(port)?,
                PodsMemberKind::Default(decl) => {
                    self.as_written(decl.span.range())?;
                    self.statement()?;
                }
                PodsMemberKind::HostNetwork => {
                    self.sign("host-network", Gap::Space)?;
                    self.statement()?;
                }
                PodsMemberKind::Broken(_) => return Err(Astray),
            }
        }
        self.close()
    }

    fn policy_name(&mut self, name: &'t Word) -> Result<(), Astray> {
        self.sign("@name", Gap::Space)?;
        self.sign("(", Gap::Tight)?;
        self.word(name, Use::Text, Gap::Tight)?;
        self.sign(")", Gap::Tight)?;
        self.statement()
    }

    fn port(&mut self, decl: &'t PortDecl) -> Result<(), Astray> {
        self.sign("port", Gap::Space)?;
        self.word(&decl.name, Use::Name, Gap::Space)?;
        self.sign("=", Gap::Space)?;
        self.ports(&decl.ports, Gap::Body, Gap::Value)?;
        self.statement()
    }

    fn rule(&mut self, rule: &'t Rule) -> Result<(), Astray> {
        self.sign("allow", Gap::Space)?;
        match rule.halves {
            Halves::Both => {}
            Halves::Ingress => self.sign("ingress", Gap::Space)?,
            Halves::Egress => self.sign("egress", Gap::Space)?,
        }
        self.flow(&rule.from, &rule.to)
    }

    fn guard(&mut self, guard: &'t Guard) -> Result<(), Astray> {
        match guard.kind {
            GuardKind::Never => self.sign("never", Gap::Space)?,
            GuardKind::Only => self.sign("only", Gap::Space)?,
        }
        self.flow(&guard.from, &guard.to)
    }

    fn flow(&mut self, from: &'t Union, to: &'t Union) -> Result<(), Astray> {
        self.sources(from)?;
        self.sign("->", Gap::Arrow)?;
        self.targets(to, Gap::Space)?;
        self.statement()
    }

    fn test(&mut self, test: &'t Test) -> Result<(), Astray> {
        self.sign("test", Gap::Space)?;
        self.word(&test.name, Use::Text, Gap::Space)?;
        if self.header()? == Block::None {
            return Err(Astray);
        }
        for assertion in &test.assertions {
            self.assertion(assertion)?;
        }
        self.close()
    }

    fn assertion(&mut self, assertion: &'t Assertion) -> Result<(), Astray> {
        self.sources(&assertion.from)?;
        match assertion.kind {
            AssertionKind::Can => self.sign("can", Gap::Space)?,
            AssertionKind::Cannot => self.sign("cannot", Gap::Space)?,
        }
        self.sign("reach", Gap::Space)?;
        self.targets(&assertion.to, Gap::Space)?;
        self.statement()
    }
}
