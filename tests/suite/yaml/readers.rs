//! Other people's readers: a second library, and `kubectl` where there is one.

use std::io::Write;
use std::process::{Command, Stdio};

use netdsl::k8s::{Object, write};
use serde::Deserialize;

/// Whether every reader that is here sees the objects as they are.
pub(super) fn check(objects: &[Object]) {
    check_by_library(objects);
    check_by_kubectl(objects);
}

/// Whether `yaml_serde` does. As data first: typed reading would forgive a number in a string's place.
#[track_caller]
pub(super) fn check_by_library(objects: &[Object]) {
    let yaml = write(objects);
    let read: Vec<serde_json::Value> = yaml_serde::Deserializer::from_str(&yaml)
        .map(|document| {
            serde_json::Value::deserialize(document).unwrap_or_else(|error| panic!("{error}\n{yaml}"))
        })
        .collect();
    same(&read, objects);
    for (value, object) in read.into_iter().zip(objects) {
        assert_eq!(serde_json::from_value::<Object>(value).as_ref().ok(), Some(object));
    }
}

/// One by one, so that a difference can be seen.
#[track_caller]
fn same(read: &[serde_json::Value], objects: &[Object]) {
    for (read, object) in read.iter().zip(objects) {
        let written = serde_json::to_value(object).expect("objects are JSON");
        assert_eq!(*read, written, "{}", write(std::slice::from_ref(object)));
    }
    assert_eq!(read.len(), objects.len());
}

/// Whether `kubectl` does, without a cluster: it reads the text, adds an annotation, and prints JSON.
fn check_by_kubectl(objects: &[Object]) {
    if !is_kubectl_here() {
        return;
    }
    let output = kubectl(&write(objects));
    let read: Vec<serde_json::Value> = serde_json::Deserializer::from_slice(&output)
        .into_iter()
        .map(|value| without_mark(value.expect("kubectl prints JSON")))
        .collect();
    same(&read, objects);
}

const MARK: &str = "netdsl-read-back";

fn kubectl(yaml: &str) -> Vec<u8> {
    let mut child = Command::new("kubectl")
        .args(["annotate", "--local", "-f", "-", "-o", "json", &format!("{MARK}=yes")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("kubectl starts");
    let mut input = child.stdin.take().expect("piped");
    let text = yaml.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("kubectl ends");
    writer.join().expect("no panic").expect("kubectl reads all");
    assert!(output.status.success(), "{}\n{yaml}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn without_mark(mut value: serde_json::Value) -> serde_json::Value {
    let metadata = value["metadata"].as_object_mut().expect("metadata is there");
    let annotations = metadata["annotations"].as_object_mut().expect("kubectl has added one");
    assert!(annotations.remove(MARK).is_some());
    if annotations.is_empty() {
        metadata.remove("annotations");
    }
    value
}

fn is_kubectl_here() -> bool {
    let here =
        Command::new("kubectl").args(["version", "--client"]).output().is_ok_and(|o| o.status.success());
    if !here {
        assert!(
            std::env::var_os("NETDSL_REQUIRE_KUBECTL").is_none_or(|v| v != "1"),
            "kubectl is required and not here"
        );
        skipped();
    }
    here
}

#[expect(clippy::print_stderr, reason = "whoever reads the test's output must see what it did not do")]
fn skipped() {
    eprintln!("skipped: no kubectl here");
}
