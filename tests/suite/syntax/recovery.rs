//! A bad line never hides the next, and one cause is one finding.

use super::{codes, dump, read, render, snapshot};

/// Findings and tree of a text.
fn outcome(text: &str) -> (Vec<String>, String) {
    let (_, _, parsed) = read(text);
    (codes(text), dump::file(&parsed.file))
}

#[test]
fn each_fault_of_a_file_is_one_finding() {
    let text = "\
label app = pods, x
namespce shop {
  pods web where app=web
  pods db app=db
  alow web -> db:5432
  allow web => db:5432
  allow web -> db:5432 allow web -> db:5433
  default deny all
  allow web -> db:5434
}
use vocabulary.netdsl
label tier = *
";
    let (sources, _, parsed) = read(text);
    assert_eq!(parsed.diagnostics.len(), 8);
    let lines: Vec<u32> =
        parsed.diagnostics.iter().map(|found| sources.position(found.primary.span).line).collect();
    assert_eq!(lines, [1, 2, 4, 5, 6, 7, 8, 11]);
    let shown = format!("{text}\n{}\n{}", render(&sources, &parsed.diagnostics), dump::file(&parsed.file));
    snapshot("faults", &shown);
}

#[test]
fn broken_declarations_keep_their_names() {
    for (text, expected) in [
        ("namespace x y {\n allow a -> b\n}", "BROKEN Namespace x {\n  allow Both a -> b\n}\n"),
        ("namespce x {\n allow a -> b\n}", "BROKEN Namespace x {\n  allow Both a -> b\n}\n"),
        ("external namespace x y", "BROKEN ExternalNamespace x\n"),
        ("namespaces x wher a=b", "BROKEN Namespaces x\n"),
        ("network x 10.0.0.0/8", "BROKEN Network x\n"),
        ("override network x 10.0.0.0/8", "BROKEN Network x\n"),
        ("netwrok \"x\" = 10.0.0.0/8", "BROKEN Network \"x\"\n"),
        ("service x = ", "BROKEN Service x\n"),
        ("label app = a, b", "BROKEN Label app\n"),
        ("namespace label team = a, b", "BROKEN NamespaceLabel team\n"),
        ("test x \"y\" {\n}", "BROKEN Test x\n"),
        ("namespace x", "namespace Managed x\n"),
        ("label a = \u{1}", "BROKEN Label a\n"),
        ("frob x {\n allow a -> b\n}", "BROKEN {\n  allow Both a -> b\n}\n"),
        ("pods where app=x", "BROKEN Pods\n"),
    ] {
        let (codes, tree) = outcome(text);
        assert_eq!(tree, expected, "of:\n{text}");
        assert_eq!(codes.len(), 1, "of:\n{text}\n{codes:?}");
    }
    let (codes, tree) =
        outcome("namespace n {\n pods x app=y {\n  port p = 80\n  port 80\n }\n allow a -> x\n}");
    assert_eq!(codes, ["E0101 2:9", "E0101 4:10"]);
    assert_eq!(
        tree,
        "namespace Managed n {\n  BROKEN Pods x {\n    BROKEN Port p\n    BROKEN Port 80\n  }\n  allow Both a -> x\n}\n"
    );
}

#[test]
fn misplaced_declarations_keep_their_names() {
    let (codes, tree) =
        outcome("namespace n {\n label a = *\n namespace m {\n  pods p where a=b\n }\n allow a -> b\n}");
    assert_eq!(codes, ["E0107 2:2", "E0107 3:2"]);
    assert_eq!(
        tree,
        "namespace Managed n {\n  BROKEN Label a\n  BROKEN Namespace m {\n    pods p where a=b\n  }\n  allow Both a -> b\n}\n"
    );
    let (codes, tree) = outcome("pods p where a=b {\n port q = 80\n}\nallow a/b -> c/d");
    assert_eq!(codes, ["E0107 1:1"]);
    assert_eq!(tree, "BROKEN Pods p {\n  BROKEN Port q\n}\nallow Both a / b -> c / d\n");
}

#[test]
fn a_joined_statement_that_does_not_parse_is_cut_at_lines_that_begin_like_statements() {
    let (codes, tree) = outcome("namespace n {\n allow a ->\n allow b -> c\n allow d -> e\n}");
    assert_eq!(codes, ["E0101 2:12"]);
    assert_eq!(tree, "namespace Managed n {\n  BROKEN\n  allow Both b -> c\n  allow Both d -> e\n}\n");

    let (codes, tree) = outcome("label a = x |\nnamespace n {\n pods p where a=b,\n pods q where a=c\n}");
    assert_eq!(codes, ["E0101 1:14", "E0101 3:19"]);
    assert_eq!(tree, "BROKEN Label a\nnamespace Managed n {\n  BROKEN Pods p\n  pods q where a=c\n}\n");

    // Keys that are called like keywords do not cut.
    let (codes, _) = outcome("namespace n {\n allow x=y,\n  service=x,\n  pods in (a),\n  port=% -> b\n}");
    assert_eq!(codes, ["E0101 5:8"]);
}

