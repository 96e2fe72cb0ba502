//! What a real API server said to 31 policies, and what the reader and admission say to them.

use netdsl::denote;

use crate::corpus;

#[test]
fn verdicts_of_a_real_api_server_are_reproduced() {
    let Some(folder) = corpus::folder("apiserver-verdicts") else {
        return;
    };
    let verdicts = corpus::text(&folder.join("verdicts.tsv"));
    let mut count = 0;
    for line in verdicts.lines() {
        let (file, rest) = line.split_once('\t').unwrap();
        let accepted = rest.starts_with("201");
        let text = corpus::text(&folder.join(format!("{file}.yaml")));
        assert_eq!(is_taken(&text), accepted, "{file}: the API server said {rest}");
        count += 1;
    }
    assert_eq!(count, 31);
}

#[test]
fn examples_of_the_documentation_are_taken() {
    for name in ["kubernetes-website-examples", "ahmetb-recipes"] {
        let Some(folder) = corpus::folder(name) else {
            return;
        };
        for path in corpus::files(&folder, &[".yaml"]) {
            let text = corpus::text(&path);
            let objects =
                denote::read(&text).unwrap_or_else(|errors| panic!("{}: {errors:?}", path.display()));
            assert!(!objects.is_empty(), "{}", path.display());
            // Some of them leave the namespace to kubectl, which netdsl never does.
            let refusals = denote::admission::check(&objects);
            let other: Vec<_> = refusals.iter().filter(|r| r.path != "metadata.namespace").collect();
            assert!(other.is_empty(), "{}: {other:?}", path.display());
        }
    }
}

fn is_taken(text: &str) -> bool {
    denote::read(text).is_ok_and(|objects| denote::admission::check(&objects).is_empty())
}

/// A policy of namespace `shop` with this specification.
fn policy(name: &str, spec: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: shop}}\nspec: {spec}\n"
    )
}

fn refusals(text: &str) -> Vec<String> {
    let objects = denote::read(text).unwrap();
    denote::admission::check(&objects).iter().map(ToString::to_string).collect()
}

#[test]
fn a_missing_namespace_is_refused() {
    let text = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {podSelector: {}}\n";
    assert_eq!(
        refusals(text),
        ["line 1: metadata.namespace: Required value: else kubectl's current one is taken"]
    );
}

#[test]
fn one_name_twice_is_refused_because_the_second_would_replace_the_first() {
    let text = format!("{}---\n{}", policy("a", "{}"), policy("a", "{podSelector: {}}"));
    let found = refusals(&text);
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("line 1 has the same name"), "{found:?}");
    let apart = format!("{}---\n{}", policy("a", "{}"), policy("b", "{}"));
    assert!(refusals(&apart).is_empty());
}

#[test]
fn types_ports_and_peers_out_of_bounds_are_refused() {
    for (spec, path) in [
        ("{policyTypes: [Ingress, Egress, Ingress]}", "spec.policyTypes"),
        ("{ingress: [{ports: [{port: 80, endPort: 65536}]}]}", "spec.ingress[0].ports[0].endPort"),
        ("{ingress: [{from: [{ipBlock: {except: [10.0.0.0/8]}}]}]}", "spec.ingress[0].from[0].ipBlock.cidr"),
        (
            "{egress: [{to: [{namespaceSelector: {matchLabels: {a: 'b c'}}}]}]}",
            "spec.egress[0].to[0].namespaceSelector.matchLabels[a]",
        ),
        (
            "{podSelector: {matchExpressions: [{key: a, operator: In, values: ['-']}]}}",
            "spec.podSelector.matchExpressions[0].values[0]",
        ),
        (
            "{podSelector: {matchExpressions: [{operator: Exists}]}}",
            "spec.podSelector.matchExpressions[0].key",
        ),
    ] {
        let found = refusals(&policy("a", spec));
        assert_eq!(found.len(), 1, "{spec}: {found:?}");
        assert!(found[0].starts_with(&format!("line 1: {path}: ")), "{spec}: {found:?}");
    }
}

#[test]
fn what_etcd_would_not_take_is_refused() {
    let values: Vec<String> = (0..150_000).map(|n| format!("value-{n}")).collect();
    let spec = format!(
        "{{podSelector: {{matchExpressions: [{{key: a, operator: In, values: [{}]}}]}}}}",
        values.join(",")
    );
    let found = refusals(&policy("a", &spec));
    assert_eq!(found, ["line 1: metadata: Too long: etcd takes no object of more than 1572864 bytes"]);
}

#[test]
fn annotations_are_limited_as_a_whole() {
    let annotated = |bytes: usize| {
        let text = "a".repeat(bytes);
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: a\n  namespace: shop\n  annotations: {{x: {text}}}\n"
        )
    };
    assert!(refusals(&annotated(262_143)).is_empty());
    assert_eq!(refusals(&annotated(262_144)).len(), 1);
}

#[test]
fn labels_are_checked_wherever_they_stand_to_their_last_character() {
    let longest = "a".repeat(63);
    let labelled = |key: &str, value: &str| {
        policy("a", "{podSelector: {}}").replace("shop}", &format!("shop, labels: {{{key}: {value}}}}}"))
    };
    let selected = |key: &str, value: &str| {
        policy("a", &format!("{{podSelector: {{matchLabels: {{{key}: {value}}}}}}}"))
    };
    for text in [labelled as fn(&str, &str) -> String, selected] {
        for (key, value) in [("app", "web"), (longest.as_str(), longest.as_str()), ("a.b/A-b_c.d", "A-b_c.d")]
        {
            assert!(is_taken(&text(key, value)), "{key}: {value}");
        }
        let long = format!("{longest}a");
        for (key, value) in [
            ("app", "web-"),
            ("app", "_web"),
            ("app-", "web"),
            (".app", "web"),
            ("a/b/c", "web"),
            ("-a/app", "web"),
            (long.as_str(), "web"),
            ("app", long.as_str()),
        ] {
            assert!(!is_taken(&text(key, value)), "{key}: {value}");
        }
    }
}
