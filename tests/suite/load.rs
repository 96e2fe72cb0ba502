//! Which files a run has, over a file system in memory.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use camino::{Utf8Path, Utf8PathBuf};
use netdsl::load::{Disk, Loaded, Root, Unreadable, load};

/// Files by absolute path, and links to them.
#[derive(Clone, Default)]
struct Memory {
    files: BTreeMap<Utf8PathBuf, Vec<u8>>,
    links: BTreeMap<Utf8PathBuf, Utf8PathBuf>,
    reads: Arc<Mutex<Vec<Utf8PathBuf>>>,
}

impl Memory {
    fn new(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| (path.into(), text.as_bytes().to_vec());
        Self { files: files.iter().map(file).collect(), ..Self::default() }
    }

    fn reads(&self) -> Vec<Utf8PathBuf> {
        self.reads.lock().unwrap().clone()
    }

    fn link(mut self, from: &str, to: &str) -> Self {
        self.links.insert(from.into(), to.into());
        self
    }
}

impl Disk for Memory {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, String> {
        let path = self.canonical(path)?;
        self.reads.lock().unwrap().push(path.clone());
        Ok(self.files[&path].clone())
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, String> {
        let mut parts: Vec<&str> = Vec::new();
        let absolute = self.working_directory().join(path);
        for part in absolute.as_str().split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        let plain = Utf8PathBuf::from(format!("/{}", parts.join("/")));
        let found = self.links.get(&plain).cloned().unwrap_or(plain);
        if self.files.contains_key(&found) { Ok(found) } else { Err("there is no such file".into()) }
    }

    fn exists(&self, path: &Utf8Path) -> bool {
        self.files.contains_key(path)
    }

