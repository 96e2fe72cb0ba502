//! Rules with equal peers are one, with all their ports.
//!
//! ```text
//! {web}: 80    {web}: 443    →    {web}: 80, 443
//! ```

use super::Rule;

pub(super) fn same_peers(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort();
    if rules.is_sorted_by(|a, b| a.peers() != b.peers()) {
        return rules;
    }
    let groups = rules.chunk_by(|a, b| a.peers() == b.peers());
    groups.filter_map(Rule::with_all_ports).collect()
}
