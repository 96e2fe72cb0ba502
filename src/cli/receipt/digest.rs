//! Bytes to digests that nobody can find other bytes for.
//!
//! BLAKE3, because it is cryptographic, needs no C compiler, and is fast on any processor: a receipt pays only while digests cost
//! less than a compile, and the compiler's own megabytes are digested each time.

use std::io::{self, Read};

use serde::{Deserialize, Serialize};

use crate::output::{Entry, Folder};

/// A digest in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(in crate::cli) struct Digest(String);

impl Digest {
    /// How long it is as text.
    pub(super) const LENGTH: usize = 2 * blake3::OUT_LEN;

    /// Of these bytes.
    pub(in crate::cli) fn of(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).to_string())
    }

    /// Of all that can be read.
    pub(in crate::cli) fn read(from: impl Read) -> io::Result<Self> {
        Ok(Self(blake3::Hasher::new().update_reader(from)?.finalize().to_string()))
    }

    /// As text.
    pub(in crate::cli) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A digest of several parts; each goes in with its length, so that other parts never give the same bytes.
#[derive(Clone, Debug, Default)]
pub(in crate::cli) struct Digester(blake3::Hasher);

impl Digester {
    /// Takes in the next part.
    pub(in crate::cli) fn part(&mut self, part: impl AsRef<[u8]>) -> &mut Self {
        let part = part.as_ref();
        self.0.update(&(part.len() as u64).to_le_bytes()).update(part);
        self
    }

    /// Of all parts so far.
    pub(in crate::cli) fn finish(&self) -> Digest {
        Digest(self.0.finalize().to_string())
    }
}

/// Of everything that was found in a folder of the output: also what is no file of ours, because one could have become it.
pub(in crate::cli) fn folder(folder: &Folder) -> Digest {
    let mut digester = Digester::default();
    for (path, entry) in folder {
        digester.part(path.as_str());
        match entry {
            Entry::File(bytes) => digester.part("file").part(bytes),
            Entry::Folder => digester.part("folder").part(""),
            Entry::Other(what) => digester.part("other").part(what),
        };
    }
    digester.finish()
}

#[cfg(test)]
mod tests {
    use super::{Digest, Digester, folder};
    use crate::output::{Entry, Folder};

    #[test]
    fn a_digest_is_that_of_blake3() {
        // The first test vector of its authors.
        let empty = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
        assert_eq!((Digest::of(b"").as_str(), empty.len()), (empty, Digest::LENGTH));
        let long = vec![7; 1 << 20];
        assert_eq!(Digest::read(&long[..]).unwrap(), Digest::of(&long));
    }

    #[test]
    fn other_parts_are_another_digest() {
        let parts = [&["ab", "c"][..], &["a", "bc"], &["abc"], &["abc", ""], &["", "abc"], &[]];
        let of = |parts: &[&str]| {
            let mut digester = Digester::default();
            for part in parts {
                digester.part(part);
            }
            digester.finish()
        };
        for (at, one) in parts.iter().enumerate() {
            assert!(parts[..at].iter().all(|other| of(other) != of(one)), "{one:?}");
        }
    }

    #[test]
    fn a_folder_that_differs_by_a_byte_is_another() {
        let file = |bytes: &[u8]| Entry::File(bytes.to_vec());
        let with = |entries: &[(&str, Entry)]| {
            let entries = entries.iter().map(|(path, entry)| ((*path).into(), entry.clone()));
            folder(&entries.collect::<Folder>())
        };
        let expected = with(&[("a.yaml", file(b"a")), ("b.yaml", file(b"b"))]);
        assert_eq!(with(&[("b.yaml", file(b"b")), ("a.yaml", file(b"a"))]), expected);
        let others = [
            with(&[("a.yaml", file(b"a"))]),
            with(&[("a.yaml", file(b"b")), ("b.yaml", file(b"a"))]),
            with(&[("a.yaml", file(b"a")), ("b.yaml", file(b""))]),
            with(&[("a.yaml", file(b"a")), ("c.yaml", file(b"b"))]),
            with(&[("a.yaml", file(b"a")), ("b.yaml", file(b"b")), ("c", Entry::Folder)]),
            with(&[("a.yaml", file(b"a")), ("b.yaml", file(b"b")), ("c", file(b""))]),
            with(&[("a.yaml", file(b"a")), ("b.yaml", Entry::Other("b".to_owned()))]),
        ];
        for (at, other) in others.iter().enumerate() {
            assert!(*other != expected && !others[..at].contains(other), "{at}");
        }
    }
}
