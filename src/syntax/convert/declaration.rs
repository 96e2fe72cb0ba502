//! Declarations: namespaces, pods, ports, labels, networks, services, defaults.

use super::Converter;
use crate::source::Span;
use crate::syntax::ast::{
    DefaultKind, Doc, Keyword, LabelDecl, LabelValue, Labelled, Management, NamespaceDecl, NamespaceSetDecl,
    NetworkDecl, PodsDecl, PortDecl, Quoting, Selector, ServiceDecl, Union, Word,
};
use crate::syntax::grammar::{Pair, Rule};

/// What the declarations are made of, beside the keyword.
#[derive(Default)]
struct Parts<'t> {
    name: Option<Pair<'t>>,
    condition: Option<Pair<'t>>,
    overriding: Option<Span>,
    ports: Option<Pair<'t>>,
    union: Option<Pair<'t>>,
    terms: Vec<Pair<'t>>,
}

const NAMED: &str = "the grammar has a name in every declaration";

impl Converter {
    fn parts<'t>(&self, pair: Pair<'t>) -> Parts<'t> {
        let mut parts = Parts::default();
        for inner in pair.into_inner() {
            #[expect(clippy::wildcard_enum_match_arm, reason = "the rest are keywords and punctuation")]
            match inner.as_rule() {
                Rule::name => parts.name = Some(inner),
                Rule::condition => parts.condition = Some(inner),
                Rule::kw_override => parts.overriding = Some(self.span(&inner)),
                Rule::port_list => parts.ports = Some(inner),
                Rule::union => parts.union = Some(inner),
                Rule::terms => parts.terms.push(inner),
                _ => {}
            }
        }
        parts
    }

    /// `pods NAME where SELECTOR`
    pub(super) fn pods(&mut self, pair: Pair<'_>) -> PodsDecl {
        let parts = self.parts(pair);
        let name = self.declared_name(parts.name.expect(NAMED));
        let selector = self.selector(parts.condition.expect("the grammar has a selector behind `where`"));
        PodsDecl { name, policy_name: None, selector, members: Vec::new(), doc: Doc::default() }
    }

    /// `port NAME = PORT, …`
    pub(super) fn port(&mut self, pair: Pair<'_>) -> PortDecl {
        let parts = self.parts(pair);
        let name = self.declared_name(parts.name.expect(NAMED));
        PortDecl { name, ports: self.ports(parts.ports.expect("the grammar has ports behind `=`")) }
    }

    /// `namespace NAME labels …`, `external namespace NAME labels …`
    pub(super) fn namespace(&mut self, pair: Pair<'_>) -> NamespaceDecl {
        let external =
            pair.clone().into_inner().next().is_some_and(|inner| inner.as_rule() == Rule::kw_external);
        let management = if external { Management::External } else { Management::Managed };
        let parts = self.parts(pair);
        let name = self.declared_name(parts.name.expect(NAMED));
        let labels: Option<Selector> = parts.condition.map(|condition| self.selector(condition));
        NamespaceDecl { management, name, labels, members: None, doc: Doc::default() }
    }

    /// `namespaces NAME where SELECTOR`
    pub(super) fn namespace_set(&mut self, pair: Pair<'_>) -> NamespaceSetDecl {
        let parts = self.parts(pair);
        let name = self.declared_name(parts.name.expect(NAMED));
        let selector = self.selector(parts.condition.expect("the grammar has a selector behind `where`"));
        NamespaceSetDecl { name, selector, members: None }
    }

    /// `network NAME = … except …`
    pub(super) fn network(&mut self, pair: Pair<'_>) -> NetworkDecl {
        let parts = self.parts(pair);
        let overriding = parts.overriding;
        let name = self.declared_name(parts.name.expect(NAMED));
        let mut unions = parts.terms.into_iter().map(|terms| self.terms(terms));
        let terms = unions.next().unwrap_or_default();
        let except = unions.next().unwrap_or_default();
        NetworkDecl { overriding, name, terms, except }
    }

    fn terms(&self, pair: Pair<'_>) -> Vec<Word> {
        let terms = pair.into_inner().filter(|inner| inner.as_rule() == Rule::term);
        terms.filter_map(|term| term.into_inner().next()).map(|leaf| self.term(leaf)).collect()
    }

    fn term(&self, leaf: Pair<'_>) -> Word {
        if leaf.as_rule() == Rule::bracketed { self.bracketed(leaf) } else { self.word(&leaf) }
    }

    /// `service NAME = …`
    pub(super) fn service(&mut self, pair: Pair<'_>) -> ServiceDecl {
        let parts = self.parts(pair);
        let overriding = parts.overriding;
        let name = self.declared_name(parts.name.expect(NAMED));
        let targets: Union = self.union(parts.union.expect("the grammar has targets behind `=`"));
        ServiceDecl { overriding, name, targets }
    }

    /// `label KEY = …`, `namespace label KEY = …`
    pub(super) fn label(&mut self, pair: Pair<'_>) -> LabelDecl {
        let of = if pair.as_rule() == Rule::label { Labelled::Pods } else { Labelled::Namespaces };
        let mut key = self.word(&pair);
        let mut values = Vec::new();
        for inner in pair.into_inner() {
            #[expect(clippy::wildcard_enum_match_arm, reason = "the rest are keywords and punctuation")]
            match inner.as_rule() {
                Rule::key => key = self.inner_word(inner),
                Rule::label_value => {
                    values.extend(inner.into_inner().next().map(|leaf| self.label_value(&leaf)));
                }
                _ => {}
            }
        }
        LabelDecl { of, key, values }
    }

    fn label_value(&self, leaf: &Pair<'_>) -> LabelValue {
        let word = self.word(leaf);
        match (word.quoting, word.text.as_str()) {
            (Quoting::Bare, "*") => LabelValue::Any(word.span),
            (Quoting::Bare, "pods") => LabelValue::OfPods(word.span),
            (Quoting::Bare | Quoting::Quoted, _) => LabelValue::Value(word),
        }
    }
}

