//! The fenced blocks of a Markdown text, and what they claim.

/// A fenced block.
pub(crate) struct Block {
    /// What its info string makes of it.
    pub(crate) kind: Kind,
    /// What stands in it.
    pub(crate) text: String,
    /// The line of its fence, from 1.
    pub(crate) line: usize,
}

/// What a block is.
pub(crate) enum Kind {
    /// A program of netdsl.
    Program(Claims),
    /// Output of the last program.
    Yaml,
    /// Findings of the last program.
    Text,
    /// Nothing that is looked at.
    Other,
}

/// What is claimed about a program.
#[derive(Default)]
pub(crate) struct Claims {
    /// All errors that it gets.
    pub(crate) errors: Vec<String>,
    /// Some warnings that it gets.
    pub(crate) warnings: Vec<String>,
    /// Whether nothing at all is found.
    pub(crate) clean: bool,
    /// Whether it belongs to the programs before it.
    pub(crate) more: bool,
    /// Its name.
    pub(crate) file: Option<String>,
}

/// The blocks of a text, in order.
pub(crate) fn of(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for (at, line) in text.lines().enumerate() {
        match (line.strip_prefix("```"), open) {
            (Some(info), false) => {
                blocks.push(Block { kind: kind(info), text: String::new(), line: at + 1 });
                open = true;
            }
            (Some(_), true) => open = false,
            (None, true) => blocks.last_mut().unwrap().text.extend([line, "\n"]),
            (None, false) => {}
        }
    }
    assert!(!open, "the last block is not closed");
    blocks
}

fn kind(info: &str) -> Kind {
    let mut words = info.split(',');
    match words.next() {
        Some("netdsl") => Kind::Program(words.fold(Claims::default(), claim)),
        Some("yaml") => Kind::Yaml,
        Some("text") => Kind::Text,
        _ => Kind::Other,
    }
}

fn claim(mut claims: Claims, word: &str) -> Claims {
    let list = |codes: &str| codes.split('+').map(str::to_owned).collect();
    match word.split_once('=') {
        None if word == "more" => claims.more = true,
        None if word == "clean" => claims.clean = true,
        Some(("error", codes)) => claims.errors = list(codes),
        Some(("warning", codes)) => claims.warnings = list(codes),
        Some(("file", name)) => claims.file = Some(name.to_owned()),
        other => panic!("nothing is known of the claim {other:?}"),
    }
    claims
}

/// Whether some lines of a text are these, all of them indented by the same amount or not. White space at their
/// ends does not count.
pub(crate) fn shows(text: &str, excerpt: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let wanted: Vec<&str> = excerpt.lines().collect();
    !wanted.is_empty() && lines.windows(wanted.len()).any(|window| same_but_for_indent(window, &wanted))
}

fn same_but_for_indent(lines: &[&str], wanted: &[&str]) -> bool {
    let Some(indent) = lines[0].strip_suffix(wanted[0]) else { return false };
    indent.trim().is_empty()
        && lines
            .iter()
            .zip(wanted)
            .all(|(line, it)| line.strip_prefix(indent) == Some(*it) || line == it && it.is_empty())
}

#[test]
fn excerpts_are_found_wherever_they_are_indented() {
    let text = "a:\n  b:\n  - c\nd: e\n";
    assert!(shows(text, "b:\n- c\n") && shows(text, "  b:\n  - c\nd: e\n"));
    assert!(!shows(text, "b:\n- d\n") && !shows(text, "b:\n  - c\n") && !shows(text, ""));
}
