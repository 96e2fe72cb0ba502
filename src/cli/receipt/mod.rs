//! What is remembered of a `compile -o DIR` that ended well, so that the same run need not be done again.
//!
//! A receipt says: this compiler, run like this, heard these answers from the file system, left the folder like this, and said this. A run
//! depends on nothing else, so one that finds all of it equal would end equally, and says the same without doing it. Equal are the
//! bytes, by digest: no time, size or name stands for what a file holds.
//!
//! A receipt is not the proof. `--check` never looks at one, and what it lets a run say is that nothing has changed since. Whoever
//! could forge one could as well replace the compiler: it lies outside of every tree that others write (`cli/io/cache.rs`). One that
//! is damaged, or of another version, is no error and no receipt. Nothing here touches the world.

mod digest;
mod witness;

use serde::{Deserialize, Serialize};

pub(super) use digest::{Digest, Digester, folder};
pub(super) use witness::{Question, Testimony};

/// What every receipt begins with; another number, where its parts change.
const HEAD: &[u8] = b"netdsl receipt 1\n";

/// The longest that is kept or read.
pub(super) const MOST_BYTES: usize = 8 << 20;

/// As much as a run may say and be remembered: one with more findings is not done again and again.
pub(super) const MOST_SAID: usize = 1 << 20;

/// What is remembered of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Receipt {
    /// How the compiler was run.
    pub(super) key: Digest,
    /// The compiler itself.
    pub(super) compiler: Digest,
    /// What the run asked the file system about its sources.
    pub(super) questions: Vec<Question>,
    /// What it was given and what the answers were.
    pub(super) sources: Digest,
    /// What it left in the folder.
    pub(super) folder: Digest,
    /// Its findings and figures, as they were shown.
    pub(super) said: String,
    /// What it proved.
    pub(super) proved: String,
}

impl Receipt {
    /// As bytes that tell when they are damaged; `None` where they would be too many.
    pub(super) fn encode(&self) -> Option<Vec<u8>> {
        if self.said.len() > MOST_SAID {
            return None;
        }
        let body = serde_json::to_vec(self).ok()?;
        let bytes = [HEAD, Digest::of(&body).as_str().as_bytes(), &body].concat();
        (bytes.len() <= MOST_BYTES).then_some(bytes)
    }

    /// Exactly what was encoded for a run of this key, or nothing.
    pub(super) fn decode(bytes: &[u8], key: &Digest) -> Option<Self> {
        let rest = bytes.strip_prefix(HEAD)?;
        let (digest, body) = rest.split_at_checked(Digest::LENGTH)?;
        if digest != Digest::of(body).as_str().as_bytes() {
            return None;
        }
        serde_json::from_slice(body).ok().filter(|receipt: &Self| receipt.key == *key)
    }
}

#[cfg(test)]
mod tests {
    use super::{Digest, HEAD, MOST_BYTES, MOST_SAID, Question, Receipt};

    fn receipt() -> Receipt {
        Receipt {
            key: Digest::of(b"key"),
            compiler: Digest::of(b"compiler"),
            questions: vec![Question::Read("a.netdsl".into()), Question::Exists("/x/.git".into())],
            sources: Digest::of(b"sources"),
            folder: Digest::of(b"folder"),
            said: "warning: \u{1b}[0m é\n".to_owned(),
            proved: "1 policy says what 0 rules say".to_owned(),
        }
    }

    fn sealed(body: &[u8]) -> Vec<u8> {
        [HEAD, Digest::of(body).as_str().as_bytes(), body].concat()
    }

    #[test]
    fn what_was_encoded_comes_back() {
        let bytes = receipt().encode().unwrap();
        assert_eq!(Receipt::decode(&bytes, &receipt().key), Some(receipt()));
        assert_eq!(Receipt::decode(&bytes, &Digest::of(b"other")), None, "of another run");
    }

    #[test]
    fn no_damage_is_believed() {
        let bytes = receipt().encode().unwrap();
        let read = |bytes: &[u8]| Receipt::decode(bytes, &receipt().key);
        for at in 0..bytes.len() {
            assert_eq!(read(&bytes[..at]), None, "cut at {at}");
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                assert_eq!(read(&damaged), None, "bit {bit} of byte {at}");
            }
        }
        assert_eq!(read(&[&bytes[..], b"\n"].concat()), None, "more than was written");
    }

    #[test]
    fn other_parts_and_versions_are_not_understood() {
        let body = serde_json::to_string(&receipt()).unwrap();
        let read = |bytes: &[u8]| Receipt::decode(bytes, &receipt().key);
        assert!(read(&sealed(body.as_bytes())).is_some());
        let more = body.replacen('{', "{\"new\":1,", 1);
        let less = body.replace(",\"proved\":\"1 policy says what 0 rules say\"", "");
        assert_ne!(less, body);
        for other in [more.as_str(), &less, "", "null", "[]"] {
            assert_eq!(read(&sealed(other.as_bytes())), None, "{other}");
        }
        let newer = String::from_utf8(sealed(body.as_bytes())).unwrap().replacen("receipt 1", "receipt 2", 1);
        assert_eq!(read(newer.as_bytes()), None);
    }

    #[test]
    fn what_is_too_long_is_not_kept() {
        let said = |length| Receipt { said: "x".repeat(length), ..receipt() }.encode();
        assert!(said(MOST_SAID).is_some() && said(MOST_SAID + 1).is_none());
        let questions = vec![Question::Read("x".repeat(MOST_BYTES).into())];
        assert_eq!(Receipt { questions, ..receipt() }.encode(), None);
    }
}
