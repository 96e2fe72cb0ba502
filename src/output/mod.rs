//! Which files the output is, and what has to happen to a folder so that it holds them: all as data.
//!
//! Comes in: policies with the files of the program behind each, and what a folder holds. Goes out: texts with
//! their paths, and a plan. Nothing here reads, writes, prints or asks for the time.

mod header;
mod kustomization;
mod layout;
mod plan;

use std::collections::BTreeSet;

use camino::Utf8PathBuf;

use crate::k8s::{self, Object};

pub use header::Header;
pub use kustomization::is_kustomization;
pub use layout::{SamePath, files};
pub use plan::{Change, Entry, Fate, Folder, Kept, Leave, Obstacle, Orphan, Overwrite, Plan, Request, plan};

/// Policies of one namespace that go to one file, and what contributes to them.
#[derive(Clone, Debug)]
pub struct Part {
    /// The policies, put together by [`append`] in the format of the files.
    pub text: String,
    /// Their namespace.
    pub namespace: String,
    /// The name of the first: of the only one, where each has its own file.
    pub name: String,
    /// The files of the program behind them, relative to the root; `-` is standard input.
    pub sources: BTreeSet<String>,
}

/// How policies are distributed over files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Layout {
    /// One text for standard output, without a header.
    #[default]
    Stream,
    /// `<namespace>.yaml`.
    Namespace,
    /// `<namespace>/<policy>.yaml`.
    Policy,
    /// `networkpolicies.yaml`.
    Single,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Format {
    /// Documents split by `---`.
    #[default]
    Yaml,
    /// One list, which is legal YAML too.
    Json,
}

/// Whether there is a `kustomization.yaml` that names all files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Kustomization {
    /// There is one.
    Written,
    /// There is none.
    #[default]
    Absent,
}

/// What the user wants of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Shape {
    /// How policies are distributed.
    pub layout: Layout,
    /// How they are written.
    pub format: Format,
    /// Whether a kustomization goes with them.
    pub kustomization: Kustomization,
}

/// Puts a policy behind those of a text, which becomes a [`Part`].
pub fn append(text: &mut String, object: &Object, format: Format) {
    match format {
        Format::Yaml => k8s::append(text, object),
        Format::Json => k8s::append_json(text, object),
    }
}

/// A file of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it goes, relative to the folder; `-` for a stream.
    pub path: Utf8PathBuf,
    /// All of it.
    pub text: String,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Policies: what has to be proved.
    Policies,
    /// The names of the other files.
    Kustomization,
}
