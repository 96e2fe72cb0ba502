//! Rules with equal ports are one, with all their peers.
//!
//! ```text
//! {web}: 80    {job}: 80    →    {web, job}: 80
//! ```
//!
//! Never of rules whose ports differ: that is the cross product, and opens each port to all.

use super::Rule;
use super::joined::join_rule;

/// The rules in canonical order; peers that can be joined now are.
pub(super) fn same_ports(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.ports().cmp(b.ports()).then_with(|| a.cmp(b)));
    if rules.is_sorted_by(|a, b| a.ports() != b.ports()) {
        rules.sort();
        return rules;
    }
    let merged = |group: &[Rule]| match group {
        [one] => Some(one.clone()),
        several => Rule::with_all_peers(several).map(join_rule),
    };
    let groups = rules.chunk_by(|a, b| a.ports() == b.ports());
    let mut merged: Vec<Rule> = groups.filter_map(merged).collect();
    merged.sort();
    merged
}
