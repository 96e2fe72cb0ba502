//! The text is the library's, byte for byte, whatever the objects hold.

use std::collections::BTreeMap;

use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicyPort,
    NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement, ObjectMeta};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

use super::scalar::{is_plain, library};
use super::{append, write};
use crate::k8s::Object;
use crate::k8s::view::View;

/// Strings that some reader takes for something else, that end a line, or that the library writes in its own way.
#[rustfmt::skip]
const AWKWARD: &[&str] = &[
    "", "~", "null", "Null", "on", "Off", "y", "N", "yes", "NO", "true", "False", "nan", "NaN", "Inf", ".inf", "-.INF", "=", "<<",
    "0", "007", "1_000", "0x1F", "0b1", "0o17", "1e3", "e1", "1.5", ".5", "1.2.3", "190:20:30", "1:99", "2026-11-22", "2026-1-2t1:2:3",
    "2026-11/22", "1/2", "/", "a/", "/a", "a/b/c", "-", "-a", "- a", "?", "? a", "a:", "a: b", "a:b", ":a", "a #b", "a#b", "#a",
    "---", "--- a", "...", "a ", " a", "a\tb", "\ta", "a\n", "a\nb", "a\n\n b", "\na", "\n", "a\n\n", "  a\nb", "a \nb", "a\r\nb", "a\r",
    "&a", "*a", "!a", "|", ">", "'", "\"", "it's", "say \"x\"", "%a", "@a", "`a`", "[a]", "{a}", "a,b", "a, b", "\\", "a\\b",
    "é", "naïve ☃ 𝄞", "a\u{a0}b", "\u{a0}", "a\u{85}b", "a\u{2028}b", "\u{feff}a", "\u{fffe}", "\u{0}", "\u{7f}", "\u{1b}[0m",
    "10.0.0.0/8", "0.0.0.0/0", "::/0", "fd00::/8", "2001:db8::/32", "::ffff:10.0.0.0/104", "app.kubernetes.io/name", "1a", "a1", "a_b",
    "web", "no-1", "truth", "infra", "nano", "onion", "yy", "In", "NotIn", "v1.2.3", "a.", "a-", "a_", "12345678901234567890",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(AWKWARD).prop_map(str::to_owned),
        2 => "[A-Za-z0-9]([-A-Za-z0-9_./]{0,12}[A-Za-z0-9])?",
        1 => "[-0-9_.:/eExXoObBaf+]{0,8}",
        1 => "[a-zA-Z]{1,5}",
        1 => "([ -~\n\t]|\\PC){0,20}",
    ]
}

fn strings() -> impl Strategy<Value = BTreeMap<String, String>> {
    btree_map(text(), text(), 0..3)
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..3)
}

fn selector() -> impl Strategy<Value = LabelSelector> {
    let requirement = (text(), text(), option::of(texts()))
        .prop_map(|(key, operator, values)| LabelSelectorRequirement { key, operator, values });
    (option::of(strings()), option::of(vec(requirement, 0..3)))
        .prop_map(|(match_labels, match_expressions)| LabelSelector { match_labels, match_expressions })
}

fn peer() -> impl Strategy<Value = NetworkPolicyPeer> {
    let block = (text(), option::of(texts())).prop_map(|(cidr, except)| IPBlock { cidr, except });
    (option::of(block), option::of(selector()), option::of(selector())).prop_map(
        |(ip_block, namespace_selector, pod_selector)| NetworkPolicyPeer {
            ip_block,
            namespace_selector,
            pod_selector,
        },
    )
}

fn port() -> impl Strategy<Value = NetworkPolicyPort> {
    let port = prop_oneof![any::<i32>().prop_map(IntOrString::Int), text().prop_map(IntOrString::String)];
    (option::of(any::<i32>()), option::of(port), option::of(text()))
        .prop_map(|(end_port, port, protocol)| NetworkPolicyPort { end_port, port, protocol })
}

/// Peers and ports.
type Sides = (Option<Vec<NetworkPolicyPeer>>, Option<Vec<NetworkPolicyPort>>);

fn rule() -> impl Strategy<Value = Sides> {
    (option::of(vec(peer(), 0..3)), option::of(vec(port(), 0..3)))
}

fn spec() -> impl Strategy<Value = NetworkPolicySpec> {
    let ingress = rule().prop_map(|(from, ports)| NetworkPolicyIngressRule { from, ports });
    let egress = rule().prop_map(|(to, ports)| NetworkPolicyEgressRule { to, ports });
    (
        option::of(selector()),
        option::of(texts()),
        option::of(vec(ingress, 0..3)),
        option::of(vec(egress, 0..3)),
    )
        .prop_map(|(pod_selector, policy_types, ingress, egress)| NetworkPolicySpec {
            pod_selector,
            policy_types,
            ingress,
            egress,
        })
}

