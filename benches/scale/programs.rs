//! Programs as files.

use std::fs;
use std::io::{Error, Result};

use camino::{Utf8Path, Utf8PathBuf};

use crate::clusters::{self, Files, Program, Shape};
use crate::worst;

/// Writes what was asked for into a folder: a file for each namespace, or one file where the path is that of one.
pub(crate) fn generate(what: &str, path: &Utf8Path) -> Result<()> {
    if what == "worst" {
        return worst::all().iter().try_for_each(|worst| write(&worst.program, &path.join(worst.name)));
    }
    let unknown = |_| Error::other(format!("`{what}` is neither a number, `published` nor `worst`"));
    let shape = match what {
        "published" => Shape::published(),
        rules => Shape::of(rules.parse().map_err(unknown)?),
    };
    if path.extension() == Some("netdsl") {
        return fs::write(path, &clusters::cluster(&shape.with(Files::One)).files[0].1);
    }
    write(&clusters::cluster(&shape), path)
}

/// Writes a program into a folder of its own below that of the build, where what was there before is gone.
pub(crate) fn scratch(program: &Program, name: &str) -> Result<Utf8PathBuf> {
    let folder = Utf8Path::new(env!("CARGO_TARGET_TMPDIR")).join("scale").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    write(program, &folder)?;
    Ok(folder)
}

fn write(program: &Program, folder: &Utf8Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    program.files.iter().try_for_each(|(name, text)| fs::write(folder.join(name), text))
}
