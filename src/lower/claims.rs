//! Guards and lines of tests as claims about the policy, and the world that they are about.

use crate::algebra::Text;
use crate::hir::{self, AssertionKind, GuardKind, Program, Target};
use crate::ir::{Claim, ClaimKind, World};
use crate::source::Span;

use super::peers::peer;

/// A claim of the program, and where it stands.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The guard, or the line of a test.
    pub span: Span,
    /// Which test it is a line of; `None` for a guard.
    pub test: Option<Text>,
    /// What it claims.
    pub claim: Claim,
}

/// What the program assumes about the cluster.
pub fn world(program: &Program) -> World {
    let namespaces = program.namespaces.iter();
    World {
        namespaces: namespaces.map(|namespace| (namespace.name.clone(), namespace.labels.clone())).collect(),
        pod_addresses: program.pod_addresses.clone(),
    }
}

/// The guards and the lines of tests, in the order of files and places.
pub fn claims(program: &Program) -> Vec<Claimed> {
    let guards = program.guards.iter().map(|guard| Claimed {
        span: program.statements[guard.statement.0 as usize].span,
        test: None,
        claim: guard_claim(program, guard),
    });
    let lines = program.tests.iter().flat_map(|test| {
        test.assertions.iter().map(|line| Claimed {
            span: line.span,
            test: Some(test.name.clone()),
            claim: line_claim(program, line),
        })
    });
    let mut claims: Vec<Claimed> = guards.chain(lines).collect();
    claims.sort_by_key(|claimed| claimed.span);
    claims
}

fn guard_claim(program: &Program, guard: &hir::Guard) -> Claim {
    let kind = match guard.kind {
        GuardKind::Never => ClaimKind::Never,
        GuardKind::Only => ClaimKind::Only,
    };
    claim(program, kind, &guard.from, &guard.to)
}

fn line_claim(program: &Program, line: &hir::Assertion) -> Claim {
    let kind = match line.kind {
        AssertionKind::Can => ClaimKind::Can,
        AssertionKind::Cannot => ClaimKind::Never,
    };
    claim(program, kind, &line.from, &line.to)
}

/// A claim about resolved peers.
pub fn claim(program: &Program, kind: ClaimKind, from: &[hir::Peer], to: &[Target]) -> Claim {
    let target = |target: &Target| Some((peer(program, &target.peer.kind)?, target.ports.clone()));
    Claim {
        kind,
        sources: from.iter().filter_map(|source| peer(program, &source.kind)).collect(),
        targets: to.iter().filter_map(target).collect(),
    }
}
