//! Fewest sets that cover everything: what is forced first, then an exact search with growing depth.
//!
//! The lower bound of each step is a set of elements no two of which share a set. Depth grows by one until a
//! cover is found, so the first one found is a smallest one, and depths that were searched through prove it.

use super::Bits;
use crate::minimise::budget::Budget;

/// The places of the chosen sets, and a number below which there is no cover.
pub(super) struct Found {
    pub(super) chosen: Vec<usize>,
    pub(super) lower: usize,
}

/// Sets over `elements` elements, each of which is in some set.
pub(super) fn fewest(sets: &[Bits], elements: usize, budget: &mut Budget) -> Found {
    let all = Bits::of(elements, 0..elements);
    let holders = holders(sets, elements);
    let (mut chosen, mut open): (Vec<usize>, Bits) = (Vec::new(), all);
    // An element of a single set forces that set.
    chosen.extend(holders.iter().filter(|holding| holding.len() == 1).map(|holding| holding[0]));
    chosen.sort_unstable();
    chosen.dedup();
    for at in &chosen {
        open = open.minus(&sets[*at]);
    }
    let mut search = Search { sets, holders: &holders, budget };
    let (more, lower) = search.run(&open);
    let lower = chosen.len() + lower;
    chosen.extend(more);
    chosen.sort_unstable();
    Found { chosen, lower }
}

/// For each element the sets that hold it, sorted.
fn holders(sets: &[Bits], elements: usize) -> Vec<Vec<usize>> {
    let mut holders = vec![Vec::new(); elements];
    for (at, set) in sets.iter().enumerate() {
        set.iter().for_each(|element| holders[element].push(at));
    }
    holders
}

struct Search<'a> {
    sets: &'a [Bits],
    holders: &'a [Vec<usize>],
    budget: &'a mut Budget,
}

impl Search<'_> {
    /// A cover of the open elements, and a lower bound of its size.
    fn run(&mut self, open: &Bits) -> (Vec<usize>, usize) {
        let greedy = self.greedy(open);
        let mut lower = self.apart(open).unwrap_or(0);
        while lower < greedy.len() {
            let mut chosen = Vec::new();
            match self.within(open, lower, &mut chosen) {
                None => break,
                Some(true) => return (chosen, lower),
                Some(false) => lower += 1,
            }
        }
        (greedy, lower)
    }

    /// Always the set with the most open elements, the first of these; past the budget any that helps.
    fn greedy(&mut self, open: &Bits) -> Vec<usize> {
        let (mut open, mut chosen) = (open.clone(), Vec::new());
        while let Some(element) = open.first() {
            let gain = |at: &usize| (open.and(&self.sets[*at]).len(), std::cmp::Reverse(*at));
            let best = match self.budget.take(self.sets.len() * open.words()) {
                Some(()) => (0..self.sets.len()).max_by_key(gain).expect("every element is in a set"),
                None => self.holders[element][0],
            };
            open = open.minus(&self.sets[best]);
            chosen.push(best);
        }
        chosen
    }

    /// Whether so many sets can cover the open elements; `None` where the budget ends.
    fn within(&mut self, open: &Bits, most: usize, chosen: &mut Vec<usize>) -> Option<bool> {
        let Some(element) = open.iter().min_by_key(|element| self.holders[*element].len()) else {
            return Some(true);
        };
        if self.apart(open)? > most {
            return Some(false);
        }
        for at in self.holders[element].clone() {
            chosen.push(at);
            if self.within(&open.minus(&self.sets[at]), most - 1, chosen)? {
                return Some(true);
            }
            chosen.pop();
        }
        Some(false)
    }

    /// How many open elements were found no two of which share a set; `None` where the budget ends.
    fn apart(&mut self, open: &Bits) -> Option<usize> {
        let (mut open, mut count) = (open.clone(), 0);
        while let Some(element) = open.iter().min_by_key(|element| self.holders[*element].len()) {
            self.budget.take(1 + open.len() + self.holders[element].len())?;
            self.holders[element].iter().for_each(|at| open = open.minus(&self.sets[*at]));
            count += 1;
        }
        Some(count)
    }
}
