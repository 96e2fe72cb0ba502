//! A document: one NetworkPolicy, or a list of them. Any other kind is an error, because nothing would be proved
//! about it.

use crate::denote::{Object, Str};

use super::ReadError;
use super::fields::{Fields, Path, list};
use super::tree::Node;
use super::{metadata, scalars, spec};

const POLICY: (&str, &str) = ("networking.k8s.io/v1", "NetworkPolicy");
/// What `kubectl get -o yaml` writes, and what the API does.
const LISTS: [(&str, &str); 2] = [("v1", "List"), ("networking.k8s.io/v1", "NetworkPolicyList")];

/// Adds the objects of a document.
pub(super) fn collect<'t>(document: &Node<'t>, objects: &mut Vec<Object<'t>>, errors: &mut Vec<ReadError>) {
    let path = Path::Root;
    let Some(mut fields) = Fields::open(document, &path, errors) else {
        return;
    };
    let Some(kind) = kind(&mut fields, document.line, &path, errors) else {
        return;
    };
    if !LISTS.contains(&(kind.0.as_ref(), kind.1.as_ref())) {
        objects.extend(policy(document, &path, errors));
        return;
    }
    fields.take("metadata");
    let items = list(fields.take("items"), &Path::Key(&path, "items"), errors, policy);
    fields.finish(&path, errors);
    objects.extend(items);
}

type Kind<'t> = (Str<'t>, Str<'t>);

fn kind<'t>(
    fields: &mut Fields<'_, 't>,
    line: u32,
    path: &Path<'_>,
    errors: &mut Vec<ReadError>,
) -> Option<Kind<'t>> {
    let mut text = |key: &str| {
        let path = Path::Key(path, key);
        let found = fields.take(key);
        if found.is_none() {
            errors.push(path.error(line, "is missing"));
        }
        found.and_then(|node| scalars::string(node, &path, errors))
    };
    let (version, kind) = (text("apiVersion"), text("kind"));
    version.zip(kind)
}

fn policy<'t>(node: &Node<'t>, path: &Path<'_>, errors: &mut Vec<ReadError>) -> Option<Object<'t>> {
    let mut fields = Fields::open(node, path, errors)?;
    let (version, kind) = kind(&mut fields, node.line, path, errors)?;
    if (version.as_ref(), kind.as_ref()) != POLICY {
        let message = format!("`{kind}` of `{version}` is not a NetworkPolicy of networking.k8s.io/v1");
        errors.push(path.error(node.line, message));
        return None;
    }
    let mut object = Object { line: node.line, json_bytes: node.json_bytes, ..Object::default() };
    if let Some(found) = fields.take("metadata") {
        metadata::read(found, &Path::Key(path, "metadata"), &mut object, errors);
    }
    if let Some(found) = fields.take("spec") {
        object.spec = spec::spec(found, &Path::Key(path, "spec"), errors).unwrap_or_default();
    }
    fields.finish(path, errors);
    Some(object)
}
