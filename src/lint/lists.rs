//! Lists by number, in one piece of memory.

use super::peers::Number;

/// A list for each number from 0 on.
pub(super) struct Lists<T> {
    all: Vec<T>,
    /// Where each list ends.
    ends: Vec<usize>,
}

impl<T> Lists<T> {
    /// No list yet, and room for so many.
    pub(super) fn with_capacity(count: Number) -> Self {
        Self { all: Vec::with_capacity(count as usize), ends: Vec::with_capacity(count as usize) }
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

#[cfg(test)]
mod tests {
    use super::Lists;

    #[test]
    fn every_number_has_its_list() {
        let mut lists = Lists::of_sorted(3, vec![(1, 'a'), (1, 'b')]);
        lists.push(['c']);
        let of = |number| lists.get(number).iter().collect::<String>();
        assert_eq!([of(0), of(1), of(2), of(3)], ["", "ab", "", "c"]);
    }
}
