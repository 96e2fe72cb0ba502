//! `netdsl fmt`.

use std::fs;
use std::path::Path;

use super::{Ran, folder, run, run_with_input};

const MESSY: &str = "label  a=b|c   # why\n\n\n\nnamespace n{}\n";
const CLEAN: &str = "label a = b | c  # why\n\nnamespace n {}\n";
const BAD: &str = "label  a=b\nalow x -> y\n";

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap()
}

fn code_out_err(ran: &Ran) -> (i32, &str, &str) {
    (ran.code, &ran.out, &ran.err)
}

#[test]
fn files_and_folders_in_place() {
    let folder =
        folder(&[("a.netdsl", MESSY), ("deep/b.netdsl", MESSY), ("c.netdsl", CLEAN), ("d.txt", MESSY)]);
    let first = run(folder.path(), &["fmt", "deep", "deep/b.netdsl", "c.netdsl"]);
    assert_eq!(code_out_err(&first), (0, "", "2 files, 1 changed\n"));
    assert_eq!(read(folder.path(), "deep/b.netdsl"), CLEAN);
    assert_eq!(read(folder.path(), "a.netdsl"), MESSY);
    assert_eq!(code_out_err(&run(folder.path(), &["fmt"])), (0, "", "3 files, 1 changed\n"));
    assert_eq!(read(folder.path(), "a.netdsl"), CLEAN);
    assert_eq!(read(folder.path(), "d.txt"), MESSY);
    assert_eq!(code_out_err(&run(folder.path(), &["fmt", "-q"])), (0, "", ""));
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = folder(&[("a.netdsl", MESSY)]);
    for input in [MESSY, CLEAN] {
        let ran = run_with_input(folder.path(), &["fmt", "-"], input.as_bytes());
        assert_eq!(code_out_err(&ran), (0, CLEAN, ""));
    }
    let bad = run_with_input(folder.path(), &["fmt", "-"], BAD.as_bytes());
    assert_eq!((bad.code, bad.out.as_str()), (1, ""));
    let check = run_with_input(folder.path(), &["fmt", "--check", "-"], MESSY.as_bytes());
    assert!(check.code == 1 && check.out.starts_with("--- a/-\n+++ b/-\n"), "{}", check.out);
    let both = run_with_input(folder.path(), &["fmt", "-", "a.netdsl"], b"");
    assert_eq!((both.code, both.out.as_str()), (0, ""));
    assert_eq!(read(folder.path(), "a.netdsl"), CLEAN);
}

#[test]
fn check_shows_a_patch_and_writes_nothing() {
    let folder = folder(&[("a.netdsl", MESSY), ("c.netdsl", CLEAN)]);
    let ran = run(folder.path(), &["fmt", "--check"]);
    let patch = "\
--- a/a.netdsl
+++ b/a.netdsl
@@ -1,5 +1,3 @@
-label  a=b|c   # why
+label a = b | c  # why
~
-
-
-namespace n{}
+namespace n {}
"
    .replace('~', " ");
    assert_eq!(code_out_err(&ran), (1, patch.as_str(), "1 file to lay out: `netdsl fmt` does it\n"));
    assert_eq!(read(folder.path(), "a.netdsl"), MESSY);
    let clean = run(folder.path(), &["fmt", "--check", "c.netdsl"]);
    assert_eq!(code_out_err(&clean), (0, "", "1 file, 0 changed\n"));
}

#[test]
fn what_cannot_be_read_is_reported_and_left_alone() {
    let folder = folder(&[("a.netdsl", MESSY), ("b.netdsl", BAD)]);
    fs::write(folder.path().join("c.netdsl"), b"label  a=b # \xff\n").unwrap();
    let ran = run(folder.path(), &["fmt", "--message-format", "short"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    let places: Vec<_> =
        ran.err.lines().filter_map(|line| line.split_once(": error")).map(|it| it.0).collect();
    assert_eq!(places, ["b.netdsl:2:1", "c.netdsl:1:14"], "{}", ran.err);
    assert_eq!(read(folder.path(), "a.netdsl"), CLEAN);
    assert_eq!(read(folder.path(), "b.netdsl"), BAD);
    assert_eq!(fs::read(folder.path().join("c.netdsl")).unwrap(), b"label  a=b # \xff\n");
    let people = run(folder.path(), &["fmt", "b.netdsl"]);
    assert!(people.err.ends_with("error: 1 error; left as it is\n"), "{}", people.err);
}

/// What is wrong beyond the syntax, and files that are used, are nothing to the layout.
#[test]
fn a_file_is_laid_out_by_itself() {
    let folder = folder(&[("a.netdsl", "use   \"gone.netdsl\"\nallow nobody->x\n")]);
    assert_eq!(run(folder.path(), &["fmt"]).code, 0);
    assert_eq!(read(folder.path(), "a.netdsl"), "use \"gone.netdsl\"\nallow nobody -> x\n");
}

#[test]
fn what_cannot_run_is_2() {
    let folder = folder(&[]);
    for arguments in [&["fmt"][..], &["fmt", "gone.netdsl"], &["fmt", "--message-format=junit"]] {
        assert_eq!(run(folder.path(), arguments).code, 2);
    }
}

#[test]
fn read_only_files_stay() {
    let folder = folder(&[("a.netdsl", MESSY)]);
    let path = folder.path().join("a.netdsl");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let ran = run(folder.path(), &["fmt"]);
    assert_eq!(code_out_err(&ran), (2, "", "error: `a.netdsl` cannot be written: permission denied\n"));
    assert_eq!(read(folder.path(), "a.netdsl"), MESSY);
}

#[cfg(unix)]
#[test]
fn files_are_replaced_as_they_were() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let folder = folder(&[("real/a.netdsl", MESSY), ("c.netdsl", CLEAN)]);
    let of = |path: &str| fs::metadata(folder.path().join(path)).unwrap();
    fs::set_permissions(folder.path().join("real/a.netdsl"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real/a.netdsl", folder.path().join("link.netdsl")).unwrap();
    let untouched = of("c.netdsl").ino();
    assert_eq!(run(folder.path(), &["fmt", "link.netdsl", "c.netdsl"]).code, 0);
    assert!(fs::symlink_metadata(folder.path().join("link.netdsl")).unwrap().is_symlink());
    assert_eq!(read(folder.path(), "real/a.netdsl"), CLEAN);
    assert_eq!(of("real/a.netdsl").permissions().mode() & 0o777, 0o640);
    assert_eq!(of("c.netdsl").ino(), untouched, "what does not change is not written");
    assert_eq!(fs::read_dir(folder.path().join("real")).unwrap().count(), 1, "nothing is left behind");
}
