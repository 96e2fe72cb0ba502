//! No input makes the parser panic, hang, or use more than a bounded stack.

use super::{codes, read};
use netdsl::syntax::{MAX_DIAGNOSTICS, MAX_NESTING, MAX_STATEMENT_BYTES};

#[test]
fn a_million_braces() {
    let open = "x {\n".repeat(1_000_000);
    let found = codes(&open);
    assert_eq!(found.iter().filter(|code| code.starts_with("E0110")).count(), 1);
    assert!(found.len() <= 2 * MAX_NESTING + 2, "{}", found.len());
    assert_eq!(codes(&"{".repeat(1_000_000)).iter().filter(|code| code.starts_with("E0110")).count(), 1);
    assert_eq!(codes(&"}".repeat(1_000_000)), ["E0103 1:1"]);
    assert_eq!(codes(&"}\n".repeat(1_000_000)), ["E0103 1:1"]);
    assert!(!codes(&"{}".repeat(100_000)).is_empty());
}

#[test]
fn what_is_behind_a_deep_block_is_read() {
    let deep = format!("{}{}label a, b\n", "namespace n {\n".repeat(40), "}\n".repeat(40));
    let found = codes(&deep);
    assert!(found.contains(&format!("E0110 {}:1", MAX_NESTING + 1)), "{found:?}");
    assert_eq!(found.last().unwrap(), "E0101 81:8");
    assert_eq!(found.len(), MAX_NESTING + 1);
}

#[test]
fn long_lines() {
    assert_eq!(codes(&"a".repeat(10 << 20)), ["E0110 1:1"]);
    assert_eq!(codes(&"#".repeat(10 << 20)), Vec::<String>::new());
    assert_eq!(codes(&format!("use \"{}", "a".repeat(10 << 20))), ["E0104 1:5"]);
    let values = "v,".repeat(MAX_STATEMENT_BYTES / 4);
    assert_eq!(codes(&format!("allow x in ({values}v) -> a/b:1")), Vec::<String>::new());
    let long = codes(&"allow a/b -> c/d ".repeat(50_000));
    assert!(long.len() < 100 && !long.is_empty());
}

#[test]
fn a_hundred_thousand_bad_lines_are_reported_one_by_one() {
    let text = "x\n".repeat(MAX_DIAGNOSTICS + 5);
    let (_, _, parsed) = read(&text);
    assert_eq!(parsed.diagnostics.len(), MAX_DIAGNOSTICS + 1);
    assert_eq!(parsed.diagnostics.last().unwrap().code.entry().code, "E0110");
}

#[test]
fn statements_that_never_end_are_cut() {
    let text = "allow a/b ->\n".repeat(10_000);
    let (_, _, parsed) = read(&text);
    assert_eq!(parsed.diagnostics.len(), 10_000);
    assert_eq!(parsed.file.items.len(), 10_000);
    assert!(!codes(&"allow a/b |\n".repeat(100)).is_empty());
    assert!(!codes(&"x,\n".repeat(500_000)).is_empty());
}
