//! What fuzzers have found, and every case and example beside it, by the very laws that the fuzzers check.
//!
//! `fuzz/` holds the laws and how to run them with a fuzzer; `tests/fuzzed` what came of it: programs, and YAML.

#[expect(unreachable_pub, reason = "another crate has this file as well")]
#[path = "../../fuzz/src/laws.rs"]
mod laws;

use crate::support;

type Law = fn(&[u8]);

/// Holds the files below a folder to laws, in order; how many there were.
fn hold(folder: &str, extension: &str, laws: &[Law]) -> usize {
    let paths = support::files_below(&support::repository(folder), extension);
    for path in &paths {
        let bytes = bytes(path);
        let held = std::panic::catch_unwind(|| {
            for law in laws {
                law(&bytes);
            }
        });
        assert!(held.is_ok(), "{} breaks a law", path.display());
    }
    paths.len()
}

#[expect(clippy::disallowed_methods, reason = "tests read their own data, which may be no text")]
fn bytes(path: &std::path::Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

#[test]
fn what_was_found_stays_mended() {
    let programs = hold("tests/fuzzed", "netdsl", &[laws::parse, laws::format, laws::compile]);
    let manifests = hold("tests/fuzzed", "yaml", &[laws::yaml_reader]);
    assert!(programs + manifests > 0);
}

#[test]
fn cases_and_examples_keep_the_laws() {
    assert!(hold("tests/cases", "netdsl", &[laws::parse, laws::compile]) > 400);
    assert!(hold("examples", "netdsl", &[laws::parse, laws::format, laws::compile]) > 4);
}
