//! Two policies, namespace by namespace and direction by direction: who is isolated, and what is allowed then.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::{Cube, PortSet, Text};
use crate::ir::{Direction, Namespace, Peer, PodPeer, Policy};

use super::budget::Budget;
use super::claim::{self, Claim, Standing};
use super::index::Index;
use super::piece::Piece;
use super::witness::{self, Side, Witness};
use super::{MOST_WITNESSES, Overrun, Stats, Verdict, atoms, cover, settle};

/// How many keys are named where the budget runs out.
const MOST_KEYS: usize = 5;

/// Compares the source's policy with the output's.
pub(super) fn policies(source: &Policy, output: &Policy) -> Verdict {
    let names: BTreeSet<&Text> = source.namespaces.keys().chain(output.namespaces.keys()).collect();
    let nothing = Namespace::default();
    super::all(names.into_iter().map(|name| {
        let source = source.namespaces.get(name).unwrap_or(&nothing);
        let output = output.namespaces.get(name).unwrap_or(&nothing);
        (name.clone(), namespace(name, source, output))
    }))
}

/// Compares what both say of one namespace.
pub(super) fn namespace(name: &Text, source: &Namespace, output: &Namespace) -> Verdict {
    let flows = count_flows(source) + count_flows(output);
    with_budget(name, source, output, Budget::new(flows))
}

fn with_budget(name: &Text, source: &Namespace, output: &Namespace, budget: Budget) -> Verdict {
    let mut findings = Findings { budget, covered: 0, witnesses: Vec::new(), overrun: None };
    for direction in Direction::BOTH {
        Comparison { name, direction, source, output }.run(&mut findings);
    }
    if !findings.witnesses.is_empty() {
        return Verdict::Differs(findings.witnesses);
    }
    if let Some(overrun) = findings.overrun {
        return Verdict::OutOfBudget(overrun);
    }
    let flows = count_flows(source) + count_flows(output);
    let (covered, steps) = (findings.covered, findings.budget.spent());
    Verdict::Proved(Stats { objects: 0, namespaces: 1, flows, covered, steps })
}

fn count_flows(namespace: &Namespace) -> usize {
    namespace.flows.ingress.len() + namespace.flows.egress.len()
}

struct Findings {
    budget: Budget,
    covered: usize,
    witnesses: Vec<Witness>,
    overrun: Option<Overrun>,
}

impl Findings {
    /// Whether going on would tell nothing new.
    fn are_enough(&self) -> bool {
        self.overrun.is_some() || self.witnesses.len() >= MOST_WITNESSES
    }
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
        self.isolation(findings);
        let flows = |side: Side| claim::of_flows(self.namespace(side).flows.get(self.direction));
        let accept = |side: Side, piece: &Piece| self.connection(side, piece);
        self.both_ways(&flows(Side::Source), &flows(Side::Output), findings, accept);
    }

    fn isolation(&self, findings: &mut Findings) {
        let (source, output) = (self.isolated(Side::Source), self.isolated(Side::Output));
        if [source, output].iter().all(|cubes| cubes.iter().any(Cube::is_all)) {
            // Both isolate every pod, whatever else they name.
            return;
        }
        let every = PortSet::every();
        let accept =
            |side: Side, piece: &Piece| Some(witness::isolation(self.name, self.direction, side, piece));
        self.both_ways(&isolation(source, &every), &isolation(output, &every), findings, accept);
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
        let (ours, theirs) = (atoms::split(&ours, theirs.len()), atoms::split(&theirs, ours.len()));
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
            if findings.are_enough() {
                return;
            }
            let piece = Piece::from(claim);
            let candidates = index.candidates(&piece);
            let outcome = cover::uncovered(piece, others, &candidates, &mut findings.budget, &accept);
            let Ok(difference) = outcome else {
                findings.overrun = Some(self.overrun(claim, candidates.iter().map(|index| &others[*index])));
                return;
            };
            findings.witnesses.extend(difference);
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

    /// The keys along which most of the others cut a claim: there the steps were spent.
    fn overrun<'c>(&self, claim: &Claim<'_>, others: impl Iterator<Item = &'c Claim<'c>>) -> Overrun {
        let piece = Piece::from(claim);
        let mut counts: BTreeMap<&Text, usize> = BTreeMap::new();
        for other in others.filter(|other| piece.meets(other)) {
            for key in cut_by(&piece, other) {
                *counts.entry(key).or_default() += 1;
            }
        }
        let mut keys: Vec<(&Text, usize)> = counts.into_iter().collect();
        keys.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let keys = keys.into_iter().take(MOST_KEYS).map(|(key, _)| key.clone()).collect();
        Overrun { namespace: self.name.clone(), direction: Some(self.direction), keys }
    }
}

