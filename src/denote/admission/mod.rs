//! What a real API server refuses, at least: names, selectors, peers, ports, types and sizes.
//!
//! Takes objects as they were read; says for each everything that is wrong with it, in the API's own terms, and
//! changes nothing. Where the API is lax and the laxness costs meaning (a namespace left to kubectl, one name
//! twice in a file, of which the last would win), this is not.

mod names;
mod spec;

use std::fmt;

use crate::algebra::QuickMap;

use super::{Object, Str};

/// Why a cluster would not take an object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The index of the object.
    pub object: u32,
    /// The line on which the object begins.
    pub line: u32,
    /// The field.
    pub path: String,
    /// What the API server says about it.
    pub message: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}: {}", self.line, self.path, self.message)
    }
}

/// etcd's default limit for a request.
const LARGEST_OBJECT: usize = 1_572_864;
/// The API's limit for all keys and values of the annotations together.
const LARGEST_ANNOTATIONS: usize = 262_144;

/// Everything for which a cluster would refuse one of the objects, or lose one.
pub fn check(objects: &[Object<'_>]) -> Vec<Refusal> {
    let mut admission = Admission::default();
    for object in objects {
        admission.check(object);
    }
    admission.finish()
}

/// Checks of objects that come one by one, so that none has to be kept.
#[derive(Default)]
pub struct Admission<'t> {
    objects: u32,
    refusals: Vec<Refusal>,
    /// Two objects of one name: the second replaces the first, so their union is not what the cluster enforces.
    repetitions: Vec<Refusal>,
    /// The line on which the first object of each name begins.
    first_lines: QuickMap<Name<'t>, u32>,
}

/// Namespace and name of an object.
type Name<'t> = (Option<Str<'t>>, Option<Str<'t>>);

impl<'t> Admission<'t> {
    /// Checks of about so many objects.
    pub fn with_capacity(objects: usize) -> Self {
        Self { first_lines: QuickMap::with_capacity(objects), ..Self::default() }
    }

    /// Checks an object, beside those before it.
    pub fn check(&mut self, object: &Object<'t>) {
        let mut report = Report { object: self.objects, line: object.line, refusals: &mut self.refusals };
        metadata(object, &mut report);
        spec::check(&object.spec, &mut report);
        self.repetition(object);
        self.objects += 1;
    }

    /// Everything that is wrong with them.
    pub fn finish(mut self) -> Vec<Refusal> {
        self.refusals.append(&mut self.repetitions);
        self.refusals
    }

    fn repetition(&mut self, object: &Object<'t>) {
        let name = (object.namespace.clone(), object.name.clone());
        let Some(first) = self.first_lines.insert(name, object.line) else {
            return;
        };
        let message =
            format!("the object of line {first} has the same name, and only one of them would stay");
        self.repetitions.push(Refusal {
            object: self.objects,
            line: object.line,
            path: "metadata.name".to_owned(),
            message,
        });
    }
}

/// Collects the refusals of one object.
struct Report<'r> {
    object: u32,
    line: u32,
    refusals: &'r mut Vec<Refusal>,
}

impl Report<'_> {
    fn refuse(&mut self, path: impl fmt::Display, message: impl Into<String>) {
        let (object, line) = (self.object, self.line);
        self.refusals.push(Refusal { object, line, path: path.to_string(), message: message.into() });
    }

    fn check(&mut self, path: impl fmt::Display, verdict: Result<(), &'static str>) {
        if let Err(message) = verdict {
            self.refuse(path, message);
        }
    }
}

fn metadata(object: &Object<'_>, report: &mut Report<'_>) {
    match &object.name {
        Some(name) => report.check("metadata.name", names::subdomain(name)),
        None => report.refuse("metadata.name", "Required value: name is required"),
    }
    match &object.namespace {
        Some(namespace) => report.check("metadata.namespace", names::label(namespace)),
        None => report.refuse("metadata.namespace", "Required value: else kubectl's current one is taken"),
    }
    for (key, value) in &object.labels {
        report.check(format_args!("metadata.labels[{key}]"), names::label_key(key));
        report.check(format_args!("metadata.labels[{key}]"), names::label_value(value));
    }
    let mut annotations = 0;
    for (key, value) in &object.annotations {
        report
            .check(format_args!("metadata.annotations[{key}]"), names::label_key(&key.to_ascii_lowercase()));
        annotations += key.len() + value.len();
    }
    if annotations > LARGEST_ANNOTATIONS {
        report.refuse("metadata.annotations", "Too long: may not be more than 262144 bytes");
    }
    if object.json_bytes > LARGEST_OBJECT {
        report.refuse("metadata", "Too long: etcd takes no object of more than 1572864 bytes");
    }
}
