//! The recipes of `ahmetb/kubernetes-network-policy-recipes` and the examples of the Kubernetes documentation: each
//! program means exactly what the policy of the same name means, for all pods, addresses and ports.
//!
//! No difference is intended: what the originals say about one policy alone, `default allow` with a `pods` block that
//! isolates says too. What they recommend beside it (a default deny, egress that fits) is what a program would add.

use std::path::Path;

use netdsl::denote;
use netdsl::ir::Policy;
use netdsl::verify::{self, Verdict};

use super::{compiled, name, programs};
use crate::{corpus, support};

/// The folders of the programs, those of the originals, and how many there are.
const SOURCES: [(&str, &str, usize); 2] =
    [("recipes", "ahmetb-recipes", 15), ("website", "kubernetes-website-examples", 7)];

#[test]
fn programs_mean_what_their_originals_mean() {
    for (ours, theirs, count) in SOURCES {
        let Some(originals) = corpus::folder(theirs) else {
            continue;
        };
        let originals = corpus::files(&originals, &[".yaml"]);
        assert_eq!(originals.len(), count, "{theirs}");
        for original in originals {
            let program = support::repository("tests/scenarios").join(ours).join(name(&original));
            let program = program.with_added_extension("netdsl");
            same_meaning(&program, &corpus::text(&original));
        }
    }
}

#[test]
fn a_program_differs_from_every_original_of_another_meaning() {
    // Of the recipes two pairs mean the same; whatever else is compared with each other differs.
    let Some(folder) = corpus::folder("ahmetb-recipes") else {
        return;
    };
    let originals: Vec<Policy> =
        corpus::files(&folder, &[".yaml"]).iter().map(|it| meaning(&corpus::text(it))).collect();
    let mut same = Vec::new();
    for (n, path) in programs("recipes").iter().enumerate() {
        let ours = meaning(&compiled(&support::read(path), path).yaml.unwrap());
        let equal = |m: &usize| matches!(verify::compare(&ours, &originals[*m]), Verdict::Proved(_));
        same.push((0..originals.len()).filter(equal).filter(|m| *m != n).count());
    }
    assert_eq!(same.iter().sum::<usize>(), 4, "02a and 08, 11.2 and 14: {same:?}");
}

#[test]
fn every_program_is_one_policy_beside_a_pure_default_deny() {
    for (folder, _, count) in SOURCES {
        let programs = programs(folder);
        assert_eq!(programs.len(), count, "{folder}");
        for path in programs {
            let yaml = compiled(&support::read(&path), &path).yaml.unwrap();
            let policies = support::documents(&yaml).len();
            assert!((1..=2).contains(&policies), "{}:\n{yaml}", path.display());
        }
    }
}

fn same_meaning(program: &Path, original: &str) {
    let yaml = compiled(&support::read(program), program).yaml.unwrap();
    let verdict = verify::compare(&meaning(original), &meaning(&yaml));
    assert!(matches!(verdict, Verdict::Proved(_)), "{}: {verdict:?}\n{yaml}", program.display());
}

/// The meaning of policies; those that name no namespace lie in `default`, as `kubectl` would have it.
fn meaning(text: &str) -> Policy {
    let mut objects = denote::read(text).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"));
    for object in &mut objects {
        object.namespace.get_or_insert_with(|| "default".into());
    }
    assert_eq!(denote::admission::check(&objects), [], "{text}");
    let (policy, problems) = denote::denote(&objects);
    assert_eq!(problems, [], "{text}");
    policy
}
