//! `netdsl compile -o DIR` again: what has not changed is not compiled, and everything that could matter is a change.

mod cache;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::{Ran, folder, netdsl};

/// A program with a warning, in two files of which one is reached by `use` alone.
const FILES: [(&str, &str); 3] = [
    ("policies/web.netdsl", "use \"../words/words.netdsl\"\nnamespace web {\n  allow app=a -> app=b:80\n}\n"),
    (
        "policies/db.netdsl",
        "namespace db {\n  default deny egress\n  allow 203.0.113.0/24 -> *:80\n  allow * -> dns\n}\n",
    ),
    ("words/words.netdsl", "label app = a | b\n"),
];
const COMPILE: [&str; 4] = ["compile", "policies", "-o", "out"];
const UNCHANGED: &str = "unchanged since the proof: ";

/// A program and a cache of its own.
struct Place {
    tree: TempDir,
    cache: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { tree: folder(&FILES), cache: tempfile::tempdir().unwrap() };
        // Somebody else's, and enough to be worth a receipt.
        fs::create_dir(place.path("out")).unwrap();
        fs::write(place.path("out/other.yaml"), vec![b'#'; 64 << 10]).unwrap();
        place
    }

    /// A program that was compiled, of which a receipt is kept that is used.
    fn compiled() -> Self {
        let place = Self::new();
        let first = place.run(&COMPILE);
        assert!(first.code == 0 && first.err.contains("2 files written\nproved: "), "{}", first.err);
        assert!(place.is_unchanged());
        place
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = netdsl(self.tree.path(), arguments);
        command.env_remove("NETDSL_RECEIPTS").env_remove("CI").env("XDG_CACHE_HOME", self.cache.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.command(arguments).output().unwrap().into()
    }

    fn is_unchanged(&self) -> bool {
        is_unchanged(&self.run(&COMPILE))
    }

    fn path(&self, path: &str) -> PathBuf {
        self.tree.path().join(path)
    }

    /// Every file of the program and the output, and when it was last written.
    fn times(&self) -> BTreeMap<PathBuf, std::time::SystemTime> {
        let files = ["policies", "words", "out"].iter().flat_map(|below| entries(&self.path(below)));
        files.map(|path| (path.clone(), fs::metadata(&path).unwrap().modified().unwrap())).collect()
    }

    fn receipts(&self) -> Vec<PathBuf> {
        entries(&self.cache.path().join("netdsl"))
    }

    /// The text of a file, changed.
    fn edit(&self, path: &str, edited: impl Fn(&mut Vec<u8>)) {
        let mut bytes = fs::read(self.path(path)).unwrap();
        edited(&mut bytes);
        fs::write(self.path(path), bytes).unwrap();
    }
}

