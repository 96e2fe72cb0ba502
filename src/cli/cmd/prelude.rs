//! `netdsl prelude`: the file that every program is compiled with.

use crate::check;
use crate::cli::exit::{Exit, Failure};
use crate::cli::io::{self, Stream};

/// Prints it as it stands.
pub(in crate::cli) fn run() -> Result<Exit, Failure> {
    io::print(Stream::Out, |out| out.write_all(check::PRELUDE.as_bytes()))?;
    Ok(Exit::Clean)
}
