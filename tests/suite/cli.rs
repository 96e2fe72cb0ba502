//! The binary from outside: exit codes, streams, and where files are found.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]
#![expect(clippy::disallowed_methods, reason = "the binary is tested on real files")]

mod budget;
mod fixing;
mod formatting;
mod output;
mod query;
mod receipt;
mod stats;
mod streams;
mod testing;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A program without anything wrong.
const CLEAN: &str = "namespace web {\n}\n";
/// A program with one error, E0206.
const BROKEN: &str = "use \"gone.netdsl\"\n";

/// A folder with some files; `netdsl.toml` makes it a root.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files.iter().chain(&[("netdsl.toml", "")]) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn netdsl(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_netdsl"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    for variable in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(variable);
    }
    // What a test has compiled, no other test has.
    command.env("NETDSL_RECEIPTS", "off");
    command
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    netdsl(folder, arguments).output().unwrap().into()
}

fn run_with_input(folder: &Path, arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = netdsl(folder, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap().into()
}

#[test]
fn clean_is_0_and_said_once() {
    let folder = folder(&[("a.netdsl", CLEAN)]);
    for arguments in [&["check"][..], &["check", "."], &["check", "a.netdsl", "./a.netdsl"]] {
        let ran = run(folder.path(), arguments);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
        assert_eq!(ran.err, "1 file, nothing to complain about\n");
    }
    let quiet = run(folder.path(), &["-q", "check"]);
    assert_eq!((quiet.code, quiet.out, quiet.err), (0, String::new(), String::new()));
}

#[test]
fn findings_are_1_and_nothing_is_written() {
    let folder = folder(&[("a.netdsl", BROKEN), ("b.netdsl", CLEAN)]);
    for arguments in [&["check"][..], &["compile"], &["compile", "-o", "-", "a.netdsl"]] {
        let ran = run(folder.path(), arguments);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{}", ran.err);
        assert!(ran.err.contains("error[E0206]") && ran.err.contains("a.netdsl:1:5"), "{}", ran.err);
    }
    assert!(run(folder.path(), &["compile"]).err.ends_with("error: 1 error; nothing was written\n"));
}

#[test]
fn what_cannot_run_is_2() {
    let folder = folder(&[("notes.txt", "")]);
    let cases = [
        (&["check"][..], "error: there is no `.netdsl` file in `.`\n"),
        (&["check", "gone.netdsl"], "error: `gone.netdsl` cannot be read: there is no such file\n"),
        (&["compile", "gone"], "error: `gone` cannot be read: there is no such file\n"),
        (&["explain", "E0399"], "error: there is no code `E0399`; `netdsl explain --list` lists them all\n"),
        (&["explain", "empty-sets"], "error: there is no code `empty-sets`; did you mean `empty-set`?\n"),
    ];
    for (arguments, expected) in cases {
        let ran = run(folder.path(), arguments);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (2, "", expected));
    }
    for (arguments, hint) in [
        (&["chek"][..], "'check'"),
        (&["check", "--deny-warning"], "'--deny-warnings'"),
        (&["check", "--message-format", "jsn"], "'json'"),
        (&["explain"], "<CODE>"),
    ] {
        let ran = run(folder.path(), arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains(hint), "{}", ran.err);
    }
}

#[test]
fn folders_are_searched_as_git_would() {
    let folder = folder(&[
        (".gitignore", "/build/\n*.tmp.netdsl\n"),
        ("a.netdsl", BROKEN),
        ("deep/er/b.netdsl", BROKEN),
        (".hidden/c.netdsl", BROKEN),
        ("build/ignored.netdsl", BROKEN),
        ("x.tmp.netdsl", BROKEN),
        ("d.txt", BROKEN),
        (".git/e.netdsl", BROKEN),
    ]);
    let ran = run(folder.path(), &["check", "--message-format", "short"]);
    let places: Vec<_> = ran.err.lines().filter_map(|line| line.split_once(": ")).map(|it| it.0).collect();
    assert_eq!(places, [".hidden/c.netdsl:1:5", "a.netdsl:1:5", "deep/er/b.netdsl:1:5"]);

    let below = run(folder.path(), &["check", "deep", "--message-format", "short"]);
    assert!(below.err.starts_with("deep/er/b.netdsl:1:5: error[E0206]"), "{}", below.err);

    let named = run(folder.path(), &["check", "build/ignored.netdsl"]);
    assert_eq!(named.code, 1, "what is named is read, ignored or not");
}

