//! Truth tables as the `#|` lines of a scenario write them.
//!
//! A table begins with its ports (`80/tcp, 81/tcp`), perhaps `where x/b has pod2=updated` (a pod) or `where y has
//! ns2=updated` (a namespace). Everything is allowed but for what the indented lines say, of which the last that
//! fits counts: `deny * -> x/a`, then `allow x/b -> x/a`. `not provable: REASON` says that the oracle alone can tell.

use crate::evaluator::{Labels, Pod, Port};

/// The world of the suite: three namespaces with three pods each.
const NAMESPACES: [&str; 3] = ["x", "y", "z"];
const PODS: [&str; 3] = ["a", "b", "c"];

/// All tables of a scenario.
pub(super) struct Tables {
    pub(super) tables: Vec<Table>,
    /// Whether the compiler's proofs range over more than the suite's one cluster, so that they cannot agree.
    pub(super) are_provable: bool,
}

/// What holds for some ports.
pub(super) struct Table {
    pub(super) ports: Vec<(String, u16)>,
    /// A pod or namespace that carries one more label.
    labelled: Option<(String, String, String)>,
    lines: Vec<Line>,
}

struct Line {
    is_allowed: bool,
    from: String,
    to: String,
}

/// A pod of the world by its namespace and name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) namespace: &'static str,
    pub(super) pod: &'static str,
}

impl Tables {
    pub(super) fn read(text: &str) -> Self {
        let mut all = Self { tables: Vec::new(), are_provable: true };
        for line in text.lines().filter_map(|line| line.strip_prefix("#| ")) {
            if let Some(rest) = line.strip_prefix("  ") {
                all.tables.last_mut().expect("a table is open").lines.push(Line::read(rest));
            } else if line.starts_with("not provable: ") {
                all.are_provable = false;
            } else {
                all.tables.push(Table::read(line));
            }
        }
        assert!(!all.tables.is_empty(), "no table in\n{text}");
        all
    }
}

impl Table {
    fn read(header: &str) -> Self {
        let (ports, labelled) = match header.split_once(" where ") {
            Some((ports, labelled)) => (ports, Some(label(labelled))),
            None => (header, None),
        };
        Self { ports: ports.split(", ").map(port).collect(), labelled, lines: Vec::new() }
    }

    /// What the table says about a pair.
    pub(super) fn allows(&self, from: Place, to: Place) -> bool {
        let fits = |line: &&Line| from.fits(&line.from) && to.fits(&line.to);
        self.lines.iter().rev().find(fits).is_none_or(|line| line.is_allowed)
    }

    /// The pairs of different pods: the suite ignores a pod's connections to itself, and so do we.
    pub(super) fn pairs() -> impl Iterator<Item = (Place, Place)> {
        let all = || NAMESPACES.into_iter().flat_map(|namespace| PODS.map(|pod| Place { namespace, pod }));
        all().flat_map(move |from| all().map(move |to| (from, to))).filter(|(from, to)| from != to)
    }

    /// A pod with the labels that this table's world gives to it.
    pub(super) fn pod(&self, place: Place) -> Pod {
        let name = place.namespace.to_owned();
        Pod {
            namespace_labels: self.with_label(&name, ("kubernetes.io/metadata.name", place.namespace)),
            labels: self.with_label(&place.to_string(), ("pod", place.pod)),
            address: Some(place.address().parse().unwrap()),
            namespace: name,
        }
    }

    fn with_label(&self, carrier: &str, own: (&str, &str)) -> Labels {
        let own = (own.0.to_owned(), own.1.to_owned());
        let labelled = self.labelled.iter().filter(|(who, ..)| who == carrier);
        labelled.map(|(_, key, value)| (key.clone(), value.clone())).chain([own]).collect()
    }

    /// A port as the pods of the suite declare it.
    pub(super) fn target(protocol: &str, number: u16) -> Port {
        let api_name = ["TCP", "UDP", "SCTP"].into_iter().find(|it| it.eq_ignore_ascii_case(protocol));
        assert!(api_name.is_some(), "{protocol} is no protocol");
        Port { protocol: api_name, number, names: vec![format!("serve-{number}-{protocol}")] }
    }
}

impl Line {
    fn read(line: &str) -> Self {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [verdict @ ("allow" | "deny"), from, "->", to] = words[..] else {
            panic!("`{line}` is no line of a table");
        };
        Self { is_allowed: verdict == "allow", from: from.to_owned(), to: to.to_owned() }
    }
}

impl Place {
    fn fits(self, pattern: &str) -> bool {
        let (namespace, pod) = if pattern == "*" { ("*", "*") } else { pattern.split_once('/').unwrap() };
        assert!(NAMESPACES.contains(&namespace) || namespace == "*", "{pattern}");
        assert!(PODS.contains(&pod) || pod == "*", "{pattern}");
        (namespace == "*" || namespace == self.namespace) && (pod == "*" || pod == self.pod)
    }

    /// `x/b` is 10.0.1.2.
    fn address(self) -> String {
        let nth = |list: [&str; 3], name: &str| 1 + list.iter().position(|it| *it == name).unwrap();
        format!("10.0.{}.{}", nth(NAMESPACES, self.namespace), nth(PODS, self.pod))
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.namespace, self.pod)
    }
}

fn port(text: &str) -> (String, u16) {
    let (number, protocol) = text.split_once('/').unwrap_or_else(|| panic!("`{text}` is no port"));
    (protocol.to_owned(), number.parse().unwrap())
}

fn label(text: &str) -> (String, String, String) {
    let (carrier, label) = text.split_once(" has ").unwrap_or_else(|| panic!("`{text}` is no label"));
    let (key, value) = label.split_once('=').unwrap();
    (carrier.to_owned(), key.to_owned(), value.to_owned())
}
