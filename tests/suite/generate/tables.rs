//! What generated programs are made of: names, selectors, ports, declarations that every rule can rely on.

use super::Statement;

/// Numbers that were drawn, each of which picks once. Past the end, everything picks the first.
pub(super) struct Picks<'a> {
    rest: std::slice::Iter<'a, u8>,
}

impl<'a> Picks<'a> {
    pub(super) fn new(drawn: &'a [u8]) -> Self {
        Self { rest: drawn.iter() }
    }

    /// A number below a limit.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::from(self.rest.next().copied().unwrap_or(0)) % limit
    }

    /// One of these.
    pub(super) fn pick<T: Copy>(&mut self, table: &[T]) -> T {
        table[self.below(table.len())]
    }
}

/// Managed namespaces; some are words that YAML reads as something else.
pub(super) const NAMESPACES: [&str; 3] = ["shop", "null", "1e3"];

/// Names of `pods`, in each namespace. One stands before the words of generated names, and one meets one.
pub(super) const PODS: [&str; 3] = ["web", "app-db", "on"];

/// What managed namespaces state: the sets ask for `team`.
pub(super) const STATED: [&str; 3] = ["team=red", "team=blue", "!team"];

/// The `default` of a namespace; empty where it is left out.
pub(super) const DEFAULTS: [&str; 6] = [
    "",
    "default deny",
    "default deny ingress",
    "default deny egress",
    "default deny ingress egress",
    "default allow",
];

/// The `default` of `pods`.
pub(super) const PODS_DEFAULTS: [&str; 6] =
    ["", "", "", "default deny", "default deny ingress", "default deny egress"];

/// Port declarations and the ways in which a rule may name these ports, beside `*`. One declaration may also be
/// left to itself.
pub(super) const PORTS: [(&[&str], &[&str]); 7] = [
    (&[], &[]),
    (&["port pg = 5432"], &["pg", "5432"]),
    (&["port http = 8080", "port metrics = 9090"], &["http", "metrics", "8080,metrics", "http,9090/tcp"]),
    (&["port dns = 53/udp, 53/tcp"], &["dns", "53/udp", "53"]),
    (&["port many = 8000-8999"], &["many", "8443", "8000-8100,8101"]),
    (&["port admin = \"admin\""], &["admin"]),
    (&["port m3ua = 2905/sctp", "port one = 1"], &["m3ua", "2905/sctp", "one,m3ua"]),
];

/// Ports on targets that declare none.
pub(super) const ANY_PORTS: [&str; 9] = [
    "80",
    "443,8080",
    "53/udp,53",
    "8000-8999",
    "*",
    "*/udp",
    "1-65535",
    "80,81,82,84",
    "*/tcp,*/udp,*/sctp",
];

/// Container ports by name, on targets that have pods.
pub(super) const NAMED_PORTS: [&str; 3] = ["\"http\"", "\"metrics\",9090", "\"dns\"/udp"];

/// Peers that are neither pods nor services: they may stand on either side.
pub(super) const ADDRESSES: [&str; 8] = [
    "internet",
    "office",
    "lan",
    "private",
    "203.0.113.0/24",
    "10.1.2.3",
    "[2001:db8:1::/48]",
    "[fd00:ec2::254]",
];

/// A selector of pods: at most one requirement on each key, so that something can match it.
pub(super) fn selector(picks: &mut Picks) -> String {
    let app = picks.pick(&[
        "app=web",
        "",
        "app=db",
        "app!=web",
        "app in (web, db)",
        "app notin (job, on)",
        "app=*",
        "!app",
    ]);
    let tier =
        picks.pick(&["", "tier=x", "tier!=y", "!tier", "tier in (x, null, 1_000)", "tier=\"\"", "tier=*"]);
    let env = picks.pick(&["", "", "env=prod", "env!=qa", "env in (prod, qa)", "!env"]);
    let parts: Vec<&str> = [app, tier, env].into_iter().filter(|it| !it.is_empty()).collect();
    if parts.is_empty() { "app=job".to_owned() } else { parts.join(", ") }
}

/// Declarations that every program has, and some that only some have.
pub(super) fn declarations(picks: &mut Picks) -> Vec<Statement> {
    let mut texts = vec![
        "label app = web | db | job | on",
        "label tier = *",
        "label env = pods | prod | qa | dev",
        "namespace label team = red | blue",
        "namespaces reds where team=red",
        "network office = 203.0.113.0/24 | 2001:db8:1::/48 except 203.0.113.128/25",
        "network lan = 10.0.0.0/8 | 192.168.7.0/24 | office except 10.64.0.0/10",
        "service logs = office:514/udp,6514 | monitoring/app=job:4317",
    ];
    texts.push(picks.pick(&[
        "external namespace monitoring",
        "external namespace monitoring labels team=blue {\n  pods on where app=on { port on = 1 }\n}",
    ]));
    texts.push(picks.pick(&["external namespace sandbox", "external namespace sandbox labels !team"]));
    texts.extend(picks.pick::<&[&str]>(&[
        &[],
        &["override network private = 10.0.0.0/8 | fd00::/8"],
        &["override network pod-addresses = 100.64.0.0/12"],
    ]));
    texts.extend(
        picks.pick::<&[&str]>(&[&[], &["override service dns = kube-system/k8s-app=coredns:5353/udp"]]),
    );
    texts.into_iter().map(|text| Statement::Outside(text.to_owned())).collect()
}
