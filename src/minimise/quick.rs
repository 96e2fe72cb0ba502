//! Numbers that tell most values apart at a glance, quickly made.
//!
//! Labels whose prints are equal are hard to write, not impossible: only time depends on it, as whatever a print
//! finds is compared.

use std::hash::{Hash, Hasher};

/// The print of a value: equal for equal values, wherever it is asked.
pub(super) fn print(value: &impl Hash) -> u64 {
    let mut print = Print(0);
    value.hash(&mut print);
    print.finish()
}

/// Mixes what came so far with the next word.
struct Print(u64);

impl Hasher for Print {
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

    fn finish(&self) -> u64 {
        self.0
    }
}
