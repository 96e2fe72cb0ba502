//! Rewrites that look right and are not (`networkpolicy.md` 4.4), and the mistakes that golden files do not catch.

use super::differences;

/// Checks that a rewrite is refused, and with which witnesses.
#[track_caller]
fn refused(before: &[&str], after: &[&str], witnesses: &[&str]) {
    assert_eq!(differences(before, after), witnesses);
}

fn web_and_job(rules: &str) -> String {
    format!("{{podSelector: {{}}, policyTypes: [Ingress], ingress: [{rules}]}}")
}

#[test]
fn cross_product_of_peers_and_ports() {
    let before = web_and_job(
        "{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}, {from: [{podSelector: {matchLabels: {app: job}}}], ports: [{port: 443}]}",
    );
    let after = web_and_job(
        "{from: [{podSelector: {matchExpressions: [{key: app, operator: In, values: [web, job]}]}}], ports: [{port: 80}, {port: 443}]}",
    );
    refused(
        &[&before],
        &[&after],
        &[
            "namespace shop, Ingress: the output only allows any pod from a pod with app=job in namespace shop on TCP 80",
            "namespace shop, Ingress: the output only allows any pod from a pod with app=web in namespace shop on TCP 443",
        ],
    );
}

#[test]
fn cross_product_of_two_keys() {
    let before = web_and_job(
        "{from: [{podSelector: {matchLabels: {app: web, tier: w}}}, {podSelector: {matchLabels: {app: job, tier: x}}}]}",
    );
    let after = web_and_job(
        "{from: [{podSelector: {matchExpressions: [{key: app, operator: In, values: [web, job]}, {key: tier, operator: In, values: [w, x]}]}}]}",
    );
    refused(
        &[&before],
        &[&after],
        &[
            "namespace shop, Ingress: the output only allows any pod from a pod with app=job, tier=w in namespace shop on TCP 1",
            "namespace shop, Ingress: the output only allows any pod from a pod with app=web, tier=x in namespace shop on TCP 1",
        ],
    );
}

#[test]
fn cross_product_of_namespaces_and_pods() {
    let before = web_and_job(
        "{from: [{namespaceSelector: {matchLabels: {ns: b}}, podSelector: {matchLabels: {app: web}}}, {namespaceSelector: {matchLabels: {ns: c}}, podSelector: {matchLabels: {app: job}}}]}",
    );
    let after = web_and_job(
        "{from: [{namespaceSelector: {matchExpressions: [{key: ns, operator: In, values: [b, c]}]}, podSelector: {matchExpressions: [{key: app, operator: In, values: [web, job]}]}}]}",
    );
    refused(
        &[&before],
        &[&after],
        &[
            "namespace shop, Ingress: the output only allows any pod from a pod with app=job in namespace other (ns=b) on TCP 1",
            "namespace shop, Ingress: the output only allows any pod from a pod with app=web in namespace other (ns=c) on TCP 1",
        ],
    );
}

#[test]
fn a_dash_too_many_makes_two_peers_of_one() {
    refused(
        &[&web_and_job(
            "{from: [{namespaceSelector: {matchLabels: {ns: b}}, podSelector: {matchLabels: {app: web}}}]}",
        )],
        &[&web_and_job(
            "{from: [{namespaceSelector: {matchLabels: {ns: b}}}, {podSelector: {matchLabels: {app: web}}}]}",
        )],
        &[
            "namespace shop, Ingress: the output only allows any pod from a pod with !app in namespace other (ns=b) on TCP 1",
            "namespace shop, Ingress: the output only allows any pod from a pod with app=web in namespace shop (!ns) on TCP 1",
        ],
    );
}

#[test]
fn absent_or_one_value_is_not_all_but_another() {
    refused(
        &[&web_and_job(
            "{from: [{podSelector: {matchExpressions: [{key: app, operator: DoesNotExist}]}}, {podSelector: {matchLabels: {app: web}}}]}",
        )],
        &[&web_and_job(
            "{from: [{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [job]}]}}]}",
        )],
        &[
            "namespace shop, Ingress: the output only allows any pod from a pod with app=other in namespace shop on TCP 1",
        ],
    );
}

#[test]
fn the_world_is_open() {
    refused(
        &[&web_and_job("{from: [{podSelector: {matchLabels: {app: web}}}]}")],
        &[&web_and_job(
            "{from: [{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [job]}]}}]}",
        )],
        &[
            "namespace shop, Ingress: the output only allows any pod from a pod with !app in namespace shop on TCP 1",
        ],
    );
}

#[test]
fn no_ports_is_more_than_every_tcp_port() {
    refused(
        &[&web_and_job("{from: [{podSelector: {}}]}")],
        &[&web_and_job("{from: [{podSelector: {}}], ports: [{protocol: TCP}]}")],
        &["namespace shop, Ingress: the source only allows any pod from any pod in namespace shop on UDP 1"],
    );
    refused(
        &[&web_and_job("{from: [{podSelector: {}}]}")],
        &[&web_and_job(
            "{from: [{podSelector: {}}], ports: [{protocol: TCP}, {protocol: UDP}, {protocol: SCTP}]}",
        )],
        &[
            "namespace shop, Ingress: the source only allows any pod from any pod in namespace shop on a protocol other than TCP, UDP and SCTP",
        ],
    );
}

