//! What may import what: ARCHITECTURE.md's table as an allow-list, checked by reading the source.
//!
//! Comes in: every file below `src`. A use that is not listed fails, and so does an import that a module may have
//! and has not, so that the table says what is. What matters most: the proof (`denote`, `verify`) shares `algebra` and `ir` with
//! the compiler, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use crate::support;

/// A name, and what is allowed for it.
type Row = (&'static str, &'static [&'static str]);

/// Each module of the crate, or a folder in one, and the other modules that it may name.
const MODULES: &[Row] = &[
    ("algebra", &[]),
    ("parallel", &[]),
    ("source", &[]),
    ("ir", &["algebra"]),
    ("diag", &["source"]),
    ("syntax", &["source", "diag"]),
    ("load", &["source", "diag", "syntax", "parallel"]),
    // Of the syntax only small types that mean the same before and after names are resolved.
    ("hir", &["source", "syntax", "algebra", "ir"]),
    ("check", &["source", "diag", "syntax", "hir", "algebra", "ir", "parallel"]),
    ("lower", &["source", "check", "hir", "algebra", "ir"]),
    ("minimise", &["algebra", "ir"]),
    ("k8s", &[]),
    ("backend", &["minimise", "k8s", "algebra", "ir"]),
    ("denote", &["algebra", "ir"]),
    ("verify", &["denote", "algebra", "ir"]),
    ("guards", &["source", "diag", "algebra", "ir"]),
    ("query", &["guards", "algebra", "ir"]),
    ("lint", &["source", "diag", "syntax", "hir", "algebra", "ir", "parallel"]),
    ("fmt", &["source", "diag", "syntax"]),
    ("fix", &["source", "diag"]),
    ("output", &["k8s"]),
    (
        "pipeline",
        &[
            "source", "diag", "syntax", "load", "hir", "check", "lint", "lower", "minimise", "backend",
            "k8s", "output", "verify", "guards", "ir", "parallel",
        ],
    ),
    ("cli", &["source", "diag", "load", "check", "pipeline", "backend", "fmt", "fix", "output", "parallel"]),
    // These show what was proved, and so see what it was proved of.
    ("cli/cmd/test", &["source", "diag", "load", "hir", "lower", "pipeline", "guards", "ir"]),
    (
        "cli/cmd/query",
        &[
            "source", "diag", "load", "syntax", "hir", "check", "lower", "pipeline", "denote", "query",
            "guards", "algebra", "ir",
        ],
    ),
];

/// Each library, and where it may be named.
const LIBRARIES: &[Row] = &[
    ("blake3", &["cli/receipt/"]),
    ("camino", &["source/", "load/", "output/", "cli/"]),
    ("cidr", &["check/addresses.rs", "denote/"]),
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/"]),
    ("clap_mangen", &["cli/cmd/man.rs"]),
    ("codespan_reporting", &["diag/render/human.rs"]),
    ("ignore", &["cli/io.rs"]),
    ("indicatif", &["cli/progress.rs"]),
    ("k8s_openapi", &["k8s/", "backend/network_policy/"]),
    ("pest", &["syntax/"]),
    ("pest_derive", &["syntax/grammar.rs"]),
    ("quick_junit", &["cli/cmd/test/junit.rs"]),
    ("rayon", &["parallel.rs"]),
    ("saphyr_parser", &["denote/read/tree.rs"]),
    ("serde", &["k8s/", "diag/render/", "backend/network_policy/split.rs", "cli/receipt/"]),
    (
        "serde_json",
        &[
            "diag/render/",
            "backend/network_policy/bound.rs",
            "backend/network_policy/split.rs",
            "cli/receipt/",
            "k8s/",
            "output/",
        ],
    ),
    ("serde_sarif", &["diag/render/sarif.rs"]),
    ("serde_yaml", &["k8s/write/scalar.rs"]),
    ("similar", &["cli/cmd/fmt.rs", "cli/cmd/compile/"]),
    ("smol_str", &["syntax/ast.rs"]),
    ("strsim", &["check/suggest.rs", "syntax/words.rs", "lint/", "cli/cmd/explain.rs"]),
    ("rustix", &["cli/io/"]),
    ("tempfile", &["cli/io.rs", "cli/io/"]),
];

/// Parts of the standard library that touch the world, and where they may be named.
const WORLD: &[Row] = &[
    ("std::env", &["cli/io.rs", "cli/io/", "main.rs"]),
    ("std::fs", &["cli/io.rs", "cli/io/"]),
    ("std::process", &["cli/exit.rs", "cli/mod.rs", "main.rs"]),
    ("std::thread", &["cli/progress.rs"]),
    ("std::time", &["cli/clock.rs", "cli/progress.rs"]),
];

/// The modules that are the proof's trusted base, or use it: what they never see is the point of the proof.
const REFEREES: &[&str] = &["denote", "verify"];

/// A file below `src`: its path there, and its text without comments.
struct Source {
    path: String,
    code: String,
}

impl Source {
    /// The module of the crate that it belongs to; `None` for the roots.
    fn module(&self) -> Option<&str> {
        let first = self.path.split('/').next()?;
        let name = first.strip_suffix(".rs").unwrap_or(first);
        (!matches!(name, "lib" | "main")).then_some(name)
    }

    /// The row of the table that it belongs to: the longest that begins its path.
    fn row(&self) -> Option<&'static Row> {
        let begins = |(name, _): &&Row| {
            self.path.strip_prefix(name).is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
        };
        MODULES.iter().filter(begins).max_by_key(|(name, _)| name.len())
    }

    /// The modules of the crate that it names.
    fn modules(&self) -> BTreeSet<String> {
        let depth = self.path.matches('/').count() + usize::from(!self.path.ends_with("/mod.rs"));
        let to_the_root = "super::".repeat(depth);
        let mut found = heads_behind(&self.code, "crate::");
        found.extend(heads_behind(&self.code, &to_the_root));
        found
    }

    /// Whether it names a path such as `std::fs` or a library.
    fn names(&self, path: &str) -> bool {
        match path.split_once("::") {
            Some((root, member)) => heads_behind(&self.code, &format!("{root}::")).contains(member),
            None => self.code.match_indices(path).any(|(at, _)| {
                let is_word = |next: char| next.is_alphanumeric() || next == '_' || next == ':';
                !self.code[..at].ends_with(is_word) && self.code[at + path.len()..].starts_with("::")
            }),
        }
    }
}

/// The first words of the paths behind a prefix: `a` and `b` of `crate::a::c` and `crate::{b::d, a}`.
fn heads_behind(code: &str, prefix: &str) -> BTreeSet<String> {
    let is_word = |next: char| next.is_alphanumeric() || next == '_' || next == ':';
    let starts = code.match_indices(prefix).filter(|(at, _)| !code[..*at].ends_with(is_word));
    starts.flat_map(|(at, _)| heads(&code[at + prefix.len()..])).collect()
}

/// The first word of a path, or of each path of a group.
fn heads(path: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|next| next.is_alphanumeric() || *next == '_').collect();
    let Some(group) = path.strip_prefix('{') else { return vec![word(path)] };
    let mut depth = 0_usize;
    let mut parts = vec![String::new()];
    for next in group.chars() {
        match next {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(String::new()),
            other => parts.last_mut().unwrap().push(other),
        }
    }
    parts.iter().map(|part| word(part.trim_start())).collect()
}

