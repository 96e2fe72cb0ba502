//! All tests that look at the compiler from outside, in one binary.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "helpers of tests fail and print as tests do")]

mod admission;
mod connectivity;
mod corpus;
mod denote;
mod evaluator;
mod laws;
mod oracle;
mod verify;
