//! Eight hex digits made from a selector.
//!
//! FNV-1a, written out, because it must give the same digits for ever: the standard library's hasher may change with
//! any release. It need not resist attack: whoever writes selectors that collide gets longer names, not equal ones.

use crate::algebra::Cube;

/// The digits; another `attempt` gives others.
pub(super) fn digits(cube: &Cube, attempt: u32) -> String {
    let mut hash = Fnv::new();
    for (key, requirement) in cube.requirements() {
        hash.text(key);
        hash.bytes(&[u8::from(requirement.is_complement()), u8::from(requirement.allows_absent())]);
        requirement.values().iter().for_each(|value| hash.text(value));
        hash.bytes(&[END]);
    }
    if attempt > 0 {
        hash.bytes(&attempt.to_be_bytes());
    }
    format!("{:08x}", hash.folded())
}

/// No UTF-8 text has this byte.
const END: u8 = 0xff;

struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
        self.bytes(&[END]);
    }

    /// Both halves together, as FNV's authors advise for fewer bits.
    fn folded(&self) -> u64 {
        (self.0 >> 32) ^ (self.0 & 0xffff_ffff)
    }
}
