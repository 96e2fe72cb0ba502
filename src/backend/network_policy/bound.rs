//! How large an object is at most, without writing it.
//!
//! Strings are counted as if each of their bytes became an escape where people wrote them, and as they are where they
//! are names and labels; for names of fields and for signs there is a lump.

use k8s_openapi::api::networking::v1::{NetworkPolicyPeer, NetworkPolicyPort};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::k8s::Object;

/// For the names and signs of an object, a rule, a peer with its selectors, a requirement or a port.
const LUMP: usize = 256;

/// The longest escape of JSON.
const ESCAPE: usize = 6;

/// The most bytes that an object may have as JSON.
pub(super) fn at_most(object: &Object) -> usize {
    let metadata = &object.metadata;
    let names = [&metadata.name, &metadata.namespace].into_iter().flatten().map(String::len).sum::<usize>();
    let maps = [&metadata.labels, &metadata.annotations].into_iter().flatten().flatten();
    let maps: usize = maps.map(|(key, value)| LUMP + ESCAPE * (key.len() + value.len())).sum();
    let Some(spec) = &object.spec else { return LUMP + names + maps };
    let ingress =
        spec.ingress.iter().flatten().map(|rule| rule_at_most(rule.from.as_deref(), rule.ports.as_deref()));
    let egress =
        spec.egress.iter().flatten().map(|rule| rule_at_most(rule.to.as_deref(), rule.ports.as_deref()));
    2 * LUMP + names + maps + selector(spec.pod_selector.as_ref()) + ingress.chain(egress).sum::<usize>()
}

fn rule_at_most(peers: Option<&[NetworkPolicyPeer]>, ports: Option<&[NetworkPolicyPort]>) -> usize {
    let peers = peers.into_iter().flatten().map(peer).sum::<usize>();
    LUMP + peers + ports.into_iter().flatten().map(port).sum::<usize>()
}

fn peer(peer: &NetworkPolicyPeer) -> usize {
    let selectors = selector(peer.namespace_selector.as_ref()) + selector(peer.pod_selector.as_ref());
    let block = peer.ip_block.as_ref().map_or(0, |block| block.cidr.len() + strings(block.except.as_deref()));
    LUMP + selectors + block
}

fn selector(selector: Option<&LabelSelector>) -> usize {
    let Some(selector) = selector else { return 0 };
    let labels = selector.match_labels.iter().flatten().map(|(key, value)| key.len() + value.len() + SIGNS);
    let expressions = selector.match_expressions.iter().flatten();
    let expressions = expressions.map(|it| LUMP + it.key.len() + strings(it.values.as_deref()));
    labels.sum::<usize>() + expressions.sum::<usize>()
}

/// Quotes, a colon and a comma.
const SIGNS: usize = 6;

fn strings(list: Option<&[String]>) -> usize {
    list.into_iter().flatten().map(|text| text.len() + SIGNS).sum()
}

fn port(port: &NetworkPolicyPort) -> usize {
    let name = match &port.port {
        Some(IntOrString::String(name)) => name.len(),
        Some(IntOrString::Int(_)) | None => 0,
    };
    LUMP + name
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::at_most;
    use crate::backend::network_policy::split::size;
    use crate::k8s::Object;

    #[test]
    fn no_object_is_larger() {
        let labels = BTreeMap::from([("a/b".to_owned(), "\u{1}\"\\é".repeat(9))]);
        let spec = serde_json::json!({
            "podSelector": {"matchLabels": {"a": "b"}, "matchExpressions": [{"key": "k", "operator": "NotIn", "values": ["a", "b"]}]},
            "policyTypes": ["Ingress", "Egress"],
            "ingress": [{}, {"from": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}}], "ports": [{"protocol": "SCTP", "port": 1, "endPort": 2}]}],
            "egress": [{"to": [{"namespaceSelector": {}, "podSelector": {"matchLabels": {"c": ""}}}], "ports": [{"port": "http"}]}],
        });
        let mut object = Object { spec: serde_json::from_value(spec).unwrap(), ..Object::default() };
        assert!(size(&object) <= at_most(&object));
        object.metadata.annotations = Some(labels);
        object.metadata.name = Some("n".repeat(253));
        assert!(size(&object) <= at_most(&object));
        assert!(at_most(&Object::default()) >= size(&Object::default()));
    }
}
