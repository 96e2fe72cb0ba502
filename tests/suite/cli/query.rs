//! `netdsl query`.

use super::{Ran, folder, run, run_with_input};

const SHOP: &str = "\
label app = pods
namespace shop {
  pods web where app=web
  pods job where app=job
  pods db where app=db {
    port sql = 5432
    port metrics = 9187
  }
  pods cache where app=cache
  allow web -> db:sql
  allow job -> db:metrics
  allow ingress web -> cache:6379
  allow * -> dns
}
external namespace sandbox
";

fn ask(arguments: &[&str]) -> Ran {
    let folder = folder(&[("shop.netdsl", SHOP)]);
    run(folder.path(), &[&["query"], arguments].concat())
}

#[test]
fn allowed_is_0_and_all_else_1() {
    let cases = [
        ("shop/web -> shop/db:5432", 0, "allowed: shop/web -> shop/db:5432\n"),
        ("shop/web -> shop/db:sql", 0, "allowed: shop/web -> shop/db:sql\n"),
        ("shop/web -> shop/db", 0, "allowed: shop/web -> shop/db, on some port\n"),
        ("shop/web -> dns", 0, "allowed: shop/web -> dns\n"),
        ("sandbox/* -> internet", 0, "allowed: sandbox/* -> internet, on some port\n"),
        ("shop/web -> shop/db:5433", 1, "denied: shop/web -> shop/db:5433\n"),
        ("sandbox/* -> shop/db", 1, "denied: sandbox/* -> shop/db, on any port\n"),
        ("shop/web -> internet", 1, "denied: shop/web -> internet, on any port\n"),
        ("shop/web -> shop/cache", 1, "denied: shop/web -> shop/cache, on any port\n"),
    ];
    for (question, code, answer) in cases {
        let ran = ask(&[question]);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (code, answer, ""), "{question}");
    }
}

#[test]
fn a_question_before_the_paths_is_told_where_it_belongs() {
    let help = "\n  = help: PATHS come first, then the question, in one argument: netdsl query ";
    let ran = ask(&["shop/web -> shop/db", "shop.netdsl"]);
    assert!(ran.code == 2 && ran.out.is_empty() && ran.err.contains(help), "{}", ran.err);
    let ran = ask(&["gone.netdsl", "shop/web -> shop/db"]);
    assert!(ran.code == 2 && !ran.err.contains("help"), "{}", ran.err);
}

#[test]
fn any_port_may_differ_from_pair_to_pair() {
    assert_eq!(ask(&["shop/web | shop/job -> shop/db"]).code, 0);
    assert_eq!(ask(&["shop/web | shop/job -> shop/db:5432"]).code, 1);
    assert_eq!(ask(&["shop/web -> shop/db:*"]).code, 1, "`:*` asks for every port, not for any");
}

#[test]
fn mixed_shows_both_sides() {
    let ran = ask(&["shop/* -> shop/db:5432"]);
    let expected = "\
mixed: shop/* -> shop/db:5432
  allowed: from a pod with `app=web` in namespace `shop` to a pod with `app=db` in namespace `shop`, port 5432/tcp
  denied: from a pod without labels in namespace `shop` to a pod with `app=db` in namespace `shop`, port 5432/tcp
";
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (1, expected, ""));
}

#[test]
fn why_shows_statements_and_policies() {
    let ran = ask(&["shop/web -> shop/db:sql", "--why"]);
    let expected = "\
allowed: shop/web -> shop/db:sql
  for example: from a pod with `app=web` in namespace `shop` to a pod with `app=db` in namespace `shop`, port 5432/tcp
    leaving the source: allowed by
      shop.netdsl:10  allow web -> db:sql
      policy shop/web
    entering the target: allowed by
      shop.netdsl:10  allow web -> db:sql
      policy shop/db
";
    assert_eq!((ran.code, ran.out.as_str()), (0, expected));
}

