//! The examples: each folder below `examples` is a program that compiles without a word, and explains itself.
//!
//! All `.netdsl` files of a folder are one program, as for `netdsl compile examples/NAME`. What comes out is kept in
//! `snapshots/examples`.

use std::path::{Path, PathBuf};

use crate::support::{self, Asked, Compiled, File};

#[test]
fn examples_compile_without_a_word() {
    for folder in folders() {
        let compiled = compile(&folder);
        assert!(compiled.diagnostics.is_empty(), "{}:\n{}", folder.display(), compiled.rendered);
        assert!(compiled.yaml.is_some(), "{} writes nothing", folder.display());
    }
}

#[test]
fn examples_keep_their_yaml() {
    let compare = |folder: &PathBuf| {
        let yaml = compile(folder).yaml.unwrap_or_default();
        support::compare_with_snapshot("examples", &format!("{}.yaml", name(folder)), &yaml)
    };
    let differing: Vec<String> = folders().iter().filter_map(|folder| compare(folder).err()).collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn examples_write_network_policies_alone() {
    for folder in folders() {
        let documents = support::documents(&compile(&folder).yaml.unwrap_or_default());
        assert!(!documents.is_empty(), "{} writes nothing", folder.display());
        for document in documents {
            assert_eq!(document["apiVersion"], "networking.k8s.io/v1");
            assert_eq!(document["kind"], "NetworkPolicy");
            assert!(document["metadata"]["namespace"].is_string(), "{document:?}");
            assert_eq!(document["metadata"]["labels"]["app.kubernetes.io/managed-by"], "netdsl");
        }
    }
}

#[test]
fn examples_explain_themselves() {
    for folder in folders() {
        assert!(folder.join("policy.netdsl").is_file(), "{} has no policy.netdsl", folder.display());
        let readme = support::read(&folder.join("README.md"));
        let command = format!("netdsl compile examples/{}", name(&folder));
        assert!(readme.contains(&command), "{}/README.md does not show `{command}`", folder.display());
    }
}

/// The folders of the examples.
pub(crate) fn folders() -> Vec<PathBuf> {
    let entries = support::entries(&support::repository("examples"));
    let folders: Vec<_> = entries.into_iter().filter(|path| path.is_dir()).collect();
    assert!(folders.len() >= 5, "the examples are not where they should be: {folders:?}");
    folders
}

fn name(folder: &Path) -> &str {
    folder.file_name().unwrap().to_str().unwrap()
}

/// Compiles all files of an example.
pub(crate) fn compile(folder: &Path) -> Compiled {
    let file = |path: &PathBuf| File { path: support::relative(path, folder), text: support::read(path) };
    let files: Vec<File> = support::files_below(folder, "netdsl").iter().map(file).collect();
    support::compile_files(&files, Asked::All)
}
