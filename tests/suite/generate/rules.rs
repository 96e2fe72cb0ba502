//! Generated `pods` and rules: every peer exists, every port is declared where it must be, and one side is managed.

use super::Statement;
use super::tables::{ADDRESSES, ANY_PORTS, NAMED_PORTS, PODS_DEFAULTS, PORTS, Picks, selector};

/// What rules can name.
pub(super) struct World {
    /// The managed namespaces.
    pub(super) namespaces: Vec<&'static str>,
    /// Their `pods`.
    pub(super) pods: Vec<Pods>,
}

/// Declared `pods`.
#[derive(Clone, Debug)]
pub(super) struct Pods {
    /// Their namespace.
    pub(super) namespace: &'static str,
    name: &'static str,
    /// How many ports are declared.
    declared: usize,
    /// How a rule may name these.
    usable: &'static [&'static str],
    /// The declaration.
    pub(super) text: String,
}

/// A peer as FROM or as TO.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Source,
    Target,
}

/// Whose names may stand without a namespace.
#[derive(Clone, Copy)]
enum Place {
    /// In the block of a managed namespace.
    Namespace(&'static str),
    /// In the block of a set: its namespaces need not have the same `pods`.
    Set,
    /// Outside all blocks.
    Outside,
}

/// Which side of a rule is in a managed namespace for certain, and which halves are asked for.
const SHAPES: [(&str, Role); 4] = [
    ("allow", Role::Target),
    ("allow", Role::Source),
    ("allow ingress", Role::Target),
    ("allow egress", Role::Source),
];

const DOCS: [&str; 4] = ["", "", "## Reads: 'all'\n", "## Writes\n## # and more\n"];

impl Pods {
    pub(super) fn draw(namespace: &'static str, name: &'static str, picks: &mut Picks) -> Self {
        let selector = selector(picks);
        let (ports, usable) = picks.pick(&PORTS);
        let default = picks.pick(&PODS_DEFAULTS);
        let doc = picks.pick(&DOCS);
        let attribute = picks.pick(&["", "", &format!("@name(\"policy-of-{name}\")\n")]).to_owned();
        let members: Vec<&str> =
            std::iter::once(default).filter(|it| !it.is_empty()).chain(ports.iter().copied()).collect();
        let lines: Vec<String> = members.iter().map(|it| format!("  {it}\n")).collect();
        let block = if lines.is_empty() { String::new() } else { format!(" {{\n{}}}", lines.concat()) };
        let text = format!("{doc}{attribute}pods {name} where {selector}{block}");
        Self { namespace, name, declared: ports.len(), usable, text }
    }

    /// Written in a namespace's block or outside.
    fn named(&self, place: Place) -> String {
        match place {
            Place::Namespace(own) if own == self.namespace => self.name.to_owned(),
            Place::Namespace(_) | Place::Set | Place::Outside => format!("{}/{}", self.namespace, self.name),
        }
    }

    /// With ports that may be opened.
    fn target(&self, place: Place, picks: &mut Picks) -> String {
        let name = self.named(place);
        let number = picks.below(self.usable.len() + 2);
        match self.usable.get(number) {
            Some(ports) => format!("{name}:{ports}"),
            None if number == self.usable.len() && self.declared == 1 => name,
            None if number == self.usable.len() && self.declared == 0 => format!("{name}:5432"),
            None => format!("{name}:*"),
        }
    }
}

impl World {
    /// A rule in the block of a managed namespace.
    pub(super) fn inside(&self, namespace: &'static str, picks: &mut Picks) -> String {
        self.rule(Place::Namespace(namespace), picks)
    }

    /// A rule outside all blocks.
    pub(super) fn outside(&self, picks: &mut Picks) -> String {
        self.rule(Place::Outside, picks)
    }

