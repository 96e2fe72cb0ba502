//! Lists by number, in one piece of memory; and where to look in sorted ones.

use super::peers::Number;

/// A list for each number from 0 on.
pub(super) struct Lists<T> {
    all: Vec<T>,
    /// Where each list ends.
    ends: Vec<usize>,
}

impl<T> Lists<T> {
    /// No list yet.
    pub(super) fn new() -> Self {
        Self { all: Vec::new(), ends: Vec::new() }
    }

    /// These lists.
    pub(super) fn of(lists: impl IntoIterator<Item = impl IntoIterator<Item = T>>) -> Self {
        let mut all = Self::new();
        lists.into_iter().for_each(|list| all.push(list));
        all
    }

    /// So many lists, of entries that are sorted by their numbers.
    pub(super) fn of_sorted(count: Number, entries: Vec<(Number, T)>) -> Self {
        let mut lists =
            Self { all: Vec::with_capacity(entries.len()), ends: Vec::with_capacity(count as usize) };
        let mut entries = entries.into_iter().peekable();
        for number in 0..count {
            while let Some((_, entry)) = entries.next_if(|(of, _)| *of == number) {
                lists.all.push(entry);
            }
            lists.ends.push(lists.all.len());
        }
        lists
    }

    /// Adds the list of the next number.
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.all.extend(list);
        self.ends.push(self.all.len());
    }

    /// The list of a number.
    pub(super) fn get(&self, number: Number) -> &[T] {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[at]]
    }
}

/// Those of sorted entries that have a key.
pub(super) fn with_key<T, K: Ord>(sorted: &[T], key: K, of: impl Fn(&T) -> K) -> &[T] {
    let behind = &sorted[sorted.partition_point(|it| of(it) < key)..];
    &behind[..behind.partition_point(|it| of(it) == key)]
}
