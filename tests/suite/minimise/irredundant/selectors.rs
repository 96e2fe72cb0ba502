//! Selectors as they were read, as cubes, and cubes as selectors again: enough of it to join peers.

use netdsl::algebra::{Cube, Requirement, Text};
use netdsl::denote::{Expression, Peer, Selector};
use netdsl::ir::NAMESPACE_NAME;

/// What a selector matches; ours contradict nothing.
pub(super) fn cube(selector: &Selector<'_>) -> Cube {
    let equalities = selector.match_labels.iter();
    let equalities =
        equalities.map(|(key, value)| (Text::from(&**key), Requirement::one_of([Text::from(&**value)])));
    let expressions = selector.match_expressions.iter().map(|it| (Text::from(&*it.key), requirement(it)));
    Cube::from_requirements(equalities.chain(expressions)).expect("our selectors match something")
}

fn requirement(expression: &Expression<'_>) -> Requirement {
    let values = expression.values.iter().map(|value| Text::from(&**value));
    match &*expression.operator {
        "In" => Requirement::one_of(values),
        "NotIn" => Requirement::not_one_of(values),
        "Exists" => Requirement::exists(),
        "DoesNotExist" => Requirement::absent(),
        other => panic!("no such operator: {other}"),
    }
}

/// One expression that says what two about the same key say.
pub(super) fn both(a: &Expression<'_>, b: &Expression<'_>) -> Option<Expression<'static>> {
    let says_both = requirement(a).intersection(&requirement(b));
    match expressions(&a.key, &says_both)?.as_slice() {
        [one] if a.key == b.key => Some(one.clone()),
        _ => None,
    }
}

/// The expressions for what a key may hold; `None` where no selector can say it.
fn expressions(key: &str, requirement: &Requirement) -> Option<Vec<Expression<'static>>> {
    let values = requirement.values();
    let of = |operator: &'static str, values: &[Text]| Expression {
        key: key.to_owned().into(),
        operator: operator.into(),
        values: values.iter().map(|value| value.to_string().into()).collect(),
    };
    match (requirement.is_complement(), requirement.allows_absent(), values.is_empty()) {
        (false, false, false) => Some(vec![of("In", values)]),
        (false, true, true) => Some(vec![of("DoesNotExist", &[])]),
        (true, true, false) => Some(vec![of("NotIn", values)]),
        (true, true, true) => Some(Vec::new()),
        (true, false, true) => Some(vec![of("Exists", &[])]),
        (true, false, false) => Some(vec![of("Exists", &[]), of("NotIn", values)]),
        (false, true, false) | (false, false, true) => None,
    }
}

/// One peer of two that differ in one key of one selector.
pub(super) fn join(a: &Peer<'_>, b: &Peer<'_>, own: &str) -> Option<Peer<'static>> {
    let (a, b) = (cubes(a, own), cubes(b, own));
    let [namespaces, pods] = match (a[0] == b[0], a[1] == b[1]) {
        (true, _) => [a[0].clone(), union(&a[1], &b[1])?],
        (false, true) => [union(&a[0], &b[0])?, a[1].clone()],
        (false, false) => return None,
    };
    let selector = |cube: &Cube| -> Option<Selector<'static>> {
        let all = cube.requirements().map(|(key, requirement)| expressions(key, requirement));
        let match_expressions = all.collect::<Option<Vec<_>>>()?.concat();
        Some(Selector { match_labels: Vec::new(), match_expressions })
    };
    let (namespace_selector, pod_selector) = (selector(&namespaces)?, selector(&pods)?);
    Some(Peer {
        ip_block: None,
        namespace_selector: Some(namespace_selector),
        pod_selector: Some(pod_selector),
    })
}

/// What a peer asks of namespaces, and of their pods.
fn cubes(peer: &Peer<'_>, own: &str) -> [Cube; 2] {
    let here = || {
        let name = Requirement::one_of([own.into()]);
        Cube::of(NAMESPACE_NAME.into(), name).expect("one value is not none")
    };
    let namespaces = peer.namespace_selector.as_ref().map_or_else(here, cube);
    [namespaces, peer.pod_selector.as_ref().map_or_else(Cube::all, cube)]
}

/// The union of two cubes that differ in one key.
fn union(a: &Cube, b: &Cube) -> Option<Cube> {
    let keys = || a.requirements().chain(b.requirements()).map(|(key, _)| key);
    let of = |cube: &Cube, key: &Text| cube.get(key).cloned().unwrap_or_else(Requirement::anything);
    let mut differing: Vec<&Text> = keys().filter(|key| of(a, key) != of(b, key)).collect();
    differing.dedup();
    match differing.as_slice() {
        [first, rest @ ..] if rest.iter().all(|key| key == first) => {
            a.with(first, of(a, first).union(&of(b, first)))
        }
        _ => None,
    }
}
