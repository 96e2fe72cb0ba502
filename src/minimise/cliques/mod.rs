//! The fewest rules: a relation covered by as few rectangles as possible.
//!
//! Comes in: which rows (peers) need which columns (ports), and which they may have. Goes out: rectangles within
//! what may be, that together hold all that is needed, and a lower bound for their number. Where both agree, the
//! cover is proved to be minimal. The problem is NP-hard; a budget of steps bounds the search, and past it the
//! cover is larger at most. The choice among equal covers depends on the relation alone.

mod bits;
mod search;

pub(super) use bits::Bits;

use super::budget::Budget;

/// Rows and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// How many columns.
    pub(super) columns: usize,
    /// For each row the columns that some rectangle must give it; within `may`.
    pub(super) need: Vec<Bits>,
    /// For each row the columns that a rectangle may give it.
    pub(super) may: Vec<Bits>,
}

/// All of these columns for all of these rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Clique {
    pub(super) rows: Bits,
    pub(super) columns: Bits,
}

/// A cover, and how good it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cover {
    pub(super) cliques: Vec<Clique>,
    /// No cover has fewer.
    pub(super) lower: usize,
}

/// The most rectangles that are looked at as candidates.
const MOST_CANDIDATES: usize = 4096;
/// The most pairs of a candidate and a needed place.
const MOST_PAIRS: usize = 1 << 27;

impl Relation {
    /// The needed places: a row and a column.
    fn places(&self) -> Vec<(usize, usize)> {
        let rows = self.need.iter().enumerate();
        rows.flat_map(|(row, need)| need.iter().map(move |column| (row, column))).collect()
    }

    /// The largest rectangle with these columns.
    fn clique(&self, columns: Bits) -> Clique {
        let rows = (0..self.may.len()).filter(|row| columns.is_subset(&self.may[*row]));
        Clique { rows: Bits::of(self.may.len(), rows), columns }
    }

    /// Whether no rectangle holds both places.
    fn are_apart(&self, a: (usize, usize), b: (usize, usize)) -> bool {
        !self.may[a.0].contains(b.1) || !self.may[b.0].contains(a.1)
    }
}

/// As few rectangles as the budget finds.
pub(super) fn fewest(relation: &Relation, budget: &mut Budget) -> Cover {
    let places = relation.places();
    let lower = apart(relation, &places, budget);
    let found = candidates(relation, places.len(), budget).map(|candidates| {
        let holds = |clique: &Clique| {
            let held = (0..places.len())
                .filter(|at| clique.rows.contains(places[*at].0) && clique.columns.contains(places[*at].1));
            Bits::of(places.len(), held)
        };
        let sets: Vec<Bits> = candidates.iter().map(holds).collect();
        let found = search::fewest(&sets, places.len(), budget);
        let cliques = found.chosen.iter().map(|at| candidates[*at].clone()).collect::<Vec<Clique>>();
        Cover { lower: found.lower.max(lower), cliques }
    });
    found.unwrap_or_else(|| Cover { cliques: one_a_need(relation), lower })
}

/// Rows that need the same share a rectangle: what is left where there are too many candidates.
fn one_a_need(relation: &Relation) -> Vec<Clique> {
    let mut needs: Vec<&Bits> = relation.need.iter().filter(|need| !need.is_empty()).collect();
    needs.sort();
    needs.dedup();
    needs.into_iter().map(|need| relation.clique(need.clone())).collect()
}

/// All rectangles that cannot be larger: their columns are intersections of what rows may have.
fn candidates(relation: &Relation, places: usize, budget: &mut Budget) -> Option<Vec<Clique>> {
    let mut known = std::collections::BTreeSet::new();
    for (row, may) in relation.may.iter().enumerate() {
        if relation.need[row].is_empty() {
            continue;
        }
        budget.take(1 + known.len())?;
        let met: Vec<Bits> = known.iter().map(|columns: &Bits| columns.and(may)).collect();
        known.extend(met.into_iter().filter(|columns| !columns.is_empty()));
        known.insert(may.clone());
        if known.len() > MOST_CANDIDATES || known.len().saturating_mul(places) > MOST_PAIRS {
            return None;
        }
    }
    budget.take(known.len().saturating_mul(relation.may.len()))?;
    Some(known.into_iter().map(|columns| relation.clique(columns)).collect())
}

/// How many places were found no two of which share a rectangle: each needs one of its own.
fn apart(relation: &Relation, places: &[(usize, usize)], budget: &mut Budget) -> usize {
    let mut chosen: Vec<(usize, usize)> = Vec::new();
    for place in places {
        if budget.take(1 + chosen.len()).is_none() {
            break;
        }
        if chosen.iter().all(|other| relation.are_apart(*place, *other)) {
            chosen.push(*place);
        }
    }
    chosen.len()
}

#[cfg(test)]
mod tests;
