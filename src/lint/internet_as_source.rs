//! W0016: all addresses of the world as a source, which few clusters ever see.

use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::{Peer, PeerKind};

use super::facts::{Facts, Family, covers_the_world};

pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let sources = facts.program.rules.iter().flat_map(|rule| &rule.from);
    sources.filter(|source| is_world(&source.kind)).map(problem).collect()
}

fn is_world(peer: &PeerKind) -> bool {
    match peer {
        PeerKind::Addresses(addresses) => {
            covers_the_world(addresses, Family::V4) || covers_the_world(addresses, Family::V6)
        }
        PeerKind::Anywhere | PeerKind::Pods { .. } => false,
    }
}

fn problem(source: &Peer) -> Diagnostic {
    Diagnostic::new(
        Lint::InternetAsSource,
        source.span,
        "clients on the internet seldom arrive with their own address",
        "behind a load balancer or a NodePort the source is usually a node, which this does not cover, so the connection is denied",
    )
    .with_help("write `allow ingress anywhere -> …` for a front door (without `ingress` it opens egress too), or the pods and addresses that really connect: the ingress controller, the load balancer")
    .with_note("the client's address arrives where the Service has `externalTrafficPolicy: Local`")
}
