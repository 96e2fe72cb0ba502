//! Minimal policies as short lines, in the notation of `policies`.

use netdsl::algebra::{Cube, PortSet, Protocol, Requirement, Text};
use netdsl::ir::{Direction, NAMESPACE_NAME, PodPeer, Policy};
use netdsl::minimise::{NamespacePolicies, Peers, Rule, minimise};

/// All rules, a line each; a policy's direction without rules is a line without any.
pub(crate) fn lines(policy: Policy) -> Vec<String> {
    let minimal = minimise(policy);
    let mut lines = Vec::new();
    for policy in minimal.namespaces().values().flat_map(NamespacePolicies::policies) {
        for direction in Direction::BOTH.into_iter().filter(|direction| *policy.types().get(*direction)) {
            let head = format!("{} {}", cube(policy.subject()), direction.api_name().to_lowercase());
            let rules = policy.rules(direction);
            lines.extend(rules.iter().map(|rule| format!("{head}: {}", show_rule(rule))));
            lines.extend(rules.is_empty().then_some(head));
        }
    }
    lines
}

fn show_rule(rule: &Rule) -> String {
    let peers = match rule.peers() {
        Peers::Anywhere => vec!["anywhere".to_owned()],
        Peers::Listed(listed) => {
            let blocks = listed.addresses().blocks();
            let blocks = blocks.iter().map(|block| {
                let except = block.except.iter().map(|except| format!(" -{except}"));
                format!("{}{}", block.cidr, except.collect::<String>())
            });
            listed.pods().iter().map(peer).chain(blocks).collect()
        }
    };
    format!("{}: {}", peers.join(", "), ports(rule.ports()))
}

fn peer(peer: &PodPeer) -> String {
    let names = peer.namespaces.get(NAMESPACE_NAME).filter(|_| peer.namespaces.requirements().len() == 1);
    let namespaces = match names {
        Some(names) if !names.is_complement() => names.values().join("|"),
        Some(_) | None => cube(&peer.namespaces),
    };
    format!("{namespaces}/{}", cube(&peer.pods))
}

fn cube(cube: &Cube) -> String {
    let words: Vec<String> = cube.requirements().map(|(key, requirement)| word(key, requirement)).collect();
    if words.is_empty() { "*".to_owned() } else { words.join(" ") }
}

fn word(key: &Text, requirement: &Requirement) -> String {
    let values = requirement.values().join("|");
    match (requirement.is_complement(), requirement.allows_absent()) {
        (false, false) => format!("{key}={values}"),
        (true, true) => format!("{key}!={values}"),
        (true, false) if values.is_empty() => key.to_string(),
        (true, false) => format!("{key} {key}!={values}"),
        (false, true) => format!("!{key}{values}"),
    }
}

fn ports(set: &PortSet) -> String {
    if set.is_every() {
        return "*".to_owned();
    }
    let mut words = Vec::new();
    for protocol in Protocol::ALL {
        let tail = if protocol == Protocol::Tcp { String::new() } else { format!("/{}", protocol.name()) };
        let numbers =
            set.protocol(protocol).numbers().intervals().iter().map(|(first, last)| match last - first {
                0 => first.to_string(),
                _ => format!("{first}-{last}"),
            });
        let names = set.protocol(protocol).names().iter().map(|name| format!("{name}*"));
        words.extend(numbers.chain(names).map(|word| word + &tail));
    }
    words.join(" ")
}
