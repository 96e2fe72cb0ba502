//! Which of many products of cubes may hold a given one, without trying all.
//!
//! A cube that asks `app In [web, job]` can hold only cubes that ask for some of these values of `app`. Each
//! product is filed under all values of its rarest such requirement, or among the few that ask for no values.
//! A product has one factor (pods) or two (namespaces and their pods).

use std::collections::BTreeMap;

use super::budget::{Budget, MAX_STEPS};
use crate::algebra::Cube;

/// A factor, a key of it, and a value that the key may have.
type Token<'a> = (usize, &'a str, &'a str);

/// Products of `N` cubes, to be asked for the ones that may hold another.
pub(super) struct CoverIndex<'a, const N: usize> {
    products: Vec<[&'a Cube; N]>,
    by_token: BTreeMap<Token<'a>, Vec<usize>>,
    without_values: Vec<usize>,
}

impl<'a, const N: usize> CoverIndex<'a, N> {
    /// Files the products.
    pub(super) fn new(products: &[[&'a Cube; N]]) -> Self {
        let mut counts: BTreeMap<Token<'a>, usize> = BTreeMap::new();
        for token in products.iter().flat_map(values).flatten() {
            *counts.entry(token).or_default() += 1;
        }
        let mut index =
            Self { products: products.to_vec(), by_token: BTreeMap::new(), without_values: Vec::new() };
        for (id, product) in products.iter().enumerate() {
            let weight = |tokens: &Vec<Token<'a>>| tokens.iter().map(|token| counts[token]).sum::<usize>();
            match values(product).min_by_key(weight) {
                None => index.without_values.push(id),
                Some(tokens) => tokens.into_iter().for_each(|token| index.file(token, id)),
            }
        }
        index
    }

    fn file(&mut self, token: Token<'a>, id: usize) {
        self.by_token.entry(token).or_default().push(id);
    }

    /// The first other product that holds this one and that `wanted` accepts; each comparison takes a step.
    pub(super) fn holder(
        &self,
        id: usize,
        budget: &mut Budget,
        wanted: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let product = &self.products[id];
        for other in self.candidates(product) {
            budget.take(1)?;
            if other != id && wanted(other) && holds(&self.products[other], product) {
                return Some(other);
            }
        }
        None
    }

    /// All other products that hold this one, as far as the budget goes.
    pub(super) fn holders(&self, id: usize, budget: &mut Budget) -> Vec<usize> {
        let mut holders = self.holders_of(self.products[id], budget);
        holders.retain(|other| *other != id);
        holders
    }

    /// All products that hold these cubes, sorted, as far as the budget goes.
    pub(super) fn holders_of(&self, product: [&Cube; N], budget: &mut Budget) -> Vec<usize> {
        let within_budget = self.candidates(&product).take_while(|_| budget.take(1).is_some());
        let mut holders: Vec<usize> =
            within_budget.filter(|other| holds(&self.products[*other], &product)).collect();
        holders.sort_unstable();
        holders.dedup();
        holders
    }

    /// Whatever can hold the product lists the first of its values, if it lists any of that key.
    pub(super) fn candidates<'s>(
        &'s self,
        product: &[&'s Cube; N],
    ) -> impl Iterator<Item = usize> + use<'s, 'a, N> {
        let firsts = firsts(product);
        let filed = firsts.into_iter().filter_map(|token| self.by_token.get(&token)).flatten();
        filed.chain(&self.without_values).copied()
    }
}

/// For each requirement that lists the values it allows, all of these.
fn values<'a, const N: usize>(product: &[&'a Cube; N]) -> impl Iterator<Item = Vec<Token<'a>>> {
    let factors: [(usize, &'a Cube); N] = std::array::from_fn(|at| (at, product[at]));
    factors.into_iter().flat_map(|(factor, cube)| {
        cube.requirements()
            .filter(|(_, requirement)| !requirement.is_complement() && !requirement.allows_absent())
            .map(move |(key, requirement)| {
                requirement.values().iter().map(|value| (factor, &**key, &**value)).collect()
            })
    })
}

/// For each such requirement the first value.
fn firsts<'b, const N: usize>(product: &[&'b Cube; N]) -> Vec<Token<'b>> {
    values(product).filter_map(|tokens| tokens.first().copied()).collect()
}

fn holds<const N: usize>(outer: &[&Cube; N], inner: &[&Cube; N]) -> bool {
    inner.iter().zip(outer).all(|(inner, outer)| inner.is_subset(outer))
}

/// The cubes that no other holds, sorted.
///
/// ```text
/// {app=web}    {app=web, tier=x}    →    {app=web}
/// ```
pub(super) fn maximal(mut cubes: Vec<Cube>) -> Vec<Cube> {
    cubes.sort();
    cubes.dedup();
    let products: Vec<[&Cube; 1]> = cubes.iter().map(|cube| [cube]).collect();
    let index = CoverIndex::new(&products);
    let mut budget = Budget::of(MAX_STEPS);
    let kept: Vec<bool> =
        (0..products.len()).map(|id| index.holder(id, &mut budget, |_| true).is_none()).collect();
    cubes.into_iter().zip(kept).filter_map(|(cube, kept)| kept.then_some(cube)).collect()
}