    /// A set with rules that hold inside each of its namespaces.
    pub(super) fn set(&self, rules: &[[u8; 24]]) -> Statement {
        let rules = rules.iter().map(|it| self.rule(Place::Set, &mut Picks::new(it)));
        let lines: Vec<String> =
            rules.flat_map(|it| it.lines().map(|line| format!("  {line}\n")).collect::<Vec<_>>()).collect();
        Statement::Outside(format!("namespaces tenants where team=* {{\n{}}}", lines.concat()))
    }

    fn rule(&self, place: Place, picks: &mut Picks) -> String {
        let (keyword, managed) = picks.pick(&SHAPES);
        let doc = picks.pick(&DOCS);
        let subjects = union(picks, 2, |picks| self.managed_peer(place, managed, picks));
        let other = if managed == Role::Source { Role::Target } else { Role::Source };
        let others = union(picks, 3, |picks| self.peer(place, other, picks));
        let (from, to) = if managed == Role::Source { (subjects, others) } else { (others, subjects) };
        format!("{doc}{keyword} {from} -> {to}")
    }

    /// A peer in a managed namespace.
    fn managed_peer(&self, place: Place, role: Role, picks: &mut Picks) -> String {
        let namespace = picks.pick(&self.namespaces);
        match picks.below(4) {
            0 => self.pods_peer(place, role, picks),
            1 => with_ports(
                format!("{}{}", scope(place, namespace), selector(picks)),
                role,
                picks,
                &NAMED_PORTS,
            ),
            2 => with_ports(format!("{}*", scope(place, namespace)), role, picks, &NAMED_PORTS),
            _ => with_ports("managed".to_owned(), role, picks, &NAMED_PORTS),
        }
    }

    /// Declared `pods`, where there are any that can be named.
    fn pods_peer(&self, place: Place, role: Role, picks: &mut Picks) -> String {
        let namespace = picks.pick(&self.namespaces);
        let scoped = format!("{}*", scope(place, namespace));
        if self.pods.is_empty() {
            return with_ports(scoped, role, picks, &[]);
        }
        let pods = &self.pods[picks.below(self.pods.len())];
        match role {
            Role::Source => pods.named(place),
            Role::Target => pods.target(place, picks),
        }
    }

    /// Any peer.
    fn peer(&self, place: Place, role: Role, picks: &mut Picks) -> String {
        let pods = |peer: String, picks: &mut Picks| with_ports(peer, role, picks, &NAMED_PORTS);
        match picks.below(10) {
            0 | 1 => self.managed_peer(place, role, picks),
            2 => {
                let scope =
                    picks.pick(&["monitoring", "sandbox", "tenants", "reds", "*", "managed", "kube-system"]);
                let peer = format!("{scope}/{}", selector(picks));
                pods(peer, picks)
            }
            3 => {
                let peer =
                    picks.pick(&["monitoring/*", "sandbox/*", "tenants/*", "reds/*", "cluster"]).to_owned();
                pods(peer, picks)
            }
            4 if role == Role::Target => picks.pick(&["dns", "logs"]).to_owned(),
            5 => with_ports("anywhere".to_owned(), role, picks, &[]),
            _ => with_ports(picks.pick(&ADDRESSES).to_owned(), role, picks, &[]),
        }
    }
}

/// Some alternatives.
fn union(picks: &mut Picks, most: usize, mut alternative: impl FnMut(&mut Picks) -> String) -> String {
    let count = 1 + picks.below(most);
    (0..count).map(|_| alternative(picks)).collect::<Vec<_>>().join(" | ")
}

/// A namespace in front of a peer, where the peer's own place does not say it.
fn scope(place: Place, namespace: &str) -> String {
    match place {
        Place::Namespace(_) | Place::Set => String::new(),
        Place::Outside => format!("{namespace}/"),
    }
}

/// A target with ports, a source without.
fn with_ports(peer: String, role: Role, picks: &mut Picks, named: &[&str]) -> String {
    let all: Vec<&str> = ANY_PORTS.iter().chain(named).copied().collect();
    match role {
        Role::Source => peer,
        Role::Target => format!("{peer}:{}", picks.pick(&all)),
    }
}
