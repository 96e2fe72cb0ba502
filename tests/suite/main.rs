//! All tests that look at the compiler from outside, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::wildcard_enum_match_arm,
    reason = "helpers of tests fail and print as tests do"
)]

mod admission;
mod backend;
mod canonical;
mod cases;
mod claims;
mod cli;
mod clusters;
mod connectivity;
mod corpus;
mod denote;
mod diagnostics;
mod documents;
mod evaluator;
mod examples;
mod fix;
mod fmt;
mod fuzzed;
mod generate;
mod hostile;
mod kasm;
mod laws;
mod layers;
mod lints;
mod load;
mod lower;
mod minimise;
mod mutants;
mod oracle;
mod output;
mod parts;
mod planted;
mod policies;
mod scenarios;
mod strict;
mod support;
mod syntax;
mod tidy;
mod verify;
mod yaml;
