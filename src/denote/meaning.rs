//! Objects become the policy that they mean together: a union, in which no order counts.
//!
//! Everything follows `networkpolicy.md` 1.2 and 1.3 of the design: defaults of types, protocols and selectors,
//! and the difference between absent and empty. Comes in: objects, admitted or not. Goes out: an
//! [`ir::Policy`](Policy), with each flow's origin the index of its object, and whatever has no effect, or no
//! meaning at all.

mod labels;
mod peers;
mod ports;

use crate::algebra::{Cube, PortSet, QuickMap, Requirement, Text};
use crate::ir::{Direction, Flow, NAMESPACE_NAME, Namespace, Origin, Peer, PodPeer, Policy};

use super::{Object, Port, Rule, Selector};

/// Something in an object that does not do what it seems to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The index of the object.
    pub object: u32,
    /// The line on which the object begins.
    pub line: u32,
    /// The field.
    pub path: String,
    /// What is odd about it.
    pub oddity: Oddity,
}

/// How something does not do what it seems to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Oddity {
    /// [Admission](super::admission) refuses it; the rule, or the whole object, was left out.
    Inadmissible,
    /// Rules of a direction that is not among the policy types: Kubernetes ignores them.
    IgnoredRules,
    /// A selector that contradicts itself.
    NoPod,
    /// A block whose exceptions cover all of it.
    NoAddress,
    /// A container port's name where the target is an address: only a pod can resolve it, if the plugin matches
    /// pods by their addresses at all.
    NameOfAddress,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let what = match self.oddity {
            Oddity::Inadmissible => "is not a legal NetworkPolicy",
            Oddity::IgnoredRules => "has no effect, because `policyTypes` leaves this direction out",
            Oddity::NoPod => "matches no pod, because its requirements contradict each other",
            Oddity::NoAddress => "matches no address, because the exceptions cover all of it",
            Oddity::NameOfAddress => "names container ports at addresses, which have none",
        };
        write!(f, "line {}: {}: {what}", self.line, self.path)
    }
}

/// The meaning of objects, and what in them is odd.
///
/// Exact for objects that [admission](super::admission) takes; of others the bad parts are left out and reported.
pub fn denote(objects: &[Object<'_>]) -> (Policy, Vec<Problem>) {
    let mut meaning = Meaning::default();
    for object in objects {
        meaning.add(object);
    }
    meaning.finish()
}

/// The meaning of objects that come one by one, so that none has to be kept.
#[derive(Default)]
pub struct Meaning<'t> {
    policy: Policy,
    problems: Vec<Problem>,
    objects: u32,
    own: Option<Own>,
    known: Known<'t>,
}

/// A namespace: its name, and what selects it.
#[derive(Clone)]
struct Own {
    name: Text,
    cube: Cube,
}

/// What was worked out once: thousands of rules have the same selectors and ports, and share what they mean.
#[derive(Default)]
struct Known<'t> {
    cubes: QuickMap<Selector<'t>, Cube>,
    ports: QuickMap<Vec<Port<'t>>, PortSet>,
}

impl<'t> Meaning<'t> {
    /// The meaning of about so many objects.
    pub fn with_capacity(objects: usize) -> Self {
        // Each has a selector of its own, and mentions another.
        let known = Known { cubes: QuickMap::with_capacity(2 * objects), ports: QuickMap::default() };
        Self { known, ..Self::default() }
    }

    /// Adds what an object means.
    pub fn add(&mut self, object: &Object<'t>) {
        let mut report = Report {
            object: self.objects,
            line: object.line,
            problems: &mut self.problems,
            known: &mut self.known,
        };
        self.objects += 1;
        let Some(name) = object.namespace.as_deref() else {
            return report.odd("metadata.namespace", Oddity::Inadmissible);
        };
        // Most often that of the object before.
        let own = self.own.take().filter(|own| &*own.name == name).unwrap_or_else(|| Own::new(name));
        let namespace = self.policy.namespaces.entry(own.name.clone()).or_default();
        add(object, &own.cube, namespace, &mut report);
        self.own = Some(own);
    }

    /// What all of them mean together.
    pub fn finish(self) -> (Policy, Vec<Problem>) {
        (self.policy, self.problems)
    }
}

impl Own {
    fn new(name: &str) -> Self {
        let name = Text::from(name);
        let cube = Cube::of(NAMESPACE_NAME.into(), Requirement::one_of([name.clone()]))
            .expect("one value is not none");
        Self { name, cube }
    }
}

