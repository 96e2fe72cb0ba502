//! The compiler on one page.
//!
//! Parsed files in, findings and the text of the policies out. Nothing is handed out that has errors.

use crate::backend::{self, Options, Problem};
use crate::check::{self, Checked};
use crate::diag::codes::Output;
use crate::diag::{self, Diagnostic};
use crate::guards::{self, Proof};
use crate::ir::Origin;
use crate::load::Loaded;
use crate::lower::{self, Claimed, Lowered};
use crate::{k8s, minimise, syntax};

/// What a run has to say.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    /// What was found, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// The documents; `None` where errors keep them from being written.
    pub yaml: Option<String>,
}

/// Type-checks what was loaded.
///
/// The prelude is added to the sources, so that messages can show it.
///
/// # Errors
/// All diagnostics, where at least one of them is an error.
pub fn check(loaded: &mut Loaded) -> Result<(Checked, Vec<Diagnostic>), Vec<Diagnostic>> {
    let prelude = loaded.sources.add(check::PRELUDE_PATH, check::PRELUDE);
    let prelude = syntax::parse(&loaded.sources, prelude);
    debug_assert!(prelude.diagnostics.is_empty(), "the prelude parses");
    check::check(&prelude.file, &loaded.files, loaded.diagnostics.clone()).into_checked()
}

/// Compiles what was loaded.
pub fn compile(loaded: &mut Loaded, options: &Options) -> Compiled {
    let (checked, mut diagnostics) = match check(loaded) {
        Ok(found) => found,
        Err(diagnostics) => return Compiled { diagnostics, yaml: None },
    };
    let lowered = lower::lower(&checked);
    diagnostics.extend(broken_claims(&checked, &lowered));
    let minimal = minimise::minimise(lowered.policy);
    let (objects, problems) = backend::network_policy::emit(&minimal, &lowered.presentation, options);
    diagnostics.extend(problems.iter().map(|problem| refused(problem, &checked)));
    diag::sort(&mut diagnostics);
    let yaml = (!diag::has_errors(&diagnostics)).then(|| k8s::write(&objects));
    Compiled { diagnostics, yaml }
}

/// Proves the guards and the lines of the tests.
pub fn prove(checked: &Checked, lowered: &Lowered) -> Vec<Proof> {
    let world = lower::world(checked.program());
    let proved = |claimed: Claimed| Proof {
        verdict: guards::prove(&lowered.policy, &world, &claimed.claim),
        span: claimed.span,
        test: claimed.test,
        kind: claimed.claim.kind,
    };
    lower::claims(checked.program()).into_iter().map(proved).collect()
}

fn broken_claims(checked: &Checked, lowered: &Lowered) -> Vec<Diagnostic> {
    let place = |origin: Origin| checked.program().statements[origin.0 as usize].span;
    prove(checked, lowered).iter().filter_map(|proof| proof.diagnostic(place)).collect()
}

/// What the output cannot take, shown at the first statement behind it.
fn refused(problem: &Problem, checked: &Checked) -> Diagnostic {
    let Problem::TooLarge { namespace, name, bytes, limit, origins } = problem;
    let program = checked.program();
    let declared = program.namespaces.iter().find(|known| known.name == *namespace);
    let span = match origins.first() {
        Some(origin) => program.statements[origin.0 as usize].span,
        None => declared.expect("policies are written into declared namespaces").span,
    };
    let message = format!("the policy `{name}` of namespace `{namespace}` would have {bytes} bytes");
    let consequence =
        format!("`kubectl apply` cannot store more than {limit}, and it has no seam to split it at");
    Diagnostic::new(Output::TooLarge, span, message, consequence)
        .with_help("shorten the doc comments, or write the peers as fewer, wider selectors or networks")
}
