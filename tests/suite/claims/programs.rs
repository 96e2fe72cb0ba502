//! Small programs with guards and tests, from a tape of bytes; an empty tape gives the plainest one.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};

const LENGTH: usize = 140;

pub(super) fn tape() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), LENGTH)
}

/// A tape that depends on nothing but the seed.
pub(super) fn random_tape(seed: &mut u64) -> Vec<u8> {
    let mut next = || {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seed.to_le_bytes()[5]
    };
    (0..LENGTH).map(|_| next()).collect()
}

struct Tape<'t>(std::slice::Iter<'t, u8>);

impl Tape<'_> {
    fn below(&mut self, limit: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % limit
    }

    fn pick(&mut self, table: &[&'static str]) -> &'static str {
        table[self.below(table.len())]
    }
}

const PODS: [&str; 32] = [
    "shop/web",
    "shop/db",
    "shop/*",
    "shop/app=web",
    "shop/app!=web",
    "shop/app=*, !tier",
    "shop/app notin (web, db), tier=x",
    "shop/tier=x",
    "bank/*",
    "bank/api",
    "bank/app in (web, db)",
    "bank/app=db, tier notin (x)",
    "bank/!app",
    "reds/*",
    "reds/app=web",
    "plain/*",
    "plain/app!=db",
    "known/tier=*",
    "known/*",
    "hinterland/app=web",
    "*/app=web",
    "*/app!=web",
    "*/!app, tier!=x",
    "cluster",
    "managed",
    "managed/app!=db",
    "managed/tier=x",
    "monitoring/*",
    "monitoring/app=job",
    "monitoring/app in (web, job)",
    "kube-system/k8s-app=kube-dns",
    "anywhere",
];

const ADDRESSES: [&str; 14] = [
    "lan",
    "private",
    "internet",
    "0.0.0.0/0",
    "[::/0]",
    "10.0.0.0/8",
    "10.1.0.0/16",
    "10.1.2.3",
    "100.64.0.0/10",
    "pod-addresses",
    "203.0.113.0/24",
    "203.0.113.7",
    "[fd00::/8]",
    "[2001:db8::1]",
];

const PORTS: [&str; 13] = [
    "80",
    "443",
    "80,443",
    "8000-8999",
    "80,8000-8999,9000",
    "1-65535",
    "53/udp",
    "53/udp,53",
    "*/udp",
    "*",
    "*/tcp",
    "*/tcp,*/udp,*/sctp",
    "80/sctp",
];

const NAMED_PORTS: [&str; 6] = [
    "\"http\"",
    "\"http\",443",
    "\"metrics\"",
    "\"http\",\"metrics\"",
    "\"http\"/udp",
    "80,\"metrics\"/sctp",
];

const SERVICES: [&str; 3] = ["dns", "logs", "mixed"];

const HEAD: &str = "\
label app = web | db | job
label tier = *
namespace label team = red | blue
namespaces reds where team=red
namespaces plain where team!=red
namespaces known where kubernetes.io/metadata.name in (shop, hinterland)
namespaces hinterland where team=*, kubernetes.io/metadata.name notin (shop, bank)
network lan = 10.0.0.0/8 | fd00::/8 except 10.1.0.0/16
service logs = lan:514/udp,80 | monitoring/app=job:80,443
service mixed = anywhere:9000
";

/// The peers that one program likes: rules and claims about the same things meet more often.
struct Taste {
    peers: Vec<&'static str>,
    targets: Vec<String>,
}

impl Taste {
    fn draw(tape: &mut Tape<'_>) -> Self {
        let peers = (0..4).map(|_| if tape.below(3) == 0 { tape.pick(&ADDRESSES) } else { tape.pick(&PODS) });
        let peers: Vec<_> = peers.collect();
        let mut targets: Vec<String> = peers.iter().map(|peer| target(peer, tape)).collect();
        targets.push(tape.pick(&SERVICES).to_owned());
        Self { peers, targets }
    }

    fn from(&self, tape: &mut Tape<'_>) -> String {
        let count = 1 + tape.below(3) / 2;
        let one = |tape: &mut Tape<'_>| self.peers[tape.below(self.peers.len())];
        (0..count).map(|_| one(tape)).collect::<Vec<_>>().join(" | ")
    }

    fn to(&self, tape: &mut Tape<'_>) -> String {
        let count = 1 + tape.below(4) / 3;
        let one = |tape: &mut Tape<'_>| match tape.below(3) {
            0 | 1 => self.targets[tape.below(self.targets.len())].clone(),
            _ => target(self.peers[tape.below(self.peers.len())], tape),
        };
        (0..count).map(|_| one(tape)).collect::<Vec<_>>().join(" | ")
    }

    fn rule(&self, tape: &mut Tape<'_>) -> String {
        let halves = tape.pick(&["allow", "allow", "allow ingress", "allow egress"]);
        let (mut from, mut to) = (self.from(tape), self.to(tape));
        match halves {
            "allow ingress" if !is_managed(&to) => to += " | bank/*:80",
            "allow egress" if !is_managed(&from) => from += " | shop/*",
            "allow" if !is_managed(&from) && !is_managed(&to) => from += " | shop/*",
            _ => {}
        }
        format!("{halves} {from} -> {to}")
    }

    fn guard(&self, tape: &mut Tape<'_>) -> String {
        let kind = tape.pick(&["never", "only"]);
        format!("{kind} {} -> {}", self.from(tape), self.to(tape))
    }

    fn line(&self, tape: &mut Tape<'_>) -> String {
        let kind = tape.pick(&["can", "cannot", "can"]);
        format!("{} {kind} reach {}", self.from(tape), self.to(tape))
    }
}

