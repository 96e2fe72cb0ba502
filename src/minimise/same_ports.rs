//! Rules with equal ports are one, with all their peers.
//!
//! ```text
//! {web}: 80    {job}: 80    →    {web, job}: 80
//! ```
//!
//! Never of rules whose ports differ: that is the cross product, and opens each port to all.

use super::Rule;

pub(super) fn same_ports(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.ports().cmp(b.ports()).then_with(|| a.cmp(b)));
    let groups = rules.chunk_by(|a, b| a.ports() == b.ports());
    let mut merged: Vec<Rule> = groups.filter_map(Rule::with_all_peers).collect();
    merged.sort();
    merged
}
