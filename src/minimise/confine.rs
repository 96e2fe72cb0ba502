//! Flows speak about isolated pods only.
//!
//! ```text
//! isolated {app=web}, allowed for {tier=x}    →    allowed for {app=web, tier=x}
//! ```
//!
//! A policy isolates every pod that it selects, so one for pods that the program does not isolate would cut
//! them off. What comes from a program is confined already and passes through.

use crate::algebra::Cube;
use crate::ir::Flow;

/// The flows, each for isolated pods alone. `isolated` is sorted.
pub(super) fn confine(mut flows: Vec<Flow>, isolated: &[Cube]) -> Vec<Flow> {
    flows.sort();
    let mut confined = Vec::with_capacity(flows.len());
    for group in flows.chunk_by(|a, b| a.subject == b.subject) {
        for subject in isolated_part(&group[0].subject, isolated) {
            confined.extend(group.iter().map(|flow| Flow { subject: subject.clone(), ..flow.clone() }));
        }
    }
    confined
}

fn isolated_part(subject: &Cube, isolated: &[Cube]) -> Vec<Cube> {
    if isolated.binary_search(subject).is_ok() || isolated.iter().any(|cube| subject.is_subset(cube)) {
        return vec![subject.clone()];
    }
    isolated.iter().filter_map(|cube| cube.intersection(subject)).collect()
}
