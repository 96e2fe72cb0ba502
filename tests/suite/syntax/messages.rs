//! What is said about each mistake: code and place by hand, the wording in snapshots.

use super::{codes, read, render, snapshot};
use netdsl::diag::{Diagnostic, Safety};
use std::fmt::Write as _;

/// Checks code and place of every case, and keeps the messages of all of them in one snapshot.
fn check(name: &str, cases: &[(&str, &[&str])]) {
    let mut out = String::new();
    for (text, expected) in cases {
        assert_eq!(codes(text), *expected, "of:\n{text}");
        let (sources, _, parsed) = read(text);
        parsed.diagnostics.iter().for_each(|found| check_fix(text, found, parsed.diagnostics.len()));
        writeln!(out, "{text}\n\n{}\n", render(&sources, &parsed.diagnostics)).unwrap();
    }
    snapshot(name, &out);
}

/// A replacement that is applied unasked leaves fewer findings.
fn check_fix(text: &str, found: &Diagnostic, findings: usize) {
    let Some(fix) = found.fix.as_ref().filter(|fix| fix.safety == Safety::Safe) else { return };
    let mut mended = text.to_owned();
    mended.replace_range(fix.span.range(), &fix.text);
    assert!(codes(&mended).len() < findings, "mended:\n{mended}");
}

#[test]
fn first_words() {
    check(
        "first_words",
        &[
            ("alow a/b -> c/d:1", &["E0106 1:1"]),
            ("namespce x {\n}", &["E0106 1:1"]),
            ("netwrok n = 10.0.0.0/8", &["E0106 1:1"]),
            ("Allow a/b -> c/d", &["E0106 1:1"]),
            ("import \"x\"", &["E0106 1:1"]),
            ("deny a/b -> c/d", &["E0106 1:1"]),
            ("a/b -> c/d", &["E0106 1:1"]),
            ("frobnicate", &["E0106 1:1"]),
            ("// a comment", &["E0101 1:1"]),
            ("-> b", &["E0106 1:1"]),
            ("= x", &["E0106 1:1"]),
            ("@until(2027-01-31)", &["E0106 1:1"]),
        ],
    );
}

#[test]
fn rules() {
    check(
        "rules",
        &[
            ("allow a/b => c/d", &["E0101 1:11"]),
            ("allow a/b → c/d", &["E0101 1:11"]),
            ("allow a=b => c/d", &["E0101 1:11"]),
            ("allow a => b", &["E0101 1:9"]),
            ("allow a - > b", &["E0101 1:9"]),
            ("allow a <- b", &["E0101 1:9"]),
            ("allow a/b c/d", &["E0101 1:11"]),
            ("allow a/b", &["E0101 1:10"]),
            ("allow a/b ->", &["E0101 1:13"]),
            ("allow -> c/d", &["E0101 1:7"]),
            ("allow", &["E0101 1:6"]),
            ("allow a/b to c/d", &["E0101 1:11"]),
            ("allow from a/b to c/d", &["E0101 1:7"]),
            ("allow a/b -> c/d port 80", &["E0101 1:18"]),
            ("allow a/b -> c/d 80", &["E0101 1:18"]),
            ("allow a/b -> c/d:", &["E0101 1:18"]),
            ("allow a/b -> c/d:80,", &["E0101 1:21"]),
            ("allow a/b -> c/d:80/", &["E0101 1:21"]),
            ("allow a/b -> c/d except e/f", &["E0506 1:18"]),
            ("allow a, b -> c/d", &["E0101 1:7"]),
            ("allow a/b, c/d -> e/f", &["E0101 1:12"]),
            ("allow a/x=y, b/z=w -> e/f", &["E0101 1:14"]),
            ("allow a.b/x/app=y -> e/f", &["E0101 1:7"]),
            ("allow a=b && c=d -> e/f", &["E0101 1:11"]),
            ("allow a/b || c/d -> e/f", &["E0101 1:12"]),
            ("allow a=b and c=d -> e/f", &["E0101 1:11"]),
            ("allow a in b -> e/f", &["E0101 1:12"]),
            ("allow a in (b -> e/f", &["E0101 1:15"]),
            ("allow a in () -> e/f", &["E0101 1:13"]),
            ("allow a= -> e/f", &["E0101 1:10"]),
            ("allow [::1 -> e/f", &["E0101 1:12"]),
            ("allow 'a' -> e/f", &["E0101 1:7"]),
            ("allow a/b -> e/f;", &["E0101 1:17"]),
            ("allow a/b -> e/f // why", &["E0101 1:18"]),
            ("allow in -> e/f", &["E0203 1:7"]),
            ("allow a/where -> e/f", &["E0203 1:9"]),
            ("allow a/b -> e/f {\n}", &["E0101 1:18"]),
            ("never a/b c/d", &["E0101 1:11"]),
            ("only a/b ->", &["E0101 1:12"]),
            ("allow a/b -> c/d -> e/f", &["E0101 1:18"]),
        ],
    );
}

