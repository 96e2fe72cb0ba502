//! The long text of a code, as `netdsl explain` prints it and as SARIF carries it.

use std::fmt::Write;

use crate::diag::Code;

/// How wide the text is.
const WIDTH: usize = 90;

/// The long text as Markdown: title, explanation, a wrong and a right program.
pub fn markdown(code: Code) -> String {
    let entry = code.entry();
    let mut text = format!("# {}: {}\n\n{}\n", entry.code, entry.title, wrapped(entry.explanation));
    for (heading, program) in [("Wrong", entry.wrong), ("Right", entry.right)] {
        if !program.is_empty() {
            let program = program.trim_matches('\n');
            write!(text, "\n## {heading}\n\n```netdsl\n{program}\n```\n").expect("strings take everything");
        }
    }
    text
}

/// The text in lines of at most [`WIDTH`] characters, where its words allow that.
fn wrapped(text: &str) -> String {
    let mut lines = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        let separator = match column {
            0 => "",
            _ if column + 1 + width > WIDTH => "\n",
            _ => " ",
        };
        column = if separator == " " { column + 1 + width } else { width };
        lines.push_str(separator);
        lines.push_str(word);
    }
    lines
}

/// Every code on a line of its own: `E0101  error    something else was expected here`.
pub fn list() -> String {
    let line = |code: Code| {
        let entry = code.entry();
        let severity = super::level(code.severity());
        format!("{}  {severity:<7}  {}\n", entry.code, entry.title)
    };
    Code::all().map(line).collect()
}
