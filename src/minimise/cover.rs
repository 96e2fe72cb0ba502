//! Which of many products of cubes may hold a given one, without trying all.
//!
//! A cube that asks `app In [web, job]` can hold only cubes that ask for some of these values of `app`. Each
//! product is filed under all values of its rarest such requirement, or among the few that ask for no values.
//! A product has one factor (pods) or two (namespaces and their pods).

use std::collections::BTreeMap;

use crate::algebra::Cube;

/// A factor, a key of it, and a value that the key may have.
type Token<'a> = (usize, &'a str, &'a str);

/// The most comparisons of one search. What is past it stays, so the result is larger and as exact.
pub(super) const MAX_STEPS: usize = 20_000_000;

/// Products of `N` cubes, to be asked for the ones that may hold another.
pub(super) struct CoverIndex<'a, const N: usize> {
    products: &'a [[&'a Cube; N]],
    by_token: BTreeMap<Token<'a>, Vec<usize>>,
    without_values: Vec<usize>,
}

impl<'a, const N: usize> CoverIndex<'a, N> {
    /// Files the products.
    pub(super) fn new(products: &'a [[&'a Cube; N]]) -> Self {
        let mut counts: BTreeMap<Token<'a>, usize> = BTreeMap::new();
        for token in products.iter().flat_map(values).flatten() {
            *counts.entry(token).or_default() += 1;
        }
        let mut index = Self { products, by_token: BTreeMap::new(), without_values: Vec::new() };
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
        steps: &mut usize,
        wanted: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let product = &self.products[id];
        let firsts = values(product).filter_map(|tokens| tokens.first().copied());
        let filed = firsts.filter_map(|token| self.by_token.get(&token)).flatten();
        for other in filed.chain(&self.without_values).copied() {
            if *steps == 0 {
                return None;
            }
            *steps -= 1;
            if other != id && wanted(other) && holds(&self.products[other], product) {
                return Some(other);
            }
        }
        None
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
    let mut steps = MAX_STEPS;
    let kept: Vec<bool> =
        (0..products.len()).map(|id| index.holder(id, &mut steps, |_| true).is_none()).collect();
    cubes.into_iter().zip(kept).filter_map(|(cube, kept)| kept.then_some(cube)).collect()
}
