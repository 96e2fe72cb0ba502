//! All tests that look at the compiler from outside, in one binary.

mod backend;
mod minimise;
mod policies;
mod yaml;
