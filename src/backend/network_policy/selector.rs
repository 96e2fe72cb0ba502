//! A cube as a label selector: equalities as `matchLabels`, all else as `matchExpressions`, sorted by key.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};

use crate::algebra::{Cube, Requirement, Text};

/// The selector; `{}` for every label set.
pub(super) fn selector(cube: &Cube) -> LabelSelector {
    let mut selector = LabelSelector::default();
    for (key, requirement) in cube.requirements() {
        if let Some(value) = only_value(requirement) {
            selector.match_labels.get_or_insert_default().insert(str::to_owned(key), str::to_owned(value));
        } else {
            selector.match_expressions.get_or_insert_default().extend(expressions(key, requirement));
        }
    }
    selector
}

/// The value of a requirement that allows that one alone.
pub(super) fn only_value(requirement: &Requirement) -> Option<&Text> {
    match requirement.values() {
        [value] if !requirement.is_complement() && !requirement.allows_absent() => Some(value),
        _ => None,
    }
}

/// How a requirement of a selector reads its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
}

impl Operator {
    /// The name that the API takes.
    pub(super) fn api_name(self) -> &'static str {
        match self {
            Self::In => "In",
            Self::NotIn => "NotIn",
            Self::Exists => "Exists",
            Self::DoesNotExist => "DoesNotExist",
        }
    }
}

fn expressions(key: &Text, requirement: &Requirement) -> Vec<LabelSelectorRequirement> {
    operators(requirement)
        .into_iter()
        .map(|(operator, values)| LabelSelectorRequirement {
            key: str::to_owned(key),
            operator: operator.api_name().to_owned(),
            values: (!values.is_empty()).then(|| values.iter().map(|value| str::to_owned(value)).collect()),
        })
        .collect()
}

/// The operators that together say the requirement, each with its values.
pub(super) fn operators(requirement: &Requirement) -> Vec<(Operator, &[Text])> {
    let values = requirement.values();
    match (requirement.is_complement(), requirement.allows_absent()) {
        (false, false) => vec![(Operator::In, values)],
        (true, true) => vec![(Operator::NotIn, values)],
        (true, false) if values.is_empty() => vec![(Operator::Exists, values)],
        (true, false) => vec![(Operator::Exists, &[]), (Operator::NotIn, values)],
        (false, true) => {
            assert!(values.is_empty(), "`minimise` splits what no selector can say");
            vec![(Operator::DoesNotExist, values)]
        }
    }
}
