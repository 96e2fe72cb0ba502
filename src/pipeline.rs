//! The compiler on one page.
//!
//! Parsed files in, findings and the text of the policies out. Nothing is handed out that has errors, or that was
//! not proved to say what the program says.

mod proof;

use crate::backend::{self, Options};
use crate::check::{self, Checked};
use crate::diag::{self, Diagnostic};
use crate::guards::{self, Proof};
use crate::ir::Origin;
use crate::load::Loaded;
use crate::lower::{self, Claimed, Lowered};
use crate::{k8s, minimise, syntax, verify};

/// What a run has to say.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    /// What was found, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// What to write; `None` where errors keep it from being written.
    pub output: Option<Output>,
}

/// Policies that were proved equal to the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The documents.
    pub yaml: String,
    /// How many.
    pub policies: usize,
    /// How many rules and guards the program has.
    pub statements: usize,
    /// How large the policies are, and what is proved about that.
    pub size: (minimise::Size, minimise::Proof),
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
        Err(diagnostics) => return Compiled { diagnostics, output: None },
    };
    let lowered = lower::lower(&checked);
    diagnostics.extend(broken_claims(&checked, &lowered));
    let minimal = minimise::minimise(lowered.policy.clone());
    let (objects, problems) = backend::network_policy::emit(&minimal, &lowered.presentation, options);
    diagnostics.extend(problems.iter().map(|problem| proof::too_large(problem, &checked)));
    let yaml = k8s::write(&objects);
    let verdict = verify::verify(&lowered.policy, &yaml);
    diagnostics.extend(proof::refuted(&verdict, &checked));
    diag::sort(&mut diagnostics);
    if diag::has_errors(&diagnostics) {
        return Compiled { diagnostics, output: None };
    }
    let statements = checked.program().statements.len();
    let size = (minimise::Size::of(&minimal), minimal.proof());
    Compiled { diagnostics, output: Some(Output { yaml, policies: objects.len(), statements, size }) }
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
