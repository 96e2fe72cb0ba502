//! A NetworkPolicy as it was read: what the text says, before any default and any judgement.
//!
//! Absent and `null` are the same to Kubernetes everywhere. Where absent and empty differ (the selectors of a
//! peer), the field is an `Option`; where they do not (lists), it is a plain `Vec`.

use crate::algebra::Text;

/// One NetworkPolicy of `networking.k8s.io/v1`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Object {
    /// The line of the text on which it begins, from 1.
    pub line: u32,
    /// The size of the object as compact JSON, in bytes: what the API server and etcd measure.
    pub json_bytes: usize,
    /// `metadata.name`.
    pub name: Option<Text>,
    /// `metadata.namespace`.
    pub namespace: Option<Text>,
    /// `metadata.labels`, as written.
    pub labels: Vec<(Text, Text)>,
    /// `metadata.annotations`, as written.
    pub annotations: Vec<(Text, Text)>,
    /// `spec`; absent is the same as empty.
    pub spec: Spec,
}

/// What a NetworkPolicy says.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Spec {
    /// The pods that it is about. Absent is the same as empty: all pods of the namespace.
    pub pod_selector: Selector,
    /// `policyTypes`; empty asks for Kubernetes' default.
    pub policy_types: Vec<Text>,
    /// The rules for connections to these pods.
    pub ingress: Vec<Rule>,
    /// The rules for connections from these pods.
    pub egress: Vec<Rule>,
}

/// One rule: any of the peers on any of the ports.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Rule {
    /// `from` or `to`. Empty is everybody, not nobody.
    pub peers: Vec<Peer>,
    /// `ports`. Empty is every port of every protocol.
    pub ports: Vec<Port>,
}

/// One element of `from` or `to`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Peer {
    /// `ipBlock`.
    pub ip_block: Option<IpBlock>,
    /// `namespaceSelector`: absent is the policy's own namespace, empty is every namespace.
    pub namespace_selector: Option<Selector>,
    /// `podSelector`: absent next to a `namespaceSelector` is every pod, as empty is.
    pub pod_selector: Option<Selector>,
}

/// `ipBlock`, its addresses as written.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct IpBlock {
    /// `cidr`; empty where it is absent.
    pub cidr: Text,
    /// `except`.
    pub except: Vec<Text>,
}

/// A label selector: all of it must hold.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Selector {
    /// `matchLabels`, as written.
    pub match_labels: Vec<(Text, Text)>,
    /// `matchExpressions`.
    pub match_expressions: Vec<Expression>,
}

/// One element of `matchExpressions`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Expression {
    /// `key`.
    pub key: Text,
    /// `operator`, as written.
    pub operator: Text,
    /// `values`.
    pub values: Vec<Text>,
}

/// One element of `ports`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Port {
    /// `protocol`, as written; absent is TCP.
    pub protocol: Option<Text>,
    /// `port`; absent is every port of the protocol.
    pub port: Option<PortRef>,
    /// `endPort`.
    pub end_port: Option<u32>,
}

/// `port`: a number or the name of a container port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortRef {
    /// A number, which may be out of range.
    Number(u32),
    /// The name of a container port.
    Name(Text),
}
