//! All tests that look at the compiler from outside, in one binary.

mod cases;
mod examples;
mod generate;
mod kasm;
mod laws;
mod support;
