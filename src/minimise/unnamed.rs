//! Addresses have no container ports, so no egress rule names a port to them. In ingress the names are the subject's.
//!
//! ```text
//! {web, 10.0.0.0/8}: 443, "http"    →    {web}: 443, "http"    {10.0.0.0/8}: 443
//! ```
//!
//! A name allows nothing at an address, so one rule for both looks like an exact saving. But some plugins match
//! the pods whose addresses lie in a block, and there the name would open a port that nobody asked for.

use super::{Listed, Peers, Rule};
use crate::algebra::{AddressSet, PortSet, Protocol, ProtocolPorts};

/// The rule as it is, or as two of which the one with the addresses names no port.
///
/// A rule for addresses alone is left: what it names, the program names.
pub(super) fn split(rule: Rule) -> [Option<Rule>; 2] {
    let Peers::Listed(listed) = rule.peers() else { return [Some(rule), None] };
    let named = Protocol::ALL.iter().any(|protocol| !rule.ports().protocol(*protocol).names().is_empty());
    if !named || listed.pods().is_empty() || listed.addresses().is_empty() {
        return [Some(rule), None];
    }
    let part = |listed: Option<Listed>, ports: PortSet| {
        let listed = listed.filter(|_| !ports.is_empty())?;
        Some(Rule::new(Peers::Listed(listed), ports, rule.origins().to_vec()))
    };
    let pods = part(Listed::new(listed.pods().iter().cloned(), AddressSet::empty()), rule.ports().clone());
    let addresses = part(Listed::new([], listed.addresses().clone()), numbers(rule.ports()));
    [pods, addresses]
}

/// The ports without their names.
fn numbers(ports: &PortSet) -> PortSet {
    let each = Protocol::ALL
        .map(|protocol| PortSet::of(protocol, ProtocolPorts::new(ports.protocol(protocol).numbers(), [])));
    PortSet::union_of(&each)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algebra::{Cube, IntervalSet, Requirement};
    use crate::ir::{Origin, PodPeer};

    fn web() -> PodPeer {
        let pods = Cube::of("app".into(), Requirement::one_of(["web".into()])).unwrap();
        PodPeer { namespaces: Cube::all(), pods }
    }

    fn rule(pods: Vec<PodPeer>, ports: &[PortSet]) -> Rule {
        let addresses = AddressSet::new(IntervalSet::range(1, 2), IntervalSet::empty());
        let ports = ports.iter().fold(PortSet::empty(), |all, set| all.union(set));
        Rule::new(Peers::Listed(Listed::new(pods, addresses).unwrap()), ports, vec![Origin(0)])
    }

    #[test]
    fn a_name_stays_with_the_pods() {
        let (number, name) =
            (PortSet::range(Protocol::Tcp, 443, 443), PortSet::named(Protocol::Tcp, "http".into()));
        let found = split(rule(vec![web()], &[number.clone(), name.clone()]));
        let shown: Vec<_> = found
            .iter()
            .flatten()
            .map(|rule| match rule.peers() {
                Peers::Anywhere => unreachable!("none of these is anywhere"),
                Peers::Listed(listed) => {
                    (listed.pods().len(), listed.addresses().is_empty(), rule.ports().clone())
                }
            })
            .collect();
        assert_eq!(shown, [(1, true, number.union(&name)), (0, false, number)]);
    }

    #[test]
    fn what_has_no_name_stays_one_rule() {
        let numbers = rule(vec![web()], &[PortSet::range(Protocol::Udp, 53, 53)]);
        assert_eq!(split(numbers.clone()), [Some(numbers), None]);
    }
}
