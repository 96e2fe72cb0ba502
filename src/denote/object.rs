//! A NetworkPolicy as it was read: what the text says, before any default and any judgement.
//!
//! Absent and `null` are the same to Kubernetes everywhere. Where absent and empty differ (the selectors of a
//! peer), the field is an `Option`; where they do not (lists), it is a plain `Vec`.

use std::borrow::Cow;

/// A string of the text, borrowed from it where it stands there as it is.
pub type Str<'t> = Cow<'t, str>;

/// One NetworkPolicy of `networking.k8s.io/v1`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Object<'t> {
    /// The line of the text on which it begins, from 1.
    pub line: u32,
    /// The size of the object as compact JSON, in bytes: what the API server and etcd measure.
    pub json_bytes: usize,
    /// `metadata.name`.
    pub name: Option<Str<'t>>,
    /// `metadata.namespace`.
    pub namespace: Option<Str<'t>>,
    /// `metadata.labels`, as written.
    pub labels: Vec<(Str<'t>, Str<'t>)>,
    /// `metadata.annotations`, as written.
    pub annotations: Vec<(Str<'t>, Str<'t>)>,
    /// `spec`; absent is the same as empty.
    pub spec: Spec<'t>,
}

/// What a NetworkPolicy says.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Spec<'t> {
    /// The pods that it is about. Absent is the same as empty: all pods of the namespace.
    pub pod_selector: Selector<'t>,
    /// `policyTypes`; empty asks for Kubernetes' default.
    pub policy_types: Vec<Str<'t>>,
    /// The rules for connections to these pods.
    pub ingress: Vec<Rule<'t>>,
    /// The rules for connections from these pods.
    pub egress: Vec<Rule<'t>>,
}

/// One rule: any of the peers on any of the ports.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Rule<'t> {
    /// `from` or `to`. Empty is everybody, not nobody.
    pub peers: Vec<Peer<'t>>,
    /// `ports`. Empty is every port of every protocol.
    pub ports: Vec<Port<'t>>,
}

/// One element of `from` or `to`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Peer<'t> {
    /// `ipBlock`.
    pub ip_block: Option<IpBlock<'t>>,
    /// `namespaceSelector`: absent is the policy's own namespace, empty is every namespace.
    pub namespace_selector: Option<Selector<'t>>,
    /// `podSelector`: absent next to a `namespaceSelector` is every pod, as empty is.
    pub pod_selector: Option<Selector<'t>>,
}

/// `ipBlock`, its addresses as written.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct IpBlock<'t> {
    /// `cidr`; empty where it is absent.
    pub cidr: Str<'t>,
    /// `except`.
    pub except: Vec<Str<'t>>,
}

/// A label selector: all of it must hold.
#[derive(Clone, Debug, PartialEq, Eq, Default, Hash)]
pub struct Selector<'t> {
    /// `matchLabels`, as written.
    pub match_labels: Vec<(Str<'t>, Str<'t>)>,
    /// `matchExpressions`.
    pub match_expressions: Vec<Expression<'t>>,
}

/// One element of `matchExpressions`.
#[derive(Clone, Debug, PartialEq, Eq, Default, Hash)]
pub struct Expression<'t> {
    /// `key`.
    pub key: Str<'t>,
    /// `operator`, as written.
    pub operator: Str<'t>,
    /// `values`.
    pub values: Vec<Str<'t>>,
}

/// One element of `ports`.
#[derive(Clone, Debug, PartialEq, Eq, Default, Hash)]
pub struct Port<'t> {
    /// `protocol`, as written; absent is TCP.
    pub protocol: Option<Str<'t>>,
    /// `port`; absent is every port of the protocol.
    pub port: Option<PortRef<'t>>,
    /// `endPort`.
    pub end_port: Option<u32>,
}

/// `port`: a number or the name of a container port.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PortRef<'t> {
    /// A number, which may be out of range.
    Number(u32),
    /// The name of a container port.
    Name(Str<'t>),
}
