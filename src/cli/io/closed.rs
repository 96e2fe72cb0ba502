//! Whether standard output is closed, and what then stands in its place.
//!
//! Rust opens `/dev/null` for a standard stream that is closed, so that policies written to it would be lost without
//! an error. Nobody else opens it for reading too but launchers that were told to ignore the output: in both cases
//! nothing that is written arrives, and the caller should know.

use std::io;

/// Takes nothing, as a closed stream does.
pub(super) struct Closed;

impl io::Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::Error::other("standard output is closed, or is ignored by what started netdsl"))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether standard output is `/dev/null` as Rust opens it; a shell's `> /dev/null` is for writing alone.
#[cfg(unix)]
pub(super) fn is_closed() -> bool {
    use rustix::fs::{OFlags, fcntl_getfl, fstat, stat};
    let out = io::stdout();
    let both_ways = fcntl_getfl(&out).is_ok_and(|flags| flags & OFlags::ACCMODE == OFlags::RDWR);
    let null = || stat("/dev/null").is_ok_and(|null| fstat(&out).is_ok_and(|it| it.st_rdev == null.st_rdev));
    both_ways && null()
}

/// Elsewhere a closed stream fails by itself.
#[cfg(not(unix))]
pub(super) fn is_closed() -> bool {
    false
}
