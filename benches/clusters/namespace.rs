//! One namespace of a cluster: its `pods`, and its rules.
//!
//! Comes in: the namespaces of the whole cluster, and a stream of numbers. Goes out: the text of one of them. Where rules lead is skewed as in
//! real clusters: to the first of a namespace's pods (its database), to the few namespaces that everybody uses, from the one that watches everybody.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::numbers::Numbers;

/// What pods are called; a number goes behind the first round.
const WORDS: [&str; 24] = [
    "db", "api", "web", "cache", "worker", "queue", "auth", "search", "mail", "billing", "orders", "catalog",
    "media", "reports", "sync", "gateway", "events", "import", "export", "audit", "profile", "stock",
    "pricing", "chat",
];

/// Labels that several of a namespace's pods carry.
const TIERS: [&str; 4] = ["backend", "frontend", "data", "batch"];

/// All namespaces.
pub(crate) struct Cluster {
    pub(crate) namespaces: Vec<Namespace>,
    /// So many of the first are used by everybody: databases, and first of all the one that watches.
    shared: usize,
}

/// A managed namespace.
pub(crate) struct Namespace {
    /// Its place among all.
    pub(crate) id: usize,
    /// How many `pods` it declares.
    pub(crate) pods: usize,
}

impl Namespace {
    pub(crate) fn name(&self) -> String {
        match self.id {
            0 => "monitoring".to_owned(),
            id => format!("team-{id}"),
        }
    }

    /// How many of its `pods` are groups: each tenth, one for each tier at most. They come last.
    fn groups(&self) -> usize {
        (self.pods / 10).min(TIERS.len())
    }

    /// Those that have a port.
    fn singles(&self) -> usize {
        self.pods - self.groups()
    }

    fn pods_name(&self, index: usize) -> String {
        match index.checked_sub(self.singles()) {
            Some(group) => TIERS[group].to_owned(),
            None => single(index),
        }
    }
}

fn single(index: usize) -> String {
    match index / WORDS.len() {
        0 => WORDS[index].to_owned(),
        round => format!("{}-{round}", WORDS[index % WORDS.len()]),
    }
}

/// Every fifth of the pods with a port can be watched.
fn is_watched(index: usize) -> bool {
    index % 5 == 1
}

impl Cluster {
    pub(crate) fn new(namespaces: Vec<Namespace>) -> Self {
        let shared = (namespaces.len() / 50).max(1);
        Self { namespaces, shared }
    }

    /// The text of a namespace with so many rules.
    pub(crate) fn text(&self, namespace: &Namespace, rules: usize, numbers: &mut Numbers) -> String {
        let mut text = format!("namespace {} {{\n", namespace.name());
        for index in 0..namespace.singles() {
            let (name, tier) = (single(index), TIERS[index % TIERS.len()]);
            let _ = writeln!(text, "  pods {name} where app={name}, tier={tier} {{");
            let _ = writeln!(text, "    port main = {}", 8000 + index % 1000);
            if is_watched(index) {
                text.push_str("    port metrics = 9100\n");
            }
            text.push_str("  }\n");
        }
        for tier in TIERS.iter().take(namespace.groups()) {
            let _ = writeln!(text, "  pods {tier} where tier={tier}");
        }
        for rule in self.rules(namespace, rules, numbers) {
            let _ = writeln!(text, "  allow {rule}");
        }
        text.push_str("}\n");
        text
    }

    /// So many different rules; the first leads to the name server, then there is one from each of the pods.
    fn rules(&self, namespace: &Namespace, count: usize, numbers: &mut Numbers) -> BTreeSet<String> {
        let mut rules = BTreeSet::new();
        if count > 0 {
            rules.insert("* -> dns".to_owned());
        }
        let mut from = 0;
        while rules.len() < count {
            let chosen = if from < namespace.pods { from } else { numbers.skewed(namespace.pods.max(1)) };
            rules.insert(self.rule(namespace, chosen, numbers));
            from += 1;
        }
        rules
    }

    fn rule(&self, namespace: &Namespace, from: usize, numbers: &mut Numbers) -> String {
        if from >= namespace.singles() {
            return format!("{} -> {}", namespace.pods_name(from), addresses(numbers));
        }
        let name = single(from);
        match numbers.below(1000) {
            0..300 => Self::local(namespace, from, numbers),
            300..450 => self.remote(&name, numbers.skewed(self.shared), namespace, numbers),
            450..550 if is_watched(from) && namespace.id > 0 => {
                format!(
                    "monitoring/{} -> {name}:metrics",
                    single(numbers.skewed(self.namespaces[0].singles().min(3)))
                )
            }
            550..600 => self.remote(&name, numbers.below(self.namespaces.len()), namespace, numbers),
            _ => format!("{name} -> {}", addresses(numbers)),
        }
    }

    /// A rule within the namespace; sometimes for two at once.
    fn local(namespace: &Namespace, from: usize, numbers: &mut Numbers) -> String {
        let to = numbers.skewed(namespace.singles());
        let name = single(from);
        if to == from {
            return format!("{name} -> {}", addresses(numbers));
        }
        let other = numbers.below(namespace.singles());
        if numbers.happens(45) && other != from && other != to {
            return format!("{name} | {} -> {}:main", single(other), single(to));
        }
        format!("{name} -> {}:main", single(to))
    }

    /// A rule to another namespace, to the first of its pods most of the time.
    fn remote(&self, name: &str, id: usize, own: &Namespace, numbers: &mut Numbers) -> String {
        let target = &self.namespaces[id];
        if id == own.id || target.singles() == 0 {
            return format!("{name} -> {}", addresses(numbers));
        }
        format!("{name} -> {}/{}:main", target.name(), single(numbers.skewed(target.singles())))
    }
}

/// One block of addresses with one port most of the time, as in the published profile.
fn addresses(numbers: &mut Numbers) -> String {
    let count = match numbers.below(100) {
        0..89 => 1,
        89..95 => 3,
        _ => 6,
    };
    let port = [443, 5432, 6379, 8443][numbers.skewed(4)];
    let ports = if numbers.happens(60) { format!("{port},80") } else { port.to_string() };
    let block = |numbers: &mut Numbers| match numbers.below(2) {
        0 => format!("10.{}.{}.0/24:{ports}", numbers.below(256), numbers.below(256)),
        _ => format!("198.51.{}.{}:{ports}", numbers.below(256), numbers.below(256)),
    };
    let blocks: BTreeSet<String> = (0..count).map(|_| block(numbers)).collect();
    blocks.into_iter().collect::<Vec<_>>().join(" | ")
}
