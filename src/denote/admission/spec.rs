//! The checks of `ValidateNetworkPolicySpec` and of the selectors in it.

use std::fmt::Display;

use super::{Report, names};
use crate::denote::{Expression, IpBlock, Peer, Port, PortRef, Rule, Selector, Spec, Str, cidr};

/// Checks a specification.
pub(super) fn check(spec: &Spec<'_>, report: &mut Report<'_>) {
    selector(&spec.pod_selector, &"spec.podSelector", report);
    if spec.policy_types.len() > 2 {
        report.refuse("spec.policyTypes", "may not specify more than two policyTypes");
    }
    for (index, kind) in spec.policy_types.iter().enumerate() {
        if !matches!(kind.as_ref(), "Ingress" | "Egress") {
            let message = format!("Unsupported value: \"{kind}\": supported values: \"Ingress\", \"Egress\"");
            report.refuse(format_args!("spec.policyTypes[{index}]"), message);
        }
    }
    rules(&spec.ingress, "ingress", "from", report);
    rules(&spec.egress, "egress", "to", report);
}

fn rules(rules: &[Rule<'_>], direction: &str, other_end: &str, report: &mut Report<'_>) {
    for (index, rule) in rules.iter().enumerate() {
        for (at, peer) in rule.peers.iter().enumerate() {
            check_peer(peer, &format_args!("spec.{direction}[{index}].{other_end}[{at}]"), report);
        }
        for (at, port) in rule.ports.iter().enumerate() {
            check_port(port, &format_args!("spec.{direction}[{index}].ports[{at}]"), report);
        }
    }
}

fn check_peer(peer: &Peer<'_>, path: &dyn Display, report: &mut Report<'_>) {
    let selectors = [("namespaceSelector", &peer.namespace_selector), ("podSelector", &peer.pod_selector)];
    for (field, found) in selectors {
        if let Some(found) = found {
            selector(found, &format_args!("{path}.{field}"), report);
        }
    }
    let selects = selectors.iter().any(|(_, found)| found.is_some());
    match &peer.ip_block {
        Some(_) if selects => {
            report.refuse(path, "Forbidden: may not specify both ipBlock and another peer");
        }
        Some(block) => check_block(block, path, report),
        None if !selects => report.refuse(path, "Required value: must specify a peer"),
        None => {}
    }
}

fn check_block(block: &IpBlock<'_>, path: &dyn Display, report: &mut Report<'_>) {
    let outer = match cidr::parse(&block.cidr) {
        Ok(outer) => Some(outer),
        Err(message) => {
            report.refuse(format_args!("{path}.ipBlock.cidr"), format!("`{}` {message}", block.cidr));
            None
        }
    };
    for (index, text) in block.except.iter().enumerate() {
        let message = match (cidr::parse(text), &outer) {
            (Err(message), _) => message,
            (Ok(inner), Some(outer)) if !cidr::is_strictly_inside(&inner, outer) => {
                "must be a strict subset of `cidr`"
            }
            (Ok(_), _) => continue,
        };
        report.refuse(format_args!("{path}.ipBlock.except[{index}]"), format!("`{text}` {message}"));
    }
}

fn check_port(port: &Port<'_>, path: &dyn Display, report: &mut Report<'_>) {
    if let Some(protocol) = &port.protocol
        && !matches!(protocol.as_ref(), "TCP" | "UDP" | "SCTP")
    {
        let message =
            format!("Unsupported value: \"{protocol}\": supported values: \"TCP\", \"UDP\", \"SCTP\"");
        report.refuse(format_args!("{path}.protocol"), message);
    }
    match &port.port {
        Some(PortRef::Number(number)) => port_number(*number, &format_args!("{path}.port"), report),
        Some(PortRef::Name(name)) => report.check(format_args!("{path}.port"), names::port_name(name)),
        None => {}
    }
    if let Some(last) = port.end_port {
        check_end_port(port, last, path, report);
    }
}

fn check_end_port(port: &Port<'_>, last: u32, path: &dyn Display, report: &mut Report<'_>) {
    let path = format_args!("{path}.endPort");
    match &port.port {
        None => report.refuse(path, "may not be specified when `port` is not specified"),
        Some(PortRef::Name(_)) => report.refuse(path, "may not be specified when `port` is non-numeric"),
        Some(PortRef::Number(first)) if last < *first => {
            report.refuse(path, "must be greater than or equal to `port`");
        }
        Some(PortRef::Number(_)) => port_number(last, &path, report),
    }
}

fn port_number(number: u32, path: &dyn Display, report: &mut Report<'_>) {
    if !(1..=65535).contains(&number) {
        report.refuse(path, format!("`{number}` must be between 1 and 65535, inclusive"));
    }
}

fn selector(selector: &Selector<'_>, path: &dyn Display, report: &mut Report<'_>) {
    for (key, value) in &selector.match_labels {
        report.check(format_args!("{path}.matchLabels[{key}]"), names::label_key(key));
        report.check(format_args!("{path}.matchLabels[{key}]"), names::label_value(value));
    }
    for (index, expression) in selector.match_expressions.iter().enumerate() {
        check_expression(expression, &format_args!("{path}.matchExpressions[{index}]"), report);
    }
}

fn check_expression(expression: &Expression<'_>, path: &dyn Display, report: &mut Report<'_>) {
    report.check(format_args!("{path}.key"), names::label_key(&expression.key));
    match (expression.operator.as_ref(), expression.values.as_slice()) {
        ("In" | "NotIn", []) => {
            report.refuse(
                format_args!("{path}.values"),
                "Required value: must be specified when `operator` is 'In' or 'NotIn'",
            );
        }
        ("Exists" | "DoesNotExist", [_, ..]) => {
            report.refuse(
                format_args!("{path}.values"),
                "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
            );
        }
        ("In" | "NotIn", values) => check_values(values, path, report),
        ("Exists" | "DoesNotExist", []) => {}
        (other, _) => {
            let message = format!("Invalid value: \"{other}\": not a valid selector operator");
            report.refuse(format_args!("{path}.operator"), message);
        }
    }
}

fn check_values(values: &[Str<'_>], path: &dyn Display, report: &mut Report<'_>) {
    for (index, value) in values.iter().enumerate() {
        report.check(format_args!("{path}.values[{index}]"), names::label_value(value));
    }
}