fn is_unchanged(ran: &Ran) -> bool {
    let (unchanged, proved) = (ran.err.contains(UNCHANGED), ran.err.contains("proved: "));
    assert!(!(unchanged && proved), "{}", ran.err);
    unchanged
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn the_second_run_says_so_and_touches_nothing() {
    let place = Place::new();
    let first = place.run(&COMPILE);
    let times = place.times();
    assert_eq!((first.code, times.len()), (0, 6), "{}", first.err);
    let again = place.run(&COMPILE);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
    assert!(
        again.err.ends_with("unchanged since the proof: 5 policies say what 3 rules say\n"),
        "{}",
        again.err
    );
    assert_eq!(place.times(), times);
    assert_eq!(place.receipts().len(), 1);
}

#[test]
fn what_was_said_is_said_again_to_the_letter() {
    let formats = ["human", "short", "json", "sarif", "github", "gitlab"];
    let formats = formats.map(|format| vec!["--message-format", format]);
    for flags in
        formats.into_iter().chain([vec!["--color=always", "--stats"], vec!["-q"], vec!["-q", "--stats"]])
    {
        let place = Place::new();
        let arguments = [&COMPILE, &flags[..]].concat();
        let runs = [(); 3].map(|()| place.run(&arguments));
        let [first, second, third] = &runs;
        let said = |ran: &Ran| -> Vec<String> {
            let own = ["2 files written", "proved: ", UNCHANGED];
            let lines = ran.err.lines().filter(|line| !own.iter().any(|own| line.starts_with(own)));
            lines.map(str::to_owned).collect()
        };
        assert!(first.err.contains("may ask DNS"), "{}", first.err);
        assert_eq!(said(first), said(second), "{flags:?}");
        assert_eq!((second.code, &second.out, &second.err), (third.code, &third.out, &third.err));
        let is_silent = flags.contains(&"-q")
            || flags[0] == "--message-format" && !["human", "short"].contains(&flags[1]);
        assert_eq!(second.err.contains(UNCHANGED), !is_silent, "{flags:?}: {}", second.err);
        assert_eq!(place.receipts().len(), 1);
    }
}

/// What may happen between two runs, and what the next one then does.
struct Between {
    what: &'static str,
    happens: fn(&Place),
    exit: i32,
}

const BETWEEN: &[Between] = &[
    Between {
        what: "a source says the same in other bytes",
        happens: |place| place.edit("policies/db.netdsl", |bytes| bytes.push(b'\n')),
        exit: 0,
    },
    Between {
        what: "a source that is reached by `use` alone says the same in other bytes",
        happens: |place| place.edit("words/words.netdsl", |bytes| bytes.extend(b"# x\n")),
        exit: 0,
    },
    Between {
        what: "a source is new",
        happens: |place| fs::write(place.path("policies/new.netdsl"), "namespace new {\n}\n").unwrap(),
        exit: 0,
    },
    Between {
        what: "a source is new in a folder of its own, and says nothing",
        happens: |place| {
            fs::create_dir(place.path("policies/deep")).unwrap();
            fs::write(place.path("policies/deep/new.netdsl"), "").unwrap();
        },
        exit: 0,
    },
    Between {
        what: "a source is gone, and what was compiled of it is left over",
        happens: |place| fs::remove_file(place.path("policies/db.netdsl")).unwrap(),
        exit: 1,
    },
    Between {
        what: "a source is ignored",
        happens: |place| fs::write(place.path("policies/.gitignore"), "db.netdsl\n").unwrap(),
        exit: 1,
    },
    Between {
        what: "what is used is gone",
        happens: |place| fs::remove_file(place.path("words/words.netdsl")).unwrap(),
        exit: 1,
    },
    Between {
        what: "what is used is elsewhere",
        happens: |place| {
            fs::rename(place.path("words/words.netdsl"), place.path("policies/words.netdsl")).unwrap();
        },
        exit: 1,
    },
    Between {
        what: "another folder is the root",
        happens: |place| {
            fs::write(place.path("policies/netdsl.toml"), "").unwrap();
        },
        exit: 1,
    },
    Between {
        what: "a file of the output was edited",
        happens: |place| place.edit("out/db.yaml", |bytes| bytes[0] = b'!'),
        exit: 2,
    },
    Between {
        what: "a file of the output is gone",
        happens: |place| fs::remove_file(place.path("out/db.yaml")).unwrap(),
        exit: 0,
    },
    Between {
        what: "a file of another run is in the output",
        happens: |place| {
            fs::copy(place.path("out/db.yaml"), place.path("out/old.yaml")).unwrap();
        },
        exit: 1,
    },
    Between {
        what: "a foreign file is in the output",
        happens: |place| fs::write(place.path("out/README"), "").unwrap(),
        exit: 0,
    },
    Between {
        what: "the output is gone",
        happens: |place| {
            fs::remove_file(place.path("out/web.yaml")).unwrap();
            fs::remove_file(place.path("out/db.yaml")).unwrap();
        },
        exit: 0,
    },
];

#[test]
fn whatever_changes_is_compiled() {
    for Between { what, happens, exit } in BETWEEN {
        let place = Place::compiled();
        happens(&place);
        let ran = place.run(&COMPILE);
        assert!(!is_unchanged(&ran), "{what}: {}", ran.err);
        assert_eq!(ran.code, *exit, "{what}: {}", ran.err);
        // A run that did not end well is never taken for done.
        let again = place.run(&COMPILE);
        assert_eq!((again.code, is_unchanged(&again)), (*exit, *exit == 0), "{what}: {}", again.err);
        let check = place.run(&[&COMPILE[..], &["--check"]].concat());
        assert_eq!((check.code, is_unchanged(&check)), (*exit, false), "{what}: {}{}", check.out, check.err);
    }
}

#[test]
fn what_is_as_it_was_is_unchanged_again() {
    let place = Place::compiled();
    place.edit("policies/db.netdsl", |bytes| bytes[0] = b'N');
    assert_eq!(place.run(&COMPILE).code, 1);
    place.edit("policies/db.netdsl", |bytes| bytes[0] = b'n');
    assert!(place.is_unchanged(), "what failed left the receipt of what did not");
}

/// Each change is by one byte, and each is found and mended, whatever a receipt says.
#[test]
fn no_byte_of_the_output_can_differ() {
    let place = Place::compiled();
    let written = fs::read(place.path("out/db.yaml")).unwrap();
    let body = written.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let changed = (body..written.len()).step_by(29).map(|at| {
        let mut bytes = written.clone();
        bytes[at] ^= 1;
        bytes
    });
    let others = [written[..written.len() - 1].to_vec(), [&written[..], b"\n"].concat(), Vec::new()];
    for bytes in changed.chain(others) {
        fs::write(place.path("out/db.yaml"), &bytes).unwrap();
        let ran = place.run(&[&COMPILE[..], &["--force"]].concat());
        assert!(!is_unchanged(&ran) && ran.err.contains("1 file written\n"), "{}", ran.err);
        assert_eq!(fs::read(place.path("out/db.yaml")).unwrap(), written);
        assert!(place.is_unchanged());
    }
}

#[test]
fn a_check_compiles_whatever_was_done_before() {
    let place = Place::compiled();
    let check = [&COMPILE[..], &["--check"]].concat();
    for _ in 0..2 {
        let ran = place.run(&check);
        assert!(ran.code == 0 && ran.err.contains("\nproved: "), "{}", ran.err);
    }
    place.edit("out/db.yaml", |bytes| bytes.push(b'#'));
    let ran = place.run(&check);
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with("stale: out/db.yaml\n"), "{}", ran.out);
    let stream = place.command(&["compile", "policies"]).output().unwrap();
    assert!(String::from_utf8(stream.stderr).unwrap().contains("\nproved: "));
    assert_eq!(place.receipts().len(), 1, "neither has a receipt");
}

