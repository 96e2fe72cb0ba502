//! The file that names all others, for `kubectl apply -k`.

use std::collections::BTreeSet;

use super::{Content, File, header};

/// Where kustomize looks for it.
pub(super) const PATH: &str = "kustomization.yaml";

/// Every path ends in `.yaml` or `.json`, so none can be read as anything but a string.
pub(super) fn file(files: &[File], sources: &BTreeSet<String>) -> File {
    let names: Vec<String> = files.iter().map(|file| format!("- {}\n", file.path)).collect();
    let names = names.concat();
    let resources =
        if names.is_empty() { "resources: []\n".to_owned() } else { format!("resources:\n{names}") };
    let text = format!(
        "{}apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n{resources}",
        header::lines(sources)
    );
    File { path: PATH.into(), text, content: Content::Kustomization }
}
