//! Comments in every position, and blank lines between them.

use super::{check, snapshot};

#[test]
fn between_statements() {
    snapshot(
        "comments-between",
        &[
            "\n\n# first\n#second   \n\n\n\n# third\nlabel a = *# behind\n#after\n\n\n## Doc\n\n# between\nnamespace n {   # open\n\n\n# inside\n\nallow a -> b # rule\n   ## Doc\n  # netdsl: allow(shadowed-rule) reason\nallow c -> d:1\n\n\n# last\n\n}# closed\n\n\n# end\n\n\n",
            "namespace n {\n# alone\n}\nnamespace m { # behind\n}\nnamespace o {\n\n}\n",
            "namespace n {\n  ## Doc\n  @name(\"x\") # why\n  # netdsl: allow(unused-declaration)\n  ## More\n  pods p where a=b { port x = 1 }   # on one line\n}\n",
            "#### ruler ####\n###\n#\n##\nnamespace n {}\n",
        ],
    );
}

#[test]
fn inside_statements() {
    snapshot(
        "comments-inside",
        &[
            "label app = # after equals\n  web # first\n  | # before db\n  # own\n  db |\n  # last\n  job # end\n",
            "allow a/b | # one\n  c/d # two\n  -> # three\n  e/f:1, # four\n    2 |\n\n    # five\n\n  g/h:3 # six\n",
            "namespaces s where # after where\n  team in ( # open\n    red, # red\n    # alone\n    blue # blue\n  ), # next\n  env=x { # brace\n}\n",
            "network n = 10.0.0.0/8 # ten\n  except # but\n  10.1.0.0/16 # end\n",
            "namespace n {\n  pods p where app= # value\n    web {\n    port x = # number\n      1, # and\n      2\n  }\n}\n",
            "allow a/b\n# alone before the arrow\n\n## a stray doc comment\n-> c/d:1\n",
            "network n = # brackets\n  [fd00::/8] | # next\n  [fd01::/8]\n",
        ],
    );
}

#[test]
fn a_comment_never_comes_behind_another_or_before_a_word() {
    for text in [
        "label a = b | # 1\n# 2\n# 3\nc # 4\n# 5\n# 6\n| d\n",
        "allow a/b -> # 1\n# 2\n\n\nc/d:1,# 3\n2|# 4\n# 5\n*/x=y # 6\n| # 7\nz/*:1\n",
        "namespaces s where # 1\n# 2\na # 3\n in ( # 4\n b\n # 5\n )\n"
            .replace("a # 3\n in", "a in")
            .as_str(),
    ] {
        let formatted = check(text);
        for line in formatted.lines() {
            assert!(line.matches('#').count() <= 1, "{formatted}");
        }
    }
}
