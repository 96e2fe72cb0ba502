//! Reads the plainest lines without the grammar: nine in ten lines of a large program, in a tenth of the time.
//!
//! Comes in: a logical line. Goes out: what the grammar makes of it, or nothing, and then the grammar decides. These
//! shapes alone are known, in ASCII and without quotes: `allow A | B -> C:PORTS` where peers are `*`, `NAME`,
//! `KEY=VALUE, …`, one of these behind `NAMESPACE/`, or an IPv4 address; `pods NAME where KEY=VALUE, …`; `port NAME = PORTS`. The
//! tests hold both readings against each other.

use super::ast::{
    Alternative, Brackets, Doc, Halves, Peer, PeerKind, PodsDecl, PodsRef, Port, PortDecl, PortValue,
    Quoting, Requirement, RequirementKind, Rule, Scope, Selector, Union, Word,
};
use super::convert::RESERVED;
use super::statement::Statement;
use crate::source::{FileId, Span};

/// A line that begins at `base`, as the grammar reads it; `None` where that is not certain.
pub(super) fn read(file: FileId, base: usize, text: &str) -> Option<Statement> {
    let mut line = Line { file, base, text, at: 0 };
    let statement = match line.taken(is_word)? {
        "allow" => Statement::Rule(line.rule()?),
        "pods" => Statement::Pods(line.pods()?),
        "port" => Statement::Port(line.port()?),
        _ => return None,
    };
    line.blanks();
    (line.at == text.len()).then_some(statement)
}

/// A line, and how far it has been read.
struct Line<'t> {
    file: FileId,
    base: usize,
    text: &'t str,
    at: usize,
}

