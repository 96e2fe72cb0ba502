//! Two policies, namespace by namespace and direction by direction: who is isolated, and what is allowed then.

use std::collections::BTreeSet;

use crate::algebra::{Cube, PortSet, Text};
use crate::ir::{Direction, Namespace, Peer, PodPeer, Policy};

use super::budget::{Budget, Exhausted};
use super::claim::{self, Claim, Standing};
use super::index::Index;
use super::piece::Piece;
use super::witness::{self, Side, Witness};
use super::{MOST_WITNESSES, Overrun, Stats, Verdict, atoms, cover, settle};

/// Compares the source's policy with the output's.
pub(super) fn policies(source: &Policy, output: &Policy) -> Verdict {
    let flows = count_flows(source) + count_flows(output);
    with_budget(source, output, Budget::new(flows), flows)
}

fn with_budget(source: &Policy, output: &Policy, budget: Budget, flows: usize) -> Verdict {
    let names: BTreeSet<&Text> = source.namespaces.keys().chain(output.namespaces.keys()).collect();
    let mut findings = Findings { budget, covered: 0, witnesses: Vec::new(), overruns: Vec::new() };
    let nothing = Namespace::default();
    for name in &names {
        let source = source.namespaces.get(*name).unwrap_or(&nothing);
        let output = output.namespaces.get(*name).unwrap_or(&nothing);
        for direction in Direction::BOTH {
            Comparison { name, direction, source, output }.run(&mut findings);
        }
    }
    if !findings.witnesses.is_empty() {
        return Verdict::Differs(findings.witnesses);
    }
    if !findings.overruns.is_empty() {
        return Verdict::OutOfBudget(findings.overruns);
    }
    let (covered, steps) = (findings.covered, findings.budget.spent());
    Verdict::Proved(Stats { objects: 0, namespaces: names.len(), flows, covered, steps })
}

fn count_flows(policy: &Policy) -> usize {
    policy.namespaces.values().map(|n| n.flows.ingress.len() + n.flows.egress.len()).sum()
}

struct Findings {
    budget: Budget,
    covered: usize,
    witnesses: Vec<Witness>,
    overruns: Vec<Overrun>,
}

/// One namespace in one direction.
struct Comparison<'a> {
    name: &'a Text,
    direction: Direction,
    source: &'a Namespace,
    output: &'a Namespace,
}

impl Comparison<'_> {
    fn run(&self, findings: &mut Findings) {
        let (source, output) = (self.isolated(Side::Source), self.isolated(Side::Output));
        let every = PortSet::every();
        let accept =
            |side: Side, piece: &Piece| Some(witness::isolation(self.name, self.direction, side, piece));
        self.both_ways(&isolation(source, &every), &isolation(output, &every), findings, accept);
        let flows =
            |side: Side| claim::of_flows(self.namespace(side).flows.get(self.direction), self.direction);
        let accept = |side: Side, piece: &Piece| self.connection(side, piece);
        self.both_ways(&flows(Side::Source), &flows(Side::Output), findings, accept);
    }

    fn namespace(&self, side: Side) -> &Namespace {
        match side {
            Side::Source => self.source,
            Side::Output => self.output,
        }
    }

    fn isolated(&self, side: Side) -> &[Cube] {
        self.namespace(side).isolated.get(self.direction)
    }

    /// Each side within the other.
    fn both_ways(
        &self,
        source: &[Claim<'_>],
        output: &[Claim<'_>],
        findings: &mut Findings,
        accept: impl Fn(Side, &Piece) -> Option<Witness>,
    ) {
        let (ours, theirs) = settle::settle(source, output);
        let (ours, theirs) = (atoms::split(&ours), atoms::split(&theirs));
        let (ours, theirs) = settle::settle(&ours, &theirs);
        self.within(&ours, output, findings, |piece| accept(Side::Source, piece));
        self.within(&theirs, source, findings, |piece| accept(Side::Output, piece));
    }

    /// Whether the claims that are still open lie in the union of the other side's.
    fn within(
        &self,
        claims: &[Claim<'_>],
        others: &[Claim<'_>],
        findings: &mut Findings,
        accept: impl Fn(&Piece) -> Option<Witness>,
    ) {
        let open: Vec<&Claim<'_>> = claims.iter().filter(|claim| claim.standing == Standing::Open).collect();
        let index = Index::new(others, open.len());
        findings.covered += open.len();
        for claim in open {
            if findings.witnesses.len() >= MOST_WITNESSES {
                return;
            }
            let piece = Piece::from(claim);
            let candidates = index.candidates(&piece);
            match cover::uncovered(piece, others, candidates, &mut findings.budget, &accept) {
                Ok(difference) => findings.witnesses.extend(difference),
                Err(Exhausted) => return findings.overruns.push(self.overrun(claim)),
            }
        }
    }

    /// A difference in what is allowed counts only for pods that are isolated: all others may do anything.
    fn connection(&self, side: Side, piece: &Piece) -> Option<Witness> {
        let within = |subject: Cube, side: Side| {
            let isolated = self.isolated(side).iter();
            isolated.filter_map(move |cube| subject.intersection(cube)).collect::<Vec<Cube>>()
        };
        let source = within(piece.subject.clone(), Side::Source);
        let subject = source.into_iter().find_map(|part| within(part, Side::Output).into_iter().next())?;
        let piece = Piece { subject, ..piece.clone() };
        let flows = self.namespace(side).flows.get(self.direction);
        witness::connection(self.name, self.direction, side, &piece, flows)
    }

    fn overrun(&self, claim: &Claim<'_>) -> Overrun {
        let mut keys: BTreeSet<Text> = keys(claim.subject).collect();
        match claim.peer.as_ref() {
            Peer::Anywhere | Peer::Addresses(_) => {}
            Peer::Pods(PodPeer { namespaces, pods }) => {
                keys.extend(self::keys(namespaces).chain(self::keys(pods)));
            }
        }
        Overrun { namespace: self.name.clone(), direction: self.direction, keys: keys.into_iter().collect() }
    }
}

fn keys(cube: &Cube) -> impl Iterator<Item = Text> {
    cube.requirements().map(|(key, _)| key.clone())
}

fn isolation<'a>(cubes: &'a [Cube], every: &'a PortSet) -> Vec<Claim<'a>> {
    cubes.iter().map(|subject| Claim::new(subject, &Peer::Anywhere, every)).collect()
}