/// Collects the problems of one object.
struct Report<'r, 't> {
    object: u32,
    line: u32,
    problems: &'r mut Vec<Problem>,
    known: &'r mut Known<'t>,
}

impl<'t> Report<'_, 't> {
    fn cube(&mut self, selector: &Selector<'t>) -> Result<Cube, Oddity> {
        if let Some(known) = self.known.cubes.get(selector) {
            return Ok(known.clone());
        }
        let cube = labels::cube(selector)?;
        self.known.cubes.insert(selector.clone(), cube.clone());
        Ok(cube)
    }

    fn ports(&mut self, ports: &Vec<Port<'t>>) -> Result<PortSet, Oddity> {
        if let Some(known) = self.known.ports.get(ports) {
            return Ok(known.clone());
        }
        let set = ports::ports(ports).ok_or(Oddity::Inadmissible)?;
        self.known.ports.insert(ports.clone(), set.clone());
        Ok(set)
    }

    fn odd(&mut self, path: impl std::fmt::Display, oddity: Oddity) {
        let (object, line) = (self.object, self.line);
        self.problems.push(Problem { object, line, path: path.to_string(), oddity });
    }
}

fn add<'t>(object: &Object<'t>, own: &Cube, namespace: &mut Namespace, report: &mut Report<'_, 't>) {
    let subject = match report.cube(&object.spec.pod_selector) {
        Ok(subject) => subject,
        Err(oddity) => return report.odd("spec.podSelector", oddity),
    };
    for direction in Direction::BOTH {
        let rules = rules(object, direction);
        if !isolates(object, direction) {
            if !rules.is_empty() {
                report.odd(format_args!("spec.{}", field(direction)), Oddity::IgnoredRules);
            }
            continue;
        }
        namespace.isolated.get_mut(direction).push(subject.clone());
        for (index, rule) in rules.iter().enumerate() {
            let place = Place { direction, index };
            let flows = namespace.flows.get_mut(direction);
            add_rule(rule, place, (&subject, own), flows, report);
        }
    }
}

/// `SetDefaults_NetworkPolicy`: without types ingress is isolated, and egress where there is a rule for it.
fn isolates(object: &Object<'_>, direction: Direction) -> bool {
    let types = &object.spec.policy_types;
    if !types.is_empty() {
        return types.iter().any(|name| name.as_ref() == direction.api_name());
    }
    match direction {
        Direction::Ingress => true,
        Direction::Egress => !object.spec.egress.is_empty(),
    }
}

fn rules<'o, 't>(object: &'o Object<'t>, direction: Direction) -> &'o [Rule<'t>] {
    match direction {
        Direction::Ingress => &object.spec.ingress,
        Direction::Egress => &object.spec.egress,
    }
}

fn field(direction: Direction) -> &'static str {
    match direction {
        Direction::Ingress => "ingress",
        Direction::Egress => "egress",
    }
}

/// Which rule of an object.
#[derive(Clone, Copy)]
struct Place {
    direction: Direction,
    index: usize,
}

impl Place {
    /// The field with the rule's peers.
    fn other_end(self) -> &'static str {
        match self.direction {
            Direction::Ingress => "from",
            Direction::Egress => "to",
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "spec.{}[{}]", field(self.direction), self.index)
    }
}

fn add_rule<'t>(
    rule: &Rule<'t>,
    place: Place,
    (subject, own): (&Cube, &Cube),
    flows: &mut Vec<Flow>,
    report: &mut Report<'_, 't>,
) {
    let Ok(ports) = report.ports(&rule.ports) else {
        return report.odd(format_args!("{place}.ports"), Oddity::Inadmissible);
    };
    let origin = Origin(report.object);
    let mut push = |peer: Peer, ports: PortSet| {
        flows.push(Flow { subject: subject.clone(), peer, ports, origin });
    };
    if rule.peers.is_empty() {
        push(Peer::Anywhere, ports);
        return;
    }
    let found = peers::peers(&rule.peers, own, place, report);
    if !found.addresses.is_empty() {
        if ports::names_at_addresses(&ports, place.direction) {
            report.odd(format_args!("{place}.ports"), Oddity::NameOfAddress);
        }
        push(Peer::Addresses(found.addresses), ports.clone());
    }
    for (namespaces, pods) in found.pods {
        push(Peer::Pods(PodPeer { namespaces, pods }), ports.clone());
    }
}
