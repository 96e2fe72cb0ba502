//! The compiler on one page.
//!
//! Parsed files in, findings and the text of the policies out. Nothing is handed out that has errors, or that was
//! not proved to say what the program says.

mod parts;
mod phase;
mod proof;
mod written;

use std::collections::BTreeSet;

use crate::backend::{self, Options};
use crate::check::{self, Checked};
use crate::diag::{self, Diagnostic};
use crate::guards::{self, Proof};
use crate::ir::{Origin, Policy};
use crate::load::Loaded;
use crate::lower::{self, Claimed, Lowered, Plan};
use crate::output::{self, Content, Shape};
use crate::{k8s, lint, minimise, parallel, syntax};

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
    check_watched(loaded, &mut |_| ())
}

fn check_watched(
    loaded: &mut Loaded,
    begins: Watch<'_>,
) -> Result<(Checked, Vec<Diagnostic>), Vec<Diagnostic>> {
    begins(Phase::Check);
    let prelude = loaded.sources.add(check::PRELUDE_PATH, check::PRELUDE);
    let prelude = syntax::parse(&loaded.sources, prelude);
    debug_assert!(prelude.diagnostics.is_empty(), "the prelude parses");
    let outcome = check::check(&prelude.file, &loaded.files, loaded.diagnostics.clone()).into_checked();
    let (files, sources) = (&loaded.files, &loaded.sources);
    match outcome {
        Ok((checked, warnings)) => {
            begins(Phase::Lint);
            let warnings = lint::run(checked.program(), &prelude.file, files, sources, warnings);
            Ok((checked, warnings))
        }
        Err(found) => Err(lint::silence(files, sources, found)),
    }
}

/// Compiles what was loaded into one text.
pub fn compile(loaded: &mut Loaded, options: &Options) -> Compiled {
    compile_to(loaded, options, Shape::default(), &mut |_| ())
}

/// Compiles what was loaded into files, and forgets its trees. What was proved are their very bytes.
pub fn compile_to(loaded: &mut Loaded, options: &Options, shape: Shape, begins: Watch<'_>) -> Compiled {
    let (checked, mut diagnostics) = match check_watched(loaded, begins) {
        Ok(found) => found,
        Err(diagnostics) => return Compiled { diagnostics, output: None },
    };
    begins(Phase::Lower);
    // What was parsed has been resolved, and a tree is the largest thing of a large program.
    loaded.files.clear();
    loaded.files.shrink_to_fit();
    let plan = Plan::of(&checked);
    begins(Phase::Prove);
    diagnostics.extend(broken_claims(&checked, &plan));
    begins(Phase::Write);
    let sources = Sources::new(checked.program(), &loaded.places, shape);
    let written = written::namespaces(&plan, &sources, options);
    diagnostics.extend(written.problems.iter().map(|problem| proof::too_large(problem, &checked)));
    let files = output::files(written.parts, shape).unwrap_or_else(|clashes| {
        diagnostics.extend(clashes.iter().map(|clash| proof::same_path(clash, &checked)));
        Vec::new()
    });
    if !diag::has_errors(&diagnostics) {
        begins(Phase::Verify);
        diagnostics.extend(proof::objections(&plan, &texts(&files), &checked));
    }
    diag::sort(&mut diagnostics);
    if diag::has_errors(&diagnostics) {
        return Compiled { diagnostics, output: None };
    }
    let output = Output { files, policies: written.policies, rules: rules(&checked), size: written.measured };
    Compiled { diagnostics, output: Some(output) }
}

/// The texts that hold policies.
fn texts(files: &[output::File]) -> Vec<&str> {
    let policies = files.iter().filter(|file| file.content == Content::Policies);
    policies.map(|file| file.text.as_str()).collect()
}

fn rules(checked: &Checked) -> usize {
    checked.program().rules.iter().map(|rule| rule.statement).collect::<BTreeSet<_>>().len()
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
