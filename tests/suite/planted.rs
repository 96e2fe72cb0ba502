//! Evidence that the proof can fail: faults planted in the text that was written, each of which must be refuted.
//!
//! Every fault is one that lowering, minimising, writing or quoting could make, the traps of `networkpolicy.md`
//! 4.4 among them. Where the proof shows a witness, an oracle that shares nothing with it must find that exactly
//! one of the two texts does what the witness says.

mod faults;

use netdsl::denote;
use netdsl::verify::{self, Verdict};

use crate::oracle::kubernetes::Manifests;
use crate::oracle::witness;
use faults::{FAULTS, Fault};

/// How a fault came to light.
#[derive(Debug, PartialEq, Eq)]
enum Caught {
    /// With witnesses, all of them real.
    Differs,
    /// The text is not what a cluster would take as it stands.
    Refused,
}

/// A line of the policies that every fault is planted in, by the text of its rules.
fn object(name: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: {name}\n  namespace: shop\nspec:\n{spec}"
    )
}

fn proof(before: &str, after: &str) -> Verdict {
    let objects = denote::read(before).unwrap_or_else(|errors| panic!("{before}\n{errors:?}"));
    assert_eq!(denote::admission::check(&objects), [], "{before}");
    let (policy, problems) = denote::denote(&objects);
    assert_eq!(problems, [], "{before}");
    verify::verify(&policy, after)
}

fn plant(fault: &Fault) -> Result<Caught, String> {
    let (before, after) = fault.texts();
    match proof(&before, &before) {
        Verdict::Proved(_) => {}
        other => return Err(format!("the text without the fault: {other:?}")),
    }
    match proof(&before, &after) {
        Verdict::Refused(_) => Ok(Caught::Refused),
        Verdict::Differs(witnesses) => {
            let (ours, theirs) = (Manifests::read(&before), Manifests::read(&after));
            match witnesses.iter().find(|it| !witness::is_real(it, &ours, &theirs)) {
                None if witnesses.is_empty() => Err("no witness".to_owned()),
                None => Ok(Caught::Differs),
                Some(wrong) => Err(format!("not real: {wrong}")),
            }
        }
        survivor @ (Verdict::Proved(_) | Verdict::OutOfBudget(_)) => Err(format!("{survivor:?}")),
    }
}

#[test]
fn every_planted_fault_is_caught() {
    let results: Vec<_> = FAULTS.iter().map(|fault| (fault.name, plant(fault))).collect();
    let survivors: Vec<_> = results.iter().filter(|(_, result)| result.is_err()).collect();
    assert!(survivors.is_empty(), "{} of {} survive: {survivors:#?}", survivors.len(), FAULTS.len());
    let refused = results.iter().filter(|(_, result)| *result == Ok(Caught::Refused)).count();
    assert_eq!((FAULTS.len(), refused), (faults::COUNT, faults::REFUSED), "{results:#?}");
}

#[test]
fn no_fault_is_told_twice() {
    let mut names: Vec<_> = FAULTS.iter().map(|fault| fault.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), FAULTS.len());
}