#[test]
fn an_empty_list_of_peers_is_everybody() {
    refused(
        &[&web_and_job("")],
        &[&web_and_job("{from: [], ports: [{port: 80}]}")],
        &["namespace shop, Ingress: the output only allows any pod from a node on TCP 80"],
    );
}

#[test]
fn an_empty_rule_is_everything() {
    refused(
        &[&web_and_job("")],
        &[&web_and_job("{}")],
        &["namespace shop, Ingress: the output only allows any pod from a node on TCP 1"],
    );
}

#[test]
fn a_policy_without_rules_isolates() {
    refused(
        &[
            "{podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress]}",
            "{podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}",
        ],
        &["{podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}"],
        &["namespace shop, Ingress: a pod with app=db is isolated by the source only"],
    );
    refused(
        &["{policyTypes: [Ingress, Egress]}"],
        &["{policyTypes: [Ingress]}"],
        &["namespace shop, Egress: any pod is isolated by the source only"],
    );
}

#[test]
fn a_pod_selector_alone_stays_in_its_namespace() {
    refused(
        &[&web_and_job("{from: [{podSelector: {}}]}")],
        &[&web_and_job("{from: [{namespaceSelector: {}}]}")],
        &["namespace shop, Ingress: the output only allows any pod from any pod in namespace other on TCP 1"],
    );
}

#[test]
fn an_exception_denies_nothing_to_other_peers() {
    refused(
        &[&web_and_job(
            "{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {ipBlock: {cidr: 10.1.2.0/24}}]}",
        )],
        &[&web_and_job("{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}")],
        &["namespace shop, Ingress: the source only allows any pod from 10.1.2.0 on TCP 1"],
    );
}

#[test]
fn exceptions_of_a_union_do_not_add_up() {
    let before = web_and_job(
        "{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {ipBlock: {cidr: 10.0.0.0/8, except: [10.2.0.0/16]}}]}",
    );
    refused(
        &[&before],
        &[&web_and_job("{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.2.0.0/16]}}]}")],
        &["namespace shop, Ingress: the source only allows any pod from 10.1.0.0 on TCP 1"],
    );
    super::assert_equal(&[&before], &[&web_and_job("{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}")]);
}

#[test]
fn ports_with_a_gap_are_no_range() {
    refused(
        &[&web_and_job("{from: [{podSelector: {}}], ports: [{port: 80}, {port: 82}]}")],
        &[&web_and_job("{from: [{podSelector: {}}], ports: [{port: 80, endPort: 82}]}")],
        &["namespace shop, Ingress: the output only allows any pod from any pod in namespace shop on TCP 81"],
    );
}

#[test]
fn a_port_name_is_no_number() {
    let named = web_and_job("{from: [{podSelector: {}}], ports: [{port: postgres}]}");
    let number = web_and_job("{from: [{podSelector: {}}], ports: [{port: 5432}]}");
    refused(
        &[&named],
        &[&number],
        &[
            "namespace shop, Ingress: the source only allows any pod from any pod in namespace shop on TCP 1 (named \"postgres\" there)",
            "namespace shop, Ingress: the output only allows any pod from any pod in namespace shop on TCP 5432",
        ],
    );
}

// What follows passes all golden files of an independent analyser, and is wrong.

#[test]
fn notin_matches_pods_without_the_key() {
    refused(
        &[&web_and_job(
            "{from: [{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [job]}]}}]}",
        )],
        &[&web_and_job(
            "{from: [{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [job]}, {key: app, operator: Exists}]}}]}",
        )],
        &[
            "namespace shop, Ingress: the source only allows any pod from a pod with !app in namespace shop on TCP 1",
        ],
    );
}

#[test]
fn no_namespace_selector_is_not_every_namespace() {
    refused(
        &[&web_and_job("{from: [{podSelector: {matchLabels: {app: web}}}]}")],
        &[&web_and_job("{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}]}")],
        &[
            "namespace shop, Ingress: the output only allows any pod from a pod with app=web in namespace other on TCP 1",
        ],
    );
}

#[test]
fn a_port_that_is_left_out_is_every_port_of_its_protocol() {
    refused(
        &[&web_and_job("{from: [{podSelector: {}}], ports: [{protocol: UDP}]}")],
        &[&web_and_job("{from: [{podSelector: {}}], ports: [{protocol: UDP, port: 53}]}")],
        &["namespace shop, Ingress: the source only allows any pod from any pod in namespace shop on UDP 1"],
    );
    super::assert_equal(
        &[&web_and_job("{from: [{podSelector: {}}], ports: [{protocol: UDP}]}")],
        &[&web_and_job("{from: [{podSelector: {}}], ports: [{protocol: UDP, port: 1, endPort: 65535}]}")],
    );
}
