//! The split of an object that is too large for `kubectl apply`.
//!
//! ```text
//! NAME: r1, r2, r3    →    NAME: r1    NAME.2: r2, r3
//! ```
//!
//! Exact, because a policy's rules are a union. Every part keeps the subject and the policy types, so each alone
//! isolates as the whole did. Where there is no seam left, a part stays too large, and the caller says so.

use k8s_openapi::api::networking::v1::NetworkPolicySpec;
use serde::Serialize;

use super::bound;
use super::halve::cut;
use super::rules::RuleObject;
use crate::ir::Direction;
use crate::k8s::Object;

/// The most bytes of JSON in an object. Client-side apply stores the object in an annotation, of which all
/// together have 256 KiB.
pub(super) const LIMIT: usize = 200 << 10;

/// Enough for a part's number and the names and brackets of its lists.
const FRAME: usize = 64;

/// How many bytes of JSON a value takes.
pub(super) fn size(value: &impl Serialize) -> usize {
    let mut count = Count(0);
    serde_json::to_writer(&mut count, value).expect("objects are JSON, and counting takes every byte");
    count.0
}

struct Count(usize);

impl std::io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Whether an object has at most as many bytes of JSON as it may have. Most are told at a glance.
pub(super) fn is_small(object: &Object) -> bool {
    bound::at_most(object) <= LIMIT || size(object) <= LIMIT
}

/// The parts of an object that is not small. The first has the name and the annotations, the others numbers.
pub(super) fn split(mut object: Object) -> Vec<Object> {
    let rules = take_rules(object.spec.get_or_insert_default());
    let mut bare = object.clone();
    bare.metadata.annotations = None;
    let room = LIMIT.saturating_sub(size(&bare) + FRAME);
    let mut last = Part::new(object);
    let mut parts = Vec::new();
    for (direction, rule) in
        rules.into_iter().flat_map(|(at, rule)| cut(rule, room).map(move |rule| (at, rule)))
    {
        let bytes = rule.size();
        if bytes > last.room {
            parts.push(std::mem::replace(&mut last, Part::new(bare.clone())));
        }
        last.push(direction, rule, bytes);
    }
    parts.push(last);
    parts.into_iter().zip(1..).map(|(part, number)| part.numbered(number)).collect()
}

fn take_rules(spec: &mut NetworkPolicySpec) -> Vec<(Direction, RuleObject)> {
    let ingress = spec.ingress.take().unwrap_or_default();
    let egress = spec.egress.take().unwrap_or_default();
    let ingress = ingress.into_iter().map(|rule| (Direction::Ingress, RuleObject::from(rule)));
    ingress.chain(egress.into_iter().map(|rule| (Direction::Egress, RuleObject::from(rule)))).collect()
}

struct Part {
    object: Object,
    /// How many bytes of rules it can still take.
    room: usize,
}

impl Part {
    fn new(object: Object) -> Self {
        let room = LIMIT.saturating_sub(size(&object) + FRAME);
        Self { object, room }
    }

    fn push(&mut self, direction: Direction, rule: RuleObject, bytes: usize) {
        let spec = self.object.spec.get_or_insert_default();
        match direction {
            Direction::Ingress => spec.ingress.get_or_insert_default().push(rule.into()),
            Direction::Egress => spec.egress.get_or_insert_default().push(rule.into()),
        }
        self.room = self.room.saturating_sub(bytes);
    }

    /// Numbers have fewer digits than the suffixes of generated names: ten million parts fit into no memory.
    fn numbered(mut self, number: usize) -> Object {
        if number > 1
            && let Some(name) = &mut self.object.metadata.name
        {
            *name = format!("{name}.{number}");
        }
        self.object
    }
}
