//! Workloads, namespaces and policies from a folder of manifests.
#![allow(clippy::wildcard_enum_match_arm, reason = "manifests hold much that is of no interest here")]

use std::collections::BTreeMap;
use std::path::Path;

use netdsl::denote;
use netdsl::ir::{NAMESPACE_NAME, Policy};
use serde::Deserialize;
use yaml_serde::Value;

use crate::corpus;
use crate::evaluator::{Labels, Pod};

/// A cluster at one moment.
pub(super) struct Cluster {
    pub(super) policy: Policy,
    pub(super) workloads: Vec<Workload>,
}

/// Pods that the listing shows as one, represented by the first of them.
pub(super) struct Workload {
    /// As the listing writes it: `namespace/name[Kind]`.
    pub(super) name: String,
    pub(super) pod: Pod,
    /// Protocol, number and name of its container ports.
    pub(super) ports: Vec<(String, u16, String)>,
}

impl Cluster {
    pub(super) fn read(folder: &Path) -> Self {
        let mut objects = Vec::new();
        for path in corpus::files(folder, &[".yaml", ".yml", ".json"]) {
            for document in yaml_serde::Deserializer::from_str(&corpus::text(&path)) {
                flatten(Value::deserialize(document).unwrap(), &mut objects);
            }
        }
        let of = |kind: &str| objects.iter().filter(|o| o["kind"] == kind).cloned().collect::<Vec<Value>>();
        let namespaces =
            of("Namespace").iter().map(|o| (text(&o["metadata"]["name"]), labels(&o["metadata"]))).collect();
        let mut workloads: Vec<Workload> = Vec::new();
        for object in &objects {
            let Some(workload) = workload(object, &namespaces) else {
                continue;
            };
            if workloads.iter().all(|known| known.name != workload.name) {
                workloads.push(workload);
            }
        }
        Self { policy: policy(of("NetworkPolicy")), workloads }
    }
}

fn flatten(object: Value, objects: &mut Vec<Value>) {
    match &object["items"] {
        Value::Sequence(items) => {
            // Items of a typed list may leave their own kind out.
            let kind = object["kind"].as_str().and_then(|kind| kind.strip_suffix("List")).unwrap_or_default();
            for item in items {
                let mut item = item.clone();
                if item["kind"].is_null() {
                    item["kind"] = Value::String(kind.to_owned());
                }
                flatten(item, objects);
            }
        }
        _ if object.is_null() => {}
        _ => objects.push(object),
    }
}

/// The meaning of the policies, by way of the crate's reader.
fn policy(policies: Vec<Value>) -> Policy {
    let mut meaning = denote::Meaning::default();
    let mut texts = Vec::new();
    for mut policy in policies {
        if policy["metadata"]["namespace"].is_null() {
            policy["metadata"]["namespace"] = Value::String("default".to_owned());
        }
        // A field that Kubernetes dropped in 1.28; a strict API server refuses it as unknown.
        policy.as_mapping_mut().unwrap().remove("status");
        texts.push(serde_json::to_string(&policy).unwrap());
    }
    for text in &texts {
        let objects = denote::read(text).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
        for object in &objects {
            meaning.add(object);
        }
    }
    meaning.finish().0
}

fn workload(object: &Value, namespaces: &BTreeMap<String, Labels>) -> Option<Workload> {
    let template = match object["kind"].as_str()? {
        "Pod" => object,
        "Deployment" | "ReplicaSet" | "DaemonSet" | "StatefulSet" => &object["spec"]["template"],
        _ => return None,
    };
    let namespace = object["metadata"]["namespace"].as_str().unwrap_or("default").to_owned();
    let owner = &object["metadata"]["ownerReferences"][0];
    let (name, kind) = match owner["name"].as_str() {
        Some(name) => (name, owner["kind"].as_str().unwrap_or("Pod")),
        None => (object["metadata"]["name"].as_str()?, object["kind"].as_str()?),
    };
    let name = format!("{namespace}/{name}[{kind}]");
    let mut namespace_labels = namespaces.get(&namespace).cloned().unwrap_or_default();
    namespace_labels.insert(NAMESPACE_NAME.to_owned(), namespace.clone());
    let pod = Pod { namespace, namespace_labels, labels: labels(&template["metadata"]), address: None };
    Some(Workload { name, pod, ports: ports(&template["spec"]) })
}

fn ports(spec: &Value) -> Vec<(String, u16, String)> {
    let containers = spec["containers"].as_sequence().into_iter().flatten();
    let ports = containers.flat_map(|container| container["ports"].as_sequence().into_iter().flatten());
    let named = ports.filter_map(|port| {
        let number = u16::try_from(port["containerPort"].as_u64()?).ok()?;
        let protocol = port["protocol"].as_str().unwrap_or("TCP");
        Some((protocol.to_owned(), number, port["name"].as_str()?.to_owned()))
    });
    named.collect()
}

fn labels(metadata: &Value) -> Labels {
    let pairs = metadata["labels"].as_mapping().into_iter().flatten();
    pairs.map(|(key, value)| (text(key), text(value))).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
