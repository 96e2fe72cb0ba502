//! The only place that runs pest: one logical line in, its token pairs or the place of the failure out.

use pest::Parser as _;

/// A construct or a token of the grammar.
pub(super) use generated::Rule;

/// A construct with its place and what it is made of.
pub(super) type Pair<'t> = pest::iterators::Pair<'t, Rule>;

mod generated {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/netdsl.pest"]
    pub(super) struct Grammar;
}

/// Which lines may stand here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// Statements and headers of blocks.
    Statement,
    /// Lines of a test.
    TestLine,
    /// The keyword and the name of a declaration whose rest is wrong.
    Broken,
}

/// Where a line stops to make sense.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    /// The byte at which nothing fits.
    pub(super) at: usize,
    /// What would have fitted there.
    pub(super) expected: Vec<Rule>,
}

/// Parses one logical line.
pub(super) fn parse(entry: Entry, line: &str) -> Result<pest::iterators::Pairs<'_, Rule>, Failure> {
    let start = match entry {
        Entry::Statement => Rule::statement,
        Entry::TestLine => Rule::test_line,
        Entry::Broken => Rule::broken,
    };
    generated::Grammar::parse(start, line).map_err(|error| failure(&error))
}

fn failure(error: &pest::error::Error<Rule>) -> Failure {
    let at = match error.location {
        pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
    };
    let expected = match &error.variant {
        pest::error::ErrorVariant::ParsingError { positives, .. } => positives.clone(),
        pest::error::ErrorVariant::CustomError { .. } => Vec::new(),
    };
    Failure { at, expected }
}
