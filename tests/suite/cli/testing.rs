//! `netdsl test`.

use super::{Ran, folder, run};

const SHOP: &str = "\
namespace shop {
  pods web where app=web
  pods db where app=db { port sql = 5432 }
  allow web -> db
  only web -> db:sql
  never db -> web
}
external namespace sandbox
test \"the sandbox stays out\" {
  sandbox/* cannot reach shop/db
}
test \"the web reaches the database\" {
  shop/web can reach shop/db:5432
}
label app = pods
";

/// The same with a guard and a test that do not hold.
fn broken() -> String {
    SHOP.replace("never db -> web", "never web -> db").replace("5432\n}", "5433\n}")
}

#[test]
fn one_line_each() {
    let folder = folder(&[("shop.netdsl", SHOP)]);
    let ran = run(folder.path(), &["test"]);
    let expected = "\
ok      only web -> db:sql  (shop.netdsl:5)
ok      never db -> web  (shop.netdsl:6)
ok      test \"the sandbox stays out\"  (shop.netdsl:9)
ok      test \"the web reaches the database\"  (shop.netdsl:12)
4 passed, 0 failed
";
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, expected, ""));
    let quiet = run(folder.path(), &["test", "-q"]);
    assert_eq!((quiet.code, quiet.out.as_str(), quiet.err.as_str()), (0, "", ""));
}

#[test]
fn what_fails_has_its_counterexample() {
    let folder = folder(&[("shop.netdsl", &broken())]);
    let ran = run(folder.path(), &["test"]);
    assert_eq!(ran.code, 1);
    let expected = "\
ok      only web -> db:sql  (shop.netdsl:5)
FAILED  never web -> db  (shop.netdsl:6)
ok      test \"the sandbox stays out\"  (shop.netdsl:9)
FAILED  test \"the web reaches the database\"  (shop.netdsl:12)
2 passed, 2 failed
";
    assert_eq!(ran.out, expected);
    assert!(ran.err.contains("error[E0602]: this guard does not hold"), "{}", ran.err);
    assert!(ran.err.contains("counterexample: from a pod with `app=web`"), "{}", ran.err);
    assert!(ran.err.contains("isolated, and no rule allows this"), "{}", ran.err);
    assert!(ran.err.ends_with("error: 2 errors\n"), "{}", ran.err);
    let quiet = run(folder.path(), &["test", "-q"]);
    assert!(quiet.out.starts_with("FAILED") && quiet.out.ends_with("2 passed, 2 failed\n"), "{}", quiet.out);
}

#[test]
fn a_filter_keeps_names_and_texts() {
    let folder = folder(&[("shop.netdsl", &broken())]);
    let lines = |filter: &str| {
        let ran = run(folder.path(), &["test", "--filter", filter]);
        (ran.code, ran.out.lines().count() - 1)
    };
    assert_eq!(lines("sandbox"), (0, 1), "the name of a test");
    assert_eq!(lines("web -> db"), (1, 2), "the text of guards");
    let lines_of_a_test = run(folder.path(), &["test", "--filter", "shop/web can"]);
    assert_eq!(lines_of_a_test.code, 2, "a filter is not about the lines of a test");
}

#[test]
fn a_filter_that_keeps_nothing_is_a_mistake() {
    let shop = folder(&[("shop.netdsl", SHOP)]);
    let none = "error: no test has `zzz` in its name, and no guard in its text";
    for (filter, error) in [
        ("zzz", format!("{none}; `netdsl test` lists them all\n")),
        ("Sandbox", format!("{none}; did you mean `the sandbox stays out`?\n").replace("zzz", "Sandbox")),
    ] {
        for format in ["human", "json", "junit"] {
            let ran = run(shop.path(), &["test", "--filter", filter, "--message-format", format]);
            assert_eq!((ran.code, ran.out.as_str(), &ran.err), (2, "", &error));
        }
    }
    let empty = folder(&[("a.netdsl", super::CLEAN)]);
    assert_eq!(run(empty.path(), &["test"]).code, 0, "no tests at all are none that fail");
    let ran = run(empty.path(), &["test", "--filter", "zzz"]);
    assert_eq!((ran.code, ran.err.as_str()), (2, format!("{none}; the program has none\n").as_str()));
}

#[test]
fn a_program_with_errors_is_not_tested() {
    let folder = folder(&[("shop.netdsl", &SHOP.replace("allow web", "allow wbe"))]);
    let ran = run(folder.path(), &["test"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.ends_with("error: 1 error; nothing was tested\n"), "{}", ran.err);
    let junit = run(folder.path(), &["test", "--message-format=junit"]);
    assert_eq!((junit.code, junit.err.as_str()), (1, ""));
    assert!(junit.out.contains("tests=\"1\" skipped=\"0\" failures=\"0\" errors=\"1\""), "{}", junit.out);
}

#[test]
fn findings_for_machines_are_its_data() {
    let folder = folder(&[("shop.netdsl", &broken())]);
    for format in ["json", "sarif", "github", "gitlab"] {
        let ran = run(folder.path(), &["test", "--message-format", format]);
        assert!(ran.code == 1 && ran.err.is_empty(), "{}", ran.err);
        assert!(ran.out.contains("E0602") && !ran.out.contains("passed"), "{}", ran.out);
    }
}

#[test]
fn junit_is_the_same_every_time() {
    let folder = folder(&[("shop.netdsl", &broken())]);
    let report = || -> Ran { run(folder.path(), &["test", "--message-format", "junit"]) };
    let ran = report();
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert_eq!(ran.out, report().out);
    assert!(ran.out.contains("tests=\"4\" skipped=\"0\" failures=\"2\" errors=\"0\""), "{}", ran.out);
    assert!(ran.out.contains("<testcase name=\"only web -&gt; db:sql\""), "{}", ran.out);
    assert!(ran.out.contains("type=\"E0602\""), "{}", ran.out);
    for absent in ["time", "uuid", "hostname"] {
        assert!(!ran.out.contains(&format!(" {absent}")), "{}", ran.out);
    }
}

#[test]
fn junit_is_for_tests_alone() {
    let folder = folder(&[("shop.netdsl", SHOP)]);
    for command in ["check", "compile"] {
        let ran = run(folder.path(), &[command, "--message-format", "junit"]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains("`netdsl test` alone"), "{}", ran.err);
    }
}
