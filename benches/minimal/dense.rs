//! Programs whose rules overlap more than people's do: several ports each, groups beside single pods, lists of both.

use std::fmt::Write;

use super::clusters::Numbers;

/// How many rules a namespace has.
const RULES: usize = 40;
const PODS: usize = 12;

/// A program of so many rules.
pub(crate) fn text(rules: usize, numbers: &mut Numbers) -> String {
    let mut text = "label app = *\nlabel tier = front | back | data\nlabel env = prod | qa\n".to_owned();
    let namespaces = rules.div_ceil(RULES);
    for namespace in 0..namespaces {
        let _ = writeln!(text, "namespace team-{namespace} {{");
        for _ in 0..RULES.min(rules - namespace * RULES) {
            let from: Vec<String> = (0..=numbers.skewed(3)).map(|_| scoped(namespaces, numbers)).collect();
            let _ = writeln!(text, "  allow {} -> {}:{}", from.join(" | "), pods(numbers), ports(numbers));
        }
        text.push_str("}\n");
    }
    text
}

fn scoped(namespaces: usize, numbers: &mut Numbers) -> String {
    match numbers.below(8) {
        0 => format!("team-{}/{}", numbers.below(namespaces), pods(numbers)),
        1 => format!("managed/{}", pods(numbers)),
        _ => pods(numbers),
    }
}

fn pods(numbers: &mut Numbers) -> String {
    let app = numbers.skewed(PODS);
    match numbers.below(10) {
        0 => "tier=data".to_owned(),
        1 => "tier in (front, back)".to_owned(),
        2 => format!("app=a{app}, env=prod"),
        3 => format!("app in (a{app}, a{})", app + 1),
        _ => format!("app=a{app}"),
    }
}

fn ports(numbers: &mut Numbers) -> String {
    let ports: Vec<String> =
        (0..=numbers.skewed(4)).map(|_| (8000 + numbers.skewed(8)).to_string()).collect();
    ports.join(",")
}