fn sources() -> Vec<Source> {
    let folder = support::repository("src");
    let source = |path: &std::path::PathBuf| Source {
        path: support::relative(path, &folder),
        code: without_comments(&support::read(path)),
    };
    let found: Vec<Source> = support::files_below(&folder, "rs").iter().map(source).collect();
    assert!(found.len() > 100, "the sources are not where they should be: {}", found.len());
    found
}

fn without_comments(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .fold(String::new(), |code, line| code + line + "\n")
}

/// What modules name and the table does not list.
fn unlisted(sources: &[Source]) -> Vec<String> {
    let mut problems = Vec::new();
    for source in sources {
        let Some(module) = source.module() else { continue };
        let Some((row, allowed)) = source.row() else {
            problems.push(format!("src/{}: the module `{module}` is not in the table", source.path));
            continue;
        };
        let known = |name: &String| name != module && MODULES.iter().any(|(row, _)| row == name);
        let strange = |name: &&String| known(name) && !allowed.contains(&name.as_str());
        let named = source.modules();
        problems.extend(
            named
                .iter()
                .filter(strange)
                .map(|name| format!("src/{}: `{row}` may not name `{name}`", source.path)),
        );
    }
    problems
}

/// The files that name something outside of its places.
fn misplaced(sources: &[Source], table: &[Row]) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, places) in table {
        let users = sources.iter().filter(|it| it.names(name)).map(|it| it.path.as_str());
        let strange = users.filter(|user| !places.iter().any(|place| user.starts_with(place)));
        problems.extend(strange.map(|user| format!("src/{user} names `{name}`")));
    }
    problems
}