#[test]
fn declarations() {
    check(
        "declarations",
        &[
            ("namespace x", &["E0101 1:12"]),
            ("namespace {\n}", &["E0101 1:10"]),
            ("namespace x y {\n}", &["E0101 1:13"]),
            ("namespace where {\n}", &["E0203 1:11"]),
            ("namespace \"a\" labels {\n}", &["E0101 1:21"]),
            ("external x", &["E0101 1:10"]),
            ("namespaces x", &["E0101 1:13"]),
            ("namespaces x where", &["E0101 1:19"]),
            ("network n", &["E0101 1:10"]),
            ("network n = ", &["E0101 1:12"]),
            ("network n = 10.0.0.0/8, 11.0.0.0/8", &["E0101 1:23"]),
            ("network cluster = 10.0.0.0/8", &["E0203 1:9"]),
            ("service x", &["E0101 1:10"]),
            ("override x = y", &["E0101 1:10"]),
            ("label app", &["E0101 1:10"]),
            ("label app = a, b", &["E0101 1:14"]),
            ("label team/name = a", &["E0101 1:7"]),
            ("use vocabulary.netdsl", &["E0101 1:5"]),
            ("use 'vocabulary.netdsl'", &["E0101 1:5"]),
            ("test", &["E0101 1:5"]),
            ("test \"x\"", &["E0101 1:9"]),
            ("test x {\n}", &["E0101 1:6"]),
            ("network n = 10.0.0.0/8 {\n}", &["E0101 1:24"]),
            ("network n = 10.0.0.0/8 except {\n}", &["E0101 1:30"]),
        ],
    );
}

#[test]
fn members() {
    let inside = |line: &str| format!("namespace n {{\n{line}\n}}");
    let cases: [(&str, &[&str]); 16] = [
        ("pods", &["E0101 2:5"]),
        ("pods p", &["E0101 2:7"]),
        ("pods p {\n}", &["E0101 2:7"]),
        ("pods p where", &["E0101 2:13"]),
        ("pods where app=x", &["E0101 2:6"]),
        ("pods in where app=x", &["E0203 2:6"]),
        ("pods p app=x", &["E0101 2:8"]),
        ("pods p where team/app=x", &["E0101 2:14"]),
        ("pods p where app=x,", &["E0101 2:20"]),
        ("default", &["E0101 2:8"]),
        ("default deny all", &["E0101 2:14"]),
        ("@name(x)\npods p where a=b", &["E0101 2:7"]),
        ("pods p where a=b {\nport p\n}", &["E0101 3:7"]),
        ("pods p where a=b {\nport p = \n}", &["E0101 3:9"]),
        ("pods p where a=b {\nport p: 80\n}", &["E0101 3:7"]),
        (
            "test \"x\" {\na reaches b\na can b\na -> b\na can reach\n}",
            &["E0101 3:3", "E0101 4:7", "E0101 5:3", "E0101 6:12"],
        ),
    ];
    let texts: Vec<(String, &[&str])> = cases.iter().map(|(line, codes)| (inside(line), *codes)).collect();
    let cases: Vec<(&str, &[&str])> = texts.iter().map(|(text, codes)| (text.as_str(), *codes)).collect();
    check("members", &cases);
}

