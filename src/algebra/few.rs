//! A list that most often has one element: then it takes no memory beside its own place.
//!
//! Values of labels, intervals of ports and of addresses are such lists, by the million. Comes in: elements; goes out: a
//! slice. How a list is kept never shows: lists compare by their elements.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// A list of few elements.
#[derive(Clone)]
pub(super) enum Few<T> {
    /// One element, in place.
    One(T),
    /// Any number of them, one too.
    Many(Vec<T>),
}

impl<T> Few<T> {
    /// No element.
    pub(super) const fn none() -> Self {
        Self::Many(Vec::new())
    }
}

impl<T: Ord> Few<T> {
    /// Elements in their order, each once.
    pub(super) fn sorted(elements: impl IntoIterator<Item = T>) -> Self {
        let mut all: Self = elements.into_iter().collect();
        if let Self::Many(elements) = &mut all {
            elements.sort_unstable();
            elements.dedup();
            elements.shrink_to_fit();
        }
        all
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        let mut elements = elements.into_iter();
        match (elements.next(), elements.next()) {
            (Some(first), Some(second)) => {
                let mut all = Vec::with_capacity(elements.size_hint().0.saturating_add(2));
                all.extend([first, second]);
                all.extend(elements);
                Self::Many(all)
            }
            (Some(only), None) => Self::One(only),
            (None, _) => Self::none(),
        }
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::One(element) => std::slice::from_ref(element),
            Self::Many(elements) => elements,
        }
    }
}

impl<T: PartialEq> PartialEq for Few<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Few<T> {}

impl<T: Ord> Ord for Few<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl<T: PartialOrd> PartialOrd for Few<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (**self).partial_cmp(&**other)
    }
}

impl<T: Hash> Hash for Few<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for Few<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::Few;
    use crate::algebra::fingerprint;

    #[test]
    fn how_a_list_is_kept_never_shows() {
        let (kept, other) = (Few::One(1), Few::Many(vec![1]));
        assert_eq!(kept, other);
        assert!(kept.cmp(&other).is_eq());
        assert_eq!(fingerprint(&kept), fingerprint(&other));
        assert_eq!(format!("{kept:?}"), format!("{other:?}"));
    }

    #[test]
    fn lists_are_what_goes_into_them() {
        for elements in [vec![], vec![3], vec![3, 3], vec![3, 1, 2, 3]] {
            let few: Few<i32> = elements.iter().copied().collect();
            assert_eq!(*few, *elements);
            let set: std::collections::BTreeSet<i32> = elements.iter().copied().collect();
            assert!(Few::sorted(elements).iter().eq(&set));
        }
    }

    #[test]
    fn lists_compare_as_their_elements_do() {
        let all: Vec<Vec<i32>> = vec![vec![], vec![1], vec![1, 1], vec![1, 2], vec![2], vec![2, 0]];
        for a in &all {
            for b in &all {
                let few = |list: &Vec<i32>| list.iter().copied().collect::<Few<i32>>();
                assert_eq!(few(a).cmp(&few(b)), a.cmp(b), "{a:?} {b:?}");
                assert_eq!(few(a) == few(b), a == b, "{a:?} {b:?}");
            }
        }
    }
}
