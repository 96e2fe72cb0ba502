//! A label selector becomes the set of label sets that it matches.

use crate::algebra::{Cube, Requirement};
use crate::denote::{Expression, Selector};

use super::Oddity;

/// The cube of a selector: all its requirements together.
pub(super) fn cube(selector: &Selector) -> Result<Cube, Oddity> {
    let mut all = Vec::with_capacity(selector.match_labels.len() + selector.match_expressions.len());
    for (key, value) in &selector.match_labels {
        all.push((key.clone(), Requirement::one_of([value.clone()])));
    }
    for expression in &selector.match_expressions {
        all.push((expression.key.clone(), requirement(expression)?));
    }
    Cube::from_requirements(all).ok_or(Oddity::NoPod)
}

/// `labels.Requirement.Matches`: `NotIn` holds for a pod that has no such key.
fn requirement(expression: &Expression) -> Result<Requirement, Oddity> {
    let values = expression.values.iter().cloned();
    match (expression.operator.as_ref(), expression.values.is_empty()) {
        ("In", false) => Ok(Requirement::one_of(values)),
        ("NotIn", false) => Ok(Requirement::not_one_of(values)),
        ("Exists", true) => Ok(Requirement::exists()),
        ("DoesNotExist", true) => Ok(Requirement::absent()),
        _ => Err(Oddity::Inadmissible),
    }
}
