//! What a run says, kept while it is said.
//!
//! Comes in: bytes on their way to a stream. Goes out: the same bytes, where all of them arrived and they are worth keeping.

use std::io::{self, Write};

/// More than this is not kept: a program with so many findings is not compiled again and again.
const MOST_BYTES: usize = 1 << 20;

/// What was said so far; `None` once it was too much, or somebody stopped listening.
#[derive(Debug)]
pub(in crate::cli) struct Said(Option<Vec<u8>>);

impl Said {
    /// Nothing yet.
    pub(in crate::cli) fn nothing() -> Self {
        Self(Some(Vec::new()))
    }

    /// A stream that leads to this one.
    pub(in crate::cli) fn on_the_way_to<'a>(&'a mut self, out: &'a mut dyn Write) -> impl Write + 'a {
        Listener { said: self, out }
    }

    /// All of it as text.
    pub(in crate::cli) fn text(self) -> Option<String> {
        String::from_utf8(self.0?).ok()
    }

    fn keep(&mut self, bytes: &[u8]) {
        self.0 = self.0.take().filter(|said| said.len() + bytes.len() <= MOST_BYTES);
        if let Some(said) = &mut self.0 {
            said.extend_from_slice(bytes);
        }
    }
}

struct Listener<'a> {
    said: &'a mut Said,
    out: &'a mut dyn Write,
}

impl Write for Listener<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes);
        match &written {
            Ok(length) if *length > 0 || bytes.is_empty() => self.said.keep(&bytes[..*length]),
            Ok(_) | Err(_) => self.said.0 = None,
        }
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::{MOST_BYTES, Said};

    #[test]
    fn what_arrives_is_kept() {
        let (mut said, mut out) = (Said::nothing(), Vec::new());
        said.on_the_way_to(&mut out).write_all(b"one ").unwrap();
        said.on_the_way_to(&mut out).write_all("zwölf".as_bytes()).unwrap();
        assert_eq!((said.text().unwrap(), out), ("one zwölf".to_owned(), "one zwölf".into()));
    }

    #[test]
    fn what_is_too_much_arrives_and_is_not_kept() {
        for (length, is_kept) in [(MOST_BYTES, true), (MOST_BYTES + 1, false)] {
            let (mut said, mut out) = (Said::nothing(), Vec::new());
            said.on_the_way_to(&mut out).write_all(&vec![b'x'; length]).unwrap();
            said.on_the_way_to(&mut out).write_all(b"").unwrap();
            assert_eq!((said.text().is_some(), out.len()), (is_kept, length));
        }
    }

    #[test]
    fn half_of_it_is_not_kept() {
        let mut said = Said::nothing();
        let mut narrow = [0; 2];
        let mut out = &mut narrow[..];
        assert!(said.on_the_way_to(&mut out).write_all(b"one").is_err());
        assert_eq!(said.text(), None);
    }
}
