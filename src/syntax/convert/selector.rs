//! Selectors: `app=web, tier!=dev`.

use super::Converter;
use crate::syntax::ast::{Requirement, RequirementKind, Selector, Word};
use crate::syntax::grammar::{Pair, Rule};

impl Converter {
    /// A `selector` or a `condition`.
    pub(super) fn selector(&self, pair: Pair<'_>) -> Selector {
        let span = self.span(&pair);
        let requirements = pair.into_inner().filter(|inner| inner.as_rule() != Rule::comma);
        Selector { span, requirements: requirements.map(|inner| self.requirement(inner)).collect() }
    }

    /// A `requirement`, or the `bare` key of one.
    fn requirement(&self, pair: Pair<'_>) -> Requirement {
        let span = self.span(&pair);
        let mut key = self.word(&pair);
        let mut operator = None;
        let mut values = Vec::new();
        let mut any = false;
        for inner in pair.into_inner() {
            #[expect(clippy::wildcard_enum_match_arm, reason = "the rest are commas and parentheses")]
            match inner.as_rule() {
                Rule::key => key = self.inner_word(inner),
                Rule::value => values.push(self.inner_word(inner)),
                Rule::star => any = true,
                Rule::equals
                | Rule::double_equals
                | Rule::not_equals
                | Rule::kw_in
                | Rule::kw_notin
                | Rule::bang => {
                    operator = Some(inner.as_rule());
                }
                _ => {}
            }
        }
        let kind = if any { of_any(operator) } else { of_values(operator, values) };
        Requirement { span, key, kind }
    }
}

/// The requirement with `*` as its value.
fn of_any(operator: Option<Rule>) -> RequirementKind {
    match operator {
        Some(Rule::not_equals) => RequirementKind::NotEqualsAny,
        _ => RequirementKind::Exists,
    }
}

fn of_values(operator: Option<Rule>, mut values: Vec<Word>) -> RequirementKind {
    match (operator, values.len()) {
        (Some(Rule::kw_in), _) => RequirementKind::In(values),
        (Some(Rule::kw_notin), _) => RequirementKind::NotIn(values),
        (Some(Rule::bang), _) => RequirementKind::Absent,
        (Some(Rule::equals), 1) => RequirementKind::Equals(values.remove(0)),
        (Some(Rule::double_equals), 1) => RequirementKind::DoubleEquals(values.remove(0)),
        (Some(Rule::not_equals), 1) => RequirementKind::NotEquals(values.remove(0)),
        _ => RequirementKind::Bare,
    }
}