    fn working_directory(&self) -> Utf8PathBuf {
        "/project".into()
    }
}

fn run(disk: &Memory, paths: &[&str]) -> Loaded {
    load(paths.iter().map(|path| Root::File((*path).into())).collect(), disk).unwrap()
}

fn names(loaded: &Loaded) -> Vec<&str> {
    loaded.sources.iter().map(|(_, source)| source.path().as_str()).collect()
}

fn codes(loaded: &Loaded) -> Vec<String> {
    let place = |it: &netdsl::diag::Diagnostic| {
        let at = loaded.sources.position(it.primary.span);
        let path = loaded.sources.get(it.primary.span.file).path();
        format!("{path}:{}:{} {} {}", at.line, at.column, it.code.entry().code, it.message)
    };
    loaded.diagnostics.iter().map(place).collect()
}

#[test]
fn each_file_once_in_cycles_and_diamonds() {
    let disk = Memory::new(&[
        ("/project/a.netdsl", "use \"lib/b.netdsl\"\nuse \"c.netdsl\"\nuse \"a.netdsl\"\n"),
        ("/project/lib/b.netdsl", "use \"../c.netdsl\"\n"),
        ("/project/c.netdsl", "use \"./lib/../a.netdsl\"\n"),
    ]);
    let loaded = run(&disk, &["a.netdsl"]);
    assert_eq!(codes(&loaded), [""; 0]);
    assert_eq!(names(&loaded), ["a.netdsl", "c.netdsl", "lib/b.netdsl"]);
    assert_eq!(disk.reads().len(), 3);
    assert!(loaded.files.iter().zip(loaded.sources.iter()).all(|(file, (id, _))| file.id == id));
}

#[test]
fn the_order_of_paths_changes_nothing() {
    let disk = Memory::new(&[
        ("/project/a.netdsl", "use \"z.netdsl\"\n"),
        ("/project/m.netdsl", "use \"gone.netdsl\"\n"),
        ("/project/z.netdsl", "use \"also-gone.netdsl\"\n"),
    ]);
    let shown = |paths: &[&str]| {
        let loaded = run(&disk.clone(), paths);
        (names(&loaded).join(" "), codes(&loaded))
    };
    let expected = shown(&["a.netdsl", "m.netdsl", "z.netdsl"]);
    assert_eq!(expected.0, "a.netdsl m.netdsl z.netdsl");
    assert_eq!(shown(&["z.netdsl", "m.netdsl", "a.netdsl"]), expected);
    assert_eq!(shown(&["m.netdsl", "a.netdsl"]), expected);
    assert_eq!(shown(&["./z.netdsl", "m.netdsl", "z.netdsl", "a.netdsl", "./a.netdsl"]).1.len(), 2);
}

#[test]
fn a_missing_file_is_an_error_at_each_use() {
    let disk = Memory::new(&[("/project/a.netdsl", "use \"b.netdsl\"\n# no\n  use \"b.netdsl\"\n")]);
    let loaded = run(&disk, &["a.netdsl"]);
    let expected = "`b.netdsl` cannot be read: there is no such file";
    assert_eq!(
        codes(&loaded),
        [format!("a.netdsl:1:5 E0206 {expected}"), format!("a.netdsl:3:7 E0206 {expected}")]
    );
}

#[test]
fn nothing_outside_the_root_is_even_looked_at() {
    for path in ["../secret.netdsl", "/secret.netdsl", "../../secret.netdsl", "lib/../../secret.netdsl"] {
        let disk = Memory::new(&[
            ("/project/repo/.git", ""),
            ("/project/repo/a.netdsl", &format!("use \"{path}\"\n")),
            ("/project/secret.netdsl", ""),
            ("/secret.netdsl", ""),
        ]);
        let loaded = run(&disk, &["repo/a.netdsl"]);
        assert_eq!(codes(&loaded), [format!("repo/a.netdsl:1:5 E0207 `{path}` lies outside of the root")]);
        assert_eq!(disk.reads(), ["/project/repo/a.netdsl"]);
    }
}

#[test]
fn the_root_is_the_nearest_marked_folder() {
    let text = "use \"../shared.netdsl\"\n";
    let at = |marks: &[&str]| {
        let mut files = vec![("/project/team/a.netdsl", text), ("/project/shared.netdsl", "")];
        files.extend(marks.iter().map(|mark| (*mark, "")));
        codes(&run(&Memory::new(&files), &["team/a.netdsl"])).len()
    };
    assert_eq!(at(&[]), 0, "the working directory");
    assert_eq!(at(&["/project/netdsl.toml"]), 0);
    assert_eq!(at(&["/project/team/netdsl.toml"]), 1);
    assert_eq!(at(&["/project/.git", "/project/team/.git"]), 1);
    assert_eq!(at(&["/.git"]), 0);
}

#[test]
fn a_link_does_not_lead_out() {
    let disk = Memory::new(&[("/project/a.netdsl", "use \"link.netdsl\"\n"), ("/etc/secret", "")])
        .link("/project/link.netdsl", "/etc/secret");
    let loaded = run(&disk, &["a.netdsl"]);
    assert_eq!(codes(&loaded), ["a.netdsl:1:5 E0207 `link.netdsl` lies outside of the root"]);
    assert_eq!(disk.reads(), ["/project/a.netdsl"]);
}

#[test]
fn two_names_of_one_file_are_one_file() {
    let disk = Memory::new(&[("/project/a.netdsl", "use \"link.netdsl\"\n"), ("/project/b.netdsl", "")])
        .link("/project/link.netdsl", "/project/b.netdsl");
    assert_eq!(names(&run(&disk, &["b.netdsl", "a.netdsl"])), ["a.netdsl", "b.netdsl"]);
}

#[test]
fn standard_input_uses_from_the_working_directory() {
    let disk = Memory::new(&[("/project/a.netdsl", "")]);
    let input = Root::Text { name: "-".into(), bytes: b"use \"a.netdsl\"\n".to_vec() };
    let loaded = load(vec![input], &disk).unwrap();
    assert_eq!(names(&loaded), ["-", "a.netdsl"]);
    assert_eq!(codes(&loaded), [""; 0]);
}

#[test]
fn what_was_asked_for_must_be_there() {
    let result = load(vec![Root::File("gone.netdsl".into())], &Memory::default());
    let expected = Unreadable { path: "gone.netdsl".into(), reason: "there is no such file".into() };
    assert_eq!(result.unwrap_err(), expected);
}

#[test]
fn bytes_that_are_no_text_are_one_error_a_line() {
    let mut disk = Memory::default();
    let bytes = b"# caf\xe9 \xe9\nuse \"gone\"\n\xff\xff\n".to_vec();
    disk.files.insert("/project/a.netdsl".into(), bytes);
    let loaded = run(&disk, &["a.netdsl"]);
    assert_eq!(
        codes(&loaded),
        [
            "a.netdsl:1:6 E0105 the file is not UTF-8 text",
            "a.netdsl:2:5 E0206 `gone` cannot be read: there is no such file",
            "a.netdsl:3:1 E0105 the file is not UTF-8 text",
        ]
    );
}
