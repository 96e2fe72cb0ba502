//! A name for a finding that stays when lines are added or removed elsewhere.
//!
//! It is made from the code, the path, the text around the place, and how many findings of the same code on an
//! equal text came before in that file; never from a line number. Equal runs give equal names, and no two
//! findings of a run share one.

use std::collections::BTreeMap;

use super::excerpt::window;
use crate::diag::Diagnostic;
use crate::source::Sources;

/// The names given so far, to tell equal findings apart.
#[derive(Default)]
pub(super) struct Fingerprints {
    seen: BTreeMap<u128, u32>,
}

impl Fingerprints {
    /// The name of the next finding.
    pub(super) fn next(&mut self, diagnostic: &Diagnostic, sources: &Sources) -> String {
        let span = diagnostic.primary.span;
        let source = sources.get(span.file);
        let line = source.line_range(source.line_at(span.start));
        let text = &source.text()[window(source.text(), line, span.start as usize)];
        let base = hash(&[diagnostic.code.entry().code, source.path().as_str(), text.trim()]);
        let occurrence = self.seen.entry(base).or_default();
        *occurrence += 1;
        format!("{:032x}", hash(&[&format!("{base:032x}"), &occurrence.to_string()]))
    }
}

/// FNV-1a with 128 bits, each part ended by a byte that UTF-8 never has.
fn hash(parts: &[&str]) -> u128 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
    bytes.fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash: u128, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}
