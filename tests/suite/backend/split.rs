//! A split policy is proved part by part: all parts together, and no fewer, say what the program says.

use netdsl::denote::{self, Object};
use netdsl::ir::{Direction, Policy};
use netdsl::verify::{self, Verdict};

use super::{objects, yaml};
use crate::policies::{Build, pods, ports};

/// The most bytes of an object as JSON.
const LIMIT: usize = 200 << 10;

/// Rules for all pods and for some, in both directions: too many for one object each.
fn large() -> Policy {
    let build = (1..=600_u16).fold(Build::denied("shop"), |build, n| {
        let long = "v".repeat(56);
        let labels = ["a", "b", "c", "d"].map(|key| format!("{key}={long}-{n}")).join(" ");
        let peer = |app: &str| pods("shop", &format!("app={app}-{n} {labels}"));
        let build = build.ingress("", peer("front"), ports(&n.to_string()));
        let build = build.egress("", peer("back"), ports(&n.to_string()));
        build.egress("app=web", peer("side"), ports(&n.to_string()))
    });
    build.policy
}

fn read(text: &str) -> Vec<Object<'_>> {
    let objects = denote::read(text).expect("our text can be read");
    assert_eq!(denote::admission::check(&objects), []);
    objects
}

fn meaning(objects: &[Object]) -> Policy {
    let (policy, odd) = denote::denote(objects);
    assert_eq!(odd, []);
    policy
}

#[test]
fn parts_are_proved_and_each_is_needed() {
    let (policy, text) = (large(), yaml(large()));
    let proved = verify::verify(&policy, &text);
    assert!(matches!(proved, Verdict::Proved(_)), "{proved:?}");
    let objects = read(&text);
    let names: Vec<&str> = objects.iter().filter_map(|it| it.name.as_deref()).collect();
    assert_eq!(names, ["default-deny", "all-pods", "all-pods.2", "all-pods.3", "app-web", "app-web.2"]);
    for at in 1..objects.len() {
        let without = [&objects[..at], &objects[at + 1..]].concat();
        let verdict = verify::compare(&policy, &meaning(&without));
        assert!(matches!(verdict, Verdict::Differs(_)), "without {}: {verdict:?}", names[at]);
    }
}

#[test]
fn parts_fit_and_isolate_as_the_whole() {
    let written = objects(large());
    let sizes = written.iter().map(|it| serde_json::to_vec(it).expect("objects are JSON").len());
    for (object, bytes) in read(&yaml(large())).iter().zip(sizes) {
        let name = object.name.as_deref().unwrap_or_default();
        assert!(bytes <= LIMIT, "{name} has {bytes} bytes");
        let types: Vec<&str> = object.spec.policy_types.iter().map(|it| &**it).collect();
        let expected = if name.starts_with("app-web") { &["Egress"][..] } else { &["Ingress", "Egress"] };
        assert_eq!(types, expected, "{name}");
        let rules = object.spec.ingress.len() + object.spec.egress.len();
        assert_eq!(rules == 0, name == "default-deny", "`default-deny` is pure, and no part is empty");
    }
}

#[test]
fn small_policies_are_not_split() {
    let build = (1..=50_u16).fold(Build::denied("shop"), |build, n| {
        build.allow(
            Direction::Egress,
            "",
            pods("shop", &format!("app=a{n} tier=t{n}")),
            ports(&n.to_string()),
        )
    });
    assert_eq!(read(&yaml(build.policy)).len(), 2);
}
