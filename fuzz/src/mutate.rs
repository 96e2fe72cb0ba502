//! Changes to a text that keep most of it readable.
//!
//! A fuzzer that changes bytes alone makes a broken line of nearly every program. Half of the changes here move whole
//! words and lines: what comes out parses more often, and reaches the phases behind the parser.

use libfuzzer_sys::fuzzer_mutate;

/// What stands between words.
const WORDS: [&str; 64] = [
    "allow",
    "allow ingress",
    "allow egress",
    "never",
    "only",
    "test \"t\" {",
    "can reach",
    "cannot reach",
    "->",
    "|",
    ",",
    ":",
    "=",
    "!=",
    "!",
    "*",
    "/",
    "(",
    ")",
    "{",
    "}",
    "{}",
    "\n",
    "\"",
    "# x\n",
    "## d\n",
    " in (a, b)",
    " notin (web)",
    "except",
    "where",
    "pods p where app=a",
    "namespace n {",
    "namespace m {",
    "external namespace e",
    "namespaces s where team=a {",
    "namespace label team = *",
    "label app = *",
    "label tier = a | b",
    "label x = pods",
    "labels team=a",
    "default deny ingress",
    "default deny egress",
    "default allow",
    "host-network",
    "port http = 80",
    "port x = \"http\"",
    "network w = 10.0.0.0/8 except 10.1.0.0/16",
    "service s = m/*:80",
    "override network private",
    "@name(\"x\")",
    "10.0.0.0/8",
    "[::/0]",
    "0.0.0.0/0",
    ":53/udp",
    ":8000-8999",
    ":*",
    ":\"http\"",
    "managed",
    "managed/app=a",
    "cluster",
    "anywhere",
    "*/*",
    "dns",
    "app=a",
];

/// Changes the first `size` bytes of `data`, to at most `max` bytes; the new size. The same seed, the same change.
pub fn mutate(data: &mut [u8], size: usize, max: usize, seed: u32) -> usize {
    let mut random = Random(u64::from(seed) | 1 << 32);
    if random.below(2) == 0 {
        return fuzzer_mutate(data, size, max);
    }
    let mut text = String::from_utf8_lossy(&data[..size]).into_owned();
    for _ in 0..=random.below(3) {
        text = change(&text, &mut random);
    }
    let size = text.floor_char_boundary(text.len().min(max).min(data.len()));
    data[..size].copy_from_slice(&text.as_bytes()[..size]);
    size
}

fn change(text: &str, random: &mut Random) -> String {
    match random.below(5) {
        0 => put(text, random, WORDS[random.peek(WORDS.len())]),
        1 => replace_word(text, random),
        2 => move_line(text, random, Line::Copied),
        3 => move_line(text, random, Line::Moved),
        _ => move_line(text, random, Line::Gone),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Copied,
    Moved,
    Gone,
}

/// A word of the language somewhere between two others.
fn put(text: &str, random: &mut Random, word: &str) -> String {
    let places: Vec<usize> = text.match_indices(|it: char| !it.is_alphanumeric()).map(|(at, _)| at).collect();
    let at = if places.is_empty() { 0 } else { places[random.below(places.len())] };
    format!("{} {word} {}", &text[..at], &text[at..])
}

/// One word of the text, or of the language, in place of another.
fn replace_word(text: &str, random: &mut Random) -> String {
    let mut words: Vec<&str> = text.split_inclusive([' ', '\n', ',', ':', '/']).collect();
    if words.is_empty() {
        return text.to_owned();
    }
    let (to, from) = (random.below(words.len()), random.below(words.len() * 2));
    words[to] = words.get(from).copied().unwrap_or(WORDS[from % WORDS.len()]);
    words.concat()
}

fn move_line(text: &str, random: &mut Random, how: Line) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let from = random.below(lines.len());
    let line = if how == Line::Copied { lines[from] } else { lines.remove(from) };
    if how != Line::Gone {
        lines.insert(random.below(lines.len() + 1), line);
    }
    lines.concat()
}

/// A generator of Marsaglia's (xorshift): good enough to choose words.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.peek(end)
    }

    fn peek(&self, end: usize) -> usize {
        usize::try_from(self.0 % end as u64).expect("less than a usize")
    }
}
