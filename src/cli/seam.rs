//! The compiler as the commands see it: loaded files in, findings and YAML out.

use crate::diag::Diagnostic;
use crate::load::Loaded;

/// What the compiler has to say.
pub(super) struct Outcome {
    /// Sorted.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The documents; `None` where there are errors.
    pub(super) yaml: Option<String>,
}

/// Compiles what was loaded.
pub(super) fn compile(loaded: &Loaded) -> Outcome {
    let diagnostics = loaded.diagnostics.clone();
    let yaml = (!crate::diag::has_errors(&diagnostics)).then(String::new);
    Outcome { diagnostics, yaml }
}
