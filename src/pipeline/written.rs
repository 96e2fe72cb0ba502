//! Every namespace from its meaning to the text of its policies, on all cores: none depends on another.

use crate::backend::network_policy::emit_namespace;
use crate::backend::{Options, Problem};
use crate::lower::Plan;
use crate::output::Part;
use crate::{minimise, parallel};

use super::Measured;
use super::parts::Sources;

/// The policies of namespaces.
#[derive(Default)]
pub(super) struct Written {
    /// As text, in order of their namespaces.
    pub(super) parts: Vec<Part>,
    /// How many there are.
    pub(super) policies: usize,
    /// What the output cannot take.
    pub(super) problems: Vec<Problem>,
    /// How large they are.
    pub(super) measured: Measured,
}

/// The policies of all namespaces.
pub(super) fn namespaces(plan: &Plan<'_>, sources: &Sources<'_>, options: &Options) -> Written {
    let presentation = plan.presentation();
    let written = parallel::map(plan.namespaces().collect(), presentation.descriptions.len(), |name| {
        let said = plan.namespace(name).unwrap_or_default();
        let (policies, proof) = minimise::namespace(&said);
        let measured = Measured { size: minimise::Size::of(&policies), proof };
        let (traced, problems) = emit_namespace(name, &policies, &presentation, options);
        Written { policies: traced.len(), parts: sources.parts(traced), problems, measured }
    });
    written.into_iter().fold(Written::default(), Written::and)
}

impl Written {
    fn and(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self.policies += other.policies;
        self.problems.extend(other.problems);
        self.measured.size += other.measured.size;
        self.measured.proof += other.measured.proof;
        self
    }
}
