//! Peers as the entries of a rule's `from` or `to`.

use k8s_openapi::api::networking::v1::{IPBlock, NetworkPolicyPeer};

use super::selector::{only_value, selector};
use crate::algebra::{Block, Cube, Text};
use crate::ir::{NAMESPACE_NAME, PodPeer};
use crate::minimise::Peers;

/// The entries: pods, then addresses. `None` for everybody; the list is never empty, as that would mean
/// everybody too.
pub(super) fn peers(peers: &Peers, own: &Text) -> Option<Vec<NetworkPolicyPeer>> {
    match peers {
        Peers::Anywhere => None,
        Peers::Listed(listed) => {
            let blocks = listed.addresses().blocks();
            let mut entries = Vec::with_capacity(listed.pods().len() + blocks.len());
            entries.extend(listed.pods().iter().map(|peer| pod_peer(peer, own)));
            entries.extend(blocks.iter().map(block));
            assert!(!entries.is_empty(), "a list of peers has some");
            Some(entries)
        }
    }
}

/// Pods of the policy's own namespace by `podSelector` alone; all pods of some namespaces by
/// `namespaceSelector` alone.
fn pod_peer(peer: &PodPeer, own: &Text) -> NetworkPolicyPeer {
    let foreign = !is_named(&peer.namespaces, own);
    NetworkPolicyPeer {
        namespace_selector: foreign.then(|| selector(&peer.namespaces)),
        pod_selector: (!foreign || !peer.pods.is_all()).then(|| selector(&peer.pods)),
        ip_block: None,
    }
}

/// Whether the cube is exactly the namespace of that name.
fn is_named(namespaces: &Cube, name: &Text) -> bool {
    namespaces.requirements().len() == 1
        && namespaces.get(NAMESPACE_NAME).and_then(only_value).is_some_and(|value| value == name)
}

fn block(block: &Block) -> NetworkPolicyPeer {
    let except: Vec<String> = block.except.iter().map(ToString::to_string).collect();
    NetworkPolicyPeer {
        ip_block: Some(IPBlock {
            cidr: block.cidr.to_string(),
            except: (!except.is_empty()).then_some(except),
        }),
        ..NetworkPolicyPeer::default()
    }
}
