//! Applies the replacements that findings carry.
//!
//! Comes in: texts and findings. Goes out: which replacements may be applied unasked, and texts with some of them
//! applied. Nothing here is read or written, and no replacement is ever applied in part.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::codes::Syntax;
use crate::diag::{Code, Diagnostic, Fix, Safety};
use crate::source::FileId;

/// The text with the replacements that [`disjoint`] chooses.
pub fn apply(text: &str, fixes: &[Fix]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for fix in disjoint(text, fixes) {
        out.push_str(&text[done..fix.span.range().start]);
        out.push_str(&fix.text);
        done = fix.span.range().end;
    }
    out + &text[done..]
}

/// The replacements of a text that can be applied together, in order of place, whatever their order here.
///
/// Of those that overlap, or insert different things at one place, the first by place and text is chosen; equal
/// ones are one. What lies outside of the text, or cuts a character, is left out.
pub fn disjoint<'f>(text: &str, fixes: &'f [Fix]) -> Vec<&'f Fix> {
    let mut sorted: Vec<&Fix> = fixes.iter().filter(|fix| text.get(fix.span.range()).is_some()).collect();
    sorted.sort_by_key(|fix| (fix.span.start, fix.span.end, &fix.text));
    let mut chosen: Vec<&Fix> = Vec::new();
    for fix in sorted {
        let free = |before: &&Fix| fix.span.start >= before.span.end && fix.span.start > before.span.start;
        if chosen.last().is_none_or(free) {
            chosen.push(fix);
        }
    }
    chosen
}

/// The findings whose replacements may be applied unasked, by their texts.
///
/// A text that is not the file's own bytes is left out: writing it would make the bytes that are no text worse.
pub fn safe(diagnostics: &[Diagnostic]) -> BTreeMap<FileId, Vec<Fix>> {
    let is_mended = |found: &&Diagnostic| found.code == Code::from(Syntax::NotText);
    let mended: BTreeSet<FileId> =
        diagnostics.iter().filter(is_mended).map(|it| it.primary.span.file).collect();
    let mut safe: BTreeMap<FileId, Vec<Fix>> = BTreeMap::new();
    let fixes = diagnostics.iter().filter_map(|found| found.fix.as_ref());
    for fix in fixes.filter(|fix| fix.safety == Safety::Safe && !mended.contains(&fix.span.file)) {
        safe.entry(fix.span.file).or_default().push(fix.clone());
    }
    safe
}
