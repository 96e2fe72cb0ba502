//! W0010: a selector in a rule that none of the pods declared there can match.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::Cube;
use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::{Management, NamespaceId, Peer, PeerKind, Pods, Scope};
use crate::source::Span;

use super::Budget;
use super::facts::Facts;

/// Declared pods by namespace.
type Declared<'a> = BTreeMap<NamespaceId, BTreeSet<&'a Cube>>;

/// A rule in the block of a set needs pods in one of its namespaces alone. Where no pods are declared, or in
/// namespaces that nobody has declared, anything may be.
pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let mut search = Search::of(facts);
    let mut unmatched: BTreeMap<Span, (Scope, &Cube)> = BTreeMap::new();
    for peer in peers(facts) {
        if let Some((scope, selector, false)) = search.matches(peer) {
            unmatched.entry(peer.span).or_insert((scope, selector));
        }
    }
    // One place may stand for several peers, in the namespaces of a set or of an alternative that is a service.
    if !unmatched.is_empty() {
        for peer in peers(facts).filter(|peer| search.matches(peer).is_some_and(|(.., matched)| matched)) {
            unmatched.remove(&peer.span);
        }
    }
    let missed = |(span, (scope, selector))| problem(facts, span, scope, search.elsewhere(facts, selector));
    unmatched.into_iter().map(missed).collect()
}

fn peers<'a>(facts: &Facts<'a>) -> impl Iterator<Item = &'a Peer> {
    let rules = facts.program.rules.iter();
    rules.flat_map(|rule| rule.from.iter().chain(rule.to.iter().map(|target| &target.peer)))
}

struct Search<'a> {
    declared: Declared<'a>,
    /// The managed namespaces; `None` where one of them declares no pods.
    managed: Option<Vec<NamespaceId>>,
    known: BTreeMap<(Scope, &'a Cube), bool>,
    budget: Budget,
}

impl<'a> Search<'a> {
    fn of(facts: &Facts<'a>) -> Self {
        let mut declared = Declared::new();
        for pods in &facts.program.pods {
            declared.entry(pods.namespace).or_default().insert(&pods.selector);
        }
        let ids = (0..).map(NamespaceId).zip(&facts.program.namespaces);
        let managed: Vec<NamespaceId> =
            ids.filter(|(_, it)| it.management == Management::Managed).map(|(id, _)| id).collect();
        let managed = Some(managed).filter(|ids| ids.iter().all(|id| declared.contains_key(id)));
        Self { declared, managed, known: BTreeMap::new(), budget: Budget::new() }
    }

    /// Whether declared pods can match a peer, for one of which that is known.
    fn matches(&mut self, peer: &'a Peer) -> Option<(Scope, &'a Cube, bool)> {
        let PeerKind::Pods { scope, selector } = &peer.kind else { return None };
        if selector.is_all() {
            return None;
        }
        let namespaces = match scope {
            Scope::Namespace(one) => std::slice::from_ref(one),
            Scope::Managed => self.managed.as_deref()?,
            Scope::Set(_) | Scope::Cluster => return None,
        };
        if let Some(known) = self.known.get(&(*scope, selector)) {
            return Some((*scope, selector, *known));
        }
        let pods: Vec<_> = namespaces.iter().map(|id| self.declared.get(id)).collect::<Option<_>>()?;
        let named = pods.iter().any(|cubes| cubes.contains(selector));
        let budget = &mut self.budget;
        let found = named
            || pods
                .iter()
                .flat_map(|cubes| cubes.iter())
                .any(|cube| !budget.take(1) || !cube.is_disjoint(selector));
        self.known.insert((*scope, selector), found);
        Some((*scope, selector, found))
    }

    /// Pods of another namespace that match.
    fn elsewhere(&mut self, facts: &Facts<'a>, selector: &Cube) -> Option<&'a Pods> {
        let mut pods = facts.program.pods.iter().take_while(|_| self.budget.take(1));
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
