//! What an object has, in the order that users of `kubectl` expect.
//!
//! The same fields in the same order as in [`view`](crate::k8s::view), to which the tests hold these.

use std::collections::BTreeMap;

use k8s_openapi::Resource;
use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicyPort,
    NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement, ObjectMeta};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::block::{Fields, Map};
use super::scalar::Prose;
use crate::k8s::Object;

impl Fields for Object {
    fn write(&self, map: &mut Map<'_>) {
        map.text("apiVersion", Some(Self::API_VERSION));
        map.text("kind", Some(Self::KIND));
        map.map("metadata", Some(&self.metadata));
        map.map("spec", self.spec.as_ref());
    }
}

impl Fields for ObjectMeta {
    fn write(&self, map: &mut Map<'_>) {
        map.text("name", self.name.as_deref());
        map.text("namespace", self.namespace.as_deref());
        map.map("labels", self.labels.as_ref());
        map.map("annotations", self.annotations.as_ref().map(Annotations).as_ref());
    }
}

/// Prose: the library knows how it is best shown.
struct Annotations<'a>(&'a BTreeMap<String, String>);

impl Fields for Annotations<'_> {
    fn write(&self, map: &mut Map<'_>) {
        for (key, text) in self.0 {
            map.odd(key, Prose(text));
        }
    }
}

impl Fields for NetworkPolicySpec {
    fn write(&self, map: &mut Map<'_>) {
        map.map("podSelector", self.pod_selector.as_ref());
        map.texts("policyTypes", self.policy_types.as_deref());
        map.maps("ingress", self.ingress.as_deref());
        map.maps("egress", self.egress.as_deref());
    }
}

impl Fields for NetworkPolicyIngressRule {
    fn write(&self, map: &mut Map<'_>) {
        map.maps("from", self.from.as_deref());
        map.maps("ports", self.ports.as_deref());
    }
}

impl Fields for NetworkPolicyEgressRule {
    fn write(&self, map: &mut Map<'_>) {
        map.maps("to", self.to.as_deref());
        map.maps("ports", self.ports.as_deref());
    }
}

impl Fields for NetworkPolicyPeer {
    fn write(&self, map: &mut Map<'_>) {
        map.map("namespaceSelector", self.namespace_selector.as_ref());
        map.map("podSelector", self.pod_selector.as_ref());
        map.map("ipBlock", self.ip_block.as_ref());
    }
}

impl Fields for LabelSelector {
    fn write(&self, map: &mut Map<'_>) {
        map.map("matchLabels", self.match_labels.as_ref());
        map.maps("matchExpressions", self.match_expressions.as_deref());
    }
}

impl Fields for LabelSelectorRequirement {
    fn write(&self, map: &mut Map<'_>) {
        map.text("key", Some(&self.key));
        map.text("operator", Some(&self.operator));
        map.texts("values", self.values.as_deref());
    }
}

impl Fields for IPBlock {
    fn write(&self, map: &mut Map<'_>) {
        map.text("cidr", Some(&self.cidr));
        map.texts("except", self.except.as_deref());
    }
}

impl Fields for NetworkPolicyPort {
    fn write(&self, map: &mut Map<'_>) {
        map.text("protocol", self.protocol.as_deref());
        match &self.port {
            Some(IntOrString::Int(number)) => map.number("port", Some(*number)),
            Some(IntOrString::String(name)) => map.text("port", Some(name)),
            None => {}
        }
        map.number("endPort", self.end_port);
    }
}