#[test]
fn standard_input() {
    let folder = folder(&[("a.netdsl", CLEAN)]);
    let clean = run_with_input(folder.path(), &["check", "-"], b"use \"a.netdsl\"\n");
    assert_eq!((clean.code, clean.err.as_str()), (0, "2 files, nothing to complain about\n"));
    let broken = run_with_input(folder.path(), &["check", "-", "--message-format=short"], BROKEN.as_bytes());
    assert!(broken.err.starts_with("-:1:5: error[E0206]"), "{}", broken.err);
    let garbage = run_with_input(folder.path(), &["check", "-"], b"\xff\xfe\x00");
    assert_eq!(garbage.code, 1);
    assert!(garbage.err.contains("error[E0105]"), "{}", garbage.err);
}

#[test]
fn findings_for_machines_are_the_data_of_check_alone() {
    let folder = folder(&[("a.netdsl", BROKEN)]);
    for format in ["json", "sarif", "github", "gitlab"] {
        let check = run(folder.path(), &["check", "--message-format", format]);
        assert!(check.out.contains("E0206") && check.err.is_empty(), "{format}: {}", check.err);
        let compile = run(folder.path(), &["compile", "--message-format", format]);
        assert!(compile.err.contains("E0206") && compile.out.is_empty(), "{format}: {}", compile.out);
        assert_eq!((check.code, compile.code), (1, 1));
    }
}

