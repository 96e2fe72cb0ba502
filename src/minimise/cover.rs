//! Which of many products of cubes may hold a given one, without trying all.
//!
//! A cube that asks `app In [web, job]` can hold only cubes that ask for some of these values of `app`. Each
//! product is filed under all values of its rarest such requirement, or among the few that ask for no values.
//! A product has one factor (pods) or three (a subject, namespaces and their pods).

use super::budget::{Budget, MAX_STEPS};
use super::quick::QuickMap;
use crate::algebra::{Cube, Requirement, Text};

/// A factor, a key of it, and a value that the key may have.
type Token<'a> = (usize, &'a str, &'a str);

/// Products of `N` cubes, to be asked for the ones that may hold another.
pub(super) struct CoverIndex<'a, const N: usize> {
    products: Vec<[&'a Cube; N]>,
    // Only ever asked for one token: the order of its entries is never seen.
    by_token: QuickMap<Token<'a>, Vec<usize>>,
    without_values: Vec<usize>,
}

/// So few products are compared one by one.
const FEW: usize = 8;

impl<'a, const N: usize> CoverIndex<'a, N> {
    /// Files the products.
    pub(super) fn new(products: Vec<[&'a Cube; N]>) -> Self {
        if products.len() <= FEW {
            let without_values = (0..products.len()).collect();
            return Self { products, by_token: QuickMap::default(), without_values };
        }
        let mut counts: QuickMap<Token<'a>, usize> = QuickMap::default();
        if products.iter().any(|product| listed(product).count() > 1) {
            for token in products.iter().flat_map(listed).flat_map(Listing::tokens) {
                *counts.or_insert(token, 0) += 1;
            }
        }
        let (mut by_token, mut without_values): (QuickMap<_, Vec<usize>>, Vec<usize>) = Default::default();
        for (id, product) in products.iter().enumerate() {
            let count = |token| counts.get(&token).copied().unwrap_or_default();
            let weight = |listing: &Listing<'a>| listing.tokens().map(count).sum::<usize>();
            match listed(product).min_by_key(weight) {
                None => without_values.push(id),
                Some(rarest) => {
                    rarest.tokens().for_each(|token| by_token.or_insert(token, Vec::new()).push(id));
                }
            }
        }
        Self { products, by_token, without_values }
    }

    /// All other products that hold this one, sorted, as far as the budget goes.
    pub(super) fn holders(&self, id: usize, budget: &mut Budget) -> Vec<usize> {
        if self.products.len() == 1 {
            return Vec::new();
        }
        let product = &self.products[id];
        found(self.candidates(product), budget, |other| other != id && holds(&self.products[other], product))
    }

    /// All products that may hold one of the points of this one, or one that differs from such a point by asking
    /// less of this product: sorted, as far as the budget goes.
    pub(super) fn neighbours(&self, product: &[&Cube; N], budget: &mut Budget) -> Vec<usize> {
        let tokens = mentioned(product).flat_map(Listing::tokens);
        let filed = tokens.filter_map(|token| self.by_token.get(&token)).flatten();
        let candidates = filed.chain(&self.without_values).copied();
        found(candidates, budget, |other| are_near(&self.products[other], product))
    }

    /// Whatever can hold the product lists the first of its values, if it lists any of that key.
    fn candidates<'s>(&'s self, product: &[&'s Cube; N]) -> impl Iterator<Item = usize> + use<'s, 'a, N> {
        let firsts: Vec<Token<'s>> = listed(product).filter_map(|listing| listing.tokens().next()).collect();
        self.holding(firsts)
    }

    /// Whatever can hold a point with exactly these labels.
    pub(super) fn holding<'s>(
        &'s self,
        labels: impl IntoIterator<Item = Token<'s>>,
    ) -> impl Iterator<Item = usize> {
        let filed = labels.into_iter().filter_map(|token| self.by_token.get(&token)).flatten();
        filed.chain(&self.without_values).copied()
    }
}

/// The candidates that are wanted, sorted; each takes a step.
fn found(
    candidates: impl Iterator<Item = usize>,
    budget: &mut Budget,
    wanted: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let within_budget = candidates.take_while(|_| budget.take(1).is_some());
    let mut found: Vec<usize> = within_budget.filter(|other| wanted(*other)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A requirement of a factor.
#[derive(Clone, Copy)]
struct Listing<'a> {
    factor: usize,
    key: &'a Text,
    requirement: &'a Requirement,
}

impl<'a> Listing<'a> {
    fn tokens(self) -> impl Iterator<Item = Token<'a>> {
        self.requirement.values().iter().map(move |value| (self.factor, &**self.key, &**value))
    }
}

/// The requirements that mention values.
fn mentioned<'a, const N: usize>(product: &[&'a Cube; N]) -> impl Iterator<Item = Listing<'a>> {
    let factors: [(usize, &'a Cube); N] = std::array::from_fn(|at| (at, product[at]));
    factors.into_iter().flat_map(|(factor, cube)| {
        cube.requirements().map(move |(key, requirement)| Listing { factor, key, requirement })
    })
}

/// The requirements that list the values they allow.
fn listed<'a, const N: usize>(product: &[&'a Cube; N]) -> impl Iterator<Item = Listing<'a>> {
    mentioned(product).filter(|listing| lists(listing.requirement))
}

fn lists(requirement: &Requirement) -> bool {
    !requirement.is_complement() && !requirement.allows_absent()
}

fn holds<const N: usize>(outer: &[&Cube; N], inner: &[&Cube; N]) -> bool {
    inner.iter().zip(outer).all(|(inner, outer)| inner.is_subset(outer))
}

/// Whether a member of one product, with values that the other mentions and any key gone, can be in the first.
fn are_near<const N: usize>(first: &[&Cube; N], other: &[&Cube; N]) -> bool {
    let near = |cube: &Cube, other: &Cube| {
        cube.requirements().filter(|(_, requirement)| !requirement.allows_absent()).all(|(key, wanted)| {
            let values = other.get(key).map(Requirement::values);
            values.is_some_and(|values| {
                wanted.is_complement() || values.iter().any(|value| wanted.contains(Some(value)))
            })
        })
    };
    first.iter().zip(other).all(|(cube, other)| near(cube, other))
}

/// The cubes that no other holds, sorted.
///
/// ```text
/// {app=web}    {app=web, tier=x}    →    {app=web}
/// ```
pub(super) fn maximal(mut cubes: Vec<Cube>) -> Vec<Cube> {
    if let Some(all) = cubes.iter().find(|cube| cube.is_all()) {
        return vec![all.clone()];
    }
    cubes.sort();
    cubes.dedup();
    let index = CoverIndex::new(cubes.iter().map(|cube| [cube]).collect());
    let mut budget = Budget::of(MAX_STEPS);
    let kept: Vec<bool> = (0..cubes.len()).map(|id| index.holders(id, &mut budget).is_empty()).collect();
    cubes.into_iter().zip(kept).filter_map(|(cube, kept)| kept.then_some(cube)).collect()
}
