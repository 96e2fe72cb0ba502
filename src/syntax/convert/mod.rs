//! Token pairs in, syntax tree out: one file a construct.
//!
//! The grammar has decided the shape, so nothing fails here. What the grammar takes but nobody can mean is
//! collected as a [`Refusal`]; the wording is elsewhere.

mod declaration;
mod peer;
mod rule;
mod selector;

use super::ast::{Keyword, Quoting, Word};
use super::grammar::{Pair, Rule};
use super::statement::Statement;
use crate::source::{FileId, Span};

/// What parses and is refused all the same.
#[derive(Clone, Debug)]
pub(super) enum Refusal {
    /// A word of the language as the name that a declaration gives.
    ReservedName(Word),
    /// A word of the language where a peer stands: the statement means nothing.
    ReservedPeer(Word),
    /// `a, b` as a peer: keys without an operator, which nobody means.
    OnlyBareKeys(Span),
    /// The name of a test without quotes.
    BareTestName(Word),
}

impl Refusal {
    /// Whether the statement can be used all the same.
    pub(super) fn leaves_meaning(&self) -> bool {
        match self {
            Self::ReservedName(_) | Self::BareTestName(_) => true,
            Self::ReservedPeer(_) | Self::OnlyBareKeys(_) => false,
        }
    }
}

/// The words that are no names without quotes.
pub const RESERVED: [&str; 9] =
    ["anywhere", "cluster", "managed", "can", "cannot", "in", "notin", "where", "except"];

/// Turns the pairs of one line into a statement.
pub(super) struct Converter {
    file: FileId,
    /// Where the line begins in its text.
    base: usize,
    /// What has to be refused.
    pub(super) refusals: Vec<Refusal>,
}

impl Converter {
    /// For a line that begins at `base`.
    pub(super) fn new(file: FileId, base: usize) -> Self {
        Self { file, base, refusals: Vec::new() }
    }

    /// The statement of a line.
    pub(super) fn statement(&mut self, pair: Pair<'_>) -> Statement {
        let span = self.span(&pair);
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "the rule `statement` has these alternatives alone"
        )]
        match pair.as_rule() {
            Rule::allow_rule => Statement::Rule(self.rule(pair)),
            Rule::guard => Statement::Guard(self.guard(pair)),
            Rule::assertion => Statement::Assertion(self.assertion(pair)),
            Rule::pods => Statement::Pods(self.pods(pair)),
            Rule::port => Statement::Port(self.port(pair)),
            Rule::label | Rule::namespace_label => Statement::Label(self.label(pair)),
            Rule::namespace => Statement::Namespace(self.namespace(pair)),
            Rule::namespaces => Statement::Set(self.namespace_set(pair)),
            Rule::network => Statement::Network(self.network(pair)),
            Rule::service => Statement::Service(self.service(pair)),
            Rule::default => {
                Statement::Default(super::ast::DefaultDecl { span, kind: declaration::default_kind(pair) })
            }
            Rule::host_network => Statement::HostNetwork,
            Rule::policy_name => Statement::PolicyName(self.only_string(pair)),
            Rule::use_file => Statement::Use(self.only_string(pair)),
            Rule::test => Statement::Test(self.test_name(pair)),
            _ => Statement::Broken(None, None),
        }
    }

    /// The keyword and the name of what does not parse.
    pub(super) fn broken(&self, pairs: pest::iterators::Pairs<'_, Rule>) -> (Option<Keyword>, Option<Word>) {
        let rules: Vec<Rule> = pairs.clone().map(|pair| pair.as_rule()).collect();
        let name = pairs.last().map(|pair| self.inner_word(pair)).filter(|name| !is_reserved(name));
        (declaration::keyword(&rules), name)
    }

    fn span(&self, pair: &Pair<'_>) -> Span {
        let place = pair.as_span();
        Span::new(self.file, self.base + place.start(), self.base + place.end())
    }

    /// A leaf: `word`, `string`, `bare_key` and the like.
    fn word(&self, pair: &Pair<'_>) -> Word {
        let span = self.span(pair);
        let text = pair.as_str();
        if pair.as_rule() == Rule::string {
            Word { text: text[1..text.len() - 1].into(), span, quoting: Quoting::Quoted }
        } else {
            Word { text: text.into(), span, quoting: Quoting::Bare }
        }
    }

    /// The leaf of a `name`, `key` or `value`.
    fn inner_word(&self, pair: Pair<'_>) -> Word {
        let leaf = pair.clone().into_inner().next();
        self.word(&leaf.unwrap_or(pair))
    }

    /// The name that a declaration gives.
    fn declared_name(&mut self, pair: Pair<'_>) -> Word {
        let word = self.inner_word(pair);
        if is_reserved(&word) {
            self.refusals.push(Refusal::ReservedName(word.clone()));
        }
        word
    }

    fn only_string(&self, pair: Pair<'_>) -> Word {
        let outer = self.word(&pair);
        pair.into_inner().find(|inner| inner.as_rule() == Rule::string).map_or(outer, |leaf| self.word(&leaf))
    }

    fn test_name(&mut self, pair: Pair<'_>) -> Word {
        let outer = self.word(&pair);
        let name = pair.into_inner().last().map_or(outer, |leaf| self.word(&leaf));
        if name.quoting == Quoting::Bare {
            self.refusals.push(Refusal::BareTestName(name.clone()));
        }
        name
    }
}

/// Whether a word is one of the language, and not quoted.
fn is_reserved(word: &Word) -> bool {
    word.quoting == Quoting::Bare && RESERVED.contains(&word.text.as_str())
}
