//! Small pieces of the sentences that commands say.

/// A number with its noun: `1 policy`, `2 policies`.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}
