//! The long text of a code, as `netdsl explain` prints it and as SARIF carries it.

use std::fmt::Write;

use crate::diag::{Code, Severity};

/// The long text as Markdown: title, explanation, a wrong and a right program.
pub fn markdown(code: Code) -> String {
    let entry = code.entry();
    let mut text = format!("# {}: {}\n\n{}\n", entry.code, entry.title, entry.explanation);
    for (heading, program) in [("Wrong", entry.wrong), ("Right", entry.right)] {
        if !program.is_empty() {
            let program = program.trim_matches('\n');
            write!(text, "\n## {heading}\n\n```netdsl\n{program}\n```\n").expect("strings take everything");
        }
    }
    text
}

/// Every code on a line of its own: `E0101  error    something else was expected here`.
pub fn list() -> String {
    let line = |code: Code| {
        let entry = code.entry();
        let severity = match code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        format!("{}  {severity:<7}  {}\n", entry.code, entry.title)
    };
    Code::all().map(line).collect()
}
