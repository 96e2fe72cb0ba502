//! W0018: declared pods that are isolated and that no rule mentions.

use std::collections::{BTreeMap, BTreeSet};

use crate::algebra::Cube;
use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::hir::{NamespaceId, PeerKind, PodNetwork, Pods, Scope, SetId};
use crate::ir::Direction;
use crate::source::Span;
use crate::syntax::ast::{PodsDecl, PodsMemberKind};

use super::facts::Facts;
use super::{Budget, isolated_without_rules};

/// What isolates pods with a `default` line of their own is meant, and a namespace without any rule has a lint of
/// its own.
pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let silent: BTreeSet<NamespaceId> = isolated_without_rules::namespaces(facts).into_iter().collect();
    let stated = with_default(facts);
    let mut rules = Rules::of(facts);
    let candidates = facts.program.pods.iter().filter(|pods| {
        let namespace = facts.namespace(pods.namespace);
        pods.network == PodNetwork::Pod
            && Direction::BOTH.iter().any(|direction| *namespace.isolated.get(*direction))
            && !silent.contains(&pods.namespace)
            && !stated.contains(&pods.span)
    });
    candidates.filter(|pods| !rules.are_about(pods)).map(problem).collect()
}

/// The pods that rules are about, on either side.
struct Rules<'a> {
    selectors: BTreeMap<Scope, BTreeSet<&'a Cube>>,
    anywhere: bool,
    /// By namespace, the sets that hold it.
    sets: BTreeMap<NamespaceId, Vec<SetId>>,
    budget: Budget,
}

impl<'a> Rules<'a> {
    fn of(facts: &Facts<'a>) -> Self {
        let mut rules = Self {
            selectors: BTreeMap::new(),
            anywhere: false,
            sets: BTreeMap::new(),
            budget: Budget::new(),
        };
        for rule in &facts.program.rules {
            for peer in rule.from.iter().chain(rule.to.iter().map(|target| &target.peer)) {
                match &peer.kind {
                    PeerKind::Anywhere => rules.anywhere = true,
                    PeerKind::Addresses(_) => {}
                    PeerKind::Pods { scope, selector } => {
                        rules.selectors.entry(*scope).or_default().insert(selector);
                    }
                }
            }
        }
        for (id, set) in (0..).map(SetId).zip(&facts.program.sets) {
            for namespace in &set.managed {
                rules.sets.entry(*namespace).or_default().push(id);
            }
        }
        rules
    }

    /// Where the budget ends, they are taken to be.
    fn are_about(&mut self, pods: &Pods) -> bool {
        let sets = self.sets.get(&pods.namespace).into_iter().flatten().map(|set| Scope::Set(*set));
        let scopes =
            [Scope::Namespace(pods.namespace), Scope::Managed, Scope::Cluster].into_iter().chain(sets);
        let mut selectors = scopes.filter_map(|scope| self.selectors.get(&scope));
        let budget = &mut self.budget;
        self.anywhere
            || selectors.any(|known| {
                known.contains(&pods.selector)
                    || known.iter().any(|it| !budget.take(1) || !it.is_disjoint(&pods.selector))
            })
    }
}

fn with_default(facts: &Facts) -> BTreeSet<Span> {
    let has_default =
        |decl: &PodsDecl| decl.members.iter().any(|member| matches!(member.kind, PodsMemberKind::Default(_)));
    let stated = facts.written.pods.iter().filter(|pods| has_default(pods));
    stated.map(|pods| pods.name.span).collect()
}

fn problem(pods: &Pods) -> Diagnostic {
    Diagnostic::new(
        Lint::PodsWithoutRules,
        pods.span,
        format!("no rule is about the pods `{}`", pods.name),
        "their namespace isolates them, so nothing that it isolates is possible for them",
    )
    .with_help("write the rules that they need, or `default deny` in their block where none is meant")
}
