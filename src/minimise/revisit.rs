//! What was found, read as a program again.
//!
//! ```text
//! all pods: from c on http      app=web: from {a, b} on 80, http; from {a, c} on 80
//! once     app=web: {a, b}: 80, http    c: 80
//! again    app=web: {a, b, c}: 80, http
//! ```
//!
//! What shrinks takes values from peers, so that there are other peers than the program names: those may fit into
//! fewer rules. A rule's place stands for its statements meanwhile, so that each peer is one flow.

use super::shrink::Ruled;
use super::{Peers, Rule, size};
use crate::algebra::Cube;
use crate::ir::{Flow, Origin, PodPeer};

/// A flow for each peer of each rule. Its origin is the place of the rule.
pub(super) fn flows(policies: &Ruled) -> Vec<Flow> {
    let rules = policies.iter().flat_map(|(subject, rules)| rules.iter().map(move |rule| (subject, rule)));
    (0..).zip(rules).flat_map(|(place, (subject, rule))| of_rule(place, subject, rule)).collect()
}

fn of_rule<'a>(place: u32, subject: &'a Cube, rule: &'a Rule) -> impl Iterator<Item = Flow> {
    rule.peers().each().map(move |peer| Flow {
        subject: subject.clone(),
        peer: peer.into(),
        ports: rule.ports().clone(),
        origin: Origin(place),
    })
}

/// The rules that were made of [`flows`], with the statements that those stood for.
pub(super) fn with_origins(policies: Ruled, of: &Ruled) -> Ruled {
    let origins: Vec<&[Origin]> = of.iter().flat_map(|(_, rules)| rules.iter().map(Rule::origins)).collect();
    let restored = |rule: Rule| {
        let places = rule.origins().iter().filter_map(|place| origins.get(usize::try_from(place.0).ok()?));
        let all = places.copied().flatten().copied().collect();
        Rule::new(rule.peers().clone(), rule.ports().clone(), all)
    };
    let of_subject =
        |(subject, rules): (Cube, Vec<Rule>)| (subject, rules.into_iter().map(restored).collect());
    policies.into_iter().map(of_subject).collect()
}

/// Whether the first of two is shorter, by what counts most.
pub(super) fn is_shorter(policies: &Ruled, than: &Ruled) -> bool {
    measure(policies) < measure(than)
}

/// Rules, peers, entries of ports, requirements, values.
fn measure(policies: &Ruled) -> [usize; 5] {
    let rules = || policies.iter().flat_map(|(_, rules)| rules);
    let pods = || {
        rules().flat_map(|rule| match rule.peers() {
            Peers::Anywhere => &[][..],
            Peers::Listed(listed) => listed.pods(),
        })
    };
    let requirements = || {
        pods().flat_map(|PodPeer { namespaces, pods }| namespaces.requirements().chain(pods.requirements()))
    };
    [
        rules().count(),
        rules().map(size::peers).sum(),
        rules().map(|rule| size::entries(rule.ports())).sum(),
        requirements().count(),
        requirements().map(|(_, requirement)| requirement.values().len()).sum(),
    ]
}
