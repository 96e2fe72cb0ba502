//! The proof accepts exact rewrites and refuses everything else with a witness.

use netdsl::denote;
use netdsl::ir::Policy;
use netdsl::verify::{self, Verdict};

mod alike;
mod brute;
mod budget;
mod equal;
mod files;
mod speed;
mod traps;

/// A policy object of namespace `shop` with this specification.
fn object(name: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: shop}}\nspec: {spec}\n"
    )
}

/// The text of several objects.
fn objects(specs: &[&str]) -> String {
    (0..).zip(specs).map(|(n, spec): (u32, _)| object(&format!("p{n}"), spec)).collect()
}

/// What a text means.
fn meaning(text: &str) -> Policy {
    let objects = denote::read(text).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    assert_eq!(denote::admission::check(&objects), [], "{text}");
    let (policy, problems) = denote::denote(&objects);
    assert_eq!(problems, [], "{text}");
    policy
}

/// The witnesses for objects that are not what others were, as people read them.
fn differences(before: &[&str], after: &[&str]) -> Vec<String> {
    match verify::verify(&meaning(&objects(before)), &objects(after)) {
        Verdict::Differs(witnesses) => witnesses.iter().map(ToString::to_string).collect(),
        other @ (Verdict::Proved(_) | Verdict::OutOfBudget(_) | Verdict::Refused(_)) => {
            panic!("{after:?}: {other:?}")
        }
    }
}

#[track_caller]
fn assert_equal(before: &[&str], after: &[&str]) {
    for (a, b) in [(before, after), (after, before)] {
        let verdict = verify::verify(&meaning(&objects(a)), &objects(b));
        assert!(matches!(verdict, Verdict::Proved(_)), "{a:?} -> {b:?}: {verdict:?}");
    }
}
