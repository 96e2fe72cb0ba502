//! The file that names all others, for `kubectl apply -k`.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::{Content, File, header};

/// Where kustomize looks for it.
pub(super) const PATH: &str = "kustomization.yaml";

const KIND: &str = "kind: Kustomization";

/// Whether a file of ours is the one that names all others, and not that of a namespace which is called
/// `kustomization`.
pub fn is_kustomization(path: &Utf8Path, bytes: &[u8]) -> bool {
    path == PATH && String::from_utf8_lossy(bytes).lines().any(|line| line == KIND)
}

/// Every path ends in `.yaml` or `.json`, so none can be read as anything but a string.
pub(super) fn file(files: &[File], sources: &BTreeSet<String>) -> File {
    let names: Vec<String> = files.iter().map(|file| format!("- {}\n", file.path)).collect();
    let names = names.concat();
    let resources =
        if names.is_empty() { "resources: []\n".to_owned() } else { format!("resources:\n{names}") };
    let text =
        format!("{}apiVersion: kustomize.config.k8s.io/v1beta1\n{KIND}\n{resources}", header::lines(sources));
    File { path: PATH.into(), text, content: Content::Kustomization }
}
