//! Ports: as `pods` declare them, and as targets name them.
//!
//! Names resolve to numbers here. What stays a name is a container port's, which only the pod can resolve.

use std::collections::BTreeSet;

use crate::algebra::{PortSet, Protocol};
use crate::diag::codes::Ports;
use crate::hir;
use crate::source::Span;
use crate::syntax::ast::{self, PortValue, Quoting};

use super::peers::{Claim, Target};
use super::tables::{Completeness, PodsEntry};
use super::{Resolver, names, problems};

/// What a port as written says.
enum Written<'w> {
    /// `*`
    Every,
    /// `5432`, `8000-8999`
    Numbers(u16, u16),
    /// `postgres`
    Name(&'w ast::Word),
    /// `"http"`
    ContainerName(&'w ast::Word),
}

impl Resolver<'_, '_> {
    /// A port in a `pods` declaration: numbers, or a container port's name; `before` is the one before it.
    pub(super) fn declared_port(&mut self, port: &ast::Port, before: Option<&ast::Port>) -> Option<PortSet> {
        let (written, protocol) = self.written(port)?;
        let protocol = protocol.unwrap_or(Protocol::Tcp);
        match written {
            Written::Numbers(first, last) => Some(self.findings.range(protocol, first, last)),
            Written::ContainerName(word) => Some(self.container_port(protocol, word)),
            Written::Every => {
                self.report(problems::every_port_declared(port.span));
                None
            }
            Written::Name(word) => {
                self.report(problems::unquoted_container_name(word, before));
                None
            }
        }
    }

    fn container_port(&mut self, protocol: Protocol, word: &ast::Word) -> PortSet {
        let name = self.text(&word.text);
        self.findings.ports(PortSet::named(protocol, name))
    }

    /// The ports of a target; `None`, and a report, where they are wrong or missing.
    pub(super) fn target_ports(
        &mut self,
        target: &Target,
        ports: Option<&[ast::Port]>,
        claim: Claim,
        span: Span,
    ) -> Option<PortSet> {
        let Some(ports) = ports else { return self.implied_ports(target, claim, span) };
        if let [port] = ports {
            // Alone it is one of those that are shared already.
            return self.used_port(target, port, None, claim);
        }
        // All are looked at before one of them ends it.
        let mut sets: Vec<PortSet> = Vec::with_capacity(ports.len());
        for (at, port) in ports.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| &ports[at]);
            sets.extend(self.used_port(target, port, before, claim));
        }
        (sets.len() == ports.len()).then(|| self.findings.ports(PortSet::union_of(&sets)))
    }

    fn implied_ports(&mut self, target: &Target, claim: Claim, span: Span) -> Option<PortSet> {
        if claim == Claim::Denied {
            return Some(PortSet::every());
        }
        let Some(at) = target.pods else {
            self.report(problems::missing_ports(span));
            return None;
        };
        let pods: &PodsEntry<'_> = &self.tables.pods[at];
        match (pods.content.ports.as_slice(), pods.content.completeness) {
            (_, Completeness::Gaps) => None,
            ([only], Completeness::Whole) => Some(only.ports.clone()),
            ([], Completeness::Whole) => {
                self.report(problems::missing_ports(span));
                None
            }
            (several, Completeness::Whole) => {
                let problem = problems::which_port(span, several, pods.name.span);
                self.report(problem);
                None
            }
        }
    }

    /// One port of a target; `before` is the one before it in its list.
    fn used_port(
        &mut self,
        target: &Target,
        port: &ast::Port,
        before: Option<&ast::Port>,
        claim: Claim,
    ) -> Option<PortSet> {
        let (written, protocol) = self.written(port)?;
        let set = match written {
            Written::Every => return Some(self.findings.ports(every(protocol))),
            Written::Numbers(first, last) => {
                self.findings.range(protocol.unwrap_or(Protocol::Tcp), first, last)
            }
            Written::ContainerName(word) => {
                if target.is_addresses() {
                    self.report(problems::name_on_addresses(word, None));
                    return None;
                }
                self.container_port(protocol.unwrap_or(Protocol::Tcp), word)
            }
            Written::Name(word) => {
                if let Some(protocol) = &port.protocol {
                    self.report(problems::protocol_on_name(protocol, word));
                    return None;
                }
                return self.named_port(target, word, before);
            }
        };
        if claim == Claim::Allowed { self.require_declared(target, port, set) } else { Some(set) }
    }

    /// A rule on named `pods` that declare ports opens these alone, or all with `:*`.
    fn require_declared(&mut self, target: &Target, port: &ast::Port, set: PortSet) -> Option<PortSet> {
        let Some(at) = target.pods else { return Some(set) };
        let (name, pods) = (self.tables.pods[at].name, &self.tables.pods[at].content);
        if pods.ports.is_empty() || pods.completeness == Completeness::Gaps {
            return Some(set);
        }
        let declared = pods.ports.iter().fold(PortSet::empty(), |all, port| all.union(&port.ports));
        if set.is_subset(&declared) {
            return Some(set);
        }
        let problem = problems::undeclared_port(port.span, &name.text, &pods.ports, name.span);
        self.report(problem);
        None
    }

    fn named_port(
        &mut self,
        target: &Target,
        word: &ast::Word,
        before: Option<&ast::Port>,
    ) -> Option<PortSet> {
        if target.is_addresses() {
            self.report(problems::name_on_addresses(word, before));
            return None;
        }
        let (meaning, other) = self.meanings(target, &word.text);
        let Some((ports, span)) = meaning else {
            self.undeclared_port_name(target, word, before);
            return None;
        };
        if let Some(other) = other {
            self.report(problems::ambiguous_port_name(word, span, other));
            return None;
        }
        Some(ports)
    }

    /// What a name means on a target and where that is declared, and the place of a declaration of something else.
    fn meanings(&self, target: &Target, name: &str) -> (Option<(PortSet, Span)>, Option<Span>) {
        let mut meanings = self.candidates(target, name).filter_map(|at| {
            let mut ports = self.tables.pods[at].content.ports.iter();
            ports.find(|port| *port.name == *name)
        });
        let Some(first) = meanings.next() else { return (None, None) };
        let other = meanings.find(|port| port.ports != first.ports).map(|port| port.span);
        (Some((first.ports.clone(), first.span)), other)
    }

    /// The declared `pods` with a port of this name that the target names, or that its selector can match.
    fn candidates<'s>(&'s self, target: &'s Target, name: &str) -> impl Iterator<Item = usize> + 's {
        let any = match target.pods {
            Some(_) => None,
            None => self.tables.port_names.get(name),
        };
        let matched = any.into_iter().flatten().copied().filter(|at| self.can_match(target, *at));
        target.pods.into_iter().chain(matched)
    }

    fn can_match(&self, target: &Target, at: usize) -> bool {
        let pods = &self.tables.pods[at];
        let Some(own) = &pods.content.selector else { return false };
        match &target.kind {
            hir::PeerKind::Anywhere => true,
            hir::PeerKind::Addresses(_) => false,
            hir::PeerKind::Pods { scope, selector } => {
                self.scope_can_hold(*scope, pods.namespace) && !own.is_disjoint(selector)
            }
        }
    }

    fn undeclared_port_name(&mut self, target: &Target, word: &ast::Word, before: Option<&ast::Port>) {
        let content = |at: usize| &self.tables.pods[at].content;
        let gaps = target.pods.is_some_and(|at| content(at).completeness == Completeness::Gaps);
        if gaps {
            return;
        }
        if !names::is_port_name(&word.text) {
            return self.report(problems::illegal_port(word, before));
        }
        if let Some(problem) = problems::protocol_as_port(Ports::UndeclaredPortName, word, before) {
            return self.report(problem);
        }
        let known: BTreeSet<&str> = match target.pods {
            Some(at) => content(at).ports.iter().map(|port| port.name.as_ref()).collect(),
            None => {
                let names = self.tables.port_names.iter();
                let mine = names.filter(|(_, pods)| pods.iter().any(|at| self.can_match(target, *at)));
                mine.map(|(name, _)| name.as_ref()).collect()
            }
        };
        let near = self.findings.suggester.nearest(&word.text, known.iter().copied());
        let declared = target.pods.map(|at| self.tables.pods[at].name.span);
        let problem = problems::undeclared_port_name(word, near, &known, declared);
        self.report(problem);
    }

    fn written<'w>(&mut self, port: &'w ast::Port) -> Option<(Written<'w>, Option<Protocol>)> {
        if let Some(problem) = problems::protocol_before_port(port) {
            self.report(problem);
            return None;
        }
        let written = match &port.value {
            PortValue::Every(_) => Some(Written::Every),
            PortValue::Word(word) if word.quoting == Quoting::Quoted => self.container_name(word),
            PortValue::Word(word) => self.numbers_or_name(word),
        };
        // Both parts are looked at, so that both mistakes of `http/tpc` show.
        let protocol = match &port.protocol {
            Some(word) => Some(self.protocol(word)?),
            None => None,
        };
        Some((written?, protocol))
    }

    fn container_name<'w>(&mut self, word: &'w ast::Word) -> Option<Written<'w>> {
        if names::is_container_port_name(&word.text) {
            return Some(Written::ContainerName(word));
        }
        self.report(problems::illegal_container_port(word));
        None
    }

    fn numbers_or_name<'w>(&mut self, word: &'w ast::Word) -> Option<Written<'w>> {
        let numeric = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (first, last) = match word.text.split_once('-') {
            Some((first, last)) if numeric(first) && numeric(last) => (first, last),
            _ if numeric(&word.text) => (word.text.as_str(), word.text.as_str()),
            _ => return Some(Written::Name(word)),
        };
        match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => Some(Written::Numbers(first, last)),
            (Some(first), Some(last)) => {
                self.report(problems::reversed_range(word, first, last));
                None
            }
            (None, _) | (_, None) => {
                self.report(problems::illegal_port(word, None));
                None
            }
        }
    }

    fn protocol(&mut self, word: &ast::Word) -> Option<Protocol> {
        let found = Protocol::ALL.into_iter().find(|protocol| protocol.name() == word.text);
        if found.is_none() {
            let names = Protocol::ALL.map(Protocol::name);
            let near = self.findings.suggester.nearest(&word.text, names);
            self.report(problems::unknown_protocol(word, near));
        }
        found
    }
}

/// A port number without leading zeros, from 1 to 65535.
fn number(text: &str) -> Option<u16> {
    let number: u16 = text.parse().ok()?;
    (number > 0 && !text.starts_with('0')).then_some(number)
}

/// Every port: of one protocol, or of all, those that no policy can name too.
fn every(protocol: Option<Protocol>) -> PortSet {
    match protocol {
        Some(protocol) => PortSet::range(protocol, 1, u16::MAX),
        None => PortSet::every(),
    }
}
