//! What became of a claim, in the user's words: the counterexample that a person can build, and the statements
//! that let it through.

use crate::algebra::Text;
use crate::diag::Diagnostic;
use crate::diag::codes::{Meaning, Tests};
use crate::ir::{ClaimKind, Origin};
use crate::source::Span;

use super::Verdict;
use super::witness::{Connection, Endpoint, Reason};

/// A claim of the program, where it stands, and what became of it.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The guard, or the line of a test.
    pub span: Span,
    /// Which test it is a line of; `None` for a guard.
    pub test: Option<Text>,
    /// What is claimed.
    pub kind: ClaimKind,
    /// What became of it.
    pub verdict: Verdict,
}

impl Proof {
    /// The error of a claim that does not hold or could not be proved; `place` says where a statement stands.
    pub fn diagnostic(&self, place: impl Fn(Origin) -> Span) -> Option<Diagnostic> {
        match &self.verdict {
            Verdict::Holds => None,
            Verdict::OutOfBudget(keys) => Some(self.unproved(keys)),
            Verdict::Fails(connection) => Some(self.refuted(connection, place)),
        }
    }

    fn unproved(&self, keys: &[Text]) -> Diagnostic {
        let problem = Diagnostic::new(
            Meaning::Unproved,
            self.span,
            format!("{} could not be proved within the budget", self.what()),
            "it counts as one that does not hold, so nothing is written",
        );
        let problem = overlap(keys).into_iter().fold(problem, Diagnostic::with_note);
        problem
        .with_help("split it into several with fewer sources and targets, or write selectors with fewer `!=` and `notin`")
    }

    fn refuted(&self, connection: &Connection, place: impl Fn(Origin) -> Span) -> Diagnostic {
        let consequence = match self.kind {
            ClaimKind::Never => "a connection that it rules out is possible",
            ClaimKind::Only => "somebody else can connect too",
            ClaimKind::Can => "a connection that it promises is denied",
        };
        let message = format!("{} does not hold", self.what());
        let problem = match self.test {
            None => Diagnostic::new(Meaning::GuardFails, self.span, message, consequence),
            Some(_) => Diagnostic::new(Tests::TestFails, self.span, message, consequence),
        };
        let problem = problem.with_note(format!("counterexample: {}", described(connection)));
        if (connection.egress, connection.ingress) == (Reason::NotIsolated, Reason::NotIsolated) {
            let problem = problem.with_note("neither side is isolated: nothing restricts the egress of the source or the ingress of the target");
            return self.mend(problem, connection);
        }
        if (connection.egress, connection.ingress) == (Reason::Outside, Reason::Outside) {
            return problem.with_note("both ends are outside the cluster, where no policy applies");
        }
        let problem = reason(problem, connection.egress, Side::Source, &place);
        let problem = reason(problem, connection.ingress, Side::Target, &place);
        match (self.kind, connection.egress, connection.ingress) {
            (ClaimKind::Only, Reason::NotIsolated, Reason::Outside) => problem.with_help(OF_MANAGED_PODS),
            (ClaimKind::Only | ClaimKind::Never | ClaimKind::Can, _, _) => self.mend(problem, connection),
        }
    }

    /// What to do about a guard; a line of a test may be wrong about what it expects in either way.
    fn mend(&self, problem: Diagnostic, connection: &Connection) -> Diagnostic {
        let is_allowed = |reason| matches!(reason, Reason::Allowed(_));
        match self.test {
            Some(_) => problem,
            None if is_allowed(connection.egress) || is_allowed(connection.ingress) => {
                problem.with_help(NARROW)
            }
            None => problem.with_help(ISOLATE),
        }
    }

    fn what(&self) -> String {
        match &self.test {
            None => "this guard".to_owned(),
            Some(name) => format!("this line of test \"{name}\""),
        }
    }
}

/// What to do where a rule lets a connection through.
const NARROW: &str =
    "narrow the statement that lets it through, or take this connection out of the guard if it is meant";

/// What to do where no rule is needed.
const ISOLATE: &str = "isolate a side of it that the program manages, with `default deny` in its namespace, \
                       or take this connection out of the guard if it is meant";

/// What an `only` about addresses outside the cluster can say at most.
const OF_MANAGED_PODS: &str = "pods of namespaces that the program does not manage can always connect to addresses; \
                               to speak of managed pods alone, write a guard such as `never managed/app!=proxy -> internet`";

/// Which end of a connection a reason is about.
#[derive(Clone, Copy, Debug)]
enum Side {
    Source,
    Target,
}

fn reason(problem: Diagnostic, reason: Reason, side: Side, place: impl Fn(Origin) -> Span) -> Diagnostic {
    let (direction, end) = match side {
        Side::Source => ("egress", "source"),
        Side::Target => ("ingress", "target"),
    };
    match reason {
        Reason::Outside | Reason::Undecided => problem,
        Reason::NotIsolated => problem.with_note(format!("nothing isolates the {direction} of its {end}")),
        Reason::Denied => {
            problem.with_note(format!("the {direction} of its {end} is isolated, and no rule allows this"))
        }
        Reason::Allowed(origin) => {
            problem.with_label(place(origin), format!("this allows the {direction} of its {end}"))
        }
    }
}

/// A connection in one line.
pub fn described(connection: &Connection) -> String {
    let names: Vec<String> = connection.port_names.iter().map(|name| format!("`{name}`")).collect();
    let called = match names.as_slice() {
        [] => String::new(),
        names => format!(", where the container port is called {}", names.join(" and ")),
    };
    format!(
        "from {} to {}, port {}/{}{called}",
        endpoint(&connection.source),
        endpoint(&connection.target),
        connection.port,
        connection.protocol.name(),
    )
}

fn endpoint(endpoint: &Endpoint) -> String {
    match endpoint {
        Endpoint::Address(address) => format!("the address {address}"),
        Endpoint::Pod { namespace, namespace_labels, labels, address } => {
            let labels = match labels.as_slice() {
                [] => "a pod without labels".to_owned(),
                labels => format!("a pod with {}", pairs(labels)),
            };
            let namespace = match namespace_labels.as_slice() {
                [] => format!(" in namespace `{namespace}`"),
                labels => format!(" in namespace `{namespace}` (with {})", pairs(labels)),
            };
            let address = address.map_or(String::new(), |it| {
                format!(" and the address {it}, which some network plugins match with address blocks")
            });
            format!("{labels}{namespace}{address}")
        }
    }
}

/// What is hard about a proof that ran out of its budget on selectors with these label keys.
pub fn overlap(keys: &[Text]) -> Option<String> {
    let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    (!keys.is_empty()).then(|| format!("the selectors on {} overlap too much", keys.join(", ")))
}

fn pairs(labels: &[(Text, Text)]) -> String {
    let pair = |(key, value): &(Text, Text)| format!("`{key}={value}`");
    labels.iter().map(pair).collect::<Vec<_>>().join(", ")
}
