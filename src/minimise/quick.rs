//! Tables by a quick hash: what comes in is asked for again by its key, and never gone through.
//!
//! Each table has its own secret start, so that nobody can write labels that collide.

#![expect(clippy::disallowed_types, reason = "the table's order cannot be asked for")]

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

/// A table that can be asked for a key, and not for its keys: their order would be another in each run.
pub(super) struct QuickMap<K, V>(HashMap<K, V, Secret>);

impl<K, V> Default for QuickMap<K, V> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<K: Eq + Hash, V> QuickMap<K, V> {
    /// What a key stands for.
    pub(super) fn get(&self, key: &K) -> Option<&V> {
        self.0.get(key)
    }

    /// What a key stands for, to change; this value where it stood for none.
    pub(super) fn or_insert(&mut self, key: K, value: V) -> &mut V {
        self.0.entry(key).or_insert(value)
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

/// Mixes what came so far with the next word.
pub(super) struct Quick(u64);

impl Quick {
    /// Equal for equal values wherever it is asked.
    pub(super) fn open() -> Self {
        Self(0)
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.write_u64(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            self.write_u64(rest.iter().fold(1, |word, byte| word << 8 | u64::from(*byte)));
        }
    }

    fn write_u8(&mut self, number: u8) {
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
