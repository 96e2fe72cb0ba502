//! E04xx: ports and protocols.

use std::collections::BTreeSet;

use crate::diag::codes::Ports;
use crate::diag::{Diagnostic, Safety};
use crate::hir;
use crate::source::Span;
use crate::syntax::ast;

use super::{MAX_LISTED, did_you_mean, listed, protocol_as_port, quoted};

pub(in crate::check) fn illegal_port(word: &ast::Word, before: Option<&ast::Port>) -> Diagnostic {
    if let Some(problem) = protocol_as_port(Ports::IllegalPort, word, before) {
        return problem;
    }
    let text = word.text.as_str();
    let numeric = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let why = if numeric {
        "port numbers go from 1 to 65535, without leading zeros"
    } else {
        "a port is a number, a range, or a name of at most 15 of `a-z`, `0-9` and `-`"
    };
    let problem =
        Diagnostic::new(Ports::IllegalPort, word.span, format!("{} is not a port", quoted(text)), why);
    match text.split_once("..") {
        Some((first, last)) if first.parse::<u16>().is_ok() && last.parse::<u16>().is_ok() => {
            problem.with_help(format!("write the range as `{first}-{last}`"))
        }
        Some(_) | None if numeric => problem.with_help("write a number from 1 to 65535, such as `8080`"),
        Some(_) | None => problem.with_help("write a name such as `pg-metrics`, or a number from 1 to 65535"),
    }
}

pub(in crate::check) fn reversed_range(word: &ast::Word, first: u16, last: u16) -> Diagnostic {
    Diagnostic::new(
        Ports::IllegalPort,
        word.span,
        format!("{} is not a range of ports", quoted(&word.text)),
        "it ends before it begins, so it holds no port",
    )
    .with_help(format!("write `{last}-{first}`"))
    .with_fix(word.span, format!("{last}-{first}"), Safety::Suggestion)
}

pub(in crate::check) fn illegal_container_port(word: &ast::Word) -> Diagnostic {
    let text = word.text.as_str();
    let number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let problem = Diagnostic::new(
        Ports::IllegalPort,
        word.span,
        format!("{} is not a legal name of a container port", quoted(text)),
        "in quotes stands a container port's name: at most 15 of `a-z`, `0-9` and `-`, with a letter, no `--`, no `-` at either end",
    );
    if number {
        return problem.with_help(format!("for the number write `{text}`, without quotes")).with_fix(
            word.span,
            text,
            Safety::Suggestion,
        );
    }
    problem
}

pub(in crate::check) fn unquoted_container_name(word: &ast::Word, before: Option<&ast::Port>) -> Diagnostic {
    if !crate::check::names::is_container_port_name(&word.text) {
        return illegal_port(word, before);
    }
    if let Some(problem) = protocol_as_port(Ports::IllegalPort, word, before) {
        return problem;
    }
    let name = format!("\"{}\"", word.text);
    Diagnostic::new(
        Ports::IllegalPort,
        word.span,
        format!("{} is not a port number", quoted(&word.text)),
        "a `port` declaration gives a name its number",
    )
    .with_help(format!("write the number, or `{name}` for the container port of that name"))
    .with_fix(word.span, name, Safety::Suggestion)
}

pub(in crate::check) fn every_port_declared(span: Span) -> Diagnostic {
    Diagnostic::new(
        Ports::IllegalPort,
        span,
        "`*` is not a port that pods listen on",
        "declared ports are what rules may open",
    )
    .with_help("list the ports; a rule may still say `:*`")
}

pub(in crate::check) fn unknown_protocol(word: &ast::Word, near: Option<&str>) -> Diagnostic {
    let problem = Diagnostic::new(
        Ports::UnknownProtocol,
        word.span,
        format!("{} is not a protocol of NetworkPolicy", quoted(&word.text)),
        "a policy can name tcp, udp and sctp; it says nothing about others, such as ICMP",
    );
    did_you_mean(problem, word.span, near, "write `tcp`, `udp` or `sctp`")
}

pub(in crate::check) fn protocol_on_name(protocol: &ast::Word, name: &ast::Word) -> Diagnostic {
    let span = name.span.after().to(protocol.span);
    Diagnostic::new(
        Ports::UnknownProtocol,
        protocol.span,
        format!("the port {} has its own protocol", quoted(&name.text)),
        "its declaration says which",
    )
    .with_help(format!(
        "write `{}` alone; for a container port's name, `\"{}\"/{}`",
        name.text, name.text, protocol.text
    ))
    .with_fix(span, "", Safety::Suggestion)
}

pub(in crate::check) fn ports_on_source(peer: &ast::Peer, ports: &[ast::Port]) -> Diagnostic {
    let span = ports.iter().map(|port| port.span).reduce(Span::to).unwrap_or(peer.span);
    let with_colon = Span { start: peer.span.end, ..span };
    Diagnostic::new(
        Ports::PortsOnSource,
        span,
        "FROM takes no ports",
        "the ports of a connection are its target's; the source's own port is arbitrary",
    )
    .with_help("write the ports behind the target")
    .with_fix(with_colon, "", Safety::Suggestion)
}

