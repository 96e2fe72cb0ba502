//! Documents that are made from the compiler itself: the reference of the codes and of the command line.

use std::fmt::Write;
use std::process::{Command, Stdio};

use netdsl::diag::Code;
use netdsl::diag::render::explain;

use crate::support;

/// Set to 1, the generated documents are written anew.
const RENEW: &str = "NETDSL_RENEW";

/// How they are written anew.
const HOW: &str = "NETDSL_RENEW=1 cargo test --test suite generated";

#[test]
fn the_reference_of_the_codes_is_fresh() {
    compare("docs/diagnostics.md", &diagnostics());
}

#[test]
fn the_reference_of_the_command_line_is_fresh() {
    compare("docs/cli.md", &command_line());
}

#[expect(clippy::disallowed_methods, reason = "the documents are files of the repository")]
fn compare(path: &str, fresh: &str) {
    let file = support::repository(path);
    if std::env::var_os(RENEW).is_some_and(|value| value == "1") {
        std::fs::write(&file, fresh).unwrap();
    }
    let kept = if file.exists() { support::read(&file) } else { String::new() };
    assert!(kept == fresh, "{path} is stale; renew it: {HOW}");
}

fn header(title: &str, of: &str) -> String {
    format!("# {title}\n\n<!-- Generated from {of}. Do not edit; renew it: {HOW} -->\n\n")
}

fn diagnostics() -> String {
    let mut text = header("Findings and their codes", "src/diag/codes");
    text.push_str(
        "`netdsl explain CODE` prints one of these sections. Codes never change their meaning. Errors keep everything \
         from being written;\nwarnings (`W…`) do not, and exit with 1 under `--deny-warnings` alone.\n\n",
    );
    for code in Code::all() {
        let entry = code.entry();
        writeln!(text, "- [{0}](#{1}) {2}", entry.code, anchor(code), entry.title).unwrap();
    }
    for code in Code::all() {
        write!(text, "\n{}", one_level_down(&explain::markdown(code))).unwrap();
    }
    text
}

/// The anchor that renderers of Markdown make from a heading.
fn anchor(code: Code) -> String {
    let heading = format!("{}: {}", code.entry().code, code.entry().title).to_lowercase();
    let kept = heading.chars().filter(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_'));
    kept.map(|it| if it == ' ' { '-' } else { it }).collect()
}

/// A Markdown text whose headings are one level lower; what begins with `#` in a program is none.
fn one_level_down(markdown: &str) -> String {
    let mut in_program = false;
    let mut text = String::new();
    for line in markdown.lines() {
        in_program ^= line.starts_with("```");
        let lower = if line.starts_with('#') && !in_program { "#" } else { "" };
        text.extend([lower, line, "\n"]);
    }
    text
}

fn command_line() -> String {
    let mut text = header("The command line", "the help of every command");
    let top = help(&[]);
    write!(text, "## netdsl\n\n```console\n$ netdsl --help\n{top}```\n").unwrap();
    for command in commands(&top) {
        let shown = help(&[command]);
        write!(text, "\n## netdsl {command}\n\n```console\n$ netdsl {command} --help\n{shown}```\n").unwrap();
    }
    text
}

/// The names under the heading `Commands:`.
fn commands(help: &str) -> Vec<&str> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = list.take_while(|line| !line.is_empty()).filter_map(|line| line.strip_prefix("  "));
    let found: Vec<&str> =
        names.filter(|line| !line.starts_with(' ')).filter_map(|line| line.split(' ').next()).collect();
    assert!(found.contains(&"compile"), "{found:?}");
    found
}

/// The long help of a command, as a pipe gets it.
fn help(command: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_netdsl"))
        .args(command)
        .arg("--help")
        .env("COLUMNS", "100")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}