#[test]
fn colours_follow_the_argument_then_the_environment() {
    let folder = folder(&[("a.netdsl", BROKEN)]);
    let painted = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut command = netdsl(folder.path(), arguments);
        let ran: Ran = command.envs(environment.iter().copied()).output().unwrap().into();
        ran.err.contains('\u{1b}')
    };
    assert!(!painted(&["check"], &[]), "a pipe");
    assert!(painted(&["check"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!painted(&["check"], &[("CLICOLOR_FORCE", "0")]));
    assert!(!painted(&["check"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(painted(&["check", "--color=always"], &[("NO_COLOR", "1")]));
    assert!(!painted(&["check", "--color=never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn explain_and_prelude() {
    let folder = folder(&[]);
    let explained = run(folder.path(), &["explain", "e0302"]);
    assert_eq!(explained.code, 0);
    assert!(explained.out.starts_with("# E0302: the label does not have this value\n"), "{}", explained.out);
    assert_eq!(run(folder.path(), &["explain", "rule-without-effect"]).code, 0);
    let list = run(folder.path(), &["explain", "--list"]);
    assert_eq!(list.out.lines().count(), netdsl::diag::Code::all().count());
    let prelude = run(folder.path(), &["prelude"]);
    assert!(prelude.out.contains("network internet ="), "{}", prelude.out);
}

#[test]
fn completions_and_man_pages() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run(folder.path(), &["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("message-format"), "{shell}: {}", ran.err);
    }
    assert_eq!(run(folder.path(), &["man", "pages/man1"]).code, 0);
    let mut pages: Vec<_> = fs::read_dir(folder.path().join("pages/man1"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    pages.sort();
    let expected = ["check", "compile", "completions", "explain", "fmt", "man", "prelude", "query", "test"];
    let expected: Vec<_> = expected.iter().map(|command| format!("netdsl-{command}.1")).collect();
    assert_eq!(pages, [expected, vec!["netdsl.1".into()]].concat());
    let page = fs::read_to_string(folder.path().join("pages/man1/netdsl-check.1")).unwrap();
    assert!(page.contains("Exit codes") && page.contains("netdsl check"), "{page}");
}

#[test]
fn help_has_examples_first_and_exit_codes_last() {
    let folder = folder(&[]);
    for arguments in [&["--help"][..], &["check", "--help"], &["compile", "--help"], &["man", "--help"]] {
        let ran = run(folder.path(), arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(ran.out.starts_with("Examples:\n"), "{}", ran.out);
        assert!(ran.out.contains("Exit codes:\n  0  clean"), "{}", ran.out);
        assert!(ran.out.ends_with("cannot be read or written\n"), "{}", ran.out);
    }
    let short = run(folder.path(), &["-h"]);
    assert!(short.out.lines().count() <= 24, "more than a screen:\n{}", short.out);
}

#[cfg(unix)]
#[test]
fn kubectl_finds_it_as_a_plugin() {
    let folder = folder(&[]);
    let plugin = folder.path().join("kubectl-netdsl");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_netdsl"), &plugin).unwrap();
    let ran: Ran = Command::new(plugin).args(["check", "-h"]).output().unwrap().into();
    assert!(ran.out.contains("Usage: kubectl netdsl check"), "{}", ran.out);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_quiet() {
    let many = "use \"gone.netdsl\"\n".repeat(5000);
    let folder = folder(&[("a.netdsl", &many)]);
    for arguments in [&["explain", "--list"][..], &["check", "--message-format=json"], &["--help"]] {
        let mut command = netdsl(folder.path(), arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take().unwrap());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(err, "", "{arguments:?}");
        assert!(matches!(child.wait().unwrap().code(), Some(0 | 1)), "{arguments:?}");
    }
}

#[test]
fn compile_writes_yaml_to_standard_output_alone() {
    let folder = folder(&[("a.netdsl", "namespace web {\n  default deny ingress\n}\n")]);
    for arguments in [&["compile"][..], &["compile", "-o", "-"], &["compile", "a.netdsl", "--output=-"]] {
        let ran = run(folder.path(), arguments);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.starts_with("apiVersion: networking.k8s.io/v1\n"), "{}", ran.out);
        assert!(ran.err.starts_with("proved: 1 policy says what 0 rules say, in "), "{}", ran.err);
        assert_eq!(ran.err.lines().count(), 1);
    }
    for arguments in [["compile", "-q"], ["compile", "--message-format=json"]] {
        assert_eq!(run(folder.path(), &arguments).err, "");
    }
}

#[test]
fn warnings_pass_unless_denied() {
    let warned = "namespace web {\n  default deny egress\n  allow 203.0.113.0/24 -> *:80\n}\n";
    let folder = folder(&[("a.netdsl", warned)]);
    let check = run(folder.path(), &["check"]);
    assert_eq!(check.code, 0);
    assert!(check.err.ends_with("\nwarning: 1 warning\n"), "{}", check.err);
    let denied = run(folder.path(), &["check", "--deny-warnings"]);
    assert_eq!(denied.code, 1);
    assert!(denied.err.ends_with("\nwarning: 1 warning; denied by --deny-warnings\n"), "{}", denied.err);
    let compile = run(folder.path(), &["compile"]);
    assert_eq!(compile.code, 0);
    assert!(
        compile.out.contains("kind: NetworkPolicy") && compile.err.contains("\nwarning: 1 warning\nproved: "),
        "{}",
        compile.err
    );
}

#[test]
fn the_order_of_paths_changes_no_byte() {
    let folder = folder(&[
        ("a.netdsl", "use \"c.netdsl\"\nnamespace a {\n  allow nobody -> *\n}\n"),
        ("b.netdsl", "namespace b {\n  allow office -> *\n}\n"),
        ("c.netdsl", "network office = 203.0.113.0/24\nnamespace c {\n  allow office -> *:80\n  x\n}\n"),
    ]);
    let expected = run(folder.path(), &["check", "a.netdsl", "b.netdsl", "c.netdsl"]);
    assert_eq!(expected.code, 1);
    for order in [["c.netdsl", "b.netdsl", "a.netdsl"], ["b.netdsl", "a.netdsl", "b.netdsl"]] {
        let arguments: Vec<&str> = std::iter::once("check").chain(order).collect();
        assert_eq!(run(folder.path(), &arguments).err, expected.err);
    }
    assert_eq!(run(folder.path(), &["check"]).err, expected.err);
}
