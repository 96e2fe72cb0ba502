//! E05xx: addresses and networks.

use std::net::Ipv6Addr;

use crate::diag::codes::{Addresses, Ports};
use crate::diag::{Diagnostic, Safety};
use crate::source::Span;
use crate::syntax::ast;

use super::quoted;
use crate::check::addresses::Refusal;

pub(in crate::check) fn illegal_address(word: &ast::Word, refusal: &Refusal) -> Diagnostic {
    let text = quoted(&word.text);
    let malformed = |why: &str| {
        Diagnostic::new(Addresses::IllegalAddress, word.span, format!("{text} is not an address"), why)
    };
    match refusal {
        Refusal::Malformed => malformed("Kubernetes refuses it")
            .with_help("write an address or CIDR such as `10.1.2.3`, `10.0.0.0/8` or `2001:db8::/32`, without leading zeros"),
        Refusal::TooLong { most } => malformed("the prefix is longer than the address")
            .with_help(format!("the length is at most {most}")),
        Refusal::MappedIpv4 { address } => malformed("Kubernetes refuses IPv4 addresses inside IPv6")
            .with_help(format!("write the IPv4 address: `{address}`")),
        Refusal::NotCanonical { canonical } => malformed("addresses have one spelling here, that of RFC 5952")
            .with_help(format!("write `{canonical}`"))
            .with_fix(inner(word), canonical.as_str(), Safety::Safe),
        Refusal::HostBits { network, address } => Diagnostic::new(
            Addresses::HostBits,
            word.span,
            format!("{text} has bits set beyond its prefix length"),
            "Kubernetes refuses it: either the address or the length is not what was meant",
        )
        .with_help(format!("write `{network}` for the network, or `{address}` for the one address")),
    }
}

/// A word's text without the brackets or quotes around it.
fn inner(word: &ast::Word) -> Span {
    let around = word.span.range().len().saturating_sub(word.text.len()) / 2;
    let around = u32::try_from(around).unwrap_or_default();
    Span { start: word.span.start + around, end: word.span.end - around, ..word.span }
}

pub(in crate::check) fn nothing_to_except(word: &ast::Word, network: &ast::Word) -> Diagnostic {
    Diagnostic::new(
        Addresses::UselessExcept,
        word.span,
        format!("nothing of {} lies inside the network", quoted(&word.text)),
        "the exception takes nothing away",
    )
    .with_label(network.span, "the network that it is an exception of")
    .with_help("correct it, or remove it")
}

pub(in crate::check) fn nothing_left(decl: &ast::NetworkDecl) -> Diagnostic {
    let except = decl.except.iter().map(|word| word.span).reduce(Span::to).unwrap_or(decl.name.span);
    Diagnostic::new(
        Addresses::UselessExcept,
        except,
        format!("nothing is left of the network {}", quoted(&decl.name.text)),
        "the exceptions take all of it, so it would match nobody",
    )
}

pub(in crate::check) fn network_cycle(cycle: &[&ast::Word]) -> Diagnostic {
    let mut words = cycle.iter().copied();
    let first = words.next().expect("a cycle has a use");
    let problem = Diagnostic::new(
        Addresses::NetworkCycle,
        first.span,
        format!("the network {} is made of itself", quoted(&cycle[cycle.len() - 1].text)),
        "so it has no addresses",
    );
    words.take(8).fold(problem, |problem, word| problem.with_label(word.span, "which is made of this"))
}

pub(in crate::check) fn brackets_missing(text: &ast::Word) -> Diagnostic {
    let problem = Diagnostic::new(
        Addresses::Brackets,
        text.span,
        "an IPv6 address needs brackets where ports can follow",
        "it is not clear where the address ends and the ports begin",
    );
    let whole = format!("`[{}]:443`, with the port that you mean", text.text);
    match port_behind(&text.text) {
        Some((address, port)) => problem.with_help(format!("write `[{address}]:{port}`, or {whole}")),
        None => problem.with_help(format!("write {whole}")),
    }
}

/// `2001:db8::1:443` read as an address and a port.
fn port_behind(text: &str) -> Option<(&str, &str)> {
    let (address, port) = text.rsplit_once(':')?;
    let number: u16 = port.parse().ok()?;
    (number > 0 && address.parse::<Ipv6Addr>().is_ok()).then_some((address, port))
}

/// `db:5432:5433`, where `db` is no address.
pub(in crate::check) fn ports_behind_ports(word: &ast::Word, name: &str, ports: &[&str]) -> Diagnostic {
    let several = format!("{name}:{}", ports.join(","));
    let problem = Diagnostic::new(
        Ports::IllegalPort,
        word.span,
        format!("the ports of `{name}` begin behind one `:`, and here are more"),
        "it is not clear whether these are several ports or a range",
    );
    match ports {
        [first, last] => {
            problem.with_help(format!("two ports are `{several}`, a range is `{name}:{first}-{last}`"))
        }
        _ => problem.with_help(format!("several ports are `{several}`")),
    }
}
