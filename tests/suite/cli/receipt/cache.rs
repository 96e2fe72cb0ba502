//! Where receipts lie, and what is believed: nothing that others could have written, nothing that is damaged.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::{COMPILE, Place, Ran, entries, is_unchanged};

/// A run with another environment.
fn run_with(place: &Place, environment: &[(&str, &str)]) -> Ran {
    place.command(&COMPILE).envs(environment.iter().copied()).output().unwrap().into()
}

#[test]
fn damage_is_no_error_and_no_receipt() {
    let place = Place::compiled();
    let path = place.receipts().remove(0);
    let good = fs::read(&path).unwrap();
    assert_eq!(place.run(&[&COMPILE[..], &["--stats"]].concat()).code, 0);
    let of_another_run = place.receipts().into_iter().find(|other| *other != path).unwrap();
    let mut flipped = good.clone();
    *flipped.last_mut().unwrap() ^= 1;
    let damaged = [
        Vec::new(),
        b"netdsl receipt 1\n".to_vec(),
        good[..good.len() / 2].to_vec(),
        [&good[..], b"\n"].concat(),
        flipped,
        String::from_utf8(good.clone()).unwrap().replace("netdsl receipt 1", "netdsl receipt 2").into(),
        fs::read(of_another_run).unwrap(),
        vec![b' '; 20 << 20],
    ];
    for (at, bytes) in damaged.iter().enumerate() {
        // Written in place: its owner and its mode are right.
        fs::write(&path, bytes).unwrap();
        let ran = place.run(&COMPILE);
        assert_eq!((ran.code, is_unchanged(&ran)), (0, false), "{at}: {}", ran.err);
        assert_eq!(fs::read(&path).unwrap(), good, "{at}: it is written anew");
    }
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    for _ in 0..2 {
        assert!(!place.is_unchanged(), "a folder");
    }
}

#[test]
fn it_can_be_switched_off() {
    let place = Place::compiled();
    for off in [("NETDSL_RECEIPTS", "off"), ("NETDSL_RECEIPTS", "0"), ("CI", "true")] {
        let ran = run_with(&place, &[off]);
        assert_eq!((ran.code, is_unchanged(&ran)), (0, false), "{off:?}: {}", ran.err);
    }
    for on in [("NETDSL_RECEIPTS", "on"), ("NETDSL_RECEIPTS", ""), ("CI", "")] {
        assert!(is_unchanged(&run_with(&place, &[on])), "{on:?}");
    }
    let fresh = Place::new();
    assert_eq!(run_with(&fresh, &[("CI", "true")]).code, 0);
    assert_eq!(entries(fresh.cache.path()).len(), 0, "nothing is written either");
}

#[test]
fn without_a_place_nothing_is_remembered() {
    let place = Place::new();
    let a_file = place.path("netdsl.toml");
    let mut bases = vec![a_file.to_str().unwrap(), "relative", ""];
    if cfg!(unix) {
        bases.extend(["/dev/null", "/dev/null/below", "/proc/nobody"]);
    }
    for base in bases {
        for _ in 0..2 {
            let mut command = place.command(&COMPILE);
            command.env("XDG_CACHE_HOME", base).env_remove("HOME").env_remove("LOCALAPPDATA");
            let ran: Ran = command.output().unwrap().into();
            assert_eq!((ran.code, is_unchanged(&ran)), (0, false), "{base}: {}", ran.err);
        }
    }
    assert!(!place.path("relative").exists());
}

#[cfg(all(unix, not(target_os = "macos")))]
#[test]
fn a_home_has_a_cache() {
    let place = Place::new();
    let home = place.cache.path();
    for is_second in [false, true] {
        let mut command = place.command(&COMPILE);
        command.env_remove("XDG_CACHE_HOME").env("HOME", home);
        assert_eq!(is_unchanged(&command.output().unwrap().into()), is_second);
    }
    assert_eq!(entries(&home.join(".cache/netdsl")).len(), 1);
}

/// A pull request could bring a receipt along.
#[test]
fn it_never_lies_where_others_write() {
    let place = Place::new();
    let elsewhere = tempfile::tempdir().unwrap();
    fs::create_dir_all(elsewhere.path().join("checkout/.git")).unwrap();
    for base in [
        place.path("cache"),
        place.path("out"),
        place.path("policies/../cache"),
        elsewhere.path().join("checkout/deep"),
    ] {
        for _ in 0..2 {
            let ran = run_with(&place, &[("XDG_CACHE_HOME", base.to_str().unwrap())]);
            assert_eq!((ran.code, is_unchanged(&ran)), (0, false), "{}: {}", base.display(), ran.err);
        }
        assert!(!base.join("netdsl").exists(), "{}", base.display());
    }
}

