//! How large a minimal policy is: what `compile --stats` shows.

use std::ops::AddAssign;

use super::{NamespacePolicies, Peers, Rule, SubjectPolicy};
use crate::algebra::{PortSet, Protocol};
use crate::ir::{Direction, Directional};

/// Counts over all policies, before any is split for its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Size {
    /// Policies, default-deny ones among them.
    pub policies: usize,
    /// Rules.
    pub rules: usize,
    /// Peers: a selector counts 1, a block 1 and 1 for each exception.
    pub peers: usize,
    /// Entries of lists of ports.
    pub port_entries: usize,
}

impl Size {
    /// Counts what is written into one namespace.
    pub fn of(written: &NamespacePolicies) -> Self {
        let denying = usize::from(written.default_deny() != Directional::default());
        let rules = || written.policies().iter().flat_map(rules);
        Self {
            policies: denying + written.policies().len(),
            rules: rules().count(),
            peers: rules().map(peers).sum(),
            port_entries: rules().map(|rule| entries(rule.ports())).sum(),
        }
    }
}

/// Of several namespaces together.
impl AddAssign for Size {
    fn add_assign(&mut self, other: Self) {
        let Self { policies, rules, peers, port_entries } = other;
        self.policies += policies;
        self.rules += rules;
        self.peers += peers;
        self.port_entries += port_entries;
    }
}

fn rules(policy: &SubjectPolicy) -> impl Iterator<Item = &Rule> {
    Direction::BOTH.into_iter().flat_map(|direction| policy.rules(direction))
}

/// How much the list of peers counts.
pub(super) fn peers(rule: &Rule) -> usize {
    match rule.peers() {
        Peers::Anywhere => 0,
        Peers::Listed(listed) => {
            let blocks = listed.addresses().blocks();
            listed.pods().len() + blocks.iter().map(|block| 1 + block.except.len()).sum::<usize>()
        }
    }
}

/// How many entries a list of ports has.
pub(super) fn entries(ports: &PortSet) -> usize {
    if ports.is_every() {
        return 0;
    }
    let of = |protocol: &Protocol| {
        let ports = ports.protocol(*protocol);
        ports.numbers().intervals().len() + ports.names().len()
    };
    Protocol::ALL.iter().map(of).sum()
}
