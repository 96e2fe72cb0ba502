//! What keeps an output from being written, although the program is sound: shown at the statements behind it.

use crate::backend::Problem;
use crate::check::Checked;
use crate::diag::Diagnostic;
use crate::diag::codes::Output;
use crate::guards;
use crate::ir::Origin;
use crate::lower::Plan;
use crate::output::SamePath;
use crate::parallel;
use crate::source::Span;
use crate::verify::{self, Difference, Overrun, Rejection, Side, Verdict, Witness};

/// About how long the text of a policy is.
const BYTES_OF_A_POLICY: usize = 1000;

/// Where bugs of the compiler are reported.
const REPORT: &str = "this is a bug of netdsl; please report it with the program";

/// What keeps these texts, each a file, from being written: nothing where they say what the program says.
pub(super) fn objections(plan: &Plan<'_>, texts: &[&str], checked: &Checked) -> Vec<Diagnostic> {
    refuted(&verify(plan, texts), checked)
}

/// Proves the files, namespace by namespace on all cores. Each is lowered for its own proof, and forgotten then.
fn verify(plan: &Plan<'_>, texts: &[&str]) -> Verdict {
    let tasks = match verify::tasks(plan.namespaces(), texts) {
        Ok(tasks) => tasks,
        Err(refused) => return refused,
    };
    let size = texts.iter().map(|text| text.len()).sum::<usize>() / BYTES_OF_A_POLICY;
    let verdicts = parallel::map(tasks, size, |task| {
        let expected = plan.namespace(&task.name).unwrap_or_default();
        task.prove(&expected)
    });
    verify::all(verdicts)
}

/// The errors of a proof that did not succeed; none for one that did.
fn refuted(verdict: &Verdict, checked: &Checked) -> Vec<Diagnostic> {
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
    let problem = Diagnostic::new(
        Output::ProofBudget,
        span_of(&overrun.namespace, None, checked),
        format!("the policies of namespace `{}` could not be proved within the budget", overrun.namespace),
        "so nothing was written",
    );
    let problem = guards::overlap(&overrun.keys).into_iter().fold(problem, Diagnostic::with_note);
    problem.with_help("write selectors on fewer keys, with fewer `!=` and `notin`")
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

#[cfg(test)]
mod tests {
    use super::{Plan, objections};
    use crate::backend::Options;
    use crate::diag::Diagnostic;
    use crate::load::{self, Loaded};
    use crate::pipeline;

    const SHOP: &str = "\
label app = pods
namespace shop {
  pods web where app=web
  pods db where app=db
  allow web -> db:5432
}
";

    fn loaded() -> Loaded {
        load::alone([("shop.netdsl".into(), SHOP.into())])
    }

    /// What the compiler says where its output has one text in another's place.
    fn said(before: &str, after: &str) -> Vec<Diagnostic> {
        let (checked, _) = pipeline::check(&mut loaded()).expect("it has no errors");
        let output = pipeline::compile(&mut loaded(), &Options::default()).output.expect("it compiles");
        let text = output.files[0].text.replacen(before, after, 1);
        assert_eq!(output.files[0].text == text, before == after, "{before} is there");
        objections(&Plan::of(&checked), &[&text], &checked)
    }

    #[test]
    fn nothing_is_said_about_the_bytes_themselves() {
        assert_eq!(said("", "").len(), 0);
    }

    #[test]
    fn a_wider_output_is_a_bug_shown_at_its_namespace() {
        let found = said("port: 5432", "port: 5433");
        let codes: Vec<_> = found.iter().map(|it| it.code.entry().code).collect();
        assert_eq!(codes, ["E0710", "E0710"], "one connection too many, and one too few");
        assert!(found.iter().all(Diagnostic::is_error));
        let notes: Vec<&String> = found.iter().flat_map(|it| &it.notes).collect();
        let missing = "namespace shop, Ingress: the source only allows a pod with app=db from a pod with app=web in \
                       namespace shop on TCP 5432";
        assert!(notes.iter().any(|note| **note == missing), "{notes:?}");
        let statement = u32::try_from(SHOP.find("allow").expect("it is there")).expect("it is short");
        assert!(
            found.iter().any(|it| it.primary.span.start == statement),
            "the statement that got lost is shown"
        );
    }

    #[test]
    fn an_output_that_no_cluster_takes_is_a_bug() {
        let found = said("kind: NetworkPolicy", "kind: Network");
        assert_eq!(found.iter().map(|it| it.code.entry().code).collect::<Vec<_>>(), ["E0710"]);
        assert!(found[0].message.contains("would be refused"), "{found:?}");
    }
}
