//! What the reader takes, and what it refuses with the place.

use netdsl::denote::{PortRef, read};
use proptest::prelude::*;

use super::policy;

fn errors(text: &str) -> Vec<String> {
    read(text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn several_documents_lists_and_json_are_read() {
    let one = policy("{podSelector: {}}");
    assert_eq!(read(&format!("---\n{one}---\n---\n# nothing\n---\n{one}")).unwrap().len(), 2);
    let list = "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"metadata\": {}, \"items\": [{\"apiVersion\":
        \"networking.k8s.io/v1\", \"kind\": \"NetworkPolicy\", \"metadata\": {\"name\": \"a\",
        \"creationTimestamp\": null}, \"spec\": {\"podSelector\": null}}]}";
    let objects = read(list).unwrap();
    assert_eq!((objects.len(), objects[0].name.as_deref()), (1, Some("a")));
    assert_eq!(read("").unwrap(), []);
}

#[test]
fn each_object_knows_its_line() {
    let one = policy("{}");
    let lines: Vec<u32> =
        read(&format!("# first\n{one}---\n{one}")).unwrap().iter().map(|o| o.line).collect();
    assert_eq!(lines, [2, 7]);
}

#[test]
fn unknown_and_repeated_keys_are_refused() {
    assert_eq!(errors(&policy("{ingres: []}")), ["line 4: spec.ingres: unknown field"]);
    assert_eq!(
        errors(&policy("{podSelector: {}, podSelector: {}}")),
        ["line 4: the key `podSelector` stands here twice"]
    );
    let misplaced = policy("{ingress: [{from: [{podSelector: {}, ports: []}]}]}");
    assert_eq!(errors(&misplaced), ["line 4: spec.ingress[0].from[0].ports: unknown field"]);
    assert_eq!(errors(&policy("{ingress: [{to: []}]}")), ["line 4: spec.ingress[0].to: unknown field"]);
}

#[test]
fn other_kinds_are_refused() {
    assert_eq!(
        errors("apiVersion: v1\nkind: Pod\n"),
        ["line 1: `Pod` of `v1` is not a NetworkPolicy of networking.k8s.io/v1"]
    );
    assert_eq!(errors("kind: NetworkPolicy\n"), ["line 1: apiVersion: is missing"]);
    assert_eq!(errors("just text\n"), ["line 1: must be a mapping, not a scalar"]);
}

#[test]
fn anchors_aliases_tags_and_merge_keys_are_refused() {
    assert_eq!(
        errors(&policy("{podSelector: &a {}}")),
        ["line 4: anchors are not read: write the value out"]
    );
    assert!(errors(&policy("{ingress: &a [], egress: *a }"))[1].contains("aliases are not read"));
    assert_eq!(errors(&policy("{podSelector: !!map {}}")), ["line 4: tags are not read"]);
    assert!(errors(&policy("{podSelector: {<<: {}}}"))[0].contains("the key `<<`"));
}

#[test]
fn scalars_that_are_no_strings_for_everybody_are_refused() {
    for value in ["on", "1", "1_000", "0x1", "1e3", "2024-01-01", "True", "190:20", "="] {
        let found = errors(&policy(&format!("{{podSelector: {{matchLabels: {{a: {value}}}}}}}")));
        assert!(
            found[0].starts_with("line 4: spec.podSelector.matchLabels.a: must be a string"),
            "{found:?}"
        );
        let quoted = policy(&format!("{{podSelector: {{matchLabels: {{\"{value}\": '{value}'}}}}}}"));
        let objects = read(&quoted).unwrap();
        assert_eq!(objects[0].spec.pod_selector.match_labels[0].1.as_ref(), value);
    }
    assert!(errors(&policy("{podSelector: {matchLabels: {on: a}}}"))[0].contains("the key `on`"));
    assert!(errors(&policy("{podSelector: {matchLabels: {a: }}}"))[0].contains("must be a string"));
}

#[test]
fn ports_are_numbers_only_where_plain_and_decimal() {
    let text = |port: &str| policy(&format!("{{ingress: [{{ports: [{{port: {port}}}]}}]}}"));
    let is = |port: &str, expected: Option<PortRef<'_>>| {
        assert_eq!(read(&text(port)).unwrap()[0].spec.ingress[0].ports[0].port, expected);
    };
    is("80", Some(PortRef::Number(80)));
    is("\"80\"", Some(PortRef::Name("80".into())));
    is("http", Some(PortRef::Name("http".into())));
    is("null", None);
    for port in ["080", "+80", "0x50", "8_0", "80.0", "1e2", "-1", "99999999999", "[80]"] {
        assert!(read(&text(port)).is_err(), "{port}");
    }
}

#[test]
fn null_elements_are_refused_because_an_empty_rule_allows_everything() {
    for spec in ["{ingress: [null]}", "{ingress: [{from: [~]}]}", "{ingress: [{ports: [null]}]}"] {
        assert!(errors(&policy(spec))[0].contains("must be a mapping, not null"), "{spec}");
    }
}

#[test]
fn absent_and_null_are_the_same_and_differ_from_empty_where_it_matters() {
    let peer = |text: &str| {
        let text = policy(&format!("{{ingress: [{{from: [{text}]}}]}}"));
        format!("{:?}", read(&text).unwrap()[0].spec.ingress[0].peers[0])
    };
    assert_eq!(peer("{podSelector: {}}"), peer("{podSelector: {}, namespaceSelector: null}"));
    assert_ne!(peer("{podSelector: {}}"), peer("{podSelector: {}, namespaceSelector: {}}"));
    assert_eq!(read(&policy("null")).unwrap()[0].spec, read(&policy("{}")).unwrap()[0].spec);
}

#[test]
fn characters_that_end_a_line_for_some_readers_only_are_refused() {
    for separator in ['\u{85}', '\u{2028}', '\u{2029}'] {
        let text = policy(&format!("{{}} # note{separator}"));
        assert!(errors(&text)[0].contains("must be written as an escape"), "{separator:?}");
    }
    assert!(read(&format!("\u{feff}{}", policy("{}").replace('\n', "\r\n"))).is_ok());
}

#[test]
fn depth_is_bounded() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("? ", "")] {
        let text = format!("{}{}", open.repeat(200), close.repeat(200));
        assert!(read(&text).is_err());
    }
    let deep = (0..5000).map(|n| " ".repeat(n)).collect::<Vec<_>>().join("a:\n");
    assert!(errors(&deep).iter().any(|error| error.contains("nested more than")));
}