/// The label keys on which a claim covers only part of a piece.
fn cut_by<'c>(piece: &Piece, claim: &'c Claim<'_>) -> Vec<&'c Text> {
    let subject = piece.subject.cut_by(claim.subject);
    match (&piece.peer, claim.peer.as_ref()) {
        (Peer::Pods(own), Peer::Pods(PodPeer { namespaces, pods })) => {
            subject.chain(own.namespaces.cut_by(namespaces)).chain(own.pods.cut_by(pods)).collect()
        }
        (Peer::Anywhere | Peer::Pods(_) | Peer::Addresses(_), _) => subject.collect(),
    }
}

fn isolation<'a>(cubes: &'a [Cube], every: &'a PortSet) -> Vec<Claim<'a>> {
    cubes.iter().map(|subject| Claim::new(subject, &Peer::Anywhere, every)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Budget, Verdict, with_budget};
    use crate::algebra::{Cube, PortSet, Requirement, Text};
    use crate::ir::{Flow, Namespace, Origin, Peer, PodPeer, Policy};

    /// Flows from these pods of all namespaces.
    fn policy(peers: Vec<Cube>) -> Policy {
        let mut policy = Policy::default();
        let namespace = policy.namespaces.entry("shop".into()).or_default();
        namespace.isolated.ingress.push(Cube::all());
        for pods in peers {
            let peer = Peer::Pods(PodPeer { namespaces: Cube::all(), pods });
            let flow = Flow { subject: Cube::all(), peer, ports: PortSet::every(), origin: Origin(0) };
            namespace.flows.ingress.push(flow);
        }
        policy
    }

    /// Every combination of two keys' presence for each of eight pairs, so that only all together are everything.
    fn hard() -> (Policy, Policy) {
        let key = |n: usize| Text::from(format!("k{n}"));
        let mut parts = Vec::new();
        for pair in 0..8 {
            for (a, b) in [(true, false), (false, true)] {
                let state = |there| if there { Requirement::exists() } else { Requirement::absent() };
                parts.extend(Cube::from_requirements([
                    (key(2 * pair), state(a)),
                    (key(2 * pair + 1), state(b)),
                ]));
            }
        }
        (policy(vec![Cube::all()]), policy(parts))
    }

    #[test]
    fn who_isolates_all_pods_isolates_the_others_too_and_nobody_else_does() {
        let app = |value: &str| Cube::of("app".into(), Requirement::one_of([value.into()])).unwrap();
        let verdict = |source: &[Cube], output: &[Cube]| {
            let isolated = |cubes: &[Cube]| {
                let mut namespace = Namespace::default();
                namespace.isolated.egress = cubes.to_vec();
                namespace
            };
            super::namespace(&"shop".into(), &isolated(source), &isolated(output))
        };
        let all = Cube::all;
        for output in [vec![all()], vec![app("web"), all()], vec![all(), all(), app("db")]] {
            assert!(matches!(verdict(&[app("job"), all()], &output), Verdict::Proved(_)), "{output:?}");
        }
        for output in [vec![], vec![app("web")], vec![app("web"), app("db")]] {
            assert!(matches!(verdict(&[all()], &output), Verdict::Differs(_)), "{output:?}");
            assert!(matches!(verdict(&output, &[all()]), Verdict::Differs(_)), "{output:?}");
        }
    }

    #[test]
    fn past_the_budget_nothing_is_claimed() {
        let (source, output) = hard();
        let name = Text::from("shop");
        let (source, output) = (&source.namespaces[&name], &output.namespaces[&name]);
        let Verdict::OutOfBudget(overrun) = with_budget(&name, source, output, Budget::of(50)) else {
            panic!("50 steps are too few");
        };
        assert_eq!(
            overrun.to_string(),
            "Ingress of namespace shop takes too many steps; its selectors overlap on k0, k1, k10, k11, k12"
        );
        let enough = with_budget(&name, source, output, Budget::of(100_000));
        assert!(
            matches!(enough, Verdict::Differs(_)),
            "pods with both keys of each pair are left: {enough:?}"
        );
    }
}
