//! All tests that look at the compiler from outside, in one binary.

mod backend;
mod cli;
mod diagnostics;
mod load;
mod policies;
