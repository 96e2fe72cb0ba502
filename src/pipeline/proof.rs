//! What keeps an output from being written, although the program is sound: shown at the statements behind it.

use crate::backend::Problem;
use crate::check::Checked;
use crate::diag::Diagnostic;
use crate::diag::codes::Output;
use crate::ir::{self, Origin, Policy};
use crate::output::SamePath;
use crate::parallel;
use crate::source::Span;
use crate::verify::{self, Difference, Overrun, Rejection, Side, Verdict, Witness};

/// About how long the text of a policy is.
const BYTES_OF_A_POLICY: usize = 1000;

/// Where bugs of the compiler are reported.
const REPORT: &str = "this is a bug of netdsl; please report it with the program";

/// Proves the files, namespace by namespace on all cores.
pub(super) fn verify(expected: &Policy, texts: &[&str]) -> Verdict {
    let tasks = match verify::tasks(expected.namespaces.keys(), texts) {
        Ok(tasks) => tasks,
        Err(refused) => return refused,
    };
    let size = texts.iter().map(|text| text.len()).sum::<usize>() / BYTES_OF_A_POLICY;
    let nothing = ir::Namespace::default();
    let verdicts = parallel::map(tasks, size, |task| {
        let expected = expected.namespaces.get(&task.name).unwrap_or(&nothing);
        task.prove(expected)
    });
    verify::all(verdicts)
}

/// The errors of a proof that did not succeed; none for one that did.
pub(super) fn refuted(verdict: &Verdict, checked: &Checked) -> Vec<Diagnostic> {
    match verdict {
        Verdict::Proved(_) => Vec::new(),
        Verdict::Differs(witnesses) => witnesses.iter().map(|witness| differs(witness, checked)).collect(),
        Verdict::Refused(rejections) => {
            rejections.iter().map(|rejection| rejected(rejection, checked)).collect()
        }
        Verdict::OutOfBudget(overrun) => vec![out_of_budget(overrun, checked)],
    }
}

fn differs(witness: &Witness, checked: &Checked) -> Diagnostic {
    // The origins of the output are objects, which have no place in the program.
    let origin = match &witness.difference {
        Difference::Allowed { by: Side::Source, origins, .. } => origins.first().copied(),
        Difference::Allowed { by: Side::Output, .. } | Difference::Isolated { .. } => None,
    };
    bug(span_of(&witness.namespace, origin, checked), "the output would not say what the program says")
        .with_note(witness.to_string())
}

fn rejected(rejection: &Rejection, checked: &Checked) -> Diagnostic {
    bug(anywhere(checked), "the output would be refused").with_note(rejection.to_string())
}

fn bug(span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Output::ProofFailed, span, message, "so nothing was written").with_help(REPORT)
}

fn out_of_budget(overrun: &Overrun, checked: &Checked) -> Diagnostic {
    let keys: Vec<String> = overrun.keys.iter().map(|key| format!("`{key}`")).collect();
    Diagnostic::new(
        Output::ProofBudget,
        span_of(&overrun.namespace, None, checked),
        format!("the policies of namespace `{}` could not be proved within the budget", overrun.namespace),
        "so nothing was written",
    )
    .with_note(format!("the selectors on {} overlap too much", keys.join(", ")))
    .with_help("write selectors on fewer keys, with fewer `!=` and `notin`")
}

/// What the output cannot take, shown at the first statement behind it.
pub(super) fn too_large(problem: &Problem, checked: &Checked) -> Diagnostic {
    let Problem::TooLarge { namespace, name, bytes, limit, origins } = problem;
    let message = format!("the policy `{name}` of namespace `{namespace}` would have {bytes} bytes");
    let consequence =
        format!("`kubectl apply` cannot store more than {limit}, and there is nowhere to split it");
    Diagnostic::new(
        Output::TooLarge,
        span_of(namespace, origins.first().copied(), checked),
        message,
        consequence,
    )
    .with_help("shorten the doc comments, or write the peers as fewer, wider selectors or networks")
}

/// E0701, shown at the namespace of the policies that would be overwritten.
pub(super) fn same_path(clash: &SamePath, checked: &Checked) -> Diagnostic {
    let SamePath { path, namespace } = clash;
    Diagnostic::new(
        Output::SamePath,
        span_of(namespace, None, checked),
        format!("two outputs have the path `{path}`"),
        format!("the kustomization would overwrite the policies of namespace `{namespace}`"),
    )
    .with_help("choose another `--layout`, or leave out `--kustomization`")
}

/// The place of a statement, else of the namespace.
fn span_of(namespace: &str, origin: Option<Origin>, checked: &Checked) -> Span {
    let program = checked.program();
    let statement = origin.map(|origin| program.statements[origin.0 as usize].span);
    let declared = program.namespaces.iter().find(|known| *known.name == *namespace);
    statement.or(declared.map(|known| known.span)).unwrap_or_else(|| anywhere(checked))
}

/// Some place of the program: its first namespace, of which the prelude always declares one.
fn anywhere(checked: &Checked) -> Span {
    checked.program().namespaces.first().expect("the prelude declares a namespace").span
}
