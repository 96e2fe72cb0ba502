//! All tests that look at the compiler from outside, in one binary.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "helpers of tests fail and print as tests do")]

mod cases;
mod examples;
mod generate;
mod kasm;
mod laws;
mod support;
