//! Random sets of NetworkPolicies as text, and pairs of sets that are near each other.
//!
//! A tape of bytes makes every choice, so that shrinking the tape shrinks the manifests.

use proptest::prelude::*;

/// The choices of one case.
pub(super) fn tape() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..160)
}

/// A byte from a seed, for runs that are the same every time.
pub(super) fn next_byte(seed: &mut u64) -> u8 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    seed.to_be_bytes()[1]
}

struct Tape<'t>(&'t [u8]);

impl Tape<'_> {
    /// A number below `count`; 0 at the end of the tape.
    fn below(&mut self, count: usize) -> usize {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        usize::from(*first) % count
    }

    fn one<'c>(&mut self, choices: &[&'c str]) -> &'c str {
        choices[self.below(choices.len())]
    }

    fn several(
        &mut self,
        least: usize,
        most: usize,
        mut make: impl FnMut(&mut Self) -> String,
    ) -> Vec<String> {
        (0..least + self.below(most + 1 - least)).map(|_| make(self)).collect()
    }
}

#[derive(Clone)]
struct Object {
    namespace: &'static str,
    subject: &'static str,
    types: &'static str,
    ingress: Option<Vec<Rule>>,
    egress: Option<Vec<Rule>>,
}

#[derive(Clone)]
struct Rule {
    peers: Vec<String>,
    ports: Vec<String>,
}

/// The text of a random set of manifests.
pub(super) fn manifests(tape: &[u8]) -> String {
    print(&objects(&mut Tape(tape)))
}

/// Two sets: the second is made from the first, exactly or not quite, or has nothing to do with it.
pub(super) fn pair(tape: &[u8]) -> (String, String) {
    let mut tape = Tape(tape);
    let change = tape.below(8);
    let before = objects(&mut tape);
    let mut after = before.clone();
    match change {
        0 => after = before.iter().flat_map(split).collect(),
        1 => after.reverse(),
        2 => each_rules(&mut after, |rules| rules.extend(rules.first().cloned())),
        3 => each_rules(&mut after, cross),
        4 => each_rules(&mut after, |rules| drop(rules.pop())),
        5 => drop(after.pop()),
        6 => each_rules(&mut after, |rules| {
            if let Some(rule) = rules.first_mut() {
                rule.peers.push(peer(&mut tape));
            }
        }),
        _ => after = objects(&mut tape),
    }
    (print(&before), print(&after))
}

/// Each rule in an object of its own: the same meaning.
fn split(object: &Object) -> Vec<Object> {
    let rules = |object: &Object| object.ingress.iter().chain(&object.egress).map(Vec::len).sum::<usize>();
    // With types by default an object without egress rules would no longer isolate egress.
    if object.types.len() < 5 || rules(object) < 2 {
        return vec![object.clone()];
    }
    let one = |rule: &Rule| Some(vec![rule.clone()]);
    let ingress = object.ingress.iter().flatten().map(|rule| Object {
        ingress: one(rule),
        egress: None,
        ..object.clone()
    });
    let egress = object.egress.iter().flatten().map(|rule| Object {
        ingress: None,
        egress: one(rule),
        ..object.clone()
    });
    // Where the types leave a direction out, its rules would be ignored in both forms.
    ingress.chain(egress).collect()
}

/// Joins the first two rules into one with the peers and ports of both, where they have some.
fn cross(rules: &mut Vec<Rule>) {
    if rules.len() > 1 {
        let second = rules.remove(1);
        rules[0].peers.extend(second.peers);
        rules[0].ports.extend(second.ports);
    }
}

fn each_rules(objects: &mut [Object], mut change: impl FnMut(&mut Vec<Rule>)) {
    for object in objects {
        object.ingress.iter_mut().chain(object.egress.iter_mut()).for_each(&mut change);
    }
}

fn objects(tape: &mut Tape<'_>) -> Vec<Object> {
    (0..=tape.below(3)).map(|_| object(tape)).collect()
}

fn object(tape: &mut Tape<'_>) -> Object {
    let types = [
        "",
        ", policyTypes: null",
        ", policyTypes: []",
        ", policyTypes: [Ingress]",
        ", policyTypes: [Egress]",
        ", policyTypes: [Ingress, Egress]",
        ", policyTypes: [Egress, Ingress]",
        ", policyTypes: [Ingress, Ingress]",
    ];
    let both = [5, 6, 5, 0, 5, 3, 4, 1, 2, 7];
    let types = types[both[tape.below(both.len())]];
    let direction = |tape: &mut Tape<'_>, active: bool| match tape.below(6) {
        0 => None,
        1 => Some(Vec::new()),
        // Rules of a direction that is left out are odd; a few of them are enough.
        _ if !active && tape.below(8) > 0 => None,
        _ => Some((0..=tape.below(3)).map(|_| rule(tape)).collect()),
    };
    Object {
        namespace: ["shop", "shop", "bank"][tape.below(3)],
        subject: [
            "",
            "podSelector: null",
            "podSelector: {}",
            "podSelector: {matchLabels: {a: x}}",
            "podSelector: {matchExpressions: [{key: a, operator: NotIn, values: [x]}]}",
            "podSelector: {matchExpressions: [{key: a, operator: Exists}, {key: b, operator: DoesNotExist}]}",
            "podSelector: {matchExpressions: [{key: a, operator: In, values: [x, w]}]}",
        ][tape.below(7)],
        types,
        ingress: direction(tape, !types.contains("[Egress]")),
        egress: direction(tape, types.len() < 22 || types.contains("Egress")),
    }
}