pub(in crate::check) fn ports_on_service(ports: &[ast::Port], service: &str, declared: Span) -> Diagnostic {
    let span = ports.iter().map(|port| port.span).reduce(Span::to).unwrap_or(declared);
    Diagnostic::new(
        Ports::PortsOnService,
        span,
        format!("the service `{service}` has its own ports"),
        "a service takes no others",
    )
    .with_label(declared, "its ports are declared here")
    .with_help(format!("write `{service}` alone, or the pods behind it with the ports that you want"))
}

pub(in crate::check) fn missing_ports(span: Span) -> Diagnostic {
    Diagnostic::new(
        Ports::MissingPorts,
        span,
        "this target needs ports",
        "without them it is not clear what is opened",
    )
    .with_help("write them behind `:`, as in `:443`, `:53/udp` or `:8000-8999`; for every port of every protocol write `:*`")
}

pub(in crate::check) fn which_port(span: Span, ports: &[hir::Port], declared: Span) -> Diagnostic {
    let names: Vec<&str> = ports.iter().map(|port| port.name.as_ref()).collect();
    Diagnostic::new(
        Ports::MissingPorts,
        span,
        "these `pods` declare several ports: say which",
        "otherwise a port that is added later would widen this line in silence",
    )
    .with_label(declared, format!("they declare {}", described(ports)))
    .with_help(choice(&names))
}

/// Each port on its own first: all of them at once are seldom what is meant.
fn choice(names: &[&str]) -> String {
    match names {
        [one, other] => format!("write `:{one}` or `:{other}`; both are `:{one},{other}`"),
        _ => {
            let listed: Vec<String> =
                names.iter().take(MAX_LISTED).map(|name| format!("`:{name}`")).collect();
            let first: Vec<&str> = names.iter().take(2).copied().collect();
            format!("write one, such as {}; several are `:{}`", listed.join(", "), first.join(","))
        }
    }
}

pub(in crate::check) fn name_on_addresses(word: &ast::Word, before: Option<&ast::Port>) -> Diagnostic {
    if let Some(problem) = protocol_as_port(Ports::NameWithoutPods, word, before) {
        return problem;
    }
    Diagnostic::new(
        Ports::NameWithoutPods,
        word.span,
        format!("addresses have no port {}", quoted(&word.text)),
        "a name is resolved by the pods that listen, and addresses are outside the cluster",
    )
    .with_help("write the number")
}

pub(in crate::check) fn undeclared_port(
    span: Span,
    pods: &str,
    ports: &[hir::Port],
    declared: Span,
) -> Diagnostic {
    Diagnostic::new(
        Ports::UndeclaredPort,
        span,
        format!("`{pods}` does not declare this port"),
        "nothing is known to listen there",
    )
    .with_label(declared, format!("it declares {}", described(ports)))
    .with_note("a policy sees the pod's port, not the port of a Service in front of it")
    .with_help("use a declared port, declare this one, or write `:*` for every port")
}

pub(in crate::check) fn undeclared_port_name(
    word: &ast::Word,
    near: Option<&str>,
    known: &BTreeSet<&str>,
    declared: Option<Span>,
) -> Diagnostic {
    let mut problem = Diagnostic::new(
        Ports::UndeclaredPortName,
        word.span,
        format!("the port {} is not declared", quoted(&word.text)),
        "no `pods` that this target can match declare a port of this name",
    );
    if let Some(span) = declared {
        problem = problem.with_label(span, format!("they declare {}", listed(known.iter().copied())));
    }
    let otherwise = format!(
        "write the number, or declare the port in the `pods`; for a container port's name write `\"{}\"`",
        word.text
    );
    did_you_mean(problem, word.span, near, &otherwise)
}

pub(in crate::check) fn ambiguous_port_name(word: &ast::Word, one: Span, other: Span) -> Diagnostic {
    Diagnostic::new(
        Ports::AmbiguousPortName,
        word.span,
        format!("the port {} means different numbers", quoted(&word.text)),
        "the pods that this target can match disagree about it",
    )
    .with_label(one, "here it is one port")
    .with_label(other, "here it is another")
    .with_help(format!(
        "write the number, or name the `pods` that you mean; `:\"{}\"` is whatever container port has this name",
        word.text
    ))
}

/// Declared ports with what they stand for: `pg` (5432/tcp).
fn described(ports: &[hir::Port]) -> String {
    let shown: Vec<String> =
        ports.iter().take(MAX_LISTED).map(|port| format!("`{}` ({})", port.name, port.ports)).collect();
    match ports.len().saturating_sub(MAX_LISTED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
