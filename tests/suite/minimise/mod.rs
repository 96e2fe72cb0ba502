//! What is merged, what must never be, and that nothing else changes.

mod across;
mod fewest;
mod irredundant;
mod laws;
mod merges;
mod show;
mod stability;
mod traps;
mod world;

use crate::policies::Build;

/// Compares the rules of a policy's only namespace, a line each: `SUBJECT DIRECTION: PEERS: PORTS`.
#[track_caller]
fn check(build: Build, expected: &[&str]) {
    assert_eq!(show::lines(build.policy), expected);
}
