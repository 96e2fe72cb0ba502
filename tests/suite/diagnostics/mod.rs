//! What users see of a finding: every format, and the text of every code.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

mod codes;
mod render;
