//! The phases of a compile, for those who watch it: a progress bar, a benchmark.
//!
//! Watching changes nothing: a watcher hears of each phase as it begins, and has no say.

/// What a compile is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Types: names, labels, ports, addresses.
    Check,
    /// What is legal and probably not meant. Where there are several cores, the next phase begins at once, and this
    /// one goes on beside all that follow.
    Lint,
    /// Rules to the allowed connections of each direction.
    Lower,
    /// The guards and tests of the program.
    Prove,
    /// Fewer and smaller rules, and their text: each namespace by itself.
    Write,
    /// The text read back and compared.
    Verify,
}

/// What is called as each phase begins, on one thread or another.
pub type Watch<'a> = &'a mut (dyn FnMut(Phase) + Send);

impl Phase {
    /// All of them, in the order in which they begin.
    pub const ALL: [Self; 6] = [Self::Check, Self::Lint, Self::Lower, Self::Prove, Self::Write, Self::Verify];
}