#[test]
fn hostile_texts_are_refused_in_linear_time() {
    for pattern in [
        "[",
        "{",
        "- ",
        "? ",
        "a: ",
        "!a ",
        "&a ",
        "*a ",
        "'",
        "\"",
        "\"\\",
        "|\n",
        "# ",
        "---\n",
        "a: b\n",
        "[a, ",
        "{a: ",
        "\t",
        " ",
        "\n",
        "- a\n",
        "\r",
        "a:\n - b\n",
        "%TAG ! x\n",
        "a\n",
        ",",
        ":",
        "[]: ",
        "{}",
        ": a\n ",
    ] {
        let text = pattern.repeat(200_000 / pattern.len());
        // None is a manifest; that this ends at all, and soon, is the claim.
        let objects = read(&text).unwrap_or_default();
        assert!(objects.is_empty(), "{pattern:?}");
    }
}

proptest! {
    /// No text makes the reader panic.
    #[test]
    fn any_text_is_read_or_refused(text in "(?s)[\\[\\]{}a-c:,&*!|>'\"#%@ \\n\\t\\r?~<=-]{0,60}") {
        let _ = read(&text);
    }

    /// What the writer's library leaves unquoted, the reader takes for the same string.
    #[test]
    fn strings_survive_the_writer(text in "[0-9a-fnosxyTE._+=~<-]{0,8}") {
        let mut labels = std::collections::BTreeMap::new();
        labels.insert("key", text.clone());
        let written = serde_yaml::to_string(&labels).unwrap();
        let spec = format!("\n  podSelector:\n    matchLabels:\n      {written}");
        let text_read = policy(&spec);
        let objects = read(&text_read).map_err(|e| TestCaseError::fail(format!("{written}: {e:?}")))?;
        prop_assert_eq!(objects[0].spec.pod_selector.match_labels[0].1.as_ref(), text);
    }
}
