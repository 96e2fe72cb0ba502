//! Unions, peers and ports: `kasm/db:5432 | 10.0.0.0/8:*`.

use super::{Converter, Refusal, is_reserved};
use crate::source::Span;
use crate::syntax::ast::{
    Alternative, Brackets, Peer, PeerKind, PodsRef, Port, PortValue, Quoting, RequirementKind, Scope,
    Selector, Union, Word,
};
use crate::syntax::grammar::{Pair, Rule};

impl Converter {
    /// A `union`.
    pub(super) fn union(&mut self, pair: Pair<'_>) -> Union {
        let span = self.span(&pair);
        let alternatives = pair.into_inner().filter(|inner| inner.as_rule() == Rule::alternative);
        Union { span, alternatives: alternatives.map(|inner| self.alternative(inner)).collect() }
    }

    fn alternative(&mut self, pair: Pair<'_>) -> Alternative {
        let span = self.span(&pair);
        let mut peer = None;
        let mut ports = None;
        for inner in pair.into_inner() {
            #[expect(clippy::wildcard_enum_match_arm, reason = "the rest is the colon")]
            match inner.as_rule() {
                Rule::peer => peer = Some(self.peer(inner)),
                Rule::port_list => ports = Some(self.ports(inner)),
                _ => {}
            }
        }
        Alternative { span, peer: peer.expect("the grammar begins an alternative with a peer"), ports }
    }

    fn peer(&mut self, pair: Pair<'_>) -> Peer {
        let span = self.span(&pair);
        let form = pair.into_inner().next().expect("the grammar has one form in a peer");
        #[expect(clippy::wildcard_enum_match_arm, reason = "the rule `peer` has these alternatives alone")]
        let kind = match form.as_rule() {
            Rule::bracketed => PeerKind::Addresses { text: self.bracketed(form), brackets: Brackets::Square },
            Rule::v4 | Rule::v6 => PeerKind::Addresses { text: self.word(&form), brackets: Brackets::None },
            Rule::scoped | Rule::dotted_scope => self.scoped(form),
            Rule::selector => self.selecting(None, form),
            Rule::star => PeerKind::Pods { scope: None, pods: PodsRef::All },
            _ => self.named(form),
        };
        Peer { span, kind }
    }

    /// The address between brackets.
    pub(super) fn bracketed(&self, pair: Pair<'_>) -> Word {
        let outer = self.word(&pair);
        pair.into_inner()
            .find(|inner| inner.as_rule() == Rule::address)
            .map_or(outer, |text| self.word(&text))
    }

    /// A name on its own: one of the language's peers, or what a program declares.
    fn named(&mut self, pair: Pair<'_>) -> PeerKind {
        let word = self.inner_word(pair);
        match (word.quoting, word.text.as_str()) {
            (Quoting::Bare, "anywhere") => return PeerKind::Anywhere,
            (Quoting::Bare, "cluster") => return PeerKind::Cluster,
            (Quoting::Bare, "managed") => return PeerKind::Managed,
            (Quoting::Bare | Quoting::Quoted, _) => {}
        }
        if is_reserved(&word) {
            self.refusals.push(Refusal::ReservedPeer(word.clone()));
        }
        PeerKind::Pods { scope: None, pods: PodsRef::Named(word) }
    }

    /// `SCOPE/PODS`
    fn scoped(&mut self, pair: Pair<'_>) -> PeerKind {
        let mut parts = pair.into_inner().filter(|inner| inner.as_rule() != Rule::slash);
        let scope = parts.next().expect("the grammar begins with the scope");
        let pods = parts.next().expect("the grammar has pods behind the `/`");
        let scope = Box::new(self.scope(scope));
        #[expect(clippy::wildcard_enum_match_arm, reason = "the grammar has these three alone")]
        match pods.as_rule() {
            Rule::selector => self.selecting(Some(scope), pods),
            Rule::star => PeerKind::Pods { scope: Some(scope), pods: PodsRef::All },
            _ => PeerKind::Pods { scope: Some(scope), pods: PodsRef::Named(self.peer_name(pods)) },
        }
    }

    /// A name behind `/`; that it is no word of the language is for a later phase where it could be one.
    fn peer_name(&mut self, pair: Pair<'_>) -> Word {
        let word = self.inner_word(pair);
        let peer = ["anywhere", "cluster", "managed"].contains(&word.text.as_str());
        if is_reserved(&word) && !peer {
            self.refusals.push(Refusal::ReservedPeer(word.clone()));
        }
        word
    }

    fn scope(&mut self, pair: Pair<'_>) -> Scope {
        let span = self.span(&pair);
        let word = self.inner_word(pair);
        match (word.quoting, word.text.as_str()) {
            (Quoting::Bare, "*") => Scope::Everywhere(span),
            (Quoting::Bare, "managed") => Scope::Managed(span),
            (Quoting::Bare, "cluster" | "anywhere") => Scope::Reserved(word),
            (Quoting::Bare | Quoting::Quoted, _) => self.named_scope(word),
        }
    }

    fn named_scope(&mut self, word: Word) -> Scope {
        if is_reserved(&word) {
            self.refusals.push(Refusal::ReservedPeer(word.clone()));
        }
        Scope::Named(word)
    }

    fn selecting(&mut self, scope: Option<Box<Scope>>, pair: Pair<'_>) -> PeerKind {
        let selector = self.selector(pair);
        if let Some(span) = only_bare_keys(&selector) {
            self.refusals.push(Refusal::OnlyBareKeys(span));
        }
        PeerKind::Pods { scope, pods: PodsRef::Selector(selector) }
    }

    /// A `port_list`.
    pub(super) fn ports(&self, pair: Pair<'_>) -> Box<[Port]> {
        let ports = pair.into_inner().filter(|inner| inner.as_rule() == Rule::port_spec);
        ports.map(|inner| self.port_spec(inner)).collect()
    }

    fn port_spec(&self, pair: Pair<'_>) -> Port {
        let span = self.span(&pair);
        let mut value = PortValue::Every(span);
        let mut protocol = None;
        for inner in pair.into_inner() {
            #[expect(clippy::wildcard_enum_match_arm, reason = "the rest is the slash")]
            match inner.as_rule() {
                Rule::star => value = PortValue::Every(self.span(&inner)),
                Rule::word | Rule::string => value = PortValue::Word(self.word(&inner)),
                Rule::protocol => protocol = Some(Box::new(self.word(&inner))),
                _ => {}
            }
        }
        Port { span, value, protocol }
    }
}

/// The place of a peer `a, b`, whose keys have no operator at all.
fn only_bare_keys(selector: &Selector) -> Option<Span> {
    let bare =
        selector.requirements.iter().all(|requirement| matches!(requirement.kind, RequirementKind::Bare));
    bare.then_some(selector.span)
}