fn rule(tape: &mut Tape<'_>) -> Rule {
    let least = usize::from(tape.below(5) > 0);
    let peers = tape.several(least, 3, peer);
    let least = usize::from(tape.below(4) > 0);
    Rule { peers, ports: tape.several(least, 3, port) }
}

fn peer(tape: &mut Tape<'_>) -> String {
    match tape.below(5) {
        0 => format!("{{ipBlock: {{{}}}}}", block(tape)),
        1 => format!("{{namespaceSelector: {}}}", namespaces(tape)),
        2 => format!("{{namespaceSelector: {}, podSelector: {}}}", namespaces(tape), pods(tape)),
        3 => format!("{{namespaceSelector: null, podSelector: {}}}", pods(tape)),
        _ => format!("{{podSelector: {}}}", pods(tape)),
    }
}

fn pods(tape: &mut Tape<'_>) -> String {
    let key = tape.one(&["a", "a", "b"]);
    match tape.below(9) {
        0 => "{}".to_owned(),
        1 | 2 => format!("{{matchLabels: {{{key}: x}}}}"),
        3 => format!("{{matchLabels: {{{key}: w}}}}"),
        4 => "{matchLabels: {a: x, b: x}}".to_owned(),
        _ => format!("{{matchExpressions: [{}]}}", tape.several(1, 2, expression).join(", ")),
    }
}

fn expression(tape: &mut Tape<'_>) -> String {
    let key = tape.one(&["a", "a", "b"]);
    let requirement = tape.one(&[
        "operator: In, values: [x]",
        "operator: In, values: [x, w]",
        "operator: NotIn, values: [x]",
        "operator: NotIn, values: [w]",
        "operator: NotIn, values: [w, x]",
        "operator: Exists",
        "operator: DoesNotExist",
    ]);
    format!("{{key: {key}, {requirement}}}")
}

fn namespaces(tape: &mut Tape<'_>) -> &'static str {
    tape.one(&[
        "{}",
        "{matchLabels: {kubernetes.io/metadata.name: shop}}",
        "{matchLabels: {kubernetes.io/metadata.name: bank}}",
        "{matchLabels: {team: red}}",
        "{matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [shop, bank]}]}",
        "{matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [shop]}]}",
        "{matchExpressions: [{key: kubernetes.io/metadata.name, operator: Exists}]}",
        "{matchExpressions: [{key: team, operator: NotIn, values: [red]}]}",
        "{matchExpressions: [{key: team, operator: Exists}]}",
        "{matchExpressions: [{key: team, operator: DoesNotExist}]}",
    ])
}

fn block(tape: &mut Tape<'_>) -> &'static str {
    tape.one(&[
        "cidr: 0.0.0.0/0",
        "cidr: 0.0.0.0/0, except: [10.0.0.0/8]",
        "cidr: 10.0.0.0/8",
        "cidr: 10.0.0.0/8, except: [10.1.0.0/16]",
        "cidr: 10.0.0.0/8, except: [10.1.2.0/24, 10.128.0.0/9]",
        "cidr: 10.1.0.0/16",
        "cidr: 10.1.2.0/24, except: null",
        "cidr: 10.0.0.0/9",
        "cidr: 10.128.0.0/9",
        "cidr: \"::/0\"",
        "cidr: fd00::/8, except: [fd00::/64]",
        "cidr: fd00::/64, except: []",
    ])
}

fn port(tape: &mut Tape<'_>) -> String {
    let entry = tape.one(&[
        "port: 80",
        "port: 443",
        "port: 80, endPort: 81",
        "port: 79, endPort: 443",
        "port: http",
        "port: metrics",
        "",
        "port: null",
        "port: 1, endPort: 65535",
        "port: 444, endPort: 65535",
        "port: 1, endPort: 443",
        "port: 53",
    ]);
    let protocol =
        tape.one(&["", "", ", protocol: TCP", ", protocol: UDP", ", protocol: SCTP", ", protocol: null"]);
    format!("{{{}}}", format!("{entry}{protocol}").trim_start_matches(", "))
}

/// The first lines of an object.
pub(super) fn head(name: &str, namespace: &str) -> String {
    format!(
        "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: {namespace}}}"
    )
}

fn print(objects: &[Object]) -> String {
    (0..).zip(objects).map(|(n, object)| print_object(n, object)).collect()
}

fn print_object(number: u32, object: &Object) -> String {
    let rules = |name: &str, ends: &str, rules: &Option<Vec<Rule>>| match rules {
        None => String::new(),
        Some(rules) => {
            let rules: Vec<String> = rules.iter().map(|rule| print_rule(rule, ends)).collect();
            format!(", {name}: [{}]", rules.join(", "))
        }
    };
    let (ingress, egress) =
        (rules("ingress", "from", &object.ingress), rules("egress", "to", &object.egress));
    let spec = format!("{}{}{ingress}{egress}", object.subject, object.types);
    let head = head(&format!("p{number}"), object.namespace);
    format!("{head}\nspec: {{{}}}\n", spec.trim_start_matches(", "))
}

fn print_rule(rule: &Rule, ends: &str) -> String {
    // The three forms of "everything", told apart by the length of the other list only to vary them.
    let list = |name: &str, items: &[String], other: usize| match (items, other) {
        ([], 0) => format!("{name}: []"),
        ([], 1) => format!("{name}: null"),
        ([], _) => String::new(),
        (items, _) => format!("{name}: [{}]", items.join(", ")),
    };
    let parts = [list(ends, &rule.peers, rule.ports.len()), list("ports", &rule.ports, rule.peers.len())];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{{{}}}", parts.join(", "))
}
