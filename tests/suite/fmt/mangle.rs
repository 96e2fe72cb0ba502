//! The same program with other white space, continuations, line ends and comments.

use std::fmt::Write as _;

use proptest::prelude::{Strategy, any};

/// What is put between the words of a program; past the end it begins again.
#[derive(Clone, Debug)]
pub(super) struct Mess {
    numbers: Vec<u8>,
    comments: Comments,
}

/// Whether comments and blank lines are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comments {
    Added,
    None,
}

pub(super) fn messes(comments: Comments) -> impl Strategy<Value = Mess> {
    let numbers = proptest::collection::vec(any::<u8>(), 1..97);
    numbers.prop_map(move |numbers| Mess { numbers, comments })
}

/// Where a line may be broken, and where it may have white space.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    Nothing,
    Blanks,
    Break,
}

struct Mangler<'a> {
    mess: &'a Mess,
    drawn: usize,
    written: usize,
    out: String,
}

/// Rewrites a program that is written as the generator does: one statement a line.
pub(super) fn mangled(text: &str, mess: &Mess) -> String {
    let mut mangler = Mangler { mess, drawn: 0, written: 0, out: String::new() };
    for line in text.lines() {
        mangler.line(line);
    }
    mangler.out
}

impl Mangler<'_> {
    fn draw(&mut self, limit: u8) -> u8 {
        self.drawn += 1;
        // A second round does not begin as the first did.
        let round = u8::try_from(self.drawn / 13 % 256).unwrap();
        self.mess.numbers[self.drawn * 7 % self.mess.numbers.len()].wrapping_add(round) % limit
    }

    fn line(&mut self, line: &str) {
        let doc = line.trim_start().starts_with('#');
        self.around();
        self.blanks();
        if doc {
            self.out.push_str(line.trim_start());
        } else {
            self.words(line.trim_start());
            self.blanks();
            self.comment();
        }
        self.end();
    }

    /// Comments and blank lines before a line.
    fn around(&mut self) {
        if self.mess.comments == Comments::None {
            return;
        }
        for _ in 0..self.draw(8).saturating_sub(5) {
            self.blanks();
            self.comment();
            self.end();
        }
    }

    fn blanks(&mut self) {
        let blanks = ["", "", " ", "  ", "\t", " \t "];
        let drawn = usize::from(self.draw(6));
        self.out.push_str(blanks[drawn]);
    }

    fn comment(&mut self) {
        if self.mess.comments == Comments::Added && self.draw(3) == 0 {
            self.written += 1;
            write!(self.out, "# comment {}, (a | \"b\" -> c", self.written).unwrap();
        }
    }

    fn end(&mut self) {
        let end = if self.draw(2) == 0 { "\n" } else { "\r\n" };
        self.out.push_str(end);
    }

    /// A statement, with something in all the places that may have it.
    fn words(&mut self, line: &str) {
        let mut rest = line;
        let mut breaks = true;
        while let Some(next) = rest.chars().next() {
            let token = token(rest);
            let behind = &rest[token.len()..];
            let blanks = behind.len() - behind.trim_start().len();
            let after = behind.trim_start();
            self.out.push_str(token);
            // What stands on the line of a brace stays there.
            breaks &= next != '{';
            let room = room(token, after);
            match room {
                _ if after.is_empty() => {}
                Room::Break if breaks && !after.starts_with('{') && self.draw(4) == 0 => self.broken(),
                Room::Break | Room::Blanks => {
                    self.out.push_str(if blanks > 0 { " " } else { "" });
                    self.blanks();
                }
                Room::Nothing => self.out.push_str(&behind[..blanks]),
            }
            rest = after;
        }
    }

    fn broken(&mut self) {
        self.out.push(' ');
        self.comment();
        self.end();
        self.around();
        self.blanks();
    }
}

/// The first word or sign.
fn token(rest: &str) -> &str {
    let word = |c: char| c.is_alphanumeric() || "-_./@".contains(c);
    let length = match rest.chars().next() {
        Some('"') => rest[1..].find('"').map_or(rest.len(), |at| at + 2),
        Some('[') => rest.find(']').map_or(rest.len(), |at| at + 1),
        Some('-') if rest.starts_with("->") => 2,
        Some('!') if rest.starts_with("!=") => 2,
        Some(first) if word(first) => rest.find(|c| !word(c)).unwrap_or(rest.len()),
        Some(first) => first.len_utf8(),
        None => 0,
    };
    &rest[..length]
}

/// What may stand behind a token and before the rest of its line.
fn room(token: &str, after: &str) -> Room {
    let goes_on = ["(", ",", "|", "->", "=", "!=", "where", "except"].contains(&token);
    let begins = after.starts_with([')', '|']) || after.starts_with("->") || after.starts_with("except ");
    // `*/app`, `"dns"/udp` and what an IPv6 address is made of stay together.
    let address = token.ends_with(':') || after.starts_with(':');
    let together = address || token.ends_with('/') || after.starts_with('/') || token == "!";
    match (together, goes_on || begins) {
        (true, _) => Room::Nothing,
        (false, true) => Room::Break,
        (false, false) => Room::Blanks,
    }
}