#[test]
fn two_statements_on_a_line_are_both_read() {
    let (codes, tree) = outcome("allow a/b -> c/d allow e/f -> g/h never i/j -> k/l");
    assert_eq!(codes, ["E0108 1:18", "E0108 1:35"]);
    assert_eq!(tree, "allow Both a / b -> c / d\nallow Both e / f -> g / h\nNever i / j -> k / l\n");
    let (codes, tree) = outcome("label a = *; label b = *;");
    assert_eq!(codes, ["E0101 1:12", "E0101 1:25"]);
    assert_eq!(tree, "label Pods a = ANY\nlabel Pods b = ANY\n");
    let (codes, tree) = outcome("label a = * // why\nlabel b = *");
    assert_eq!(codes, ["E0101 1:13"]);
    assert_eq!(tree, "label Pods a = ANY\nlabel Pods b = ANY\n");
    let (codes, tree) = outcome("label a = * namespace n {\n allow a -> b\n}");
    assert_eq!(codes, ["E0108 1:13"]);
    assert_eq!(tree, "label Pods a = ANY\nnamespace Managed n {\n  allow Both a -> b\n}\n");
}

#[test]
fn a_missing_brace_is_one_finding_and_costs_no_statement() {
    let (codes, tree) =
        outcome("namespace n {\n allow a -> b\n\nnamespace m {\n allow c -> d\n}\nlabel l = *");
    assert_eq!(codes, ["E0102 1:13"]);
    assert_eq!(
        tree,
        "namespace Managed n {\n  allow Both a -> b\n}\nnamespace Managed m {\n  allow Both c -> d\n}\nlabel Pods l = ANY\n"
    );
    let (codes, tree) =
        outcome("namespace n {\n pods p where a=b {\n  port q = 1\n\n pods r where a=c\n allow p -> r\n}");
    assert_eq!(codes, ["E0102 2:19"]);
    assert_eq!(
        tree,
        "namespace Managed n {\n  pods p where a=b\n    port q = 1\n  pods r where a=c\n  allow Both p -> r\n}\n"
    );
    let (codes, _) = outcome("frob {\n x\nlabel a = *\nnamespace m {\n}");
    assert_eq!(codes, ["E0106 1:1", "E0102 1:6", "E0106 2:2"]);
}

#[test]
fn a_string_that_is_not_closed_costs_neither_its_block_nor_the_next_line() {
    let (codes, tree) = outcome("test \"x {\n a/b can reach c/d\n}\nlabel a = *");
    assert_eq!(codes, ["E0104 1:6"]);
    assert_eq!(tree, "BROKEN Test\nlabel Pods a = ANY\n");
    let (codes, tree) = outcome("use \"x,\nlabel a = *");
    assert_eq!(codes, ["E0104 1:5"]);
    assert_eq!(tree, "BROKEN\nlabel Pods a = ANY\n");
}

#[test]
fn stray_braces_cost_nothing() {
    let (codes, tree) = outcome("label a = *\n}\nlabel b = *\n}}\nlabel c = *");
    assert_eq!(codes, ["E0103 2:1", "E0103 4:1"]);
    assert_eq!(tree, "label Pods a = ANY\nlabel Pods b = ANY\nlabel Pods c = ANY\n");
}

#[test]
fn docs_and_names_wait_over_blank_lines_and_comments() {
    let (codes, tree) =
        outcome("## one\n\n# two\nnamespace n {\n ## a\n @name(\"x\")\n ## b\n\n pods p where a=b\n}");
    assert!(codes.is_empty(), "{codes:?}");
    assert_eq!(tree, "namespace Managed n ## one {\n  pods p where a=b @\"x\" ## a / b\n}\n");
    // What cannot be read may well have been meant to take them.
    assert_eq!(outcome("## one\n@name(\"x\")\nalow a/b -> c/d").0, ["E0106 3:1"]);
}

#[test]
fn comments_are_all_kept() {
    let (sources, _, parsed) = read("# a\nlabel x = \"#\" ## b\nallow p/q -> # c\n  ### d\n r/s {}}# e");
    let texts: Vec<&str> = parsed.file.comments.iter().map(|comment| sources.snippet(comment.span)).collect();
    assert_eq!(texts, ["# a", "## b", "# c", "### d", "# e"]);
}

#[test]
fn one_cause_is_one_finding() {
    for (text, expected) in [
        ("allow a/b -> c/d {\n never a/b -> c/d\n}\nlabel a = *", "E0101 1:18"),
        ("namespace n {\n pods p where a in (x, y\n pods q where a=b\n}", "E0101 2:25"),
        ("tset \"x\" {\n a/b can reach c/d\n a/b cannot reach c/d\n}", "E0106 1:1"),
        ("frob {\n a/b can reach c/d\n port p = 80\n label a = *\n}", "E0106 1:1"),
        ("extrnal namespace n {\n pods p where a=b\n}", "E0106 1:1"),
        ("namespace n {\n pods p a=b {\n  port p = 80\n  host-network\n }\n}", "E0101 2:9"),
        ("namespace n {\n test t x {\n  a can reach b\n }\n}", "E0101 2:9"),
    ] {
        assert_eq!(codes(text), [expected], "of:\n{text}");
    }
}
