//! W0015: a rule that opens far more than anybody can have in mind.
//!
//! `anywhere` with listed ports as a source is a front door, and `cluster` with listed ports is what everybody
//! may use; both are ordinary.

use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::{Peer, PeerKind, Rule};

use super::facts::{Facts, is_cluster};

pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    facts.program.rules.iter().flat_map(in_rule).collect()
}

fn in_rule(rule: &Rule) -> Vec<Diagnostic> {
    let every_port = rule.to.iter().any(|target| target.ports.is_every());
    let sources = rule.from.iter().filter(|source| every_port && is_unlimited(&source.kind)).map(source);
    let targets = rule.to.iter().filter_map(|it| match &it.peer.kind {
        PeerKind::Anywhere => Some(anywhere(&it.peer)),
        kind @ PeerKind::Pods { .. } if it.ports.is_every() && is_cluster(kind) => Some(cluster(&it.peer)),
        PeerKind::Pods { .. } | PeerKind::Addresses(_) => None,
    });
    sources.chain(targets).collect()
}

fn is_unlimited(peer: &PeerKind) -> bool {
    matches!(peer, PeerKind::Anywhere) || is_cluster(peer)
}

fn source(peer: &Peer) -> Diagnostic {
    let who = match peer.kind {
        PeerKind::Anywhere => "everybody",
        PeerKind::Pods { .. } | PeerKind::Addresses(_) => "every pod of the cluster",
    };
    Diagnostic::new(
        Lint::WideOpen,
        peer.span,
        format!("{who} may reach every port of the target"),
        "its ingress is as open as if nothing isolated it",
    )
    .with_help("list the ports that are meant, or the sources that need them all")
}

fn anywhere(peer: &Peer) -> Diagnostic {
    Diagnostic::new(
        Lint::WideOpen,
        peer.span,
        "`anywhere` is more than the internet",
        "every pod, every node and every private address can be reached on these ports too, the cloud's credentials among them",
    )
    .with_help("write `internet`, or the pods that are meant")
}

fn cluster(peer: &Peer) -> Diagnostic {
    Diagnostic::new(
        Lint::WideOpen,
        peer.span,
        "every port of every pod of the cluster may be reached",
        "only what isolates its own ingress is still protected from these pods",
    )
    .with_help("list the ports, or the pods that are meant")
}
