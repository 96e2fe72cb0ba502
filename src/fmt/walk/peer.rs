//! Unions, peers, ports and selectors.

use std::ops::Range;

use super::{Astray, Walk};
use crate::fmt::piece::Gap;
use crate::fmt::words::{self, Use};
use crate::syntax::ast::{
    Alternative, Brackets, Peer, PeerKind, PodsRef, Port, Requirement, RequirementKind, Scope, Selector,
    Union, Word,
};

/// On which side of a statement a peer stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// No ports follow, so no brackets are needed.
    Source,
    /// Ports may follow.
    Target,
}

impl<'t> Walk<'t> {
    /// The `|` before every alternative but the first, and the gap before the alternative.
    pub(super) fn bar(&mut self, index: usize, first: Gap) -> Result<Gap, Astray> {
        if index == 0 {
            return Ok(first);
        }
        self.sign("|", Gap::Bar)?;
        Ok(Gap::Space)
    }

    pub(super) fn sources(&mut self, union: &'t Union) -> Result<(), Astray> {
        self.union(union, Side::Source, Gap::Space)
    }

    pub(super) fn targets(&mut self, union: &'t Union, first: Gap) -> Result<(), Astray> {
        self.union(union, Side::Target, first)
    }

    fn union(&mut self, union: &'t Union, side: Side, first: Gap) -> Result<(), Astray> {
        for (index, alternative) in union.alternatives.iter().enumerate() {
            let gap = self.bar(index, first)?;
            self.alternative(alternative, side, gap)?;
        }
        Ok(())
    }

    fn alternative(&mut self, alternative: &'t Alternative, side: Side, gap: Gap) -> Result<(), Astray> {
        // Ports on a source are an error that somebody else reports; its brackets are needed all the same.
        let side = if alternative.ports.is_some() { Side::Target } else { side };
        self.peer(&alternative.peer, side, gap)?;
        if let Some(ports) = &alternative.ports {
            self.sign(":", Gap::Tight)?;
            self.ports(ports, Gap::Tight, Gap::Port)?;
        }
        Ok(())
    }

    /// Ports as they are written: their quotes mean something.
    pub(super) fn ports(&mut self, ports: &'t [Port], first: Gap, next: Gap) -> Result<(), Astray> {
        for (index, port) in ports.iter().enumerate() {
            if index > 0 {
                self.sign(",", Gap::Tight)?;
            }
            let written = self.text.get(port.span.range()).ok_or(Astray)?;
            self.sign(written, if index == 0 { first } else { next })?;
        }
        Ok(())
    }

    fn peer(&mut self, peer: &'t Peer, side: Side, gap: Gap) -> Result<(), Astray> {
        match &peer.kind {
            PeerKind::Anywhere => self.sign("anywhere", gap),
            PeerKind::Cluster => self.sign("cluster", gap),
            PeerKind::Managed => self.sign("managed", gap),
            PeerKind::Pods { scope: None, pods } => self.pods_ref(pods, gap),
            PeerKind::Pods { scope: Some(scope), pods } => {
                self.scope(scope, gap)?;
                self.sign("/", Gap::Tight)?;
                self.pods_ref(pods, Gap::Tight)
            }
            PeerKind::Addresses { text, brackets } => match (brackets, side) {
                (Brackets::None, Side::Source | Side::Target) => self.word(text, Use::Text, gap),
                (Brackets::Square, Side::Source) => self.bracketed(text, gap),
                (Brackets::Square, Side::Target) => self.in_brackets(text, gap),
            },
        }
    }

    /// An address that stands in brackets although no ports can follow: it is printed without them, where it reads
    /// the same.
    pub(super) fn bracketed(&mut self, text: &'t Word, gap: Gap) -> Result<(), Astray> {
        match self.brackets(text) {
            Some(range) if words::is_ipv6(&text.text) => self.respell(&self.text[range], &text.text, gap),
            Some(_) => self.in_brackets(text, gap),
            None => Err(Astray),
        }
    }

