//! Rules, guards and the lines of tests: `allow FROM -> TO`.

use super::Converter;
use crate::syntax::ast::{Assertion, AssertionKind, Doc, Guard, GuardKind, Halves, Rule as AllowRule, Union};
use crate::syntax::grammar::{Pair, Rule};

impl Converter {
    /// `allow FROM -> TO`
    pub(super) fn rule(&mut self, pair: Pair<'_>) -> AllowRule {
        let half = pair.clone().into_inner().find(|inner| inner.as_rule() == Rule::half);
        let halves = match half.as_ref().map(Pair::as_str) {
            None => Halves::Both,
            Some("ingress") => Halves::Ingress,
            Some(_) => Halves::Egress,
        };
        let (from, to) = self.flow(pair);
        AllowRule { halves, from, to, doc: Doc::default() }
    }

    /// `never FROM -> TO`, `only FROM -> TO`
    pub(super) fn guard(&mut self, pair: Pair<'_>) -> Guard {
        let kind = if has(&pair, Rule::kw_never) { GuardKind::Never } else { GuardKind::Only };
        let (from, to) = self.flow(pair);
        Guard { kind, from, to }
    }

    /// `FROM can reach TO`, `FROM cannot reach TO`
    pub(super) fn assertion(&mut self, pair: Pair<'_>) -> Assertion {
        let span = self.span(&pair);
        let kind = if has(&pair, Rule::kw_cannot) { AssertionKind::Cannot } else { AssertionKind::Can };
        let (from, to) = self.flow(pair);
        Assertion { span, kind, from, to }
    }

    /// The two unions of a statement.
    fn flow(&mut self, pair: Pair<'_>) -> (Union, Union) {
        let mut unions = pair.into_inner().filter(|inner| inner.as_rule() == Rule::union);
        let from = unions.next().expect("the grammar has a source");
        let to = unions.next().expect("the grammar has a target");
        (self.union(from), self.union(to))
    }
}

/// Whether a token stands in a statement.
fn has(pair: &Pair<'_>, token: Rule) -> bool {
    pair.clone().into_inner().any(|inner| inner.as_rule() == token)
}
