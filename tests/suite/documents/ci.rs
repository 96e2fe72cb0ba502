//! The recipes of docs/ci.md work: their YAML is YAML, and every line of theirs that runs netdsl is run, on a program
//! without findings and on one that must stop the pipeline.

#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Output};

use yaml_serde::Value;

use super::blocks;
use crate::support;

/// What must have its recipe.
const RECIPES: [&str; 6] =
    ["GitHub Actions", "GitLab", "pre-commit", "Argo CD", "Flux", "kubectl apply --prune"];

fn page() -> String {
    support::read(&support::repository("docs/ci.md"))
}

/// The lines of a text that run netdsl: of `console` blocks those behind `$`, of `yaml` blocks every string.
fn commands(text: &str) -> Vec<String> {
    let mut commands = Vec::new();
    for block in blocks::of(text) {
        match block.kind {
            blocks::Kind::Yaml => {
                for document in support::documents(&block.text) {
                    strings(&document, &mut commands);
                }
            }
            blocks::Kind::Other => {
                commands
                    .extend(block.text.lines().filter_map(|line| line.strip_prefix("$ ")).map(str::to_owned));
            }
            blocks::Kind::Program(_) | blocks::Kind::Text => {}
        }
    }
    commands.retain(|line| line.starts_with("netdsl ") || line.starts_with("sh -c \"netdsl "));
    commands.iter().map(|line| without_the_rest(line).to_owned()).collect()
}

/// A line without what the pipeline does with its outcome.
fn without_the_rest(line: &str) -> &str {
    let rests = [" || rc=1", " &&", " | kubectl apply -f -"];
    rests.iter().find_map(|rest| line.strip_suffix(rest)).unwrap_or(line)
}

/// Every string in a value, in order; a command that is a list of words is one.
fn strings(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) => out.push(text.clone()),
        Value::Sequence(words) if words.first().and_then(Value::as_str) == Some("netdsl") => {
            out.push(words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "));
        }
        Value::Sequence(items) => items.iter().for_each(|item| strings(item, out)),
        Value::Mapping(map) => map.iter().for_each(|(_, item)| strings(item, out)),
        _ => {}
    }
}

/// Runs a line as a shell of a pipeline does.
fn shell(folder: &Path, line: &str) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_netdsl")).parent().unwrap();
    let script = format!("PATH=\"$0:$PATH\"\n{line}");
    let mut command = Command::new("sh");
    command.args(["-c", &script]).arg(binary).current_dir(folder).env("NETDSL_RECEIPTS", "off");
    command.output().unwrap()
}

/// A repository of git with some programs in `policies`.
#[expect(clippy::disallowed_methods, reason = "the recipes work on real files")]
fn repository(programs: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert!(Command::new("git").args(["init", "-q"]).current_dir(folder.path()).status().unwrap().success());
    std::fs::create_dir(folder.path().join("policies")).unwrap();
    for (name, text) in programs {
        std::fs::write(folder.path().join("policies").join(name), text).unwrap();
    }
    folder
}

#[test]
fn every_recipe_runs_something_that_works() {
    let example = support::files_below(&support::repository("examples/online-shop"), "netdsl");
    let texts: Vec<(String, String)> = example
        .iter()
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), support::read(path)))
        .collect();
    let programs: Vec<(&str, &str)> =
        texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = repository(&programs);
    for line in commands(&page()) {
        let ran = shell(folder.path(), &line);
        let err = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(0), "{line}\n{err}");
    }
    let written = |name: &str| support::read(&folder.path().join(name));
    for report in ["netdsl.sarif", "gl-code-quality-report.json"] {
        serde_json::from_str::<serde_json::Value>(&written(report)).unwrap();
    }
    assert!(written("netdsl-junit.xml").starts_with("<?xml"));
    assert!(written("policies.yaml").contains("app.kubernetes.io/part-of: shop"));
    assert!(written("deploy/kustomization.yaml").contains("resources:"));
}

#[test]
fn what_is_wrong_stops_every_pipeline() {
    let folder = repository(&[("a.netdsl", "namespace shop {\n  allow nobody -> *:80\n}\n")]);
    for line in commands(&page()).iter().filter(|line| !line.starts_with("netdsl fmt")) {
        assert_eq!(shell(folder.path(), line).status.code(), Some(1), "{line}");
        assert!(!folder.path().join("deploy").exists(), "{line}");
    }
    let unformatted = repository(&[("a.netdsl", "namespace   shop {}\n")]);
    assert_eq!(shell(unformatted.path(), "netdsl fmt --check policies").status.code(), Some(1));
}

#[test]
fn every_tool_has_its_recipe() {
    let page = page();
    let sections: Vec<&str> = page.split("\n## ").skip(1).collect();
    let names: Vec<&str> = sections.iter().map(|it| it.lines().next().unwrap()).collect();
    assert_eq!(names, RECIPES);
    for section in &sections {
        assert!(!commands(section).is_empty(), "{section}");
    }
}

#[test]
fn the_hooks_of_pre_commit_are_commands_of_ours() {
    let hooks = support::documents(&support::read(&support::repository(".pre-commit-hooks.yaml")));
    let folder = repository(&[("a.netdsl", "namespace shop {\n}\n")]);
    for hook in hooks[0].as_sequence().unwrap() {
        let text = |key: &str| hook.get(key).and_then(Value::as_str).unwrap().to_owned();
        assert!(page().contains(&format!("`{}`", text("id"))), "docs/ci.md does not name {}", text("id"));
        assert_eq!(text("language"), "rust");
        let arguments = if text("id") == "netdsl-compile" { "policies deploy" } else { "policies" };
        let ran = shell(folder.path(), &format!("{} {arguments}", text("entry")));
        assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    }
}
