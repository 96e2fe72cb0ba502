//! The names of policies, and that no two are ever equal.

use std::collections::BTreeSet;

use netdsl::algebra::Text;
use netdsl::ir::{Direction, NamespacePresentation, PodsPresentation, Policy, Presentation};
use proptest::prelude::*;

use super::emitted;
use crate::policies::{Build, cube};

fn names_of(subjects: &[&str], pods: &[(&str, Option<&str>, &str)]) -> Vec<String> {
    let build = subjects
        .iter()
        .fold(Build::open("shop"), |build, subject| build.isolate(Direction::Ingress, subject));
    named(build.policy, pods)
}

fn named(policy: Policy, pods: &[(&str, Option<&str>, &str)]) -> Vec<String> {
    let pods = pods.iter().map(|(name, policy_name, selector)| PodsPresentation {
        name: (*name).into(),
        policy_name: policy_name.map(Text::from),
        selector: cube(selector),
        description: String::new(),
    });
    let shown = NamespacePresentation { description: String::new(), pods: pods.collect() };
    let presentation =
        Presentation { namespaces: [("shop".into(), shown)].into_iter().collect(), descriptions: Vec::new() };
    let (objects, problems) = emitted(policy, &presentation);
    assert_eq!(problems, []);
    objects.into_iter().filter_map(|object| object.metadata.name).collect()
}

#[track_caller]
fn check(subjects: &[&str], expected: &[&str]) {
    assert_eq!(names_of(subjects, &[]), expected);
}

#[test]
fn a_selector_is_spelled_in_key_order() {
    check(&["app=web"], &["app-web"]);
    check(&["tier!=dev"], &["not-tier-dev"]);
    check(&["env=prod|staging"], &["env-in-prod-staging"]);
    check(&["env!=b|a"], &["env-not-in-a-b"]);
    check(&["canary"], &["has-canary"]);
    check(&["!canary"], &["no-canary"]);
    check(&["env env!=dev"], &["has-env-not-env-dev"]);
    check(&["tier=x app=web"], &["app-web-tier-x"]);
    check(&["app.kubernetes.io/name=Web_1.x"], &["name-web-1-x"]);
    check(&["app="], &["app"]);
}

#[test]
fn given_names_win() {
    let pods = [("web", None, "app=web"), ("job", Some("nightly"), "app=job")];
    assert_eq!(names_of(&["app=web", "app=job", "app=x"], &pods), ["app-x", "nightly", "web"]);
}

#[test]
fn the_first_of_two_pods_with_one_selector_names_it() {
    assert_eq!(names_of(&["app=web"], &[("b", None, "app=web"), ("a", None, "app=web")]), ["a"]);
    assert_eq!(names_of(&["app=web"], &[("a", None, "app=web"), ("b", Some("c"), "app=web")]), ["c"]);
}

#[test]
fn the_policy_for_all_pods_and_the_baseline() {
    assert_eq!(
        named(
            Build::denied("shop")
                .ingress("", crate::policies::pods("shop", ""), crate::policies::ports("80"))
                .policy,
            &[]
        ),
        ["default-deny", "all-pods"]
    );
}

/// The digits were computed by a second implementation of FNV-1a, so that they can never change in silence.
#[test]
fn generated_names_that_meet_get_a_suffix_each() {
    check(&["a-b=c", "a=b-c"], &["a-b-c.7c06ca26", "a-b-c.ba7ec001"]);
    check(&["x/app=web", "app=web tier=x"], &["app-web", "app-web-tier-x"]);
    check(&["x/app=web", "app=web"], &["app-web.86f41103", "app-web.b4c78f74"]);
}

#[test]
fn a_generated_name_gives_way_to_a_given_one() {
    let pods = [("app-web", None, "tier=x")];
    assert_eq!(names_of(&["app=web", "tier=x"], &pods), ["app-web", "app-web.86f41103"]);
    // It does so whether or not the given name has a policy: a rule more or less must not rename others.
    assert_eq!(names_of(&["app=web"], &pods), ["app-web.86f41103"]);
}

#[test]
fn reserved_names_stay_free() {
    check(&["default=deny", "all=pods"], &["all-pods.aa226ef7", "default-deny.1b83a314"]);
}

#[test]
fn long_names_are_cut_with_a_suffix() {
    let value = "v".repeat(59);
    check(&[&format!("app={value}")], &[&format!("app-{value}")]);
    let value = "v".repeat(60);
    let long = names_of(&[&format!("app={value}")], &[]);
    assert_eq!(long[0].len(), 63);
    assert!(long[0].starts_with(&format!("app-{}.", "v".repeat(50))), "{long:?}");
    let two = names_of(&[&format!("app={value} x=1"), &format!("app={value} x=2")], &[]);
    assert_ne!(two[0], two[1]);
}

#[test]
fn given_names_that_meet_are_told_apart() {
    let pods = [("db", None, "app=db"), ("web", Some("db"), "app=web")];
    let names = names_of(&["app=db", "app=web"], &pods);
    assert_eq!(names.len(), 2);
    assert!(names.iter().all(|name| name.starts_with("db.")), "{names:?}");
    assert_ne!(names[0], names[1]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_are_legal_distinct_and_without_order(
        subjects in prop::collection::btree_set("(a|b|a-b|x/a|default)(=|!=)(b|b-c|c|deny|pods|B.c|)", 1..12),
        given in prop::collection::btree_map("(a|a-b|a-b-c|default-b)", "(a|b)=(b|c)", 0..4),
    ) {
        let subjects: Vec<&str> = subjects.iter().map(String::as_str).collect();
        let pods: Vec<_> = given.iter().map(|(name, selector)| (name.as_str(), None, selector.as_str())).collect();
        let names = names_of(&subjects, &pods);
        let distinct: BTreeSet<&String> = names.iter().collect();
        prop_assert_eq!(distinct.len(), names.len());
        for name in &names {
            prop_assert!(is_subdomain(name), "{}", name);
            prop_assert!(name != "default-deny" && name != "all-pods");
        }
        let backwards: Vec<&str> = subjects.into_iter().rev().collect();
        prop_assert_eq!(names, names_of(&backwards, &pods));
    }
}

/// As the API server checks names.
fn is_subdomain(name: &str) -> bool {
    name.len() <= 253
        && name.split('.').all(|label| {
            let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
            edge(label.chars().next())
                && edge(label.chars().last())
                && label.chars().all(|c| c == '-' || edge(Some(c)))
        })
}
