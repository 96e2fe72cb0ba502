//! W0023: a port that its list has already.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Diagnostic;
use crate::diag::codes::Lint;
use crate::source::Span;
use crate::syntax::ast::{PodsMemberKind, Port, PortValue, Quoting};

use super::facts::Facts;

/// Looks at every list of ports: behind targets, in services, and in `port` declarations.
pub(super) fn find(facts: &Facts) -> Vec<Diagnostic> {
    let targets = facts.written.lines.iter().flat_map(|line| &line.to.alternatives);
    let behind = targets.filter_map(|target| target.ports.as_deref());
    let members = facts.written.pods.iter().flat_map(|pods| &pods.members);
    let declared = members.filter_map(|member| match &member.kind {
        PodsMemberKind::Port(port) => Some(&port.ports[..]),
        PodsMemberKind::Default(_) | PodsMemberKind::HostNetwork | PodsMemberKind::Broken(_) => None,
    });
    behind.chain(declared).flat_map(repeated).collect()
}

/// A port of a list, comparable.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Numbers {
    first: u32,
    /// The last, counted down from the highest: of two with one beginning the longer is first.
    last: std::cmp::Reverse<u32>,
    span: Span,
}

fn repeated(ports: &[Port]) -> Vec<Diagnostic> {
    if ports.len() < 2 {
        return Vec::new();
    }
    let mut numbers: BTreeMap<&str, Vec<Numbers>> = BTreeMap::new();
    let mut names = BTreeSet::new();
    let mut found = Vec::new();
    for port in ports {
        let protocol = port.protocol.as_ref().map_or("tcp", |word| word.text.as_str());
        match interval(port) {
            Some((first, last)) => {
                let last = std::cmp::Reverse(last);
                numbers.entry(protocol).or_default().push(Numbers { first, last, span: port.span });
            }
            None if !names.insert((text(port), protocol)) => found.push(problem(port.span)),
            None => {}
        }
    }
    for mut intervals in numbers.into_values() {
        intervals.sort();
        found.extend(covered(&intervals).map(problem));
    }
    found
}

/// Those of sorted intervals that lie in one before.
fn covered(intervals: &[Numbers]) -> impl Iterator<Item = Span> {
    let mut reached: Option<u32> = None;
    intervals.iter().filter_map(move |it| {
        let inside = reached.is_some_and(|reached| it.last.0 <= reached);
        reached = reached.max(Some(it.last.0));
        inside.then_some(it.span)
    })
}

/// A name with its quotes, so that `http` and `"http"` differ; `*`.
fn text(port: &Port) -> Option<(&str, bool)> {
    match &port.value {
        PortValue::Every(_) => None,
        PortValue::Word(word) => Some((&word.text, word.quoting == Quoting::Quoted)),
    }
}

/// The numbers of `80` and `8000-8999`.
fn interval(port: &Port) -> Option<(u32, u32)> {
    let (text, quoted) = text(port)?;
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.parse().ok().filter(|_| !quoted);
    Some((number(first)?, number(last)?))
}

fn problem(span: Span) -> Diagnostic {
    Diagnostic::new(
        Lint::RepeatedPort,
        span,
        "this list has the port already",
        "nothing changes without it, so another may be meant",
    )
    .with_help("correct the number, or remove it")
}
