//! Port sets as columns of a relation, cut so that each set is some of the columns.
//!
//! ```text
//! 80-90    85, http    →    80-84    85    86-90    http
//! ```
//!
//! A name is a column beside the numbers. Every port of every protocol is one too: whoever needs that needs no
//! other, as the rule that has it has all.

use std::collections::{BTreeMap, BTreeSet};

use super::cliques::{Bits, Relation};
use crate::algebra::{PortSet, Protocol, Text};

/// The most cells of a relation that is searched.
const MOST_CELLS: usize = 1 << 22;

/// A relation over port sets.
pub(super) struct Table {
    /// The ports of each column; columns with equal cells are one.
    pub(super) columns: Vec<PortSet>,
    pub(super) relation: Relation,
}

/// The table of rows that need the first of two sets and may have the second; `None` where it is too large.
pub(super) fn table(rows: &[(&PortSet, &PortSet)]) -> Option<Table> {
    let atoms = atoms(rows.iter().flat_map(|(need, may)| [*need, *may]));
    if atoms.len().saturating_mul(rows.len()) > MOST_CELLS {
        return None;
    }
    let mut alike: BTreeMap<(Bits, Bits), PortSet> = BTreeMap::new();
    for atom in &atoms {
        let needing = Bits::of(rows.len(), (0..rows.len()).filter(|row| atom.is_needed(rows[*row].0)));
        let having = Bits::of(rows.len(), (0..rows.len()).filter(|row| atom.is_in(rows[*row].1)));
        let ports = alike.entry((needing, having)).or_default();
        *ports = ports.union(&atom.ports());
    }
    let mut alike: Vec<((Bits, Bits), PortSet)> = alike.into_iter().collect();
    alike.sort_by(|a, b| a.1.cmp(&b.1));
    let of_row = |row: usize, cells: fn(&(Bits, Bits)) -> &Bits| {
        Bits::of(alike.len(), (0..alike.len()).filter(|at| cells(&alike[*at].0).contains(row)))
    };
    let relation = Relation {
        columns: alike.len(),
        need: (0..rows.len()).map(|row| of_row(row, |cells| &cells.0)).collect(),
        may: (0..rows.len()).map(|row| of_row(row, |cells| &cells.1)).collect(),
    };
    Some(Table { columns: alike.into_iter().map(|(_, ports)| ports).collect(), relation })
}

/// The most rows that are compared two by two.
const FEW: usize = 16;

/// Whether no two rows may have a port in common, as far as that is seen quickly.
pub(super) fn are_apart(rows: &[(&PortSet, &PortSet)]) -> bool {
    let pair = |(at, (_, may)): (usize, &(&PortSet, &PortSet))| {
        rows[at + 1..].iter().all(|(_, other)| may.is_apart(other))
    };
    rows.len() <= FEW && rows.iter().enumerate().all(pair)
}

/// Ports that no set tells apart.
enum Atom {
    Numbers(Protocol, u16, u16),
    Name(Protocol, Text),
    Every,
}

impl Atom {
    fn ports(&self) -> PortSet {
        match self {
            Self::Numbers(protocol, first, last) => PortSet::range(*protocol, *first, *last),
            Self::Name(protocol, name) => PortSet::named(*protocol, name.clone()),
            Self::Every => PortSet::every(),
        }
    }

    fn is_in(&self, set: &PortSet) -> bool {
        match self {
            Self::Numbers(protocol, first, _) => set.protocol(*protocol).numbers().contains(*first),
            Self::Name(protocol, name) => {
                let ports = set.protocol(*protocol);
                ports.is_complete() || ports.names().contains(name)
            }
            Self::Every => set.is_every(),
        }
    }

    /// Whether whoever needs the set needs these besides what the other columns already give.
    fn is_needed(&self, set: &PortSet) -> bool {
        match self {
            Self::Numbers(..) => !set.is_every() && self.is_in(set),
            Self::Name(protocol, name) => set.protocol(*protocol).names().contains(name),
            Self::Every => set.is_every(),
        }
    }
}

fn atoms<'a>(sets: impl Iterator<Item = &'a PortSet>) -> Vec<Atom> {
    let mut sets: Vec<&PortSet> = sets.collect();
    sets.sort();
    sets.dedup();
    let mut atoms: Vec<Atom> = Vec::new();
    for protocol in Protocol::ALL {
        let parts = || sets.iter().map(|set| set.protocol(protocol));
        // Where a number begins to be in a set, or ceases to be; past the largest number nothing begins.
        let cuts: BTreeSet<u32> = parts()
            .flat_map(|ports| ports.numbers().intervals())
            .flat_map(|(first, last)| [u32::from(*first), u32::from(*last) + 1])
            .collect();
        let cuts: Vec<u32> = cuts.into_iter().collect();
        let covered = |number: u16| parts().any(|ports| ports.numbers().contains(number));
        atoms.extend(cuts.windows(2).filter_map(|ends| {
            let first = u16::try_from(ends[0]).ok()?;
            let last = u16::try_from(ends[1] - 1).ok()?;
            covered(first).then_some(Atom::Numbers(protocol, first, last))
        }));
        let names: BTreeSet<&Text> = parts().flat_map(crate::algebra::ProtocolPorts::names).collect();
        atoms.extend(names.into_iter().map(|name| Atom::Name(protocol, name.clone())));
    }
    atoms.extend(sets.iter().any(|set| set.is_every()).then_some(Atom::Every));
    atoms
}
