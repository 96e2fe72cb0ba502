//! Tables by a quick hash: what comes in is asked for again by its key, and never gone through.
//!
//! Each table has its own secret start, so that labels which collide are hard to write. Nothing but time depends on a
//! hash: keys that share one are told apart by what they are.

#![expect(clippy::disallowed_types, reason = "the table's order cannot be asked for")]

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

/// A table that can be asked for a key, and not for its keys: their order would be another in each run.
pub struct QuickMap<K, V>(HashMap<K, V, Secret>);

impl<K, V> Default for QuickMap<K, V> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<K: Eq + Hash, V> QuickMap<K, V> {
    /// A table with room for so many keys.
    pub fn with_capacity(keys: usize) -> Self {
        Self(HashMap::with_capacity_and_hasher(keys, Secret::default()))
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a key stands for.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.0.get(key)
    }

    /// What a key stands for, to change; this value where it stood for none.
    pub fn or_insert(&mut self, key: K, value: V) -> &mut V {
        self.0.entry(key).or_insert(value)
    }

    /// Lets a key stand for a value, and says what it stood for.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.0.insert(key, value)
    }
}

/// The last bytes as a word, where they are no whole one; with bytes before them, where that is quicker.
fn tail(bytes: &[u8], rest: &[u8]) -> u64 {
    match (bytes.last_chunk(), bytes.first_chunk(), bytes.last_chunk()) {
        (Some(last), _, _) => u64::from_le_bytes(*last),
        (None, Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        (None, _, _) => rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// Where the hashes of one table start.
#[derive(Clone, Copy, Debug)]
struct Secret(u64);

impl Default for Secret {
    fn default() -> Self {
        Self(RandomState::new().build_hasher().finish())
    }
}

impl BuildHasher for Secret {
    type Hasher = Quick;

    fn build_hasher(&self) -> Quick {
        Quick(self.0)
    }
}

/// A number that tells most values apart at a glance: equal for equal values, wherever it is asked. Who wants
/// collisions makes them, so that only time may depend on it.
pub fn fingerprint(value: &(impl Hash + ?Sized)) -> u64 {
    let mut quick = Quick(0);
    value.hash(&mut quick);
    quick.finish()
}

/// Mixes what came so far with the next word.
#[derive(Clone, Copy, Debug)]
struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.write_u64(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            self.write_u64(tail(bytes, rest));
            // A run of one byte is told from a shorter one.
            self.write_usize(rest.len());
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(u64::try_from(number).unwrap_or(u64::MAX));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(23) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    /// Products are best in their upper bits, tables look at the lower ones too.
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{Hash, Hasher};

    use super::{QuickMap, fingerprint};

    /// A key whose hash says nothing.
    #[derive(Clone, Copy, PartialEq, Eq)]
    struct Colliding(u32);

    impl Hash for Colliding {
        fn hash<H: Hasher>(&self, state: &mut H) {
            state.write_u8(0);
        }
    }

    #[test]
    fn keys_that_collide_have_their_own_values() {
        let mut known = QuickMap::default();
        for key in 0..100 {
            assert_eq!(known.get(&Colliding(key)), None);
            assert_eq!(known.insert(Colliding(key), key), None);
        }
        for key in 0..100 {
            assert_eq!(known.get(&Colliding(key)), Some(&key));
            assert_eq!(*known.or_insert(Colliding(key), 1000), key);
            assert_eq!(known.insert(Colliding(key), key + 1), Some(key));
        }
        assert_eq!((known.len(), known.is_empty()), (100, false));
    }

    #[test]
    fn texts_of_every_length_have_different_hashes() {
        let texts = (0..40).flat_map(|length| {
            let run = "a".repeat(length);
            let changed = (0..length).map({
                let run = run.clone();
                move |at| format!("{}b{}", &run[..at], &run[at + 1..])
            });
            changed.collect::<Vec<_>>().into_iter().chain([run])
        });
        let mut hashes: Vec<u64> = texts.map(|text| fingerprint(text.as_str())).collect();
        let count = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!((count, hashes.len()), (820, 820));
        assert_eq!(fingerprint("app"), fingerprint(&"application"[..3]));
    }
}
