//! Where to look in sorted lists.

/// Those of sorted entries that have a key: none, or neighbours. The entries are in the order of their keys.
pub fn with_key<T, K: Ord + Copy>(sorted: &[T], key: K, of: impl Fn(&T) -> K) -> &[T] {
    let behind = &sorted[sorted.partition_point(|it| of(it) < key)..];
    &behind[..behind.partition_point(|it| of(it) == key)]
}

#[cfg(test)]
mod tests {
    use super::with_key;

    #[test]
    fn entries_with_a_key_stand_together() {
        let sorted = [(1, 'a'), (3, 'b'), (3, 'c'), (4, 'd')];
        let found = |key| with_key(&sorted, key, |entry| entry.0);
        assert_eq!(found(3), [(3, 'b'), (3, 'c')]);
        assert_eq!((found(0), found(2), found(5)), (&[][..], &[][..], &[][..]));
    }
}
