//! The compiler on one page.
//!
//! Parsed files in, findings and the text of the policies out. Nothing is handed out that has errors.

use crate::backend::{self, Options};
use crate::check::{self, Checked};
use crate::diag::{self, Diagnostic};
use crate::source::Sources;
use crate::syntax::{self, ast};
use crate::{k8s, lower, minimise};

/// What a run has to say.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    /// What was found, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// The documents; `None` where errors keep them from being written.
    pub yaml: Option<String>,
}

/// Type-checks a program; `earlier` is what was found when its files were read.
///
/// The prelude is added to the sources, so that messages can show it.
///
/// # Errors
/// All diagnostics, where at least one of them is an error.
pub fn check(
    sources: &mut Sources,
    files: &[ast::File],
    earlier: Vec<Diagnostic>,
) -> Result<(Checked, Vec<Diagnostic>), Vec<Diagnostic>> {
    let prelude = sources.add(check::PRELUDE_PATH, check::PRELUDE);
    let prelude = syntax::parse(sources, prelude);
    debug_assert!(prelude.diagnostics.is_empty(), "the prelude parses");
    check::check(&prelude.file, files, earlier).into_checked()
}

/// Compiles a program.
pub fn compile(
    sources: &mut Sources,
    files: &[ast::File],
    earlier: Vec<Diagnostic>,
    options: &Options,
) -> Compiled {
    let (checked, mut diagnostics) = match check(sources, files, earlier) {
        Ok(found) => found,
        Err(diagnostics) => return Compiled { diagnostics, yaml: None },
    };
    let lowered = lower::lower(&checked);
    let minimal = minimise::minimise(lowered.policy);
    let (objects, problems) = backend::network_policy::emit(&minimal, &lowered.presentation, options);
    diagnostics.extend(problems.iter().map(|problem| backend::diagnose(problem, &checked)));
    diag::sort(&mut diagnostics);
    let yaml = (!diag::has_errors(&diagnostics)).then(|| k8s::write(&objects));
    Compiled { diagnostics, yaml }
}
