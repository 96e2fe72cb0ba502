//! Flows speak about isolated pods only.
//!
//! ```text
//! isolated {app=web}, allowed for {tier=x}    →    allowed for {app=web, tier=x}
//! ```
//!
//! A policy isolates every pod that it selects, so one for pods that the program does not isolate would cut
//! them off. What comes from a program is confined already and passes through.

use std::borrow::Cow;

use crate::algebra::Cube;
use crate::ir::Flow;

/// The flows, each for isolated pods alone. `isolated` is sorted.
pub(super) fn confine<'f>(flows: &'f [Flow], isolated: &[Cube]) -> Cow<'f, [Flow]> {
    if isolated.iter().any(Cube::is_all) {
        return Cow::Borrowed(flows);
    }
    let mut sorted: Vec<&Flow> = flows.iter().collect();
    sorted.sort();
    let mut confined = Vec::with_capacity(flows.len());
    for group in sorted.chunk_by(|a, b| a.subject == b.subject) {
        for subject in isolated_part(&group[0].subject, isolated) {
            confined.extend(group.iter().map(|flow| Flow { subject: subject.clone(), ..(*flow).clone() }));
        }
    }
    Cow::Owned(confined)
}

fn isolated_part(subject: &Cube, isolated: &[Cube]) -> Vec<Cube> {
    if isolated.binary_search(subject).is_ok() || isolated.iter().any(|cube| subject.is_subset(cube)) {
        return vec![subject.clone()];
    }
    isolated.iter().filter_map(|cube| cube.intersection(subject)).collect()
}
