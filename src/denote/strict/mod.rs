//! A document of exactly the YAML that this compiler writes becomes an [`Object`], in one pass over its bytes.
//!
//! The fields stand in their order and in their columns; whatever stands there instead is refused, with its line. Nothing
//! is accepted that a library for YAML takes for something else (`tests/suite/strict` holds it to that), but most
//! of what such a library accepts is: anchors, tags, flow collections, comments, other indentation, repeated keys, CRLF.
//! Borrows from the text; knows nothing of the writer.

mod cursor;
mod scalars;
mod selectors;
mod text;

use self::cursor::{Cursor, Item, Stop};
use self::scalars::{number, port, word, words};
use self::selectors::{map, selector};
use super::object::{IpBlock, Object, Peer, Port, Rule, Spec};
use super::{ReadError, Str};

/// Reads a document that begins on a line of its file.
///
/// # Errors
///
/// The first place where the text is not what this compiler writes.
pub(super) fn read(text: &str, line: u32) -> Result<Object<'_>, ReadError> {
    let mut cursor = Cursor::new(text);
    document(&mut cursor, line).map_err(|Stop { at, expected }| {
        let before = text[..at].matches('\n').count();
        let line = line.saturating_add(u32::try_from(before).unwrap_or(u32::MAX));
        let message = format!("not as this compiler writes it: here stands {expected}");
        ReadError { line, path: String::new(), message }
    })
}

fn document<'t>(cursor: &mut Cursor<'t>, line: u32) -> Result<Object<'t>, Stop> {
    cursor.expect("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n")?;
    cursor.expect_at(2, "name: ")?;
    let name = Some(word(cursor)?);
    cursor.expect_at(2, "namespace: ")?;
    let namespace = Some(word(cursor)?);
    let labels = if cursor.at(2, "labels:\n") { map(cursor, 4, word)? } else { Vec::new() };
    let annotations = if cursor.at(2, "annotations:\n") { map(cursor, 4, text::text)? } else { Vec::new() };
    cursor.expect("spec:\n")?;
    let spec = spec(cursor)?;
    let json_bytes = cursor.end()?;
    Ok(Object { line, json_bytes, name, namespace, labels, annotations, spec })
}

fn spec<'t>(cursor: &mut Cursor<'t>) -> Result<Spec<'t>, Stop> {
    cursor.expect_at(2, "podSelector:")?;
    let pod_selector = selector(cursor, 4)?;
    cursor.expect_at(2, "policyTypes:\n")?;
    let policy_types = words(cursor, 2)?;
    let ingress = if cursor.at(2, "ingress:\n") { rules(cursor, "from:\n")? } else { Vec::new() };
    let egress = if cursor.at(2, "egress:\n") { rules(cursor, "to:\n")? } else { Vec::new() };
    Ok(Spec { pod_selector, policy_types, ingress, egress })
}

fn rules<'t>(cursor: &mut Cursor<'t>, other_end: &'static str) -> Result<Vec<Rule<'t>>, Stop> {
    cursor.items(2, |cursor| {
        if cursor.eat("{}\n") {
            return Ok(Rule::default());
        }
        let mut item = Item::new(4);
        let peers = if item.field(cursor, other_end) { cursor.items(4, peer)? } else { Vec::new() };
        let ports = if item.field(cursor, "ports:\n") { cursor.items(4, port_entry)? } else { Vec::new() };
        item.end(cursor, "a rule")?;
        Ok(Rule { peers, ports })
    })
}

fn peer<'t>(cursor: &mut Cursor<'t>) -> Result<Peer<'t>, Stop> {
    let mut item = Item::new(6);
    let mut peer = Peer::default();
    if item.field(cursor, "namespaceSelector:") {
        peer.namespace_selector = Some(selector(cursor, 8)?);
    }
    if item.field(cursor, "podSelector:") {
        peer.pod_selector = Some(selector(cursor, 8)?);
    }
    if item.field(cursor, "ipBlock:\n") {
        peer.ip_block = Some(ip_block(cursor)?);
    }
    item.end(cursor, "a peer")?;
    Ok(peer)
}

fn ip_block<'t>(cursor: &mut Cursor<'t>) -> Result<IpBlock<'t>, Stop> {
    cursor.expect_at(8, "cidr: ")?;
    let cidr = word(cursor)?;
    let except = if cursor.at(8, "except:\n") { words(cursor, 8)? } else { Vec::<Str<'t>>::new() };
    Ok(IpBlock { cidr, except })
}

fn port_entry<'t>(cursor: &mut Cursor<'t>) -> Result<Port<'t>, Stop> {
    cursor.expect("protocol: ")?;
    let mut entry = Port { protocol: Some(word(cursor)?), ..Port::default() };
    if cursor.at(6, "port: ") {
        entry.port = Some(port(cursor)?);
        if cursor.at(6, "endPort: ") {
            entry.end_port = Some(number(cursor)?);
        }
    }
    Ok(entry)
}
