//! What was worked out once: thousands of rules have the same selectors and ports, and share what they mean.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use crate::algebra::Fingerprint;

/// Keys of one fingerprint that are kept. Whoever makes keys collide has them worked out again each time.
const MOST: usize = 4;

/// Keys and their values.
pub(super) struct Known<K, V> {
    values: BTreeMap<u64, Vec<(K, V)>>,
}

impl<K, V> Default for Known<K, V> {
    fn default() -> Self {
        Self { values: BTreeMap::new() }
    }
}

impl<K: Clone + Eq + Hash, V: Clone> Known<K, V> {
    /// The value of a key: the one that is known, or a new one.
    pub(super) fn get<E>(&mut self, key: &K, new: impl FnOnce(&K) -> Result<V, E>) -> Result<V, E> {
        let mut hasher = Fingerprint::default();
        key.hash(&mut hasher);
        let known = self.values.entry(hasher.finish()).or_default();
        if let Some((_, value)) = known.iter().find(|(it, _)| it == key) {
            return Ok(value.clone());
        }
        let value = new(key)?;
        if known.len() < MOST {
            known.push((key.clone(), value.clone()));
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::Known;

    #[test]
    fn a_value_is_worked_out_once_and_an_error_each_time() {
        let mut known = Known::default();
        let mut count = 0;
        let mut get = |key: &str, fails: bool| {
            known.get(&key.to_owned(), |key| {
                count += 1;
                if fails { Err(()) } else { Ok(key.len()) }
            })
        };
        assert_eq!(
            [get("a", true), get("a", false), get("a", true), get("bc", false)],
            [Err(()), Ok(1), Ok(1), Ok(2)]
        );
        assert_eq!(count, 3);
    }

    /// A key whose fingerprint says nothing.
    #[derive(Clone, PartialEq, Eq)]
    struct Colliding(u32);

    impl std::hash::Hash for Colliding {
        fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
            state.write_u8(0);
        }
    }

    #[test]
    fn keys_that_collide_have_their_own_values() {
        let mut known = Known::default();
        for key in [0, 1, 2, 3, 4, 5, 6, 5, 0] {
            assert_eq!(known.get(&Colliding(key), |key| Ok::<_, ()>(key.0)), Ok(key));
        }
    }
}
