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

use self::rules::RuleObject;
use super::{Options, Problem};
use crate::algebra::{Cube, Text};
use crate::ir::{Direction, Directional, NamespacePresentation, Origin, PodsPresentation, Presentation};
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
    let declared = Declared::of(&shown.pods);
    let mut labels = options.labels.clone();
    labels.insert(MANAGED_BY.0.to_owned(), MANAGED_BY.1.to_owned());
    let mut writer = Writer {
        name,
        statements: &presentation.descriptions,
        labels,
        objects: Vec::with_capacity(1 + policies.policies().len()),
        problems: Vec::new(),
    };
    if policies.default_deny() != Directional::default() {
        writer.default_deny(policies.default_deny(), &shown.description);
    }
    let names = names::names(&declared, policies.policies().iter().map(SubjectPolicy::subject));
    let mut by_name: Vec<(String, &SubjectPolicy)> = names.into_iter().zip(policies.policies()).collect();
    by_name.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    for (name, policy) in by_name {
        let description = description::of(policy, declared.for_subject(policy.subject()), writer.statements);
        writer.policy(name, policy, &description);
    }
    (writer.objects, writer.problems)
}

/// The declared `pods` of a namespace by their selectors: there may be as many as policies.
struct Declared<'a>(Vec<&'a PodsPresentation>);

impl<'a> Declared<'a> {
    fn of(pods: &'a [PodsPresentation]) -> Self {
        let mut pods: Vec<&PodsPresentation> = pods.iter().collect();
        pods.sort_by(|a, b| a.selector.cmp(&b.selector));
        Self(pods)
    }

    /// Those with exactly this selector, in order of their names.
    fn for_subject(&self, subject: &Cube) -> &[&'a PodsPresentation] {
        let from = &self.0[self.0.partition_point(|pods| pods.selector < *subject)..];
        let alike = from.iter().take_while(|pods| pods.selector == *subject).count();
        &from[..alike]
    }
}

/// What all objects of one namespace have in common, and those that are made.
struct Writer<'a> {
    name: &'a Text,
    /// The doc comment of each statement.
    statements: &'a [String],
    labels: BTreeMap<String, String>,
    objects: Vec<Traced>,
    problems: Vec<Problem>,
}

impl Writer<'_> {
    fn finish(&mut self, object: Object, subject: Option<&Cube>, origins: Vec<Origin>) {
        if split::is_small(&object) {
            return self.add(object, subject, origins);
        }
        for part in split::split(object) {
            if !split::is_small(&part) {
                self.problems.push(Problem::TooLarge {
                    namespace: self.name.clone(),
                    name: part.metadata.name.clone().unwrap_or_default(),
                    bytes: split::size(&part),
                    limit: split::LIMIT,
                    origins: origins.clone(),
                });
            }
            self.add(part, subject, origins.clone());
        }
    }

    fn add(&mut self, object: Object, subject: Option<&Cube>, origins: Vec<Origin>) {
        let (namespace, subject) = (self.name.clone(), subject.cloned());
        self.objects.push(Traced { object, namespace, subject, origins });
    }

    fn default_deny(&mut self, types: Directional<bool>, description: &str) {
        let object = Object {
            metadata: self.metadata(DEFAULT_DENY.to_owned(), description),
            spec: Some(NetworkPolicySpec {
                pod_selector: Some(LabelSelector::default()),
                policy_types: Some(policy_types(types)),
                ..NetworkPolicySpec::default()
            }),
        };
        self.finish(object, None, Vec::new());
    }

    fn policy(&mut self, name: String, policy: &SubjectPolicy, description: &str) {
        let rules = |direction| policy.rules(direction).iter().map(|rule| RuleObject::of(rule, self.name));
        let object = Object {
            metadata: self.metadata(name, description),
            spec: Some(NetworkPolicySpec {
                pod_selector: Some(selector::selector(policy.subject())),
                policy_types: Some(policy_types(policy.types())),
                ingress: non_empty(rules(Direction::Ingress).map(Into::into)),
                egress: non_empty(rules(Direction::Egress).map(Into::into)),
            }),
        };
        self.finish(object, Some(policy.subject()), description::origins(policy));
    }

    fn metadata(&self, name: String, description: &str) -> ObjectMeta {
        let annotation = || BTreeMap::from([(DESCRIPTION.to_owned(), description.to_owned())]);
        ObjectMeta {
            name: Some(name),
            namespace: Some(str::to_owned(self.name)),
            labels: Some(self.labels.clone()),
            annotations: (!description.is_empty()).then(annotation),
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
