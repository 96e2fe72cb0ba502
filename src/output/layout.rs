//! Policies to files.
//!
//! A path is made of names of namespaces and policies, which are lower case and hold no `/`, so it never leaves
//! the folder and means the same on every file system.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;

use super::{Content, File, Format, Kustomization, Layout, Part, Shape, header, kustomization};
use crate::k8s;

/// Two files that would have one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SamePath {
    /// The path.
    pub path: Utf8PathBuf,
    /// The namespace whose policies would go there.
    pub namespace: String,
}

/// The files in order of their paths, the kustomization last.
///
/// # Errors
/// Every path that two files would have.
pub fn files(parts: Vec<Part>, shape: Shape) -> Result<Vec<File>, Vec<SamePath>> {
    if shape.layout == Layout::Stream {
        let text = text(parts, None, shape.format);
        return Ok(vec![File { path: "-".into(), text, content: Content::Policies }]);
    }
    let all = match shape.kustomization {
        Kustomization::Written => Some(sources(&parts)),
        Kustomization::Absent => None,
    };
    let mut groups: BTreeMap<Utf8PathBuf, Vec<Part>> = BTreeMap::new();
    for part in parts {
        groups.entry(path(&part, shape)).or_default().push(part);
    }
    if all.is_some()
        && let Some(parts) = groups.get(kustomization::PATH.as_ref() as &camino::Utf8Path)
    {
        let namespace = parts.first().map_or(String::new(), |part| part.namespace.clone());
        return Err(vec![SamePath { path: kustomization::PATH.into(), namespace }]);
    }
    let policies = |(path, parts): (Utf8PathBuf, Vec<Part>)| {
        let sources = sources(&parts);
        File { path, text: text(parts, Some(&sources), shape.format), content: Content::Policies }
    };
    let mut files: Vec<File> = groups.into_iter().map(policies).collect();
    files.extend(all.map(|all| kustomization::file(&files, &all)));
    Ok(files)
}

fn path(part: &Part, shape: Shape) -> Utf8PathBuf {
    let extension = match shape.format {
        Format::Yaml => "yaml",
        Format::Json => "json",
    };
    let (namespace, name) = (&part.namespace, &part.name);
    match shape.layout {
        Layout::Stream => "-".into(),
        Layout::Namespace => format!("{namespace}.{extension}").into(),
        Layout::Policy => format!("{namespace}/{name}.{extension}").into(),
        Layout::Single => format!("networkpolicies.{extension}").into(),
    }
}

fn sources(parts: &[Part]) -> BTreeSet<String> {
    parts.iter().flat_map(|part| &part.sources).cloned().collect()
}

fn text(parts: Vec<Part>, sources: Option<&BTreeSet<String>>, format: Format) -> String {
    let texts = parts.into_iter().map(|part| part.text).collect();
    match format {
        Format::Yaml => k8s::join(sources.map(header::lines).unwrap_or_default(), texts),
        Format::Json => {
            let metadata: Vec<(&str, String)> = sources.into_iter().flat_map(header::metadata).collect();
            k8s::json_list(texts, &metadata)
        }
    }
}
