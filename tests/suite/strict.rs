//! The proof's own reader against two libraries for YAML: whatever it accepts, they read as the same.
//!
//! It reads everything that the compiler writes, and nothing that a library takes for something else: that is what
//! makes a proof about what it read a proof about what a cluster reads.

mod mutations;
mod refused;
mod written;

use netdsl::denote::{self, Expression, Object, Peer, Port, PortRef, ReadError, Rule, Selector, Str};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::support;

/// The policies of every snapshot that has any.
pub(crate) fn snapshots() -> Vec<String> {
    let files = support::files_below(&support::repository("snapshots"), "snap");
    let texts = files.iter().map(|file| support::read(file));
    let all: Vec<String> = texts.filter_map(|text| policies(&text).map(str::to_owned)).collect();
    assert!(all.len() > 100, "{}", all.len());
    all
}

/// The policies in a snapshot; none in those of programs with errors.
fn policies(snapshot: &str) -> Option<&str> {
    let body = snapshot.splitn(3, "---\n").nth(2)?;
    let yaml = body.split_once("─── YAML ───\n").map_or(body, |(_, yaml)| yaml);
    yaml.starts_with("apiVersion").then_some(yaml)
}

/// The objects of a file, as the proof reads them.
fn strict(text: &str) -> Result<Vec<Object<'_>>, ReadError> {
    let documents = denote::documents(&[text]).map_err(|mut errors| errors.remove(0))?;
    let mut objects =
        documents.into_values().flatten().map(denote::Document::read).collect::<Result<Vec<_>, _>>()?;
    objects.sort_by_key(|object| object.line);
    Ok(objects)
}

/// What is wrong with a text that the strict reader accepts: another reader takes it for something else.
fn disagreement(text: &str) -> Option<String> {
    let objects = strict(text).ok()?;
    let ours: Vec<Object<'_>> = objects.iter().map(without_size).collect();
    match denote::read(text) {
        Err(errors) => return Some(format!("saphyr refuses: {errors:?}")),
        Ok(theirs) => {
            let theirs: Vec<Object<'_>> = theirs.iter().map(without_size).collect();
            if ours != theirs {
                return Some(format!("saphyr reads something else: {theirs:?}"));
            }
        }
    }
    let values: Vec<Value> = objects.iter().map(value).collect();
    match libyaml(text) {
        Err(error) => return Some(format!("yaml_serde refuses: {error}")),
        Ok(theirs) if theirs != values => {
            return Some(format!("yaml_serde reads something else: {theirs:?}"));
        }
        Ok(_) => {}
    }
    let small =
        objects.iter().zip(&values).find(|(object, value)| object.json_bytes < value.to_string().len());
    small.map(|(object, _)| format!("the object of line {} is larger than was said", object.line))
}

/// The documents that are not empty.
fn libyaml(text: &str) -> Result<Vec<Value>, yaml_serde::Error> {
    let documents = yaml_serde::Deserializer::from_str(text).map(Value::deserialize);
    documents.filter(|document| !matches!(document, Ok(Value::Null))).collect()
}

/// Each reader says in its own way how large an object is at most.
fn without_size<'t>(object: &Object<'t>) -> Object<'t> {
    Object { json_bytes: 0, ..object.clone() }
}

/// That the proof reads a text, and everybody reads the same.
#[track_caller]
fn check(text: &str) {
    if let Err(error) = strict(text) {
        panic!("{error}\n{text}");
    }
    if let Some(disagreement) = disagreement(text) {
        panic!("{disagreement}\n{text}");
    }
}

/// An object as a library sees it.
fn value(object: &Object<'_>) -> Value {
    let mut metadata = Map::new();
    metadata.extend(object.name.as_ref().map(|name| ("name".to_owned(), json!(name))));
    metadata.extend(object.namespace.as_ref().map(|name| ("namespace".to_owned(), json!(name))));
    put(&mut metadata, "labels", &object.labels, strings(&object.labels));
    put(&mut metadata, "annotations", &object.annotations, strings(&object.annotations));
    let mut spec = Map::from_iter([("podSelector".to_owned(), selector(&object.spec.pod_selector))]);
    put(&mut spec, "policyTypes", &object.spec.policy_types, json!(object.spec.policy_types));
    for (name, end, list) in
        [("ingress", "from", &object.spec.ingress), ("egress", "to", &object.spec.egress)]
    {
        put(&mut spec, name, list, list.iter().map(|it| rule(it, end)).collect());
    }
    json!({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": metadata, "spec": spec})
}

fn put<T>(map: &mut Map<String, Value>, name: &str, list: &[T], value: Value) {
    if !list.is_empty() {
        map.insert(name.to_owned(), value);
    }
}

fn strings(entries: &[(Str<'_>, Str<'_>)]) -> Value {
    entries.iter().map(|(key, value)| (key.clone().into_owned(), json!(value))).collect::<Map<_, _>>().into()
}

fn rule(rule: &Rule<'_>, other_end: &str) -> Value {
    let mut map = Map::new();
    put(&mut map, other_end, &rule.peers, rule.peers.iter().map(peer).collect());
    put(&mut map, "ports", &rule.ports, rule.ports.iter().map(port).collect());
    map.into()
}

fn peer(peer: &Peer<'_>) -> Value {
    let mut map = Map::new();
    map.extend(peer.namespace_selector.as_ref().map(|it| ("namespaceSelector".to_owned(), selector(it))));
    map.extend(peer.pod_selector.as_ref().map(|it| ("podSelector".to_owned(), selector(it))));
    map.extend(peer.ip_block.as_ref().map(|block| {
        let mut map = Map::from_iter([("cidr".to_owned(), json!(block.cidr))]);
        put(&mut map, "except", &block.except, json!(block.except));
        ("ipBlock".to_owned(), map.into())
    }));
    map.into()
}

fn port(port: &Port<'_>) -> Value {
    let mut map = Map::new();
    map.extend(port.protocol.as_ref().map(|protocol| ("protocol".to_owned(), json!(protocol))));
    map.extend(port.port.as_ref().map(|port| {
        let value = match port {
            PortRef::Number(number) => json!(number),
            PortRef::Name(name) => json!(name),
        };
        ("port".to_owned(), value)
    }));
    map.extend(port.end_port.map(|port| ("endPort".to_owned(), json!(port))));
    map.into()
}

fn selector(selector: &Selector<'_>) -> Value {
    let mut map = Map::new();
    put(&mut map, "matchLabels", &selector.match_labels, strings(&selector.match_labels));
    let expressions = &selector.match_expressions;
    put(&mut map, "matchExpressions", expressions, expressions.iter().map(expression).collect());
    map.into()
}

fn expression(expression: &Expression<'_>) -> Value {
    let mut map = Map::from_iter([
        ("key".to_owned(), json!(expression.key)),
        ("operator".to_owned(), json!(expression.operator)),
    ]);
    put(&mut map, "values", &expression.values, json!(expression.values));
    map.into()
}