/// `undotted` of the grammar, in ASCII.
fn is_undotted(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// `word_char` of the grammar, in ASCII.
fn is_word(byte: u8) -> bool {
    is_undotted(byte) || byte == b'.'
}

impl<'t> Line<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Spaces and tabs; a continued line is for the grammar.
    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// Takes a sign, and the blanks before it where it follows.
    fn sign(&mut self, sign: &str) -> Option<()> {
        let before = self.at;
        self.blanks();
        if self.text.as_bytes()[self.at..].starts_with(sign.as_bytes()) {
            self.at += sign.len();
            return Some(());
        }
        self.at = before;
        None
    }

    /// As many characters as fit, at least one. The `-` of an arrow is no part of a word.
    fn taken(&mut self, fits: fn(u8) -> bool) -> Option<&'t str> {
        let rest = &self.text.as_bytes()[self.at..];
        let mut length = rest.iter().position(|byte| !fits(*byte)).unwrap_or(rest.len());
        if length > 0 && rest[length - 1] == b'-' && rest.get(length) == Some(&b'>') {
            length -= 1;
        }
        let start = self.at;
        self.at += length;
        (length > 0).then(|| &self.text[start..self.at])
    }

    fn span(&self, start: usize) -> Span {
        Span::new(self.file, self.base + start, self.base + self.at)
    }

    /// A bare word from a place to where the line has been read.
    fn word_from(&self, start: usize) -> Word {
        let text = self.text[start..self.at].into();
        Word { text, span: self.span(start), quoting: Quoting::Bare }
    }

    /// A word behind blanks.
    fn word(&mut self) -> Option<Word> {
        self.blanks();
        let start = self.at;
        self.taken(is_word)?;
        Some(self.word_from(start))
    }

    /// The name that a declaration gives.
    fn declared(&mut self) -> Option<Word> {
        self.word().filter(|name| !RESERVED.contains(&name.text.as_str()))
    }

    /// `allow FROM -> TO`
    fn rule(&mut self) -> Option<Rule> {
        self.blanks();
        let start = self.at;
        if matches!(self.taken(is_undotted), Some("ingress" | "egress")) {
            return None;
        }
        self.at = start;
        let from = self.union()?;
        self.sign("->")?;
        Some(Rule { halves: Halves::Both, from, to: self.union()?, doc: Doc::default() })
    }

    /// `pods NAME where KEY=VALUE, …`
    fn pods(&mut self) -> Option<PodsDecl> {
        let name = self.declared()?;
        self.blanks();
        self.taken(is_word).filter(|word| *word == "where")?;
        self.blanks();
        let first = self.key()?;
        let selector = self.selector(first)?;
        Some(PodsDecl { name, policy_name: None, selector, members: Vec::new(), doc: Doc::default() })
    }

    /// `port NAME = PORT, …`
    fn port(&mut self) -> Option<PortDecl> {
        let name = self.declared()?;
        self.sign("=")?;
        Some(PortDecl { name, ports: self.ports()? })
    }

    fn union(&mut self) -> Option<Union> {
        self.blanks();
        let start = self.at;
        let mut alternatives = vec![self.alternative()?];
        while self.sign("|").is_some() {
            self.blanks();
            alternatives.push(self.alternative()?);
        }
        Some(Union { span: self.span(start), alternatives: alternatives.into() })
    }

    fn alternative(&mut self) -> Option<Alternative> {
        let start = self.at;
        let kind = self.peer()?;
        let peer = Peer { span: self.span(start), kind };
        let ports = if self.sign(":").is_some() { Some(self.ports()?) } else { None };
        Some(Alternative { span: self.span(start), peer, ports })
    }

    fn peer(&mut self) -> Option<PeerKind> {
        if self.peek() == Some(b'*') {
            self.at += 1;
            return Some(PeerKind::Pods { scope: None, pods: PodsRef::All });
        }
        if self.peek()?.is_ascii_digit() {
            let text = self.v4()?;
            return Some(PeerKind::Addresses { text, brackets: Brackets::None });
        }
        let name = self.name()?;
        if self.peek() != Some(b'/') {
            return Some(PeerKind::Pods { scope: None, pods: self.named_or_selector(name)? });
        }
        self.at += 1;
        let pods = if self.peek() == Some(b'*') {
            self.at += 1;
            PodsRef::All
        } else {
            let name = self.name()?;
            self.named_or_selector(name)?
        };
        Some(PeerKind::Pods { scope: Some(Box::new(Scope::Named(name))), pods })
    }

    /// `10.0.0.0/8`, and what looks like it.
    fn v4(&mut self) -> Option<Word> {
        let start = self.at;
        let address = self.taken(is_word)?;
        if !address.contains('.') || !address.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return None;
        }
        if self.peek() == Some(b'/') {
            self.at += 1;
            self.taken(is_word)?;
        }
        Some(self.word_from(start))
    }

    /// A name that no address, no word of the language and no key with a dot begins like.
    fn name(&mut self) -> Option<Word> {
        let start = self.at;
        let text = self.taken(is_undotted)?;
        let plain = text.as_bytes()[0].is_ascii_lowercase() && !RESERVED.contains(&text);
        plain.then(|| self.word_from(start))
    }

    fn named_or_selector(&mut self, word: Word) -> Option<PodsRef> {
        let behind = self.at;
        if self.sign("=").is_none() {
            return Some(PodsRef::Named(word));
        }
        self.at = behind;
        self.selector(word).map(PodsRef::Selector)
    }

    /// `KEY=VALUE, …` behind its first key.
    fn selector(&mut self, first: Word) -> Option<Selector> {
        let start = first.span.range().start - self.base;
        let mut requirements = vec![self.requirement(first)?];
        while self.sign(",").is_some() {
            self.blanks();
            let key = self.key()?;
            requirements.push(self.requirement(key)?);
        }
        Some(Selector { span: self.span(start), requirements: requirements.into() })
    }

    fn requirement(&mut self, key: Word) -> Option<Requirement> {
        self.sign("=")?;
        let kind = RequirementKind::Equals(self.word()?);
        let start = key.span.range().start - self.base;
        Some(Requirement { span: self.span(start), key, kind })
    }

    /// `app`, `app.kubernetes.io/name`
    fn key(&mut self) -> Option<Word> {
        let start = self.at;
        self.taken(is_undotted)?;
        if self.peek() == Some(b'.') {
            self.taken(is_word)?;
            if self.peek() == Some(b'/') {
                self.at += 1;
                self.taken(is_word)?;
            }
        }
        Some(self.word_from(start))
    }

    fn ports(&mut self) -> Option<Box<[Port]>> {
        let mut ports = vec![self.port_spec()?];
        while self.sign(",").is_some() {
            ports.push(self.port_spec()?);
        }
        Some(ports.into())
    }

    /// `5432`, `53/udp`, `8000-8999`, `*`
    fn port_spec(&mut self) -> Option<Port> {
        self.blanks();
        let start = self.at;
        let value = if self.peek() == Some(b'*') {
            self.at += 1;
            PortValue::Every(self.span(start))
        } else {
            PortValue::Word(self.word()?)
        };
        let mut protocol = None;
        if self.peek() == Some(b'/') {
            self.at += 1;
            let start = self.at;
            self.taken(is_word)?;
            protocol = Some(Box::new(self.word_from(start)));
        }
        Some(Port { span: self.span(start), value, protocol })
    }
}

#[cfg(test)]
mod tests;