/// A folder that the first run makes lies somewhere too.
#[test]
fn it_never_lies_in_an_output_that_is_yet_to_be_made() {
    let place = Place::new();
    let outside = tempfile::tempdir().unwrap();
    let output = outside.path().join("out");
    let mut command = place.command(&["compile", "policies", "-o", output.to_str().unwrap()]);
    let ran: Ran = command.env("XDG_CACHE_HOME", output.join("cache")).output().unwrap().into();
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(output.exists() && !output.join("cache").exists());
}

#[cfg(unix)]
#[test]
fn a_word_that_is_no_text_switches_it_off_too() {
    use std::os::unix::ffi::OsStrExt;
    let place = Place::compiled();
    for name in ["NETDSL_RECEIPTS", "CI"] {
        let mut command = place.command(&COMPILE);
        command.env(name, std::ffi::OsStr::from_bytes(b"off\xff"));
        assert!(!is_unchanged(&command.output().unwrap().into()), "{name}");
    }
}

#[cfg(unix)]
mod permissions {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;

    use super::super::{COMPILE, Place, is_unchanged};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn what_is_written_is_private() {
        let place = Place::new();
        let base = place.cache.path().join("new");
        let base = base.to_str().unwrap();
        assert_eq!(super::run_with(&place, &[("XDG_CACHE_HOME", base)]).code, 0);
        let folder = Path::new(base).join("netdsl");
        assert_eq!((mode(Path::new(base)), mode(&folder)), (0o700, 0o700));
        assert_eq!(mode(&super::entries(&folder)[0]), 0o600);
    }

    #[test]
    fn what_others_can_write_is_not_believed() {
        let place = Place::compiled();
        let base = place.cache.path().to_owned();
        let folder = base.join("netdsl");
        let receipt = place.receipts().remove(0);
        for (path, modes) in [
            (&base, &[0o777, 0o770, 0o702][..]),
            (&folder, &[0o777, 0o720, 0o1777]),
            (&receipt, &[0o666, 0o640, 0o604]),
        ] {
            let usual = mode(path);
            for open in modes {
                set(path, *open);
                let ran = place.run(&COMPILE);
                assert_eq!((ran.code, is_unchanged(&ran)), (0, false), "{path:?} {open:o}: {}", ran.err);
                if path.exists() {
                    set(path, usual);
                }
                assert!(place.is_unchanged(), "{path:?}");
            }
        }
        // Others own nothing in a folder such as that of all temporary files.
        set(&base, 0o1777);
        assert!(place.is_unchanged());
    }

    #[test]
    fn links_are_followed_to_where_they_lead() {
        let place = Place::compiled();
        let link = place.path("link");
        symlink(place.cache.path(), &link).unwrap();
        let through = [("XDG_CACHE_HOME", link.to_str().unwrap())];
        assert!(is_unchanged(&super::run_with(&place, &through)), "the folder itself lies elsewhere");
        let into_the_tree = place.cache.path().join("into");
        fs::create_dir(place.path("inside")).unwrap();
        symlink(place.path("inside"), &into_the_tree).unwrap();
        let into = [("XDG_CACHE_HOME", into_the_tree.to_str().unwrap())];
        for _ in 0..2 {
            assert!(!is_unchanged(&super::run_with(&place, &into)));
        }
        assert!(!place.path("inside/netdsl").exists());
        let receipt = place.receipts().remove(0);
        fs::rename(&receipt, place.path("receipt")).unwrap();
        symlink(place.path("receipt"), &receipt).unwrap();
        assert!(!place.is_unchanged(), "a receipt is no link");
        assert!(place.is_unchanged(), "but a new one takes its place");
    }
}

/// Makes a file that was written some seconds ago.
fn old_file(path: &Path, length: u64, seconds: u64) {
    let file = File::create(path).unwrap();
    file.set_len(length).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
}

#[test]
fn the_oldest_are_forgotten() {
    let place = Place::compiled();
    let ours = place.receipts().remove(0);
    let folder = ours.parent().unwrap();
    let fresh = |flag: &str| assert_eq!(place.run(&[&COMPILE[..], &[flag]].concat()).code, 0);
    for at in 0..40 {
        old_file(&folder.join(format!("{at}.receipt")), 10, 100 + at);
    }
    old_file(&folder.join("notes.txt"), 10, 1000);
    fresh("--stats");
    assert_eq!(place.receipts().len(), 32 + 1, "what is no receipt is not counted");
    assert!(folder.join("29.receipt").exists() && !folder.join("30.receipt").exists());
    assert!(place.is_unchanged());
    old_file(&folder.join("large.receipt"), 40 << 20, 50);
    fresh("--prune");
    assert!(!folder.join("large.receipt").exists() && !folder.join("0.receipt").exists());
    assert_eq!(place.receipts().len(), 3 + 1);
    assert!(place.is_unchanged() && folder.join("notes.txt").exists());
}
