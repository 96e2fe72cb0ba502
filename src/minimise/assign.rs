//! Rows become rules: as few as there can be, each with no more peers and ports than it needs.
//!
//! ```text
//! web needs 80    job needs 80, 443    db needs 443    →    {web, job}: 80    {job, db}: 443
//! ```

use std::cell::LazyCell;
use std::collections::BTreeMap;

use super::budget::Budget;
use super::cliques::{self, Bits, Clique};
use super::columns::{self, Table};
use super::needed::shortest;
use super::rows::Row;
use super::{Listed, Peers, Rule, joined, unnamed};
use crate::algebra::{AddressSet, PortSet, Residue};
use crate::ir::{Direction, Origin, Peer};

/// Steps of the search for the fewest rules of one subject: about a second at most.
pub(super) const MAX_STEPS: usize = 10_000_000;

/// The rules of one subject and direction.
pub(super) struct Assigned {
    pub(super) rules: Vec<Rule>,
    /// No fewer rules do, where each class has a point of its own.
    pub(super) lower: usize,
    /// The rows that need anything, in classes.
    pub(super) classes: Vec<Class>,
}

/// Places of rows that need the same ports and may have the same; never empty.
pub(super) type Class = Vec<usize>;

/// As few rules as the budget finds, that give every row what it needs, and no row what it may not have.
pub(super) fn assign(rows: &[Row], direction: Direction, budget: &mut Budget) -> Assigned {
    let classes = classes(rows);
    let sets: Vec<(&PortSet, &PortSet)> = classes.iter().map(|class| ports_of(&rows[class[0]])).collect();
    let mut rules = Vec::with_capacity(sets.len());
    let mut add = |members: &[usize], ports: PortSet| {
        let rule = rule(rows, members, ports);
        match direction {
            Direction::Ingress => rules.extend(rule),
            Direction::Egress => rules.extend(rule.into_iter().flat_map(unnamed::split).flatten()),
        }
    };
    let lower = if columns::are_apart(&sets) {
        // Of classes that may share no port each is a rule, and no rule can be for two.
        classes.iter().zip(&sets).for_each(|(class, (need, may))| add(class, shortest(need, may)));
        sets.len()
    } else {
        let (shapes, lower) = match columns::table(&sets) {
            Some(table) => shapes(&table, budget),
            None => (one_a_need(&sets), 1),
        };
        for Shape { classes: own, ports } in shapes {
            add(&own.iter().flat_map(|class| &classes[*class]).copied().collect::<Vec<usize>>(), ports);
        }
        lower
    };
    Assigned { rules, lower, classes }
}

/// The rows that need anything, by what they need and may have; in order of both.
fn classes(rows: &[Row]) -> Vec<Class> {
    let needing = rows.iter().enumerate().filter(|(_, row)| !row.need.is_empty());
    let mut needing: Vec<usize> = needing.map(|(at, _)| at).collect();
    needing.sort_by(|a, b| ports_of(&rows[*a]).cmp(&ports_of(&rows[*b])));
    let alike = needing.chunk_by(|a, b| ports_of(&rows[*a]) == ports_of(&rows[*b]));
    alike.map(<[usize]>::to_vec).collect()
}

fn ports_of(row: &Row) -> (&PortSet, &PortSet) {
    (&row.need, &row.may)
}

/// A rule before its peers are written down.
struct Shape {
    classes: Vec<usize>,
    ports: PortSet,
}

fn one_a_need(sets: &[(&PortSet, &PortSet)]) -> Vec<Shape> {
    let mut shapes: BTreeMap<&PortSet, Vec<usize>> = BTreeMap::new();
    for (class, (need, _)) in sets.iter().enumerate() {
        shapes.entry(need).or_default().push(class);
    }
    shapes.into_iter().map(|(ports, classes)| Shape { classes, ports: ports.clone() }).collect()
}