#[test]
fn other_arguments_are_another_run() {
    let place = Place::compiled();
    let flags =
        ["--stats", "--prune", "--force", "--layout=namespace", "--format=yaml", "--message-format=short"];
    for flag in flags.iter().chain(&["--color=always", "-q"]) {
        let ran = place.run(&[&COMPILE[..], &[*flag]].concat());
        let is_same = matches!(*flag, "--format=yaml");
        assert_eq!((ran.code, is_unchanged(&ran)), (0, is_same), "{flag}: {}", ran.err);
        assert!(place.is_unchanged(), "{flag} changed no file");
    }
    let painted = place.command(&COMPILE).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(!is_unchanged(&painted.into()), "colours come from the environment too");
    for flag in ["--label=a=b", "--label=a=c", "--kustomization"] {
        let ran = place.run(&[&COMPILE[..], &[flag]].concat());
        assert!(ran.code == 0 && ran.err.contains(" written\n"), "{flag}: {}", ran.err);
    }
    assert!(!place.is_unchanged(), "the folder is another one now");
}

#[test]
fn what_is_pruned_or_lies_deeper_is_compiled_once() {
    let place = Place::compiled();
    let prune = [&COMPILE[..], &["--prune", "--layout=policy"]].concat();
    let ran = place.run(&prune);
    assert!(ran.code == 0 && ran.err.contains("5 files written, 2 removed\nproved: "), "{}", ran.err);
    assert!(is_unchanged(&place.run(&prune)));
    fs::copy(place.path("out/db/all-pods.yaml"), place.path("out/db/old.yaml")).unwrap();
    let ran = place.run(&prune);
    assert!(!is_unchanged(&ran) && ran.err.contains("`out/db/old.yaml` removed\n"), "{}", ran.err);
    assert!(!place.path("out/db/old.yaml").exists() && is_unchanged(&place.run(&prune)));
}

#[test]
fn the_same_arguments_elsewhere_are_another_run() {
    let place = Place::compiled();
    let from = |below: &str, arguments: &[&str]| -> Ran {
        place.command(arguments).current_dir(place.path(below)).output().unwrap().into()
    };
    let ran = from("policies", &["compile", ".", "-o", "../out"]);
    assert_eq!((ran.code, is_unchanged(&ran)), (0, false), "{}", ran.err);
    assert!(is_unchanged(&from("policies", &["compile", ".", "-o", "../out"])));
    let ran = from("out", &["compile", ".", "-o", "../out"]);
    assert_eq!((ran.code, is_unchanged(&ran)), (2, false), "{}", ran.err);
}

#[test]
fn standard_input_is_a_source() {
    let place = Place::new();
    let compile = |text: &str| -> Ran {
        let mut command = place.command(&["compile", "-", "-o", "out"]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        child.wait_with_output().unwrap().into()
    };
    let program =
        |port: u16| format!("namespace web {{\n  allow app=a -> app=b:{port}\n}}\nlabel app = a | b\n");
    assert!(!is_unchanged(&compile(&program(80))));
    assert!(is_unchanged(&compile(&program(80))));
    let other = compile(&program(81));
    assert!(other.err.contains("1 file written\nproved: "), "{}", other.err);
    assert!(is_unchanged(&compile(&program(81))));
}

/// The copy does the same; but nobody could know that.
#[cfg(target_os = "linux")]
#[test]
fn another_compiler_has_no_receipt_of_this_one() {
    let place = Place::compiled();
    let other = place.path("other");
    fs::copy(env!("CARGO_BIN_EXE_netdsl"), &other).unwrap();
    let run = || -> Ran {
        let usual = place.command(&[]);
        let mut command = Command::new(&other);
        command.args(COMPILE).current_dir(place.tree.path()).stdin(Stdio::null());
        for (name, value) in usual.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.output().unwrap().into()
    };
    assert!(is_unchanged(&run()), "the very same bytes are the same compiler");
    fs::OpenOptions::new().append(true).open(&other).unwrap().write_all(b"x").unwrap();
    assert!(!is_unchanged(&run()));
    assert!(is_unchanged(&run()));
    assert!(!place.is_unchanged(), "it took the place of this one's");
    assert!(place.is_unchanged());
}

/// It would cost more than it spares.
#[test]
fn a_small_program_has_no_receipt() {
    let place = Place::new();
    fs::write(place.path("out/other.yaml"), vec![b'#'; 60 << 10]).unwrap();
    for _ in 0..2 {
        let ran = place.run(&COMPILE);
        assert_eq!((ran.code, is_unchanged(&ran)), (0, false), "{}", ran.err);
    }
    assert_eq!(place.receipts().len(), 0);
}
