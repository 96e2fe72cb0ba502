//! W0007: all IPv4 addresses and no IPv6 address, or the other way.

use std::collections::BTreeMap;

use crate::algebra::{AddressSet, Cube};
use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::{GuardKind, Peer, PeerKind, Scope, Target};

use super::facts::{Facts, Family, covers_the_world};

/// A statement with targets, and which of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Rule,
    Never,
    Only,
}

/// The sources of a statement in an order that does not depend on how they were written. Addresses all look alike
/// here: only pods decide what an egress rule is about.
type Sources<'a> = Vec<Option<(Scope, &'a Cube)>>;

/// Looks at targets alone: all addresses as a source have a lint of their own. A family that another statement
/// with the same sources covers is not missing.
pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    if !statements(facts).any(|(_, _, to)| to.iter().any(is_half_the_world)) {
        return Vec::new();
    }
    let mut families: BTreeMap<(Kind, Sources), (bool, bool)> = BTreeMap::new();
    for (kind, from, to) in statements(facts) {
        for addresses in to.iter().filter_map(addresses) {
            let known = families.entry((kind, identity(from))).or_default();
            known.0 |= !addresses.v4().is_empty();
            known.1 |= !addresses.v6().is_empty();
        }
    }
    let mut found = Vec::new();
    for (kind, from, to) in statements(facts) {
        let known = families.get(&(kind, identity(from))).copied().unwrap_or_default();
        let missing = match known {
            (true, false) => Family::V6,
            (false, true) => Family::V4,
            (true, true) | (false, false) => continue,
        };
        found
            .extend(to.iter().filter(|target| is_world(target)).map(|target| problem(kind, missing, target)));
    }
    found
}

fn statements<'a>(facts: &Facts<'a>) -> impl Iterator<Item = (Kind, &'a [Peer], &'a [Target])> {
    let program = facts.program;
    let rules = program.rules.iter().map(|rule| (Kind::Rule, &rule.from[..], &rule.to[..]));
    rules.chain(program.guards.iter().map(|it| (kind(it.kind), &it.from[..], &it.to[..])))
}

fn kind(guard: GuardKind) -> Kind {
    match guard {
        GuardKind::Never => Kind::Never,
        GuardKind::Only => Kind::Only,
    }
}

fn identity(from: &[Peer]) -> Sources<'_> {
    let mut sources: Sources = from
        .iter()
        .map(|peer| match &peer.kind {
            PeerKind::Pods { scope, selector } => Some((*scope, selector)),
            PeerKind::Anywhere | PeerKind::Addresses(_) => None,
        })
        .collect();
    sources.sort();
    sources.dedup();
    sources
}

fn addresses(target: &Target) -> Option<&AddressSet> {
    match &target.peer.kind {
        PeerKind::Addresses(addresses) => Some(addresses),
        PeerKind::Anywhere | PeerKind::Pods { .. } => None,
    }
}

/// What a finding is about, unless other targets have the other family.
fn is_half_the_world(target: &Target) -> bool {
    is_world(target) && addresses(target).is_some_and(|it| it.v4().is_empty() || it.v6().is_empty())
}

fn is_world(target: &Target) -> bool {
    addresses(target).is_some_and(|it| covers_the_world(it, Family::V4) || covers_the_world(it, Family::V6))
}

fn problem(kind: Kind, missing: Family, target: &Target) -> Diagnostic {
    let (all, none, literal) = match missing {
        Family::V6 => ("IPv4", "IPv6", "::/0"),
        Family::V4 => ("IPv6", "IPv4", "0.0.0.0/0"),
    };
    let consequence = match kind {
        Kind::Rule => format!("connections over {none} are denied, also to hosts that have both addresses"),
        Kind::Never | Kind::Only => format!("what is possible over {none} goes unnoticed"),
    };
    Diagnostic::new(
        Lint::OneAddressFamily,
        target.peer.span,
        format!("this covers {all} as a whole and no {none} address"),
        consequence,
    )
    .with_help(format!(
        "write `internet`, which covers both families without private addresses, or add `{literal}`"
    ))
}
