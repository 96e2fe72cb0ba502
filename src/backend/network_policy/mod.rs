//! NetworkPolicy objects of `networking.k8s.io/v1`.
//!
//! Comes in: [`Minimal`], names and descriptions. Goes out: objects in their final order, each small enough for
//! `kubectl apply`. What is allowed was decided before: nothing here merges or drops anything.

mod bound;
mod description;
mod halve;
mod hash;
mod names;
mod peers;
mod ports;
mod rules;
mod selector;
mod split;

use std::collections::BTreeMap;

use k8s_openapi::api::networking::v1::NetworkPolicySpec;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};

use self::description::Descriptions;
use self::rules::RuleObject;
use super::{Options, Problem};
use crate::algebra::{Cube, Text};
use crate::ir::{Direction, Directional, NamespacePresentation, Origin, Presentation};
use crate::k8s::Object;
use crate::minimise::{Minimal, NamespacePolicies, SubjectPolicy};

/// The label by which the objects of this compiler are found, and its value.
pub const MANAGED_BY: (&str, &str) = ("app.kubernetes.io/managed-by", "netdsl");

/// The annotation in which tools look for a description.
pub const DESCRIPTION: &str = "policy.kubernetes.io/description";

/// The name of the policy that isolates all pods of a namespace.
pub const DEFAULT_DENY: &str = "default-deny";

/// The name of the policy with the rules for all pods of a namespace.
pub const ALL_PODS: &str = "all-pods";

/// An object and what it is for.
#[derive(Clone, Debug)]
pub struct Traced {
    /// The object.
    pub object: Object,
    /// Its namespace.
    pub namespace: Text,
    /// Its subject; `None` for a `default-deny`.
    pub subject: Option<Cube>,
    /// The statements behind it, sorted; none for a `default-deny`.
    pub origins: Vec<Origin>,
}

/// The objects: by namespace, `default-deny` first, then by name.
pub fn emit(
    minimal: &Minimal,
    presentation: &Presentation,
    options: &Options,
) -> (Vec<Object>, Vec<Problem>) {
    let (mut objects, mut problems) = (Vec::new(), Vec::new());
    for (name, policies) in minimal.namespaces() {
        let (traced, too_large) = emit_namespace(name, policies, presentation, options);
        objects.extend(traced.into_iter().map(|traced| traced.object));
        problems.extend(too_large);
    }
    (objects, problems)
}

/// The objects of one namespace, `default-deny` first, then by name. They depend on no other namespace.
pub fn emit_namespace(
    name: &Text,
    policies: &NamespacePolicies,
    presentation: &Presentation,
    options: &Options,
) -> (Vec<Traced>, Vec<Problem>) {
    let nobody = NamespacePresentation::default();
    let shown = presentation.namespaces.get(name).unwrap_or(&nobody);
    let (mut objects, mut problems) = (Vec::new(), Vec::new());
    let descriptions = Descriptions::new(shown, &presentation.descriptions);
    let writer = Writer { name, shown, descriptions, options };
    writer.write(policies, &mut objects, &mut problems);
    (objects, problems)
}

/// What all objects of one namespace have in common.
struct Writer<'a> {
    name: &'a Text,
    shown: &'a NamespacePresentation,
    descriptions: Descriptions<'a>,
    options: &'a Options,
}

impl Writer<'_> {
    fn write(&self, policies: &NamespacePolicies, objects: &mut Vec<Traced>, problems: &mut Vec<Problem>) {
        if policies.default_deny() != Directional::default() {
            self.finish(self.default_deny(policies.default_deny()), None, &[], objects, problems);
        }
        let names = names::names(self.shown, policies.policies().iter().map(SubjectPolicy::subject));
        let by_name: BTreeMap<String, &SubjectPolicy> = names.into_iter().zip(policies.policies()).collect();
        for (name, policy) in by_name {
            let origins = description::origins(policy);
            self.finish(self.policy(name, policy), Some(policy.subject()), &origins, objects, problems);
        }
    }

    fn finish(
        &self,
        object: Object,
        subject: Option<&Cube>,
        origins: &[Origin],
        objects: &mut Vec<Traced>,
        problems: &mut Vec<Problem>,
    ) {
        for part in split::split(object) {
            if !split::is_small(&part) {
                problems.push(Problem::TooLarge {
                    namespace: self.name.clone(),
                    name: part.metadata.name.clone().unwrap_or_default(),
                    bytes: split::size(&part),
                    limit: split::LIMIT,
                    origins: origins.to_vec(),
                });
            }
            objects.push(Traced {
                object: part,
                namespace: self.name.clone(),
                subject: subject.cloned(),
                origins: origins.to_vec(),
            });
        }
    }

    fn default_deny(&self, types: Directional<bool>) -> Object {
        Object {
            metadata: self.metadata(DEFAULT_DENY.to_owned(), self.shown.description.clone()),
            spec: Some(NetworkPolicySpec {
                pod_selector: Some(LabelSelector::default()),
                policy_types: Some(policy_types(types)),
                ..NetworkPolicySpec::default()
            }),
        }
    }

    fn policy(&self, name: String, policy: &SubjectPolicy) -> Object {
        let description = self.descriptions.of(policy);
        let rules = |direction| policy.rules(direction).iter().map(|rule| RuleObject::of(rule, self.name));
        Object {
            metadata: self.metadata(name, description),
            spec: Some(NetworkPolicySpec {
                pod_selector: Some(selector::selector(policy.subject())),
                policy_types: Some(policy_types(policy.types())),
                ingress: non_empty(rules(Direction::Ingress).map(Into::into)),
                egress: non_empty(rules(Direction::Egress).map(Into::into)),
            }),
        }
    }

    fn metadata(&self, name: String, description: String) -> ObjectMeta {
        let mut labels = self.options.labels.clone();
        labels.insert(MANAGED_BY.0.to_owned(), MANAGED_BY.1.to_owned());
        let annotations = BTreeMap::from([(DESCRIPTION.to_owned(), description)]);
        ObjectMeta {
            name: Some(name),
            namespace: Some(self.name.to_string()),
            labels: Some(labels),
            annotations: Some(annotations).filter(|all| all.values().all(|text| !text.is_empty())),
            ..ObjectMeta::default()
        }
    }
}

fn non_empty<T>(items: impl Iterator<Item = T>) -> Option<Vec<T>> {
    Some(items.collect::<Vec<T>>()).filter(|items| !items.is_empty())
}

fn policy_types(types: Directional<bool>) -> Vec<String> {
    let listed = Direction::BOTH.into_iter().filter(|direction| *types.get(*direction));
    listed.map(|direction| direction.api_name().to_owned()).collect()
}
