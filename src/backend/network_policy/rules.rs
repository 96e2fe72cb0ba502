//! Rules as objects.

use k8s_openapi::api::networking::v1::{
    NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicyPort,
};

use super::{peers, ports};
use crate::algebra::Text;
use crate::minimise::Rule;

/// A rule of either direction. `None` is everybody, or every port; a list is never empty, as that would mean
/// the same.
#[derive(Clone)]
pub(super) struct RuleObject {
    pub(super) peers: Option<Vec<NetworkPolicyPeer>>,
    pub(super) ports: Option<Vec<NetworkPolicyPort>>,
}

impl RuleObject {
    /// The rule in a policy of the namespace `own`.
    pub(super) fn of(rule: &Rule, own: &Text) -> Self {
        Self { peers: peers::peers(rule.peers(), own), ports: ports::ports(rule.ports()) }
    }
}

impl From<RuleObject> for NetworkPolicyIngressRule {
    fn from(rule: RuleObject) -> Self {
        Self { from: rule.peers, ports: rule.ports }
    }
}

impl From<RuleObject> for NetworkPolicyEgressRule {
    fn from(rule: RuleObject) -> Self {
        Self { to: rule.peers, ports: rule.ports }
    }
}

impl From<NetworkPolicyIngressRule> for RuleObject {
    fn from(rule: NetworkPolicyIngressRule) -> Self {
        Self { peers: rule.from, ports: rule.ports }
    }
}

impl From<NetworkPolicyEgressRule> for RuleObject {
    fn from(rule: NetworkPolicyEgressRule) -> Self {
        Self { peers: rule.to, ports: rule.ports }
    }
}