#[test]
fn modules_name_what_the_table_lists() {
    let problems = unlisted(&sources());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_table_lists_what_modules_name() {
    let mut named: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for source in sources() {
        if let Some((row, _)) = source.row() {
            named.entry(row).or_default().extend(source.modules());
        }
    }
    let idle = MODULES.iter().flat_map(|(row, allowed)| {
        let (mine, all) = (named.get(row), &named);
        let is_idle =
            move |name: &&&str| all.contains_key(**name) && mine.is_some_and(|it| !it.contains(**name));
        allowed.iter().filter(is_idle).map(move |name| format!("{row}: {name}"))
    });
    let idle: Vec<String> = idle.collect();
    assert!(idle.is_empty(), "listed and not named:\n{}", idle.join("\n"));
}

#[test]
fn modules_name_no_module_in_a_circle() {
    let mut below: BTreeSet<&str> = BTreeSet::new();
    let mut waiting: Vec<Row> = MODULES.to_vec();
    while !waiting.is_empty() {
        let is_ready = |(_, allowed): &Row| allowed.iter().all(|name| below.contains(name));
        let (ready, rest): (Vec<Row>, Vec<Row>) = waiting.into_iter().partition(is_ready);
        assert!(!ready.is_empty(), "these name each other: {rest:?}");
        below.extend(ready.iter().map(|(module, _)| *module));
        waiting = rest;
    }
}

#[test]
fn the_proof_shares_two_modules_with_the_compiler() {
    let shared = ["algebra", "ir"];
    let referees: Vec<&Row> = MODULES.iter().filter(|(module, _)| REFEREES.contains(module)).collect();
    assert_eq!(referees.len(), REFEREES.len());
    for (module, allowed) in referees {
        let strange = allowed.iter().find(|name| !shared.contains(name) && !REFEREES.contains(name));
        assert_eq!(strange, None, "{module} is part of the proof");
    }
}

#[test]
fn libraries_are_named_in_their_places() {
    let problems = misplaced(&sources(), LIBRARIES);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_library_has_its_places() {
    let manifest = support::read(&support::repository("Cargo.toml"));
    let sections = manifest.split("\n[").filter_map(|section| section.split_once("]\n"));
    // Also those of one system alone.
    let used = sections.filter(|(name, _)| *name == "dependencies" || name.ends_with(".dependencies"));
    let lines = used.flat_map(|(_, text)| text.lines());
    let lines = lines.filter(|line| !line.starts_with('#') && line.contains('='));
    let declared: BTreeSet<String> =
        lines.map(|line| line.split([' ', '=']).next().unwrap().replace('-', "_")).collect();
    let listed: BTreeSet<String> = LIBRARIES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(declared, listed, "Cargo.toml and the list of libraries");
}

#[test]
fn the_world_is_seen_from_its_places() {
    let problems = misplaced(&sources(), WORLD);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let streams = ["stdin()", "stdout()", "stderr()"];
    // Within `cli`, `io` is the module that prints; clippy's `disallowed-methods` look after the rest.
    for source in sources().iter().filter(|source| source.module() != Some("cli")) {
        let found = streams.iter().find(|stream| source.code.contains(**stream));
        assert_eq!(found, None, "src/{} prints or reads", source.path);
    }
}

#[test]
fn paths_of_every_kind_are_seen() {
    let code = "use crate::{a, b::{x, y}, c as d};\nfn f() { crate::e::g(); my_crate::no(); }\nuse std::fs::{self};\n";
    let source = Source { path: "hir/mod.rs".into(), code: code.to_owned() + "use super::up::X;\n" };
    let expected: BTreeSet<String> = ["a", "b", "c", "e", "up"].map(str::to_owned).into();
    assert_eq!(source.modules(), expected);
    assert!(source.names("std::fs") && !source.names("std::env"));
    let grouped = Source { path: "cli/x.rs".into(), code: "use std::{env, io};\nuse pest::Parser;\n".into() };
    assert!(grouped.names("std::env") && grouped.names("pest") && !grouped.names("std::fs"));
}

#[test]
fn a_forbidden_import_is_seen() {
    let planted = |path: &str, code: &str| [Source { path: path.into(), code: code.into() }];
    assert_eq!(
        unlisted(&planted("verify/mod.rs", "use crate::k8s;")),
        ["src/verify/mod.rs: `verify` may not name `k8s`"]
    );
    assert_eq!(
        unlisted(&planted("new/mod.rs", "")),
        ["src/new/mod.rs: the module `new` is not in the table"]
    );
    let problems =
        misplaced(&planted("lower/mod.rs", "use serde_yaml::to_string;"), &[("serde_yaml", &["k8s/"])]);
    assert_eq!(problems[0], "src/lower/mod.rs names `serde_yaml`");
}
