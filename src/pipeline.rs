//! The compiler on one page.
//!
//! Parsed files in, findings and the text of the policies out. Nothing is handed out that has errors, or that was
//! not proved to say what the program says.

mod parts;
mod phase;
mod proof;
mod written;

use crate::backend::{self, Options};
use crate::check::{self, Checked};
use crate::diag::{self, Diagnostic};
use crate::guards::{self, Proof};
use crate::ir::{Origin, Policy};
use crate::load::{Loaded, Place};
use crate::lower::{self, Claimed, Lowered, Plan};
use crate::output::{self, Content, Shape};
use crate::syntax::{self, ast};
use crate::{k8s, lint, minimise, parallel};

use self::parts::Sources;

pub use phase::{Phase, Watch};

/// What a run has to say.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    /// What was found, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// What to write; `None` where errors keep it from being written.
    pub output: Option<Output>,
}

/// How large policies are, and what is proved about that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Measured {
    /// What is counted, in the order in which it is minimised.
    pub size: minimise::Size,
    /// What is proved.
    pub proof: minimise::Proof,
}

/// Policies that were proved equal to the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The files that hold them; one for a stream.
    pub files: Vec<output::File>,
    /// How many.
    pub policies: usize,
    /// How many rules the program has, as they are written: one in the block of a set is one.
    pub rules: usize,
    /// How large the policies are, and what is proved about that.
    pub size: Measured,
}

/// Type-checks and lints what was loaded.
///
/// The prelude is added to the sources, so that messages can show it.
///
/// # Errors
/// All diagnostics, where at least one of them is an error.
pub fn check(loaded: &mut Loaded) -> Result<(Checked, Vec<Diagnostic>), Vec<Diagnostic>> {
    let Resolved { checked, prelude, warnings } = resolve(loaded)?;
    let warnings = lint::run(checked.program(), &prelude, &loaded.files, &loaded.sources, warnings);
    Ok((checked, warnings))
}

/// A program without errors.
struct Resolved {
    checked: Checked,
    prelude: ast::File,
    /// What was found on the way.
    warnings: Vec<Diagnostic>,
}

fn resolve(loaded: &mut Loaded) -> Result<Resolved, Vec<Diagnostic>> {
    let prelude = loaded.sources.add(check::PRELUDE_PATH, check::PRELUDE);
    let prelude = syntax::parse(&loaded.sources, prelude);
    debug_assert!(prelude.diagnostics.is_empty(), "the prelude parses");
    let prelude = prelude.file;
    match check::check(&prelude, &loaded.files, loaded.diagnostics.clone()).into_checked() {
        Ok((checked, warnings)) => Ok(Resolved { checked, prelude, warnings }),
        Err(found) => Err(lint::silence(&loaded.files, &loaded.sources, found)),
    }
}

/// Compiles what was loaded into one text.
pub fn compile(loaded: &mut Loaded, options: &Options) -> Compiled {
    compile_to(loaded, options, Shape::default(), &mut |_| ())
}

/// Compiles what was loaded into files, and forgets its trees. What was proved are their very bytes.
///
/// Lints and the output need nothing of each other: where there are several cores, the program is linted while its
/// policies are written and proved.
pub fn compile_to(loaded: &mut Loaded, options: &Options, shape: Shape, begins: Watch<'_>) -> Compiled {
    begins(Phase::Check);
    let Resolved { checked, prelude, warnings } = match resolve(loaded) {
        Ok(resolved) => resolved,
        Err(diagnostics) => return Compiled { diagnostics, output: None },
    };
    begins(Phase::Lint);
    let trees = std::mem::take(&mut loaded.files);
    let (sources, places, program) = (&loaded.sources, &loaded.places, checked.program());
    let lint = || {
        let found = lint::run(program, &prelude, &trees, sources, warnings);
        // Nobody needs them any more, and they are the largest thing of a large program.
        drop(trees);
        found
    };
    let output = || output(&checked, places, options, shape, begins);
    let size = program.rules.len();
    let (mut diagnostics, output) = parallel::both(size, lint, output);
    let output = output.map_err(|errors| diagnostics.extend(errors)).ok();
    let output = output.filter(|_| !diag::has_errors(&diagnostics));
    diag::sort(&mut diagnostics);
    parallel::release(size, checked);
    Compiled { diagnostics, output }
}

/// The policies of a program as files.
///
/// # Errors
/// What keeps them from being written.
fn output(
    checked: &Checked,
    places: &[Place],
    options: &Options,
    shape: Shape,
    begins: Watch<'_>,
) -> Result<Output, Vec<Diagnostic>> {
    begins(Phase::Lower);
    let plan = Plan::of(checked);
    begins(Phase::Prove);
    let mut errors = broken_claims(checked, &plan);
    begins(Phase::Write);
    let sources = Sources::new(checked.program(), places, shape);
    let written = written::namespaces(&plan, &sources, options);
    errors.extend(written.problems.iter().map(|problem| proof::too_large(problem, checked)));
    let files = output::files(written.parts, shape).unwrap_or_else(|clashes| {
        errors.extend(clashes.iter().map(|clash| proof::same_path(clash, checked)));
        Vec::new()
    });
    if errors.is_empty() {
        begins(Phase::Verify);
        errors = proof::objections(&plan, &texts(&files), checked);
    }
    if errors.is_empty() {
        Ok(Output { files, policies: written.policies, rules: rules(checked), size: written.measured })
    } else {
        Err(errors)
    }
}

/// The texts that hold policies.
fn texts(files: &[output::File]) -> Vec<&str> {
    let policies = files.iter().filter(|file| file.content == Content::Policies);
    policies.map(|file| file.text.as_str()).collect()
}

fn rules(checked: &Checked) -> usize {
    checked.program().rules.chunk_by(|one, other| one.statement == other.statement).count()
}

/// The policies of a program as text, for those who look at them.
///
/// Nothing of this may be written: it was not proved.
pub fn policies(lowered: &Lowered) -> String {
    let minimal = minimise::minimise(lowered.policy.clone());
    let (objects, _) = backend::network_policy::emit(&minimal, &lowered.presentation, &Options::default());
    k8s::write(&objects)
}

/// Proves the guards and the lines of the tests against what the program means.
pub fn prove(checked: &Checked, policy: &Policy) -> Vec<Proof> {
    proofs(lower::claims(checked.program()), checked, policy)
}

fn proofs(claims: Vec<Claimed>, checked: &Checked, policy: &Policy) -> Vec<Proof> {
    let world = lower::world(checked.program());
    let size = claims.len().saturating_mul(checked.program().rules.len());
    parallel::map(claims, size, |claimed| Proof {
        verdict: guards::prove(policy, &world, &claimed.claim),
        span: claimed.span,
        test: claimed.test,
        kind: claimed.claim.kind,
    })
}

/// Only where there are claims are all namespaces looked at together.
fn broken_claims(checked: &Checked, plan: &Plan<'_>) -> Vec<Diagnostic> {
    let claims = lower::claims(checked.program());
    if claims.is_empty() {
        return Vec::new();
    }
    let place = |origin: Origin| checked.program().statements[origin.0 as usize].span;
    proofs(claims, checked, &plan.policy()).iter().filter_map(|proof| proof.diagnostic(place)).collect()
}