/// Whether one of the peers is in a managed namespace: rules need one.
fn is_managed(peers: &str) -> bool {
    let managed =
        ["shop/", "bank/", "managed", "cluster", "anywhere", "mixed", "*/", "reds/", "plain/", "known/"];
    peers.split(" | ").any(|peer| managed.iter().any(|start| peer.starts_with(start)))
}

fn target(peer: &str, tape: &mut Tape<'_>) -> String {
    let names = !ADDRESSES.contains(&peer) && tape.below(3) == 0;
    let ports = if names { tape.pick(&NAMED_PORTS) } else { tape.pick(&PORTS) };
    format!("{peer}:{ports}")
}

/// The source text.
pub(super) fn program(tape: &[u8]) -> String {
    let mut tape = Tape(tape.iter());
    let mut text = HEAD.to_owned();
    text += tape.pick(&[
        "",
        "override network pod-addresses = 10.0.0.0/12\n",
        "override network pod-addresses = 10.1.2.3 | 100.64.0.0/10\n",
        "override network pod-addresses = 10.1.2.3\n",
        "override network pod-addresses = 203.0.113.7\n",
    ]);
    text += "external namespace monitoring";
    text += tape.pick(&["\n", " labels team=red\n", " labels !team\n"]);
    let taste = Taste::draw(&mut tape);
    for (name, labels, pods) in [
        ("shop", "team=red", "pods web where app=web\npods db where app=db, tier=x"),
        ("bank", "!team", "pods api where app in (web, job)"),
    ] {
        let default = tape.pick(&[
            "default deny",
            "default deny ingress",
            "default deny egress",
            "default allow",
            "default deny",
        ]);
        let own = tape.pick(&["\n", " {\n  default deny\n}\n", " {\n  default deny ingress\n}\n"]);
        text += &format!("namespace {name} labels {labels} {{\n{default}\n{pods}{own}}}\n");
    }
    for _ in 0..tape.below(6) {
        text += &format!("{}\n", taste.rule(&mut tape));
    }
    if tape.below(3) == 0 {
        let rule =
            tape.pick(&["allow app=web -> *:80", "allow !app -> app=db:\"http\"", "never tier=x -> *"]);
        text += &format!("namespaces blocks where team!=blue {{\n{rule}\n}}\n");
    }
    for _ in 0..4 {
        text += &format!("{}\n", taste.guard(&mut tape));
    }
    text += "test \"lines\" {\n";
    for _ in 0..4 {
        text += &format!("{}\n", taste.line(&mut tape));
    }
    text + "}\n"
}
