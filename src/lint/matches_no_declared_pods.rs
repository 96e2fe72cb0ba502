//! W0010: a selector in a rule that none of the pods declared there can match.

use std::collections::BTreeMap;

use crate::algebra::Cube;
use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::{NamespaceId, Pods, Scope};
use crate::source::Span;

use super::Budget;
use super::facts::Facts;
use super::peers::{Number, Peer};

/// A rule in the block of a set needs pods in one of its namespaces alone. Where no pods are declared, or in
/// namespaces that nobody has declared, anything may be.
pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let mut search = Search::of(facts);
    let mut unmatched: BTreeMap<Span, (Scope, &Cube)> = BTreeMap::new();
    for (span, number) in peers(facts) {
        if let (Answer::None, Peer::Pods(scope, _, selector)) =
            (search.matches(number), facts.peers.get(number))
        {
            unmatched.entry(span).or_insert((scope, selector));
        }
    }
    // One place may stand for several peers, in the namespaces of a set or of an alternative that is a service.
    if !unmatched.is_empty() {
        for (span, _) in peers(facts).filter(|(_, number)| search.matches(*number) == Answer::Some) {
            unmatched.remove(&span);
        }
    }
    let missed = |(span, (scope, selector))| problem(facts, span, scope, search.elsewhere(selector));
    unmatched.into_iter().map(missed).collect()
}

fn peers(facts: &Facts) -> impl Iterator<Item = (Span, Number)> {
    facts.peers.of_rules().flat_map(|(rule, from, to)| {
        let places = rule.from.iter().map(|source| source.span);
        let places = places.chain(rule.to.iter().map(|target| target.peer.span));
        places.zip(from.iter().chain(to).copied())
    })
}

/// Which declared pods can match a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Some,
    None,
    /// Nobody can know.
    Open,
}

struct Search<'f, 'a> {
    facts: &'f Facts<'a>,
    /// The managed namespaces; `None` where one of them declares no pods.
    managed: Option<Vec<NamespaceId>>,
    /// By the number of the peer.
    known: Vec<Option<Answer>>,
    budget: Budget,
}

impl<'f, 'a> Search<'f, 'a> {
    fn of(facts: &'f Facts<'a>) -> Self {
        let managed = Some(facts.managed());
        let managed = managed.filter(|ids| ids.iter().all(|id| !facts.declared(*id).is_empty()));
        Self { facts, managed, known: vec![None; facts.peers.len() as usize], budget: Budget::new() }
    }

    fn matches(&mut self, number: Number) -> Answer {
        if let Some(known) = self.known[number as usize] {
            return known;
        }
        let answer = match self.facts.peers.get(number) {
            Peer::Pods(_, _, selector) if selector.is_all() => Answer::Open,
            Peer::Pods(..) if self.facts.peers.is_declared(number) => Answer::Some,
            Peer::Pods(scope, _, selector) => self.look_for(scope, selector),
            Peer::Anywhere | Peer::Addresses(..) => Answer::Open,
        };
        self.known[number as usize] = Some(answer);
        answer
    }

    fn look_for(&mut self, scope: Scope, selector: &Cube) -> Answer {
        let namespaces = match &scope {
            Scope::Namespace(one) => std::slice::from_ref(one),
            Scope::Managed => match &self.managed {
                Some(managed) => managed,
                None => return Answer::Open,
            },
            Scope::Set(_) | Scope::Cluster => return Answer::Open,
        };
        let (facts, budget) = (self.facts, &mut self.budget);
        if namespaces.iter().any(|id| facts.declared(*id).is_empty()) {
            return Answer::Open;
        }
        let mut pods = namespaces.iter().flat_map(|id| facts.declared(*id));
        let found = namespaces.iter().any(|id| facts.declares(*id, selector))
            || pods.any(|pods| !budget.take(1) || !pods.selector.is_disjoint(selector));
        if found { Answer::Some } else { Answer::None }
    }

    /// Pods of another namespace that match.
    fn elsewhere(&mut self, selector: &Cube) -> Option<&'a Pods> {
        let mut pods = self.facts.program.pods.iter().take_while(|_| self.budget.take(1));
        pods.find(|pods| pods.selector.is_subset(selector))
    }
}

fn problem(facts: &Facts, span: Span, scope: Scope, elsewhere: Option<&Pods>) -> Diagnostic {
    let place = match scope {
        Scope::Namespace(id) => format!("namespace `{}`", facts.namespace(id).name),
        Scope::Managed | Scope::Set(_) | Scope::Cluster => "the managed namespaces".to_owned(),
    };
    let problem = Diagnostic::new(
        Lint::MatchesNoDeclaredPods,
        span,
        format!("no declared pods of {place} match this"),
        "unless others run there, the rule opens nothing here",
    );
    let problem = match scope {
        Scope::Namespace(id) => {
            problem.with_label(facts.namespace(id).span, "the namespace is declared here")
        }
        Scope::Managed | Scope::Set(_) | Scope::Cluster => problem,
    };
    match elsewhere {
        Some(pods) => {
            let (name, namespace) = (&pods.name, &facts.namespace(pods.namespace).name);
            problem.with_label(pods.span, "these pods match it, in another namespace").with_help(format!(
                "write `{namespace}/{name}` if they are meant, or declare the `pods` that are"
            ))
        }
        None => problem.with_help("correct the selector, or declare the `pods` that are meant"),
    }
}
