//! W0022: a test that says nothing.

use crate::diag::Diagnostic;
use crate::diag::codes::Lint;

use super::facts::Facts;

/// Lines that could not be read are errors, and then no lint looks.
pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let empty = facts.written.tests.iter().filter(|test| test.assertions.is_empty());
    let problem = |test: &&crate::syntax::ast::Test| {
        let message = format!("test `{}` has no lines", test.name.text);
        Diagnostic::new(Lint::EmptyTest, test.name.span, message, "it holds, whatever the program allows")
            .with_help("write its lines: `FROM can reach TO:PORTS` or `FROM cannot reach TO`")
    };
    empty.map(problem).collect()
}
