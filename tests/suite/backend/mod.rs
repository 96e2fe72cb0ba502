//! What `ir::Policy` becomes in YAML.

mod descriptions;
mod names;
mod shapes;
mod split;

use netdsl::backend::network_policy::emit;
use netdsl::backend::{Options, Problem};
use netdsl::ir::{Policy, Presentation};
use netdsl::k8s::{self, Object};
use netdsl::minimise::minimise;

/// The objects of a policy without names or descriptions.
pub(crate) fn objects(policy: Policy) -> Vec<Object> {
    emitted(policy, &Presentation::default()).0
}

/// The objects of a policy, and what is wrong with them.
pub(crate) fn emitted(policy: Policy, presentation: &Presentation) -> (Vec<Object>, Vec<Problem>) {
    emit(&minimise(policy), presentation, &Options::default())
}

/// The text of a policy without names or descriptions.
pub(crate) fn yaml(policy: Policy) -> String {
    k8s::write(&objects(policy))
}

/// Compares with `snapshots/backend/NAME.snap`.
pub(crate) fn snapshot(name: &str, yaml: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/backend"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, yaml));
}
