//! All tests that look at the compiler from outside, in one binary.

mod syntax;
