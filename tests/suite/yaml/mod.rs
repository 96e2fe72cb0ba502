//! The text reads back as what was written, whoever reads it: no string turns into a number, a boolean, a date or
//! nothing, by the rules of YAML 1.1 or 1.2.

mod awkward;
mod library;
mod readers;

pub(crate) use awkward::{DESCRIPTIONS, STRINGS};

use std::collections::BTreeMap;

use k8s_openapi::api::networking::v1::{NetworkPolicyPeer, NetworkPolicySpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement, ObjectMeta};
use netdsl::k8s::Object;

/// An object with the string wherever one can stand.
pub(crate) fn with(text: &str) -> Object {
    let selector = LabelSelector {
        match_labels: Some(BTreeMap::from([(text.to_owned(), text.to_owned())])),
        match_expressions: Some(vec![LabelSelectorRequirement {
            key: text.to_owned(),
            operator: "In".to_owned(),
            values: Some(vec![text.to_owned(), "plain".to_owned()]),
        }]),
    };
    let peer =
        NetworkPolicyPeer { namespace_selector: Some(selector.clone()), ..NetworkPolicyPeer::default() };
    let spec = NetworkPolicySpec {
        pod_selector: Some(selector),
        policy_types: Some(vec!["Ingress".to_owned()]),
        ingress: Some(vec![k8s_openapi::api::networking::v1::NetworkPolicyIngressRule {
            from: Some(vec![peer]),
            ports: None,
        }]),
        egress: None,
    };
    Object { metadata: metadata(text, None), spec: Some(spec) }
}

/// An object with the text as its description.
pub(crate) fn described(text: &str) -> Object {
    let annotations = BTreeMap::from([("policy.kubernetes.io/description".to_owned(), text.to_owned())]);
    let spec =
        NetworkPolicySpec { pod_selector: Some(LabelSelector::default()), ..NetworkPolicySpec::default() };
    Object { metadata: metadata("described", Some(annotations)), spec: Some(spec) }
}

fn metadata(text: &str, annotations: Option<BTreeMap<String, String>>) -> ObjectMeta {
    // An object without a name is none, and `kubectl` leaves out an empty one.
    let name = if text.is_empty() { "empty" } else { text };
    ObjectMeta {
        name: Some(name.to_owned()),
        namespace: Some(name.to_owned()),
        labels: Some(BTreeMap::from([(text.to_owned(), text.to_owned())])),
        annotations,
        ..ObjectMeta::default()
    }
}