/// What a `default` isolates.
pub(super) fn default_kind(pair: Pair<'_>) -> DefaultKind {
    let rules: Vec<Rule> = pair.into_inner().map(|inner| inner.as_rule()).collect();
    let has = |token| rules.contains(&token);
    match (has(Rule::kw_allow), has(Rule::kw_ingress), has(Rule::kw_egress)) {
        (true, _, _) => DefaultKind::Allow,
        (false, true, false) => DefaultKind::DenyIngress,
        (false, false, true) => DefaultKind::DenyEgress,
        (false, true, true) | (false, false, false) => DefaultKind::Deny,
    }
}

/// The keyword of a declaration, from the tokens before its name.
pub(super) fn keyword(rules: &[Rule]) -> Option<Keyword> {
    match rules {
        [Rule::kw_namespace, Rule::kw_label, ..] => Some(Keyword::NamespaceLabel),
        [Rule::kw_external, Rule::kw_namespace, ..] => Some(Keyword::ExternalNamespace),
        [Rule::kw_namespace, ..] => Some(Keyword::Namespace),
        [Rule::kw_namespaces, ..] => Some(Keyword::Namespaces),
        [Rule::kw_label, ..] => Some(Keyword::Label),
        [Rule::kw_pods, ..] => Some(Keyword::Pods),
        [Rule::kw_port, ..] => Some(Keyword::Port),
        [Rule::kw_network, ..] | [Rule::kw_override, Rule::kw_network, ..] => Some(Keyword::Network),
        [Rule::kw_service, ..] | [Rule::kw_override, Rule::kw_service, ..] => Some(Keyword::Service),
        [Rule::kw_test, ..] => Some(Keyword::Test),
        _ => None,
    }
}
