//! A rule that is too large by itself, in smaller ones with the same union.
//!
//! ```text
//! peers × ports             →    peers × half of the ports, peers × the other half
//! peers × ports             →    half of the peers × ports, the other half × ports
//! app In [a, b, c, d]       →    app In [a, b], app In [c, d]
//! ```

use k8s_openapi::api::networking::v1::NetworkPolicyPeer;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::rules::RuleObject;
use super::selector::Operator;
use super::split::size;

impl RuleObject {
    /// How many bytes of JSON the rule takes in a list, at most.
    pub(super) fn size(&self) -> usize {
        const NAMES: usize = r#"{"from":,"ports":},"#.len();
        self.peers_size() + self.ports_size() + NAMES
    }

    fn peers_size(&self) -> usize {
        self.peers.as_ref().map_or(0, size)
    }

    fn ports_size(&self) -> usize {
        self.ports.as_ref().map_or(0, size)
    }
}

/// Rules of at most `room` bytes, as far as there are seams.
pub(super) fn cut(rule: RuleObject, room: usize) -> impl Iterator<Item = RuleObject> {
    let mut small = Vec::new();
    let mut large = vec![rule];
    while let Some(rule) = large.pop() {
        let halves = if rule.size() > room { halve(&rule) } else { None };
        match halves {
            Some([first, second]) => large.extend([second, first]),
            None => small.push(rule),
        }
    }
    small.into_iter()
}

/// The larger list first: it is what makes the rule large.
fn halve(rule: &RuleObject) -> Option<[RuleObject; 2]> {
    if rule.ports_size() > rule.peers_size() {
        halve_ports(rule).or_else(|| halve_peers(rule))
    } else {
        halve_peers(rule).or_else(|| halve_ports(rule))
    }
}

fn halve_ports(rule: &RuleObject) -> Option<[RuleObject; 2]> {
    let halves = halves(rule.ports.as_ref()?)?;
    Some(halves.map(|ports| RuleObject { ports: Some(ports), ..rule.clone() }))
}

fn halve_peers(rule: &RuleObject) -> Option<[RuleObject; 2]> {
    let peers = rule.peers.as_ref()?;
    let halves =
        halves(peers).or_else(|| halve_peer(peers.first()?).map(|halves| halves.map(|peer| vec![peer])))?;
    Some(halves.map(|peers| RuleObject { peers: Some(peers), ..rule.clone() }))
}

/// By the longest list of allowed values. Exclusions and exceptions are no unions, and stay whole.
fn halve_peer(peer: &NetworkPolicyPeer) -> Option<[NetworkPolicyPeer; 2]> {
    let pods = peer.pod_selector.as_ref().and_then(halve_selector);
    let namespaces = peer.namespace_selector.as_ref().and_then(halve_selector);
    let by_pods = |selector| NetworkPolicyPeer { pod_selector: Some(selector), ..peer.clone() };
    let by_namespaces = |selector| NetworkPolicyPeer { namespace_selector: Some(selector), ..peer.clone() };
    match (pods, namespaces) {
        (Some((longest, halves)), Some((other, _))) if longest >= other => Some(halves.map(by_pods)),
        (_, Some((_, halves))) => Some(halves.map(by_namespaces)),
        (Some((_, halves)), None) => Some(halves.map(by_pods)),
        (None, None) => None,
    }
}

fn halve_selector(selector: &LabelSelector) -> Option<(usize, [LabelSelector; 2])> {
    let expressions = selector.match_expressions.as_ref()?;
    let allowed = expressions
        .iter()
        .enumerate()
        .filter(|(_, expression)| expression.operator == Operator::In.api_name());
    let length = |values: &Option<Vec<String>>| values.as_ref().map_or(0, Vec::len);
    let (at, longest) = allowed.max_by_key(|(_, expression)| length(&expression.values))?;
    let halves = halves(longest.values.as_ref()?)?.map(|values| {
        let mut half = expressions.clone();
        half[at].values = Some(values);
        LabelSelector { match_expressions: Some(half), ..selector.clone() }
    });
    Some((length(&longest.values), halves))
}

/// Two lists, neither of which is empty; `None` of a list too short for that.
fn halves<T: Clone>(items: &[T]) -> Option<[Vec<T>; 2]> {
    let (first, second) = items.split_at(items.len() / 2);
    (!first.is_empty()).then(|| [first.to_vec(), second.to_vec()])
}
