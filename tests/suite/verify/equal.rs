//! Rewrites that are exact, in both directions.

use netdsl::verify::{self, Rejection, Verdict};

use super::{assert_equal, meaning, object, objects};

fn ingress(rules: &str) -> String {
    format!("{{podSelector: {{}}, policyTypes: [Ingress], ingress: [{rules}]}}")
}

#[test]
fn order_and_grouping_do_not_count() {
    assert_equal(
        &[&ingress(
            "{from: [{podSelector: {matchLabels: {a: x}}}], ports: [{port: 80}]}, {from: [{podSelector: {matchLabels: {a: w}}}], ports: [{port: 80}]}",
        )],
        &[
            &ingress("{from: [{podSelector: {matchLabels: {a: w}}}], ports: [{port: 80}]}"),
            &ingress("{from: [{podSelector: {matchLabels: {a: x}}}], ports: [{port: 80}]}"),
        ],
    );
}

#[test]
fn joins_over_one_key_are_exact() {
    let peer = |operator: &str, values: &str| {
        format!(
            "{{podSelector: {{matchExpressions: [{{key: a, operator: {operator}, values: [{values}]}}]}}}}"
        )
    };
    let rule = |peers: &[String]| ingress(&format!("{{from: [{}]}}", peers.join(", ")));
    for (apart, joined) in [
        (vec![peer("In", "x"), peer("In", "w")], peer("In", "x, w")),
        (vec![peer("In", "x"), peer("NotIn", "x, w")], peer("NotIn", "w")),
        (vec![peer("NotIn", "x"), peer("NotIn", "w")], "{podSelector: {}}".to_owned()),
        (vec![peer("Exists", ""), peer("DoesNotExist", "")], "{podSelector: {}}".to_owned()),
        (vec![peer("In", "x"), peer("Exists", "")], peer("Exists", "")),
    ] {
        assert_equal(&[&rule(&apart)], &[&rule(&[joined])]);
    }
}

#[test]
fn a_cover_that_no_single_peer_gives_is_found() {
    // (a=x or b=x) with everything else: four overlapping parts that only together hold all pods.
    let parts = "{podSelector: {matchLabels: {a: x}}}, {podSelector: {matchLabels: {b: x}}}, \
                 {podSelector: {matchExpressions: [{key: a, operator: NotIn, values: [x]}, {key: b, operator: NotIn, values: [x]}]}}";
    assert_equal(&[&ingress(&format!("{{from: [{parts}]}}"))], &[&ingress("{from: [{podSelector: {}}]}")]);
}

#[test]
fn the_own_namespace_may_be_named() {
    assert_equal(
        &[&ingress("{from: [{podSelector: {matchLabels: {a: x}}}]}")],
        &[&ingress(
            "{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {a: x}}}]}",
        )],
    );
}

#[test]
fn every_namespace_has_a_name() {
    assert_equal(
        &[&ingress("{from: [{namespaceSelector: {}}]}")],
        &[&ingress(
            "{from: [{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: Exists}]}}]}",
        )],
    );
}

#[test]
fn anywhere_covers_everything_and_a_subject_what_is_narrower() {
    assert_equal(
        &["{ingress: [{}]}"],
        &[
            "{ingress: [{}]}",
            "{podSelector: {matchLabels: {a: x}}, ingress: [{from: [{podSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 80}]}]}",
        ],
    );
}

#[test]
fn addresses_are_sets() {
    assert_equal(
        &[&ingress(
            "{from: [{ipBlock: {cidr: 10.0.0.0/9}}], ports: [{port: 80}, {port: 81}]}, {from: [{ipBlock: {cidr: 10.128.0.0/9}}], ports: [{port: 80}]}",
        )],
        &[&ingress(
            "{from: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 80}]}, {from: [{ipBlock: {cidr: 10.0.0.0/9}}], ports: [{port: 81}]}",
        )],
    );
}

#[test]
fn all_ports_hold_every_name() {
    let ports = |list: &str| ingress(&format!("{{from: [{{podSelector: {{}}}}], ports: [{list}]}}"));
    assert_equal(&[&ports("{port: http}, {port: 1, endPort: 65535}")], &[&ports("{}")]);
    let halves = ingress(
        "{from: [{podSelector: {matchLabels: {a: x}}}], ports: [{port: 1, endPort: 500}]}, {from: [{podSelector: {}}], ports: [{port: 501, endPort: 65535}]}, \
         {from: [{podSelector: {matchLabels: {a: x}}}], ports: [{port: http}]}",
    );
    let without = ingress(
        "{from: [{podSelector: {matchLabels: {a: x}}}], ports: [{port: 1, endPort: 500}]}, {from: [{podSelector: {}}], ports: [{port: 501, endPort: 65535}]}",
    );
    assert_equal(&[&halves], &[&without]);
}

#[test]
fn what_a_cluster_would_not_enforce_as_written_is_refused() {
    let good = meaning(&objects(&["{}"]));
    let rejections = |text: &str| match verify::verify(&good, text) {
        Verdict::Refused(rejections) => rejections,
        other @ (Verdict::Proved(_) | Verdict::Differs(_) | Verdict::OutOfBudget(_)) => panic!("{other:?}"),
    };
    assert!(matches!(rejections("nonsense")[..], [Rejection::Unreadable(_)]));
    let twice = format!("{}{}", object("a", "{}"), object("a", "{}"));
    assert!(matches!(rejections(&twice)[..], [Rejection::Inadmissible(_)]));
    let ignored = object("a", "{policyTypes: [Ingress], egress: [{}]}");
    assert!(matches!(rejections(&ignored)[..], [Rejection::Odd(_)]));
}

#[test]
fn a_namespace_on_one_side_only_is_a_difference() {
    let text = objects(&["{}"]).replace("namespace: shop", "namespace: shap");
    let Verdict::Differs(witnesses) = verify::verify(&meaning(&objects(&["{}"])), &text) else {
        panic!("a policy in another namespace protects nothing here");
    };
    let told: Vec<String> = witnesses.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "namespace shap, Ingress: any pod is isolated by the output only",
            "namespace shop, Ingress: any pod is isolated by the source only"
        ]
    );
}
