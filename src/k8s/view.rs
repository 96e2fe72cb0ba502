//! The field order that users of `kubectl` expect, for libraries: k8s-openapi itself serialises in order of the alphabet.
//!
//! JSON is written through it, and so is the YAML that the tests hold ours to. Borrows the objects. Writes the fields
//! that a NetworkPolicy of ours has, no others: what the API server fills in (status, uid and the like) is never part
//! of the output.

use std::collections::BTreeMap;

use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicyPort,
    NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement, ObjectMeta};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Object;
use super::write::Prose;

/// A document.
pub(super) struct View<'a>(pub(super) &'a Object);

struct Metadata<'a>(&'a ObjectMeta);
struct Annotations<'a>(&'a BTreeMap<String, String>);
struct Spec<'a>(&'a NetworkPolicySpec);
struct Ingress<'a>(&'a NetworkPolicyIngressRule);
struct Egress<'a>(&'a NetworkPolicyEgressRule);
struct Peer<'a>(&'a NetworkPolicyPeer);
struct Selector<'a>(&'a LabelSelector);
struct Expression<'a>(&'a LabelSelectorRequirement);
struct Block<'a>(&'a IPBlock);
struct Port<'a>(&'a NetworkPolicyPort);

/// Each item of a list, seen through its view.
struct List<'a, T, V>(&'a [T], fn(&'a T) -> V);

impl<T, V: Serialize> Serialize for List<'_, T, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(self.1))
    }
}

/// Writes a field where there is a value.
fn field<M: SerializeMap, V: Serialize>(
    map: &mut M,
    key: &'static str,
    value: Option<V>,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(key, &value),
        None => Ok(()),
    }
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("apiVersion", <Object as k8s_openapi::Resource>::API_VERSION)?;
        map.serialize_entry("kind", <Object as k8s_openapi::Resource>::KIND)?;
        map.serialize_entry("metadata", &Metadata(&self.0.metadata))?;
        field(&mut map, "spec", self.0.spec.as_ref().map(Spec))?;
        map.end()
    }
}

impl Serialize for Metadata<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        field(&mut map, "name", self.0.name.as_ref())?;
        field(&mut map, "namespace", self.0.namespace.as_ref())?;
        field(&mut map, "labels", self.0.labels.as_ref())?;
        field(&mut map, "annotations", self.0.annotations.as_ref().map(Annotations))?;
        map.end()
    }
}

impl Serialize for Annotations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, text)| (key, Prose(text))))
    }
}

impl Serialize for Spec<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        field(&mut map, "podSelector", self.0.pod_selector.as_ref().map(Selector))?;
        field(&mut map, "policyTypes", self.0.policy_types.as_ref())?;
        field(&mut map, "ingress", self.0.ingress.as_ref().map(|rules| List(rules, Ingress)))?;
        field(&mut map, "egress", self.0.egress.as_ref().map(|rules| List(rules, Egress)))?;
        map.end()
    }
}

impl Serialize for Ingress<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        field(&mut map, "from", self.0.from.as_ref().map(|peers| List(peers, Peer)))?;
        field(&mut map, "ports", self.0.ports.as_ref().map(|ports| List(ports, Port)))?;
        map.end()
    }
}

impl Serialize for Egress<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        field(&mut map, "to", self.0.to.as_ref().map(|peers| List(peers, Peer)))?;
        field(&mut map, "ports", self.0.ports.as_ref().map(|ports| List(ports, Port)))?;
        map.end()
    }
}

impl Serialize for Peer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        field(&mut map, "namespaceSelector", self.0.namespace_selector.as_ref().map(Selector))?;
        field(&mut map, "podSelector", self.0.pod_selector.as_ref().map(Selector))?;
        field(&mut map, "ipBlock", self.0.ip_block.as_ref().map(Block))?;
        map.end()
    }
}

impl Serialize for Selector<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        field(&mut map, "matchLabels", self.0.match_labels.as_ref())?;
        let expressions = self.0.match_expressions.as_ref();
        field(&mut map, "matchExpressions", expressions.map(|all| List(all, Expression)))?;
        map.end()
    }
}

impl Serialize for Expression<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("key", &self.0.key)?;
        map.serialize_entry("operator", &self.0.operator)?;
        field(&mut map, "values", self.0.values.as_ref())?;
        map.end()
    }
}

impl Serialize for Block<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("cidr", &self.0.cidr)?;
        field(&mut map, "except", self.0.except.as_ref())?;
        map.end()
    }
}

impl Serialize for Port<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        field(&mut map, "protocol", self.0.protocol.as_ref())?;
        field(&mut map, "port", self.0.port.as_ref())?;
        field(&mut map, "endPort", self.0.end_port)?;
        map.end()
    }
}
