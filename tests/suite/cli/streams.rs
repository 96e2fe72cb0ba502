//! Streams as shells make them: closed, full, given up half way, pipes as files, and more findings than a person reads.

use super::{CLEAN, Ran, folder, run};

/// Runs a line of a shell, in which `$0` is netdsl.
#[cfg(unix)]
fn shell(folder: &std::path::Path, line: &str) -> Ran {
    let mut command = std::process::Command::new("sh");
    command.args(["-c", line, env!("CARGO_BIN_EXE_netdsl")]).current_dir(folder);
    command.stdin(std::process::Stdio::null()).env("NETDSL_RECEIPTS", "off").output().unwrap().into()
}

/// A closed stream takes no policies, and whoever ignores them is told; `> /dev/null` is a choice.
#[cfg(unix)]
#[test]
fn a_closed_standard_output_fails() {
    let folder = folder(&[("a.netdsl", CLEAN)]);
    let closed = shell(folder.path(), "\"$0\" compile a.netdsl >&-");
    assert_eq!(closed.code, 2);
    assert!(
        closed.err.starts_with("error: the output cannot be written: standard output is closed"),
        "{}",
        closed.err
    );
    for line in
        ["\"$0\" compile a.netdsl >/dev/null", "\"$0\" check >&-", "\"$0\" compile -o out a.netdsl >&-"]
    {
        assert_eq!(shell(folder.path(), line).code, 0, "{line}");
    }
    assert_eq!(shell(folder.path(), "\"$0\" compile a.netdsl >&- 2>&-").code, 2);
}

/// A closed stream is no empty program, of which `--prune` would leave nothing; nor is an empty one taken at its word.
#[cfg(unix)]
#[test]
fn nothing_is_removed_because_nothing_arrived() {
    let folder = folder(&[("a.netdsl", CLEAN)]);
    assert_eq!(shell(folder.path(), "\"$0\" compile -o out - <a.netdsl").code, 0);
    let closed = shell(folder.path(), "\"$0\" compile -o out --prune - <&-");
    assert_eq!(closed.code, 2);
    assert!(closed.err.contains("standard input is closed"), "{}", closed.err);
    let empty = shell(folder.path(), "\"$0\" compile -o out --prune - </dev/null");
    assert_eq!(empty.code, 2);
    assert!(empty.err.contains("add `--force` if that is meant"), "{}", empty.err);
    assert!(folder.path().join("out/web.yaml").exists());
    assert_eq!(shell(folder.path(), "\"$0\" compile -o out --prune --force - </dev/null").code, 0);
    assert!(!folder.path().join("out/web.yaml").exists());
}

/// Labels of builds and releases begin as dates do.
#[test]
fn labels_like_dates_are_words() {
    let text = "label v = *\nnamespace web {\n  pods a where v=2024-01-15T10-00\n  allow a -> a:80\n}\n";
    let folder = folder(&[("a.netdsl", text)]);
    let ran = run(folder.path(), &["compile", "a.netdsl"]);
    assert!(ran.code == 0 && ran.out.contains("v: 2024-01-15T10-00\n"), "{}{}", ran.out, ran.err);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_fails() {
    let folder = folder(&[("a.netdsl", CLEAN)]);
    let full = shell(folder.path(), "\"$0\" compile a.netdsl >/dev/full");
    assert_eq!(full.code, 2);
    assert!(full.err.contains("error: the output cannot be written: "), "{}", full.err);
}

/// `head` has seen enough.
#[cfg(unix)]
#[test]
fn who_reads_the_beginning_alone_hears_nothing_else() {
    let many: Vec<String> = (0..2000).map(|n| format!("namespace n{n} {{\n}}\n")).collect();
    let folder = folder(&[("a.netdsl", &many.concat())]);
    let ran = shell(folder.path(), "\"$0\" -q compile a.netdsl | head -n 1");
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("apiVersion: networking.k8s.io/v1\n", ""));
}

/// What is named is read to its end, also where that is no file.
#[cfg(unix)]
#[test]
fn pipes_and_devices_are_read_to_their_end() {
    let folder = folder(&[("a.netdsl", CLEAN)]);
    let pipe = shell(folder.path(), "mkfifo p && (cat a.netdsl > p & \"$0\" compile p)");
    assert_eq!(pipe.code, 0, "{}", pipe.err);
    assert!(pipe.out.contains("namespace: web"), "{}", pipe.out);
    assert_eq!(run(folder.path(), &["check", "/dev/null"]).code, 0);
    // A pipe that nobody named is not even opened: this would wait for ever.
    assert_eq!(run(folder.path(), &["check", "."]).code, 0);
}

/// Errors before warnings, and what is left out is counted.
#[test]
fn very_many_findings_are_counted_and_not_shown() {
    let warned = "namespace web {\n  ## nothing\n}\n".repeat(300);
    let folder = folder(&[("a.netdsl", &format!("{warned}{}", "wrong\n".repeat(1000)))]);
    let ran = run(folder.path(), &["check"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.ends_with(
        "\n… and 1100 more: `--message-format short` lists them all\n\nerror: 1000 errors, 300 warnings\n"
    ));
    assert_eq!((ran.err.matches("error[").count(), ran.err.matches("warning[").count()), (200, 0));
    for (format, of) in [("short", 0), ("json", 1), ("github", 1)] {
        let ran = run(folder.path(), &["check", "--message-format", format]);
        assert_eq!([ran.err, ran.out][of].lines().count(), 1300, "{format}");
    }
}

/// The same on one line of nearly a megabyte, the most that a statement may have.
#[test]
fn long_lines_are_not_repeated() {
    let peers: Vec<String> = (0..9000).map(|n| format!("undeclared-{n:089}")).collect();
    let folder = folder(&[("a.netdsl", &format!("namespace n {{ allow {} -> dns }}\n", peers.join(" | ")))]);
    let ran = run(folder.path(), &["compile"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.ends_with("\nerror: 9000 errors; nothing was written\n"));
    assert!(ran.err.len() < 200_000, "{} bytes", ran.err.len());
}
