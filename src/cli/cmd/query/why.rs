//! What decides a connection, as `--why` shows it: the statements and the policies, half by half, and for a
//! denial the rule that is missing.

use crate::denote;
use crate::diag::render::one_line;
use crate::guards::Connection;
use crate::ir::Origin;
use crate::load::Loaded;
use crate::pipeline;
use crate::query::{self, Asked, Half};
use crate::source::Sources;

use super::question::{self, Question};

/// What decides both halves of a connection.
pub(super) struct Decision<'a> {
    question: &'a Question,
    egress: Decided,
    ingress: Decided,
}

/// What decides one half.
struct Decided {
    half: Half,
    /// The statements that allow it, as `file:line  text`.
    statements: Vec<String>,
    /// The policies that allow it; of a denial those that isolate the pod.
    policies: Vec<String>,
}

/// A rule that would allow a connection.
enum Missing {
    ButForThePort(String),
    Whole(String),
}

impl<'a> Decision<'a> {
    /// Looks at the program for the statements, and at its output for the policies.
    pub(super) fn of(question: &'a Question, connection: &Connection, sources: &Sources) -> Self {
        let reasons = query::reasons(&question.lowered.policy, connection);
        let (mut leaving, mut entering) = (Vec::new(), Vec::new());
        let policies = pipeline::policies(&question.lowered);
        for object in denote::read(&policies).unwrap_or_default() {
            let (alone, _) = denote::denote(std::slice::from_ref(&object));
            let part = query::reasons(&alone, connection);
            let (namespace, name) = (object.namespace.unwrap_or_default(), object.name.unwrap_or_default());
            let name = format!("{namespace}/{name}");
            for (whole, part, found) in [
                (&reasons.egress, part.egress, &mut leaving),
                (&reasons.ingress, part.ingress, &mut entering),
            ] {
                if decides(whole, &part) {
                    found.push(name.clone());
                }
            }
        }
        let decided = |half, policies| {
            let statements = statements(&half, question, sources);
            Decided { half, statements, policies }
        };
        Self {
            question,
            egress: decided(reasons.egress, leaving),
            ingress: decided(reasons.ingress, entering),
        }
    }

    /// The lines below an example.
    pub(super) fn shown(&self, pair: usize, loaded: &mut Loaded) -> String {
        let mut text = self.egress.shown("leaving the source", "egress");
        text += &self.ingress.shown("entering the target", "ingress");
        if let Some(rule) = self.missing_rule(pair) {
            text += &rule.shown(loaded);
        }
        text
    }

    /// The rule of which no half is superfluous; `None` where nothing is missing.
    fn missing_rule(&self, pair: usize) -> Option<Missing> {
        let keyword = match (&self.egress.half, &self.ingress.half) {
            (Half::Denied, Half::Denied) => "allow",
            (Half::Denied, _) => "allow egress",
            (_, Half::Denied) => "allow ingress",
            (
                Half::Outside | Half::NotIsolated | Half::Allowed(_),
                Half::Outside | Half::NotIsolated | Half::Allowed(_),
            ) => return None,
        };
        let rule = one_line(&self.question.rules[pair]);
        Some(match self.question.pairs[pair].ports {
            Asked::Any => Missing::ButForThePort(format!("{keyword} {rule}:PORT")),
            Asked::All(_) => Missing::Whole(format!("{keyword} {rule}")),
        })
    }
}

impl Missing {
    /// A whole rule is suggested where it compiles; where it does not, what is in its way.
    fn shown(&self, loaded: &mut Loaded) -> String {
        match self {
            Self::ButForThePort(rule) => {
                format!("    this would allow it: {rule}, with the port that it needs\n")
            }
            Self::Whole(rule) => match question::refusal(rule, loaded) {
                None => format!("    this would allow it: {rule}\n"),
                Some(problem) => {
                    let mut text = format!("    no rule can allow it as things are: {}\n", problem.message);
                    let labels = problem.secondary.iter().map(|label| &label.text);
                    text.extend(labels.chain(&problem.help).map(|line| format!("      {line}\n")));
                    text
                }
            },
        }
    }
}

impl Decided {
    fn shown(&self, what: &str, direction: &str) -> String {
        let verdict = match &self.half {
            Half::Outside => "no policy applies outside the cluster".to_owned(),
            Half::NotIsolated => format!("allowed, because nothing isolates the pod's {direction}"),
            Half::Allowed(_) => "allowed by".to_owned(),
            Half::Denied => {
                format!("denied, because the pod's {direction} is isolated and nothing allows this")
            }
        };
        let lines = self.statements.iter().cloned();
        let policies = self.policies.iter().map(|name| format!("policy {name}"));
        let lines: Vec<String> = lines.chain(policies).map(|line| format!("      {line}\n")).collect();
        format!("    {what}: {verdict}\n{}", lines.concat())
    }
}

/// Whether a policy alone has a part in what all of them decide.
fn decides(whole: &Half, part: &Half) -> bool {
    match part {
        Half::Outside | Half::NotIsolated => false,
        Half::Allowed(_) => true,
        Half::Denied => *whole == Half::Denied,
    }
}

fn statements(half: &Half, question: &Question, sources: &Sources) -> Vec<String> {
    let shown = |origin: &Origin| {
        let span = question.checked.program().statements[origin.0 as usize].span;
        let path = sources.get(span.file).path().as_str();
        let line = sources.position(span).line;
        format!("{}:{line}  {}", one_line(path), one_line(sources.snippet(span)))
    };
    match half {
        Half::Allowed(origins) => origins.iter().map(shown).collect(),
        Half::Outside | Half::NotIsolated | Half::Denied => Vec::new(),
    }
}
