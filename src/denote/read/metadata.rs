//! `metadata`: names, labels and annotations; what the API server itself writes is passed over.

use crate::denote::Object;

use super::ReadError;
use super::fields::{Fields, Path};
use super::scalars::{string, strings};
use super::tree::Node;

/// Set by the server, in every object that was read back from a cluster; none has a meaning for connections.
const SERVER_SIDE: [&str; 10] = [
    "creationTimestamp",
    "deletionGracePeriodSeconds",
    "deletionTimestamp",
    "finalizers",
    "generation",
    "managedFields",
    "ownerReferences",
    "resourceVersion",
    "selfLink",
    "uid",
];

/// Fills in what `metadata` says.
pub(super) fn read<'t>(
    node: &Node<'t>,
    path: &Path<'_>,
    object: &mut Object<'t>,
    errors: &mut Vec<ReadError>,
) {
    let Some(mut fields) = Fields::open(node, path, errors) else {
        return;
    };
    let name = fields.take("name");
    object.name = name.and_then(|node| string(node, &Path::Key(path, "name"), errors));
    let namespace = fields.take("namespace");
    object.namespace = namespace.and_then(|node| string(node, &Path::Key(path, "namespace"), errors));
    object.labels = strings(fields.take("labels"), &Path::Key(path, "labels"), errors);
    object.annotations = strings(fields.take("annotations"), &Path::Key(path, "annotations"), errors);
    for field in SERVER_SIDE {
        fields.take(field);
    }
    fields.finish(path, errors);
}
