//! Claims that take too many steps end soon, and as claims that do not hold.

use netdsl::diag::Code;
use netdsl::diag::codes::Meaning;

use crate::support;

/// Pods that many declarations isolate, each by some of many keys: those that none isolates are a sum of
/// exponentially many parts.
pub(crate) fn program(claim: &str) -> String {
    let keys = 24;
    let labels: String = (0..keys).map(|n| format!("label k{n} = *\n")).collect();
    let own = |n: usize| format!("k{n}=a, k{}=b, k{}=c", (n + 7) % keys, (n + 11) % keys);
    let pods: String =
        (0..keys).map(|n| format!("pods p{n} where {} {{\n  default deny\n}}\n", own(n))).collect();
    let all: Vec<String> = (0..keys).map(|n| format!("shop/p{n}")).collect();
    let claim = claim.replace("ALL", &all.join(" | "));
    format!("{labels}namespace locked {{\n}}\nnamespace shop {{\ndefault allow\n{pods}}}\n{claim}\n")
}

/// The errors.
fn codes(claim: &str) -> Vec<&'static str> {
    let compiled = support::compile(&program(claim), "main.netdsl");
    let errors: Vec<_> = compiled.diagnostics.iter().filter(|it| it.is_error()).collect();
    assert_eq!(compiled.yaml.is_some(), errors.is_empty(), "{}", compiled.rendered);
    errors.iter().map(|it| it.code.entry().code).collect()
}

#[test]
fn what_cannot_be_proved_in_time_is_an_error() {
    let unproved = [Code::from(Meaning::Unproved).entry().code];
    assert_eq!(codes(""), [""; 0]);
    assert_eq!(codes("never locked/* -> shop/*:80"), unproved);
    assert_eq!(
        codes(
            "allow ingress cluster -> locked/*:80\nallow egress cluster -> shop/*:80\nonly ALL -> locked/*:81"
        ),
        [""; 0]
    );
}

/// What needs no more than a look at each part that matters is not lost among the others.
#[test]
fn many_parts_are_no_reason_to_give_up() {
    let refuted = [Code::from(Meaning::GuardFails).entry().code];
    assert_eq!(codes("never cluster -> shop/*:80"), refuted);
    assert_eq!(codes("only ALL -> shop/*:80"), refuted);
}
