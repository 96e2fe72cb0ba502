//! The wording for protocols that stand where a port belongs: `web:8080,tcp`, `web:icmp`, `tcp/2181`.

use crate::diag::codes::Ports;
use crate::diag::{Diagnostic, Safety};
use crate::syntax::ast::{self, PortValue, Quoting};

use super::quoted;

/// What a protocol is to a policy.
enum Meant {
    /// A policy can name it: so it is written.
    Named(&'static str),
    /// ICMP, in any spelling.
    Icmp,
}

fn meant(text: &str) -> Option<Meant> {
    Some(match text.to_ascii_lowercase().as_str() {
        "tcp" => Meant::Named("tcp"),
        "udp" => Meant::Named("udp"),
        "sctp" => Meant::Named("sctp"),
        "icmp" | "icmpv4" | "icmp4" | "icmpv6" | "icmp6" | "ping" => Meant::Icmp,
        _ => return None,
    })
}

/// A protocol's name in the place of a port; `None` where the word is no protocol. `before` is the port before it.
pub(in crate::check) fn protocol_as_port(
    code: Ports,
    word: &ast::Word,
    before: Option<&ast::Port>,
) -> Option<Diagnostic> {
    if word.quoting == Quoting::Quoted {
        return None;
    }
    let message = format!("{} is a protocol, not a port", quoted(&word.text));
    let problem = |consequence: &str| Diagnostic::new(code, word.span, message.clone(), consequence);
    let protocol = match meant(&word.text)? {
        Meant::Icmp => {
            return Some(
                problem("policies cannot name ICMP: whether it passes is up to the network plugin")
                    .with_help("remove it; policies are about the ports of tcp, udp and sctp"),
            );
        }
        Meant::Named(protocol) => protocol,
    };
    let problem = problem("a protocol stands behind its port and a `/`");
    // A target may take every port of a protocol; where ports are declared that is no choice.
    let every = if code == Ports::IllegalPort {
        String::new()
    } else {
        format!(", or `:*/{protocol}` for every port of {protocol}")
    };
    Some(match before.and_then(|port| Some((port, number(port)?))) {
        Some((port, number)) => {
            let right = format!("{number}/{protocol}");
            problem.with_help(format!("write `{right}`{every}")).with_fix(
                port.span.to(word.span),
                right,
                Safety::Suggestion,
            )
        }
        None => problem.with_help(format!("write the port before it, as in `8080/{protocol}`{every}")),
    })
}

/// The number or range of a port that has no protocol.
fn number(port: &ast::Port) -> Option<&str> {
    match (&port.value, &port.protocol) {
        (PortValue::Word(word), None) => is_number(&word.text).then_some(word.text.as_str()),
        (PortValue::Word(_), Some(_)) | (PortValue::Every(_), _) => None,
    }
}

/// `tcp/2181`: the two sides are swapped.
pub(in crate::check) fn protocol_before_port(port: &ast::Port) -> Option<Diagnostic> {
    let (PortValue::Word(word), Some(number)) = (&port.value, &port.protocol) else { return None };
    if word.quoting == Quoting::Quoted || !is_number(&number.text) {
        return None;
    }
    let Meant::Named(protocol) = meant(&word.text)? else { return None };
    let right = format!("{}/{protocol}", number.text);
    Some(
        Diagnostic::new(
            Ports::UnknownProtocol,
            number.span,
            format!("{} is not a protocol of NetworkPolicy", quoted(&number.text)),
            "the port stands before `/`, its protocol behind it",
        )
        .with_help(format!("write `{right}`"))
        .with_fix(port.span, right, Safety::Suggestion),
    )
}

fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}
