//! `compile --stats`: how large the output is, and what is proved about that.

use crate::pipeline::{Measured, Output};

/// A line for each figure.
pub(super) fn stats(output: &Output) -> String {
    let Measured { size, proof } = output.size;
    let bytes: usize = output.files.iter().map(|file| file.text.len()).sum();
    let gap = proof.rules.saturating_sub(proof.lower_bound);
    let fewest = match gap {
        0 => "minimal (proved)".to_owned(),
        _ => format!(
            "not proved minimal: at least {} (gap {gap}), {} of {} lists of rules proved",
            proof.lower_bound, proof.proved_lists, proof.lists
        ),
    };
    let rest =
        if proof.irredundant { "nothing can be removed" } else { "not proved minimal: the budget is spent" };
    format!(
        "policies: {}\nrules: {}, {fewest}\npeers: {}\nport entries: {}\nbytes: {bytes}\nredundancy: {rest}\n",
        size.policies, size.rules, size.peers, size.port_entries
    )
}
