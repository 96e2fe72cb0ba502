//! A label selector becomes the set of label sets that it matches.

use crate::algebra::{Cube, Requirement, Text};
use crate::denote::{Expression, Selector, Str};

use super::Oddity;

/// The cube of a selector: all its requirements together.
pub(super) fn cube(selector: &Selector<'_>) -> Result<Cube, Oddity> {
    let mut all = Vec::with_capacity(selector.match_labels.len() + selector.match_expressions.len());
    for (key, value) in &selector.match_labels {
        all.push((text(key), Requirement::one_of([text(value)])));
    }
    for expression in &selector.match_expressions {
        all.push((text(&expression.key), requirement(expression)?));
    }
    Cube::from_requirements(all).ok_or(Oddity::NoPod)
}

/// `labels.Requirement.Matches`: `NotIn` holds for a pod that has no such key.
fn requirement(expression: &Expression<'_>) -> Result<Requirement, Oddity> {
    let values = expression.values.iter().map(text);
    match (expression.operator.as_ref(), expression.values.is_empty()) {
        ("In", false) => Ok(Requirement::one_of(values)),
        ("NotIn", false) => Ok(Requirement::not_one_of(values)),
        ("Exists", true) => Ok(Requirement::exists()),
        ("DoesNotExist", true) => Ok(Requirement::absent()),
        _ => Err(Oddity::Inadmissible),
    }
}

fn text(found: &Str<'_>) -> Text {
    Text::from(found.as_ref())
}
