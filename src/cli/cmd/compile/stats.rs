//! `compile --stats`: how large the output is, and what is proved about that.

use crate::minimise::Size;
use crate::pipeline::Output;

/// A line for each figure.
pub(super) fn stats(output: &Output) -> String {
    let (size, proof) = output.size;
    let Size { policies, rules, peers, port_entries } = size;
    let bytes: usize = output.files.iter().map(|file| file.text.len()).sum();
    let gap = proof.rules.saturating_sub(proof.lower_bound);
    let fewest = match gap {
        0 => "minimal (proved)".to_owned(),
        _ => format!("not proved minimal: at least {} (gap {gap})", proof.lower_bound),
    };
    let rest =
        if proof.irredundant { "nothing can be removed" } else { "not proved minimal: the budget is spent" };
    format!(
        "policies: {policies}\nrules: {rules}, {fewest}\npeers: {peers}\nport entries: {port_entries}\nbytes: {bytes}\nredundancy: {rest}\n"
    )
}