#[test]
fn places() {
    check(
        "places",
        &[
            ("pods p where a=b", &["E0107 1:1"]),
            ("port p = 80", &["E0107 1:1"]),
            ("default deny", &["E0107 1:1"]),
            ("host-network", &["E0107 1:1"]),
            ("a/b can reach c/d", &["E0107 1:1"]),
            ("namespace n {\n  label a = *\n}", &["E0107 2:3"]),
            ("namespace n {\n  namespace m {\n    pods p where a=b\n  }\n}", &["E0107 2:3"]),
            ("external namespace n {\n  allow a -> b\n  pods p where a=b\n}", &["E0107 2:3"]),
            ("namespaces n where a=b {\n  pods p where a=b\n  allow * -> x\n}", &["E0107 2:3"]),
            ("namespaces n where a=b {\n  default deny\n}", &["E0107 2:3"]),
            ("namespace n {\n  pods p where a=b {\n    allow a -> b\n  }\n}", &["E0107 3:5"]),
            ("test \"x\" {\n  allow a/b -> c/d\n  a/b can reach c/d\n}", &["E0107 2:3"]),
            ("test \"x\" {\n  namespace n {\n  }\n}", &["E0107 2:3"]),
            ("@name(\"x\")\nallow a/b -> c/d", &["E0109 1:1"]),
            ("namespace n {\n  @name(\"x\")\n}", &["E0109 2:3"]),
            ("namespace n {\n  @name(\"x\")\n  @name(\"y\")\n  pods p where a=b\n}", &["E0109 2:3"]),
            ("@name(\"x\")", &["E0109 1:1"]),
            ("## doc\nnever a/b -> c/d", &["W0001 1:1"]),
            ("label a = * ## doc", &["W0001 1:13"]),
            ("allow a/b ->\n## doc\nc/d", &["W0001 2:1"]),
            ("allow a/b\n## doc\n-> c/d", &["W0001 2:1"]),
            ("namespace n {\n## doc\n## more\n}", &["W0001 2:1"]),
            ("## doc", &["W0001 1:1"]),
            ("## doc\nnamespaces n where a=b", &["W0001 1:1"]),
        ],
    );
}

#[test]
fn braces() {
    check(
        "braces",
        &[
            ("namespace n {", &["E0102 1:13"]),
            ("namespace n {\n  pods p where a=b {\n    port p = 80\n  allow p -> x\n}", &["E0102 2:20"]),
            ("namespace n {\n  allow p -> x\nnamespace m {\n}", &["E0102 1:13"]),
            ("namespace n {\n  pods p where a=b {\nnamespace m {\n}", &["E0102 2:20"]),
            ("namespace n {\n  pods p where a=b {\n", &["E0102 2:20"]),
            ("}", &["E0103 1:1"]),
            ("namespace n {\n}\n}\n}\nlabel a = *", &["E0103 3:1"]),
            ("namespace n { allow a -> b\nallow c -> d\n}", &["E0108 1:15"]),
            ("namespace n {\nallow a -> b }", &["E0108 2:14"]),
            ("namespace n {\n} label a = *", &["E0108 2:3"]),
            ("namespace n {\n  pods p where a=b {\n    port p = 1\n} }", &["E0108 4:3"]),
            ("namespace n\n{\n  allow a -> b\n}", &["E0108 2:1"]),
            ("{\n}", &["E0101 1:1"]),
            ("allow a/b -> c/d allow e/f -> g/h", &["E0108 1:18"]),
            ("allow a/b -> c/d; allow e/f -> g/h", &["E0101 1:17"]),
        ],
    );
}

#[test]
fn characters() {
    check(
        "characters",
        &[
            ("use \"vocabulary", &["E0104 1:5"]),
            ("test \"x {\n  a/b can reach c/d\n}", &["E0104 1:6"]),
            ("label a = \"x\nlabel b = *", &["E0104 1:11"]),
            ("label a = x\u{0}y", &["E0105 1:12"]),
            ("label a = * # \u{7}", &["E0105 1:15"]),
            ("label a = *\rlabel b = *", &["E0105 1:12"]),
            ("label a = *\n\u{feff}label b = *", &["E0105 2:1"]),
            ("label a = \"\u{202e}x\"", &["E0105 1:12"]),
        ],
    );
}
