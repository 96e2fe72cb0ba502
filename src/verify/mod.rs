//! The proof: the bytes that were written mean exactly what the program means.
//!
//! Takes the program's [`Policy`] and the text; reads the text back, admits it, gives it meaning, and compares
//! both meanings for each namespace and direction: the isolated pods, and the connections allowed to them, as
//! sets over every pod, address and port that could exist. Exact by cube algebra; deterministic, because the
//! budget counts steps. Trusts `algebra`, `ir` and `denote` only, and never sees how the text came about.

mod atoms;
mod budget;
mod claim;
mod compare;
mod cover;
mod index;
mod piece;
mod settle;
mod witness;

use crate::algebra::Text;
use crate::denote::admission::{self, Refusal};
use crate::denote::{self, Problem, ReadError};
use crate::ir::{Direction, Policy};

pub use witness::{Difference, Labels, Other, Side, Witness};

/// What came of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Both mean the same.
    Proved(Stats),
    /// They do not: each witness is a real difference. At most [`MOST_WITNESSES`].
    Differs(Vec<Witness>),
    /// No difference was found, and not everything could be compared.
    OutOfBudget(Overrun),
    /// The text is not what a cluster would take and enforce as it stands.
    Refused(Vec<Rejection>),
}

/// What a proof went over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Stats {
    /// Objects read.
    pub objects: usize,
    /// Namespaces compared.
    pub namespaces: usize,
    /// Allowed flows of both sides.
    pub flows: usize,
    /// Flows that needed more than being found as they are on the other side.
    pub covered: usize,
    /// Steps taken for these.
    pub steps: u64,
}

/// Where the budget ran out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overrun {
    /// The namespace.
    pub namespace: Text,
    /// The direction.
    pub direction: Direction,
    /// The label keys whose selectors overlap too much.
    pub keys: Vec<Text>,
}

/// Why a text was not compared at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// It was not read.
    Unreadable(ReadError),
    /// An API server refuses it.
    Inadmissible(Refusal),
    /// Part of it has no effect, which nobody writes on purpose.
    Odd(Problem),
}

/// How many differences are told.
pub const MOST_WITNESSES: usize = 20;

impl std::fmt::Display for Rejection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(error) => error.fmt(f),
            Self::Inadmissible(refusal) => refusal.fmt(f),
            Self::Odd(problem) => problem.fmt(f),
        }
    }
}

impl std::fmt::Display for Overrun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of namespace {} takes too many steps", self.direction.api_name(), self.namespace)?;
        match self.keys.join(", ").as_str() {
            "" => Ok(()),
            keys => write!(f, "; its selectors overlap on {keys}"),
        }
    }
}

/// Proves that a text means the same as a policy.
pub fn verify(expected: &Policy, text: &str) -> Verdict {
    verify_all(expected, &[text])
}

/// Proves that texts, each a file of its own, together mean the same as a policy.
pub fn verify_all(expected: &Policy, texts: &[&str]) -> Verdict {
    let mut objects = Vec::new();
    for text in texts {
        match denote::read(text) {
            Ok(read) => objects.extend(read),
            Err(errors) => return Verdict::Refused(errors.into_iter().map(Rejection::Unreadable).collect()),
        }
    }
    let refusals = admission::check(&objects);
    if !refusals.is_empty() {
        return Verdict::Refused(refusals.into_iter().map(Rejection::Inadmissible).collect());
    }
    let (found, problems) = denote::denote(&objects);
    if !problems.is_empty() {
        return Verdict::Refused(problems.into_iter().map(Rejection::Odd).collect());
    }
    match compare::policies(expected, &found) {
        Verdict::Proved(stats) => Verdict::Proved(Stats { objects: objects.len(), ..stats }),
        other @ (Verdict::Differs(_) | Verdict::OutOfBudget(_) | Verdict::Refused(_)) => other,
    }
}

/// Compares two policies, of which the first counts as the source and the second as the output.
pub fn compare(source: &Policy, output: &Policy) -> Verdict {
    compare::policies(source, output)
}