fn shapes(table: &Table, budget: &mut Budget) -> (Vec<Shape>, usize) {
    let cover = cliques::fewest(&table.relation, budget);
    let union = |columns: &Bits| {
        let columns: Vec<PortSet> = columns.iter().map(|column| table.columns[column].clone()).collect();
        PortSet::union_of(&columns)
    };
    // Not the columns of the larger rectangle: its other rows may have had fewer.
    let allowed = |small: &Clique| {
        let each = small.rows.iter().map(|row| table.relation.may[row].clone());
        each.reduce(|all, may| all.and(&may)).unwrap_or_else(|| small.columns.clone())
    };
    let shape = |small: Clique| Shape {
        classes: small.rows.iter().collect(),
        ports: shortest(&union(&small.columns), &union(&allowed(&small))),
    };
    (trimmed(table, &cover.cliques).into_iter().map(shape).collect(), cover.lower)
}

/// The rectangles without rows, and then without columns, whose needs the others meet.
fn trimmed(table: &Table, cliques: &[Clique]) -> Vec<Clique> {
    let relation = &table.relation;
    let mut given = vec![0_u32; relation.need.len() * relation.columns];
    let place = |row: usize, column: usize| row * relation.columns + column;
    let needed = |clique: &Clique, row: usize| clique.columns.and(&relation.need[row]);
    let mut cliques = cliques.to_vec();
    for clique in &cliques {
        for row in clique.rows.iter() {
            needed(clique, row).iter().for_each(|column| given[place(row, column)] += 1);
        }
    }
    for clique in &mut cliques {
        for row in clique.rows.clone().iter() {
            let columns = needed(clique, row);
            if columns.iter().all(|column| given[place(row, column)] > 1) {
                columns.iter().for_each(|column| given[place(row, column)] -= 1);
                clique.rows.remove(row);
            }
        }
        for column in clique.columns.clone().iter() {
            let rows: Vec<usize> =
                clique.rows.iter().filter(|row| relation.need[*row].contains(column)).collect();
            if rows.iter().all(|row| given[place(*row, column)] > 1) {
                for row in &rows {
                    given[place(*row, column)] -= 1;
                }
                clique.columns.remove(column);
            }
        }
    }
    cliques
}

/// The rule of these rows, which may all have the ports; `None` where there are none left.
fn rule(rows: &[Row], members: &[usize], ports: PortSet) -> Option<Rule> {
    let peers = match Peers::of(members.iter().map(|row| &rows[*row].peer))? {
        Peers::Listed(listed) => Peers::Listed(simplest(listed, rows, members, &ports)?),
        Peers::Anywhere => Peers::Anywhere,
    };
    let origins = members.iter().flat_map(|row| origins(&rows[*row], &ports)).collect();
    Some(joined::join_rule(Rule::new(peers, ports, origins)))
}

/// The peers with the simplest addresses that may have these ports.
fn simplest(listed: Listed, rows: &[Row], members: &[usize], ports: &PortSet) -> Option<Listed> {
    if listed.addresses().is_empty() {
        return Some(listed);
    }
    let allowed: Vec<&AddressSet> =
        rows.iter().filter(|row| ports.is_subset(&row.may)).filter_map(addresses).collect();
    // Where no others may have them, there is no choice.
    if allowed.len() == members.iter().filter_map(|row| addresses(&rows[*row])).count() {
        return Some(listed);
    }
    let addresses = listed.addresses().simplest_within(&AddressSet::union_of(allowed));
    listed.with_addresses(addresses)
}

fn addresses(row: &Row) -> Option<&AddressSet> {
    match &row.peer {
        Peer::Addresses(set) => Some(set),
        Peer::Anywhere | Peer::Pods(_) => None,
    }
}

/// The statements that say some of these ports.
fn origins<'a>(row: &'a Row, ports: &'a PortSet) -> impl Iterator<Item = Origin> + use<'a> {
    let residue = LazyCell::new(move || Residue::from(ports));
    row.said.iter().filter(move |(said, _)| said == ports || residue.meets(said)).map(|(_, origin)| *origin)
}
