//! `spec`: subject, types, rules, peers and ports, field by field as the API names them.

use crate::denote::{Expression, IpBlock, Peer, Port, Rule, Selector, Spec};

use super::ReadError;
use super::fields::{Fields, Path, list};
use super::scalars::{number, port, string, strings};
use super::tree::Node;

type Errors = Vec<ReadError>;

/// Reads `spec`.
pub(super) fn spec<'t>(node: &Node<'t>, path: &Path<'_>, errors: &mut Errors) -> Option<Spec<'t>> {
    let mut fields = Fields::open(node, path, errors)?;
    let subject = fields.take("podSelector");
    let subject = subject.and_then(|node| selector(node, &Path::Key(path, "podSelector"), errors));
    let types = list(fields.take("policyTypes"), &Path::Key(path, "policyTypes"), errors, string);
    let ingress = list(fields.take("ingress"), &Path::Key(path, "ingress"), errors, ingress_rule);
    let egress = list(fields.take("egress"), &Path::Key(path, "egress"), errors, egress_rule);
    fields.finish(path, errors);
    Some(Spec { pod_selector: subject.unwrap_or_default(), policy_types: types, ingress, egress })
}

fn ingress_rule<'t>(node: &Node<'t>, path: &Path<'_>, errors: &mut Errors) -> Option<Rule<'t>> {
    rule(node, "from", path, errors)
}

fn egress_rule<'t>(node: &Node<'t>, path: &Path<'_>, errors: &mut Errors) -> Option<Rule<'t>> {
    rule(node, "to", path, errors)
}

fn rule<'t>(node: &Node<'t>, other_end: &str, path: &Path<'_>, errors: &mut Errors) -> Option<Rule<'t>> {
    let mut fields = Fields::open(node, path, errors)?;
    let peers = list(fields.take(other_end), &Path::Key(path, other_end), errors, peer);
    let ports = list(fields.take("ports"), &Path::Key(path, "ports"), errors, port_entry);
    fields.finish(path, errors);
    Some(Rule { peers, ports })
}

fn peer<'t>(node: &Node<'t>, path: &Path<'_>, errors: &mut Errors) -> Option<Peer<'t>> {
    let mut fields = Fields::open(node, path, errors)?;
    let block = fields.take("ipBlock");
    let block = block.and_then(|node| ip_block(node, &Path::Key(path, "ipBlock"), errors));
    let namespaces = fields.take("namespaceSelector");
    let namespaces = namespaces.and_then(|n| selector(n, &Path::Key(path, "namespaceSelector"), errors));
    let pods = fields.take("podSelector");
    let pods = pods.and_then(|node| selector(node, &Path::Key(path, "podSelector"), errors));
    fields.finish(path, errors);
    Some(Peer { ip_block: block, namespace_selector: namespaces, pod_selector: pods })
}

fn ip_block<'t>(node: &Node<'t>, path: &Path<'_>, errors: &mut Errors) -> Option<IpBlock<'t>> {
    let mut fields = Fields::open(node, path, errors)?;
    let cidr = fields.take("cidr");
    let cidr = cidr.and_then(|node| string(node, &Path::Key(path, "cidr"), errors));
    let except = list(fields.take("except"), &Path::Key(path, "except"), errors, string);
    fields.finish(path, errors);
    Some(IpBlock { cidr: cidr.unwrap_or_default(), except })
}

fn selector<'t>(node: &Node<'t>, path: &Path<'_>, errors: &mut Errors) -> Option<Selector<'t>> {
    let mut fields = Fields::open(node, path, errors)?;
    let match_labels = strings(fields.take("matchLabels"), &Path::Key(path, "matchLabels"), errors);
    let expressions = fields.take("matchExpressions");
    let match_expressions = list(expressions, &Path::Key(path, "matchExpressions"), errors, expression);
    fields.finish(path, errors);
    Some(Selector { match_labels, match_expressions })
}

fn expression<'t>(node: &Node<'t>, path: &Path<'_>, errors: &mut Errors) -> Option<Expression<'t>> {
    let mut fields = Fields::open(node, path, errors)?;
    let key = fields.take("key");
    let key = key.and_then(|node| string(node, &Path::Key(path, "key"), errors));
    let operator = fields.take("operator");
    let operator = operator.and_then(|node| string(node, &Path::Key(path, "operator"), errors));
    let values = list(fields.take("values"), &Path::Key(path, "values"), errors, string);
    fields.finish(path, errors);
    Some(Expression { key: key.unwrap_or_default(), operator: operator.unwrap_or_default(), values })
}

fn port_entry<'t>(node: &Node<'t>, path: &Path<'_>, errors: &mut Errors) -> Option<Port<'t>> {
    let mut fields = Fields::open(node, path, errors)?;
    let protocol = fields.take("protocol");
    let protocol = protocol.and_then(|node| string(node, &Path::Key(path, "protocol"), errors));
    let target = fields.take("port");
    let target = target.and_then(|node| port(node, &Path::Key(path, "port"), errors));
    let end_port = fields.take("endPort");
    let end_port = end_port.and_then(|node| number(node, &Path::Key(path, "endPort"), errors));
    fields.finish(path, errors);
    Some(Port { protocol, port: target, end_port })
}