#[test]
fn why_names_the_missing_half_and_a_rule() {
    let half = ask(&["shop/web -> shop/cache", "--why"]);
    let expected = "\
denied: shop/web -> shop/cache, on any port
  for example: from a pod with `app=web` in namespace `shop` to a pod with `app=cache` in namespace `shop`, port 6379/tcp
    leaving the source: denied, because the pod's egress is isolated and nothing allows this
      policy shop/default-deny
      policy shop/all-pods
      policy shop/web
    entering the target: allowed by
      shop.netdsl:12  allow ingress web -> cache:6379
      policy shop/cache
    this would allow it: allow egress shop/web -> shop/cache:PORT, with the port that it needs
";
    assert_eq!((half.code, half.out.as_str()), (1, expected));
    for (question, rule) in [
        ("sandbox/* -> shop/cache:6379", "allow ingress sandbox/* -> shop/cache:6379"),
        ("shop/job -> shop/cache:6379", "allow shop/job -> shop/cache:6379"),
    ] {
        let ran = ask(&[question, "--why"]);
        assert!(ran.out.ends_with(&format!("this would allow it: {rule}\n")), "{}", ran.out);
    }
}

#[test]
fn why_suggests_no_rule_that_does_not_compile() {
    let ran = ask(&["shop/web -> shop/db:80", "--why"]);
    let expected = "    no rule can allow it as things are: `db` does not declare this port
      it declares `sql` (5432/tcp), `metrics` (9187/tcp)
      use a declared port, declare this one, or write `:*` for every port
";
    assert!(ran.out.ends_with(expected), "{}", ran.out);
    assert!(!ran.out.contains("this would allow it"), "{}", ran.out);
}

#[test]
fn what_is_suggested_does_allow_it() {
    let rule = "allow egress shop/web -> shop/cache:6379";
    let mended = format!("{SHOP}{rule}\n");
    let folder = folder(&[("shop.netdsl", &mended)]);
    assert_eq!(run(folder.path(), &["query", "shop/web -> shop/cache:6379"]).code, 0);
}

#[test]
fn what_is_no_question_is_2() {
    let two = "shop/web -> shop/db:5432\nallow shop/web -> shop/db:5433";
    for (question, hint) in [
        ("shop/web", "expected `->`"),
        ("web -> db", "help: write `shop/web`"),
        ("shop/wbe -> shop/db", "shop/wbe"),
        ("", "error["),
        (two, "this is not one question"),
        ("shop/web -> shop/db:5432 }", "error["),
    ] {
        let ran = ask(&[question]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{question}");
        assert!(ran.err.contains(hint), "{}", ran.err);
        assert!(ran.err.ends_with("this is no question\n"), "{}", ran.err);
    }
    assert_eq!(ask(&[]).code, 2);
}

#[test]
fn a_program_with_errors_has_no_answers() {
    let folder = folder(&[("a.netdsl", "namespace shop {\n  allow nobody -> *:80\n}\n")]);
    let ran = run(folder.path(), &["query", "shop/* -> shop/*:80"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.ends_with("the question has no answer\n"), "{}", ran.err);
}

#[test]
fn paths_come_before_the_question() {
    let folder = folder(&[("a.netdsl", "broken\n"), ("b/shop.netdsl", SHOP)]);
    assert_eq!(run(folder.path(), &["query", "b", "shop/web -> shop/db:5432"]).code, 0);
    let piped = run_with_input(folder.path(), &["query", "-", "shop/web -> shop/db:5432"], SHOP.as_bytes());
    assert_eq!(piped.code, 0, "{}", piped.err);
}

#[test]
fn an_unreadable_question_is_shown_as_it_was_typed() {
    let ran = ask(&["shop/web shop/db"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
    assert!(ran.err.contains("<query>:1:10") && ran.err.contains("1 │ shop/web shop/db\n"), "{}", ran.err);
    assert!(ran.err.contains("= help: a question is written `FROM -> TO[:PORT]`\n"), "{}", ran.err);
    assert!(!ran.err.contains("never") && !ran.err.contains("guard"), "{}", ran.err);
    let ran = ask(&["shop/web -> shop/dbb:5432"]);
    assert!(ran.err.contains("<query>:1:18") && !ran.err.contains("never"), "{}", ran.err);
}
