//! The `netdsl` binary.
fn main() {}