    /// The place from `[` to `]`, where a word stands between these.
    pub(super) fn brackets(&self, word: &Word) -> Option<Range<usize>> {
        let blanks = [' ', '\t'];
        let before = self.text.get(..word.span.range().start)?.trim_end_matches(blanks).strip_suffix('[')?;
        let behind = self.text.get(word.span.range().end..)?.trim_start_matches(blanks).strip_prefix(']')?;
        Some(before.len()..self.text.len() - behind.len())
    }

    fn in_brackets(&mut self, text: &'t Word, gap: Gap) -> Result<(), Astray> {
        self.sign("[", gap)?;
        self.word(text, Use::Text, Gap::Tight)?;
        self.sign("]", Gap::Tight)
    }

    fn scope(&mut self, scope: &'t Scope, gap: Gap) -> Result<(), Astray> {
        match scope {
            Scope::Named(word) | Scope::Reserved(word) => self.word(word, Use::Name, gap),
            Scope::Everywhere(_) => self.sign("*", gap),
            Scope::Managed(_) => self.sign("managed", gap),
        }
    }

    fn pods_ref(&mut self, pods: &'t PodsRef, gap: Gap) -> Result<(), Astray> {
        match pods {
            PodsRef::All => self.sign("*", gap),
            PodsRef::Named(word) => self.word(word, Use::Name, gap),
            PodsRef::Selector(selector) => self.selector(selector, gap),
        }
    }

    pub(super) fn selector(&mut self, selector: &'t Selector, gap: Gap) -> Result<(), Astray> {
        for (index, requirement) in selector.requirements.iter().enumerate() {
            if index > 0 {
                self.sign(",", Gap::Tight)?;
            }
            self.requirement(requirement, if index == 0 { gap } else { Gap::Requirement })?;
        }
        Ok(())
    }

    fn requirement(&mut self, requirement: &'t Requirement, gap: Gap) -> Result<(), Astray> {
        let key = &requirement.key;
        match &requirement.kind {
            RequirementKind::Equals(value) => self.compared(key, "=", value, gap),
            RequirementKind::NotEquals(value) => self.compared(key, "!=", value, gap),
            RequirementKind::DoubleEquals(value) => self.compared(key, "==", value, gap),
            RequirementKind::In(values) => self.listed(key, "in", values, gap),
            RequirementKind::NotIn(values) => self.listed(key, "notin", values, gap),
            RequirementKind::Exists => self.compared_with_any(key, "=", gap),
            RequirementKind::NotEqualsAny => self.compared_with_any(key, "!=", gap),
            RequirementKind::Bare => self.word(key, Use::Key, gap),
            RequirementKind::Absent => {
                self.sign("!", gap)?;
                self.word(key, Use::Key, Gap::Tight)
            }
        }
    }

    fn compared(&mut self, key: &'t Word, sign: &'t str, value: &'t Word, gap: Gap) -> Result<(), Astray> {
        self.word(key, Use::Key, gap)?;
        self.sign(sign, Gap::Tight)?;
        self.word(value, Use::Value, Gap::Tight)
    }

    fn compared_with_any(&mut self, key: &'t Word, sign: &'t str, gap: Gap) -> Result<(), Astray> {
        self.word(key, Use::Key, gap)?;
        self.sign(sign, Gap::Tight)?;
        self.sign("*", Gap::Tight)
    }

    fn listed(&mut self, key: &'t Word, sign: &'t str, values: &'t [Word], gap: Gap) -> Result<(), Astray> {
        self.word(key, Use::Key, gap)?;
        self.sign(sign, Gap::Space)?;
        self.sign("(", Gap::Space)?;
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                self.sign(",", Gap::Tight)?;
            }
            self.word(value, Use::Value, if index == 0 { Gap::FirstValue } else { Gap::Value })?;
        }
        self.sign(")", Gap::ListEnd)
    }
}
