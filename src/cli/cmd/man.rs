//! `netdsl man`: one page for the program and one for each command.

use crate::cli::args::{self, Man};
use crate::cli::exit::{Exit, Failure};
use crate::cli::io;

/// Writes the pages into a folder.
pub(in crate::cli) fn run(args: &Man) -> Result<Exit, Failure> {
    let mut command = args::command("netdsl");
    command.build();
    write(&args.folder, command.clone())?;
    for command in command.get_subcommands() {
        let name = format!("netdsl-{}", command.get_name());
        write(&args.folder, command.clone().display_name(name))?;
    }
    Ok(Exit::Clean)
}

/// Writes one page.
fn write(folder: &camino::Utf8Path, command: clap::Command) -> Result<(), Failure> {
    let man = clap_mangen::Man::new(command);
    let mut page = Vec::new();
    man.render(&mut page).map_err(|error| Failure(format!("the man pages cannot be made: {error}")))?;
    io::write(&folder.join(man.get_filename()), &page)
}
