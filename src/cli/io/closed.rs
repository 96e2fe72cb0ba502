//! Whether a standard stream is closed, and what then stands in its place.
//!
//! Rust opens `/dev/null` for a standard stream that is closed, so that policies written to it would be lost without
//! an error, and a program read from it would be an empty one. Nobody else opens it for both reading and writing but
//! launchers that were told to ignore the stream: in both cases nothing arrives, and the caller should know.

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

/// Whether a standard stream is `/dev/null` as Rust opens it. A shell's `> /dev/null` is for writing alone, and its
/// `< /dev/null` for reading alone, and an empty program.
#[cfg(unix)]
pub(super) fn is_closed(stream: &impl std::os::fd::AsFd) -> bool {
    use rustix::fs::{OFlags, fcntl_getfl, fstat, stat};
    let both_ways = fcntl_getfl(stream).is_ok_and(|flags| flags & OFlags::ACCMODE == OFlags::RDWR);
    let null =
        || stat("/dev/null").is_ok_and(|null| fstat(stream).is_ok_and(|it| it.st_rdev == null.st_rdev));
    both_ways && null()
}

/// Elsewhere a closed stream fails by itself.
#[cfg(not(unix))]
pub(super) fn is_closed<S>(_: &S) -> bool {
    false
}
