//! What a phase cannot cost less than: the least work with the same bytes, measured in the same run.

use std::fs;
use std::hint::black_box;
use std::io::Result;
use std::time::{Duration, Instant};

use camino::Utf8Path;

use crate::disk;

/// The floors of one program.
pub(crate) struct Floors {
    /// Reading the bytes of the source.
    pub(crate) read: Duration,
    /// Putting the bytes of the output together, line by line.
    pub(crate) write: Duration,
    /// Going over the bytes of the output, line by line.
    pub(crate) scan: Duration,
    /// Sorting the policies by namespace and name.
    pub(crate) sort: Duration,
    /// How many bytes there are to read.
    pub(crate) source_bytes: usize,
}

/// Measures them: of a folder with a program, and the text that it compiles to.
pub(crate) fn floors(folder: &Utf8Path, yaml: &str) -> Result<Floors> {
    let mut source_bytes = 0;
    let mut read = || {
        source_bytes = 0;
        for file in disk::files(folder)? {
            source_bytes += black_box(fs::read(file)?).len();
        }
        Ok(())
    };
    let read = best(&mut read)?;
    let write = best(&mut || {
        let mut text = String::new();
        yaml.split_inclusive('\n').for_each(|line| text.push_str(black_box(line)));
        black_box(text);
        Ok(())
    })?;
    let scan = best(&mut || {
        black_box(yaml.lines().map(|line| line.len() - line.trim_start().len()).sum::<usize>());
        Ok(())
    })?;
    let names = names(yaml);
    let sort = best(&mut || {
        let mut sorted = names.clone();
        sorted.sort_unstable();
        black_box(sorted);
        Ok(())
    })?;
    Ok(Floors { read, write, scan, sort, source_bytes })
}

/// Namespace and name of each policy, in an order that is not theirs.
fn names(yaml: &str) -> Vec<(&str, &str)> {
    let behind = |document: &'_ str, key: &str| -> Option<(usize, usize)> {
        let from = document.find(key)? + key.len();
        Some((from, from + document[from..].find('\n')?))
    };
    let field = |document: &'_ str, key: &str| behind(document, key).unwrap_or_default();
    let mut names: Vec<(&str, &str)> = yaml
        .split("---\n")
        .map(|document| {
            let (namespace, name) = (field(document, "\n  namespace: "), field(document, "\n  name: "));
            (&document[namespace.0..namespace.1], &document[name.0..name.1])
        })
        .collect();
    names.sort_by_key(|(namespace, name)| (name.len(), name.bytes().next_back(), namespace.len()));
    names
}

/// The shortest of five: a floor is what is possible.
fn best(run: &mut dyn FnMut() -> Result<()>) -> Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        run()?;
        best = best.min(start.elapsed());
    }
    Ok(best)
}