fn object() -> impl Strategy<Value = Object> {
    let metadata = (option::of(text()), option::of(text()), option::of(strings()), option::of(strings()))
        .prop_map(|(name, namespace, labels, annotations)| ObjectMeta {
            name,
            namespace,
            labels,
            annotations,
            ..ObjectMeta::default()
        });
    (metadata, option::of(spec())).prop_map(|(metadata, spec)| Object { metadata, spec })
}

/// An object with the string wherever one can stand.
fn all(text: &str) -> Object {
    let text = || text.to_owned();
    let strings = || Some(BTreeMap::from([(text(), text())]));
    let selector = || {
        let requirement =
            LabelSelectorRequirement { key: text(), operator: text(), values: Some(vec![text(), text()]) };
        Some(LabelSelector { match_labels: strings(), match_expressions: Some(vec![requirement]) })
    };
    let peer = NetworkPolicyPeer {
        ip_block: Some(IPBlock { cidr: text(), except: Some(vec![text()]) }),
        namespace_selector: selector(),
        pod_selector: selector(),
    };
    let port = NetworkPolicyPort {
        end_port: Some(9),
        port: Some(IntOrString::String(text())),
        protocol: Some(text()),
    };
    let rule = NetworkPolicyEgressRule { to: Some(vec![peer]), ports: Some(vec![port]) };
    Object {
        metadata: ObjectMeta {
            name: Some(text()),
            namespace: Some(text()),
            labels: strings(),
            annotations: strings(),
            ..ObjectMeta::default()
        },
        spec: Some(NetworkPolicySpec {
            pod_selector: selector(),
            policy_types: Some(vec![text()]),
            ingress: None,
            egress: Some(vec![rule]),
        }),
    }
}

#[track_caller]
fn check(object: &Object) {
    let mut text = String::new();
    append(&mut text, object);
    assert_eq!(text, library(&View(object)));
}

/// What is taken for plain, the library writes as it is, as a key and as a value.
#[track_caller]
fn check_plain(text: &str) {
    if is_plain(text) {
        assert_eq!(library(&BTreeMap::from([(text, text)])), format!("{text}: {text}\n"));
    }
}

#[test]
fn awkward_strings_are_written_as_the_library_does() {
    for text in AWKWARD {
        check(&all(text));
        check_plain(text);
    }
    for length in [1023, 1024, 1025, 5000] {
        check(&all(&"a".repeat(length)));
        check(&all(&"a b".repeat(length)));
    }
}

#[test]
fn what_is_empty_or_absent_is_written_as_the_library_does() {
    let spec = |spec| Object { spec: Some(spec), ..Object::default() };
    let empty = LabelSelector { match_labels: Some(BTreeMap::new()), match_expressions: Some(Vec::new()) };
    let rule =
        NetworkPolicyIngressRule { from: Some(vec![NetworkPolicyPeer::default()]), ports: Some(Vec::new()) };
    check(&Object::default());
    check(&spec(NetworkPolicySpec::default()));
    check(&spec(NetworkPolicySpec {
        pod_selector: Some(empty),
        policy_types: Some(Vec::new()),
        ingress: Some(vec![NetworkPolicyIngressRule::default(), rule]),
        egress: Some(Vec::new()),
    }));
}

/// Of every short string of what plain strings are made of.
#[test]
fn short_strings_are_plain_to_the_library_too() {
    let letters = [
        "", "0", "1", "8", "a", "e", "E", "f", "i", "l", "n", "N", "o", "s", "t", "u", "x", "y", "_", "-",
        ".", "/",
    ];
    for a in letters {
        for b in letters {
            for c in letters {
                for d in letters {
                    check_plain(&[a, b, c, d].concat());
                }
            }
        }
    }
}

#[test]
fn names_labels_and_addresses_are_plain() {
    for text in
        ["web", "a", "app.kubernetes.io/name", "2048.io/game", "v1.2.3", "In", "TCP", "10.0.0.0/8", "team-10"]
    {
        assert!(is_plain(text), "{text}");
    }
    for text in [
        "",
        "y",
        "ON",
        "Null",
        "1",
        "1.2.3",
        "2026-11-22",
        "::/0",
        "a b",
        "-a",
        "/a",
        ".a/b",
        "a:",
        "é",
        "a\n",
    ] {
        assert!(!is_plain(text), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn objects_are_written_as_the_library_does(object in object()) {
        check(&object);
    }

    #[test]
    fn plain_strings_are_plain_to_the_library_too(text in "[-A-Za-z0-9_./]{1,10}") {
        check_plain(&text);
    }

    #[test]
    fn documents_are_split_as_the_library_does(objects in vec(object(), 0..3)) {
        let views: Vec<View<'_>> = objects.iter().map(View).collect();
        let documents: Vec<String> = views.iter().map(library).collect();
        prop_assert_eq!(write(&objects), documents.join("---\n"));
    }
}
