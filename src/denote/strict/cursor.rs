//! A place in the text, which moves on where the text is what it should be.

/// The text is not what it should be.
pub(super) struct Stop {
    /// Where.
    pub(super) at: usize,
    /// What should be there.
    pub(super) expected: &'static str,
}

/// A place in a document.
pub(super) struct Cursor<'t> {
    text: &'t str,
    // INVARIANT: at a boundary of characters, as everything that is passed over is.
    at: usize,
    /// What the bytes so far take as JSON beyond themselves, at most.
    more: usize,
    /// The spaces at the beginnings of lines so far, which JSON does without.
    less: usize,
}

/// More columns than any field has.
const SPACES: &[u8; 16] = b"                ";

/// What a line takes as JSON beyond itself, at most: `- from:` becomes `{"from":[]},`.
const PER_LINE: usize = 8;

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, more: 4 * PER_LINE, less: 0 }
    }

    /// What is still to be read.
    #[inline]
    pub(super) fn rest(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.at..]
    }

    /// Moves over so many bytes.
    #[inline]
    pub(super) fn take(&mut self, bytes: usize) -> &'t str {
        let from = self.at;
        self.at += bytes;
        &self.text[from..self.at]
    }

    /// Moves over all bytes that are wanted.
    #[inline]
    pub(super) fn run(&mut self, wanted: impl Fn(u8) -> bool) -> &'t str {
        let bytes = self.rest().iter().take_while(|byte| wanted(**byte)).count();
        self.take(bytes)
    }

    /// Moves over a text where it is the next.
    #[inline]
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text.as_bytes());
        if found {
            self.at += text.len();
        }
        found
    }

    /// Moves over a text at the beginning of a line, behind so many spaces.
    #[inline]
    pub(super) fn at(&mut self, column: usize, text: &str) -> bool {
        let rest = self.rest();
        let found = rest.starts_with(&SPACES[..column]) && rest[column..].starts_with(text.as_bytes());
        if found {
            self.at += column + text.len();
            self.less += column;
            self.more += PER_LINE;
        }
        found
    }

    /// Moves over a text that must be the next.
    #[inline]
    pub(super) fn expect(&mut self, text: &'static str) -> Result<(), Stop> {
        if self.eat(text) { Ok(()) } else { Err(self.stop(text)) }
    }

    /// Moves over a text that must be the next line's beginning, behind so many spaces.
    #[inline]
    pub(super) fn expect_at(&mut self, column: usize, text: &'static str) -> Result<(), Stop> {
        if self.at(column, text) { Ok(()) } else { Err(self.stop(text)) }
    }

    /// The items of a list, of which there is one at least; each begins with a dash in this column.
    pub(super) fn items<T>(
        &mut self,
        column: usize,
        item: impl Fn(&mut Self) -> Result<T, Stop>,
    ) -> Result<Vec<T>, Stop> {
        let mut items = Vec::new();
        while self.at(column, "- ") {
            items.push(item(self)?);
        }
        if items.is_empty() { Err(self.stop("an item of a list")) } else { Ok(items) }
    }

    /// Counts bytes that become longer in JSON.
    pub(super) fn escaped(&mut self, text: &str) {
        let escaped = text.bytes().filter(|b| !(b' '..=b'~').contains(b) || b"\"\\<>&".contains(b)).count();
        // The longest escape of JSON is six bytes for one.
        self.more += 5 * escaped;
    }

    /// Nothing may be left; says how large the whole is as compact JSON, at most.
    pub(super) fn end(&self) -> Result<usize, Stop> {
        if self.at < self.text.len() {
            return Err(self.stop("the end of the document"));
        }
        Ok(self.text.len() + self.more - self.less)
    }

    /// Why it does not go on from here.
    pub(super) fn stop(&self, expected: &'static str) -> Stop {
        Stop { at: self.at, expected }
    }
}

/// A mapping as the item of a list: its first field stands behind the dash, the others in a column.
pub(super) struct Item {
    column: usize,
    is_first: bool,
}

impl Item {
    /// An item whose fields stand in this column.
    pub(super) fn new(column: usize) -> Self {
        Self { column, is_first: true }
    }

    /// Moves over the name of a field where it is the next.
    #[inline]
    pub(super) fn field(&mut self, cursor: &mut Cursor<'_>, name: &str) -> bool {
        let found = if self.is_first { cursor.eat(name) } else { cursor.at(self.column, name) };
        self.is_first &= !found;
        found
    }

    /// An item has a field at least.
    pub(super) fn end(self, cursor: &Cursor<'_>, what: &'static str) -> Result<(), Stop> {
        if self.is_first { Err(cursor.stop(what)) } else { Ok(()) }
    }
}
