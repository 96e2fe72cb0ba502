//! `netdsl check --fix`.

use std::fs;
use std::path::Path;

use super::{folder, run, run_with_input};

/// Three mistakes that can be mended, on two files; mending the arrow shows the one behind it.
const WRONG: &str = "\
use \"b.netdsl\"
namespace n {
  pods web where app==web
  allow web => [2001:DB8::1]:80
}
";
const RIGHT: &str = "\
use \"b.netdsl\"
namespace n {
  pods web where app=web
  allow web -> [2001:db8::1]:80
}
";

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap()
}

#[test]
fn safe_replacements_are_applied_until_none_is_left() {
    let folder = folder(&[("a.netdsl", WRONG), ("b.netdsl", "label app = pods;\n")]);
    let ran = run(folder.path(), &["check", "--fix", "a.netdsl"]);
    assert_eq!(read(folder.path(), "a.netdsl"), RIGHT, "{}", ran.err);
    assert_eq!(read(folder.path(), "b.netdsl"), "label app = pods\n");
    let fixed: Vec<_> = ran.err.lines().filter(|line| line.starts_with("fixed ")).collect();
    let expected = [
        "fixed a.netdsl:3:18: write `app=web` instead of `app==web`",
        "fixed a.netdsl:4:13: write `->` instead of `=>`",
        "fixed b.netdsl:1:17: remove `;`",
        "fixed a.netdsl:4:17: write `2001:db8::1` instead of `2001:DB8::1`",
    ];
    let mut sorted = fixed.clone();
    sorted.sort_unstable();
    let mut wanted = expected.to_vec();
    wanted.sort_unstable();
    assert_eq!(sorted, wanted, "{}", ran.err);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);

    let again = run(folder.path(), &["check", "--fix", "a.netdsl"]);
    assert!(again.code == 0 && !again.err.contains("fixed"), "{}", again.err);
    assert_eq!(run(folder.path(), &["check", "a.netdsl"]).err, again.err);
}

#[test]
fn what_is_left_is_reported() {
    let text = "label app = web\nnamespace n {\n  allow app=wob -> app==web:80\n}\n";
    let folder = folder(&[("a.netdsl", text)]);
    let ran = run(folder.path(), &["check", "--fix"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error[E0302]") && ran.err.contains("did you mean `web`?"), "{}", ran.err);
    assert!(!ran.err.contains("error[E0308]"), "{}", ran.err);
    assert_eq!(read(folder.path(), "a.netdsl"), text.replace("==", "="));
}

#[test]
fn nothing_to_mend_writes_nothing() {
    let text = "label app = web\r\nnamespace n {\n  allow app=wob -> app=web:80\n}";
    let folder = folder(&[("a.netdsl", text)]);
    let before = fs::metadata(folder.path().join("a.netdsl")).unwrap().modified().unwrap();
    assert_eq!(run(folder.path(), &["check", "--fix"]).code, 1);
    assert_eq!(read(folder.path(), "a.netdsl"), text);
    assert_eq!(fs::metadata(folder.path().join("a.netdsl")).unwrap().modified().unwrap(), before);
}

#[test]
fn without_fix_nothing_is_written() {
    let folder = folder(&[("a.netdsl", WRONG), ("b.netdsl", "label app = pods;\n")]);
    assert_eq!(run(folder.path(), &["check", "a.netdsl"]).code, 1);
    assert_eq!(read(folder.path(), "a.netdsl"), WRONG);
}

#[test]
fn bytes_that_are_no_text_stay() {
    let folder = folder(&[]);
    let bytes = b"label app = pods;\n# \xff\n";
    fs::write(folder.path().join("a.netdsl"), bytes).unwrap();
    assert_eq!(run(folder.path(), &["check", "--fix"]).code, 1);
    assert_eq!(fs::read(folder.path().join("a.netdsl")).unwrap(), bytes);
}

#[test]
fn standard_input_cannot_be_mended() {
    let ran = run_with_input(folder(&[]).path(), &["check", "--fix", "-"], b"label app = pods;\n");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (2, "error: `--fix` mends files, and one of the paths is none\n")
    );
}

#[test]
fn machines_get_the_findings_alone() {
    let folder = folder(&[("a.netdsl", WRONG), ("b.netdsl", "label app = pods;\n")]);
    let ran = run(folder.path(), &["check", "--fix", "--message-format=json", "a.netdsl"]);
    assert!(ran.code == 0 && ran.err.is_empty() && !ran.out.contains("fixed "), "{}{}", ran.out, ran.err);
    assert_eq!(read(folder.path(), "a.netdsl"), RIGHT);
}

/// A name that messages show may lead elsewhere where there are links: the file that was read is the one that is
/// mended.
#[cfg(unix)]
#[test]
fn links_do_not_lead_to_another_file() {
    let used = "label app = pods;\n";
    let folder = folder(&[
        ("real/sub/a.netdsl", "use \"../b.netdsl\"\n"),
        ("real/b.netdsl", used),
        ("b.netdsl", used),
    ]);
    std::os::unix::fs::symlink("real/sub", folder.path().join("link")).unwrap();
    let ran = run(folder.path(), &["check", "--fix", "link/a.netdsl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(read(folder.path(), "real/b.netdsl"), "label app = pods\n");
    assert_eq!(read(folder.path(), "b.netdsl"), used);
}
