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
use crate::denote::admission::{Admission, Refusal};
use crate::denote::{self, Document, Meaning, Object, Problem, ReadError};
use crate::ir::{Direction, Namespace, Policy};

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
    /// The direction; `None` where only this namespace together with those before it takes too many steps.
    pub direction: Option<Direction>,
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

/// After how many reasons for a refusal no other namespace is looked at.
const MOST_REJECTIONS: usize = 100;

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
        match self.direction {
            Some(direction) => write!(f, "{} of namespace {}", direction.api_name(), self.namespace)?,
            None => write!(f, "namespace {}, after those before it,", self.namespace)?,
        }
        f.write_str(" takes too many steps")?;
        match self.keys.join(", ").as_str() {
            "" => Ok(()),
            keys => write!(f, "; its selectors overlap on {keys}"),
        }
    }
}

/// Proves that a text means the same as a policy: any manifest, as people write them too.
pub fn verify(expected: &Policy, text: &str) -> Verdict {
    let objects = match denote::read(text) {
        Ok(objects) => objects,
        Err(errors) => return Verdict::unreadable(errors),
    };
    let (mut admission, mut meaning) = (Admission::default(), Meaning::default());
    for object in &objects {
        admission.check(object);
        meaning.add(object);
    }
    match enforced(admission, meaning) {
        Ok(found) => compare::policies(expected, &found).of_objects(objects.len()),
        Err(refused) => refused,
    }
}

/// Proves that files as this compiler writes them together mean the same as a policy.
pub fn verify_all(expected: &Policy, files: &[&str]) -> Verdict {
    let nothing = Namespace::default();
    let prove = |task: Task<'_>| {
        let expected = expected.namespaces.get(&task.name).unwrap_or(&nothing);
        task.prove(expected)
    };
    match tasks(expected.namespaces.keys(), files) {
        Ok(tasks) => all(tasks.into_iter().map(prove)),
        Err(refused) => refused,
    }
}

/// All documents of files about one namespace, which are to mean what is expected of it.
#[derive(Clone, Debug)]
pub struct Task<'t> {
    /// The namespace.
    pub name: Text,
    documents: Vec<Document<'t>>,
}

/// What is to be proved of files: in order of their names, the namespaces of which something is expected, and those of
/// documents. Nothing at all is expected of any other.
///
/// # Errors
/// The verdict on files that cannot be taken apart.
pub fn tasks<'n, 't>(
    expected: impl IntoIterator<Item = &'n Text>,
    files: &[&'t str],
) -> Result<Vec<Task<'t>>, Verdict> {
    let mut documents = denote::documents(files).map_err(Verdict::unreadable)?;
    for name in expected {
        if !documents.contains_key(name) {
            documents.insert(name.clone(), Vec::new());
        }
    }
    Ok(documents.into_iter().map(|(name, documents)| Task { name, documents }).collect())
}

impl Task<'_> {
    /// Proves that the documents are what is expected of the namespace.
    ///
    /// Depends on nothing else, so that namespaces can be proved at the same time, and each forgotten once it is.
    /// What is proved is as much as [`all`] says of the verdicts of all tasks.
    pub fn prove(self, expected: &Namespace) -> (Text, Verdict) {
        let verdict = namespace(&self.name, expected, self.documents);
        (self.name, verdict)
    }
}

fn namespace(name: &Text, expected: &Namespace, documents: Vec<Document<'_>>) -> Verdict {
    let (objects, mut errors) = (documents.len(), Vec::new());
    let (mut admission, mut meaning) = (Admission::with_capacity(objects), Meaning::with_capacity(objects));
    for document in documents {
        match document.read().and_then(|object| about(name, object)) {
            Ok(object) => {
                admission.check(&object);
                meaning.add(&object);
            }
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Verdict::unreadable(errors);
    }
    match enforced(admission, meaning) {
        Ok(mut found) => {
            let found = found.namespaces.remove(name).unwrap_or_default();
            compare::namespace(name, expected, &found).of_objects(objects)
        }
        Err(refused) => refused,
    }
}

/// An object that is about this namespace.
fn about<'t>(name: &str, object: Object<'t>) -> Result<Object<'t>, ReadError> {
    if object.namespace.as_ref().is_none_or(|namespace| namespace == name) {
        return Ok(object);
    }
    let message = format!("the namespace cannot be found at a glance, or it would be `{name}`");
    Err(ReadError { line: object.line, path: "metadata.namespace".to_owned(), message })
}

/// One verdict out of those of all namespaces, in the order of their names: what is refused counts more than what
/// differs, and that more than a budget that ran out.
///
/// Takes no more of them than it needs. Each namespace has a budget of its own, and all together have one that is no
/// larger, in the order of the names: the verdict does not depend on how many are proved at the same time.
pub fn all(verdicts: impl IntoIterator<Item = (Text, Verdict)>) -> Verdict {
    let mut sum = Stats::default();
    let (mut rejections, mut witnesses, mut overrun) = (Vec::new(), Vec::new(), None);
    for (namespace, verdict) in verdicts {
        match verdict {
            Verdict::Proved(stats) => sum = sum.and(stats),
            Verdict::Refused(more) => rejections.extend(more),
            Verdict::Differs(more) => witnesses.extend(more),
            Verdict::OutOfBudget(more) => overrun = Some(more),
        }
        if overrun.is_none() && sum.steps > budget::steps(sum.flows) {
            overrun = Some(Overrun { namespace, direction: None, keys: Vec::new() });
        }
        if overrun.is_some() || witnesses.len() >= MOST_WITNESSES || rejections.len() >= MOST_REJECTIONS {
            break;
        }
    }
    if !rejections.is_empty() {
        return Verdict::Refused(rejections);
    }
    if !witnesses.is_empty() {
        witnesses.truncate(MOST_WITNESSES);
        return Verdict::Differs(witnesses);
    }
    overrun.map_or(Verdict::Proved(sum), Verdict::OutOfBudget)
}

impl Verdict {
    fn unreadable(errors: Vec<ReadError>) -> Self {
        Self::Refused(errors.into_iter().map(Rejection::Unreadable).collect())
    }

    fn of_objects(self, objects: usize) -> Self {
        match self {
            Self::Proved(stats) => Self::Proved(Stats { objects, ..stats }),
            other @ (Self::Differs(_) | Self::OutOfBudget(_) | Self::Refused(_)) => other,
        }
    }
}

impl Stats {
    fn and(self, other: Self) -> Self {
        Self {
            objects: self.objects + other.objects,
            namespaces: self.namespaces + other.namespaces,
            flows: self.flows + other.flows,
            covered: self.covered + other.covered,
            steps: self.steps + other.steps,
        }
    }
}

/// What objects mean that a cluster takes and enforces as they stand.
fn enforced(admission: Admission<'_>, meaning: Meaning<'_>) -> Result<Policy, Verdict> {
    let refusals = admission.finish();
    if !refusals.is_empty() {
        return Err(Verdict::Refused(refusals.into_iter().map(Rejection::Inadmissible).collect()));
    }
    let (found, problems) = meaning.finish();
    if !problems.is_empty() {
        return Err(Verdict::Refused(problems.into_iter().map(Rejection::Odd).collect()));
    }
    Ok(found)
}

/// Compares two policies, of which the first counts as the source and the second as the output.
pub fn compare(source: &Policy, output: &Policy) -> Verdict {
    compare::policies(source, output)
}
