//! Which of many products of cubes may hold a given one, without trying all.
//!
//! A cube that asks `app In [web, job]` can hold only cubes that ask for some of these values of `app`. Each
//! product is filed under all values of its rarest such requirement, or among the few that ask for no values.
//! A product has one factor (pods) or three (a subject, namespaces and their pods).

use super::budget::{Budget, MAX_STEPS};
use crate::algebra::{Cube, Requirement, Text, fingerprint, with_key};

/// A factor, a key of it, and a value that the key may have.
type Token<'a> = (usize, &'a str, &'a str);

/// Products of `N` cubes, to be asked for the ones that may hold another.
pub(super) struct CoverIndex<'a, const N: usize> {
    products: Vec<[&'a Cube; N]>,
    /// The prints of tokens, sorted, each with a product that is filed there: others with such a print may be
    /// found too, and are no candidates on a closer look.
    filed: Vec<(u64, usize)>,
    without_values: Vec<usize>,
}

/// So few products are compared one by one.
const FEW: usize = 8;

impl<'a, const N: usize> CoverIndex<'a, N> {
    /// Files the products.
    pub(super) fn new(products: Vec<[&'a Cube; N]>) -> Self {
        if products.len() <= FEW {
            return Self { products, filed: Vec::new(), without_values: Vec::new() };
        }
        let tokens = tokens(&products);
        let mut prints: Vec<u64> = tokens.iter().map(|token| token.print).collect();
        prints.sort_unstable();
        let count = |token: &Filed| with_key(&prints, token.print, |print| *print).len();
        let (mut filed, mut without_values) = (Vec::with_capacity(tokens.len()), Vec::new());
        let mut next = 0;
        for of_product in tokens.chunk_by(|a, b| a.product == b.product) {
            let product = of_product[0].product;
            without_values.extend(next..product);
            next = product + 1;
            let listings = of_product.chunk_by(|a, b| a.listing == b.listing);
            let rarest = listings.min_by_key(|one| one.iter().map(count).sum::<usize>());
            filed.extend(rarest.into_iter().flatten().map(|token| (token.print, product)));
        }
        without_values.extend(next..products.len());
        filed.sort_unstable();
        Self { products, filed, without_values }
    }

    /// All other products that hold this one, sorted, as far as the budget goes.
    pub(super) fn holders(&self, id: usize, budget: &mut Budget) -> Vec<usize> {
        let mut found = Vec::new();
        if self.products.len() > 1 {
            self.each_holder(&self.products[id], budget, |holder| found.push(holder));
            found.retain(|holder| *holder != id);
            found.sort_unstable();
        }
        found
    }

    /// Goes over all products that hold this one, as far as the budget goes.
    pub(super) fn each_holder(
        &self,
        product: &[&Cube; N],
        budget: &mut Budget,
        mut holder: impl FnMut(usize),
    ) {
        // Whatever can hold the product lists the first of its values, if it lists any of that key: in one place.
        let firsts = listed(product).filter_map(|listing| listing.tokens().next());
        for other in self.holding(firsts).take_while(|_| budget.take(1).is_some()) {
            if holds(&self.products[other], product) {
                holder(other);
            }
        }
    }

    /// All products that may hold one of the points of this one, or one that differs from such a point by asking
    /// less of this product: sorted, as far as the budget goes.
    pub(super) fn neighbours(&self, product: &[&Cube; N], budget: &mut Budget) -> Vec<usize> {
        let candidates = self.mentioning(product).take_while(|_| budget.take(1).is_some());
        let mut found: Vec<usize> =
            candidates.filter(|other| are_near(&self.products[*other], product)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether one of these is `wanted`, or the budget ended.
    pub(super) fn any_neighbour(
        &self,
        product: &[&Cube; N],
        budget: &mut Budget,
        mut wanted: impl FnMut(usize) -> bool,
    ) -> bool {
        self.mentioning(product).any(|other| {
            budget.take(1).is_none() || are_near(&self.products[other], product) && wanted(other)
        })
    }

    /// Whatever lists a value that the product mentions, or could be near it without one; some of it twice.
    fn mentioning(&self, product: &[&Cube; N]) -> impl Iterator<Item = usize> {
        self.holding(mentioned(product).flat_map(Listing::tokens))
    }

    /// Whatever can hold a point with exactly these labels.
    pub(super) fn holding<'t>(
        &self,
        labels: impl IntoIterator<Item = Token<'t>>,
    ) -> impl Iterator<Item = usize> {
        let few = if self.products.len() <= FEW { 0..self.products.len() } else { 0..0 };
        let labels = if self.filed.is_empty() { None } else { Some(labels) };
        let filed = labels.into_iter().flatten().flat_map(|token| self.filed_under(token));
        filed.map(|(_, id)| *id).chain(self.without_values.iter().copied()).chain(few)
    }

    fn filed_under(&self, token: Token<'_>) -> &[(u64, usize)] {
        with_key(&self.filed, fingerprint(&token), |(print, _)| *print)
    }
}

/// A value that a product lists.
struct Filed {
    print: u64,
    product: usize,
    /// Which of the product's requirements lists it.
    listing: usize,
}

/// What the products list, in their order.
fn tokens<const N: usize>(products: &[[&Cube; N]]) -> Vec<Filed> {
    let mut tokens = Vec::with_capacity(products.len());
    for (product, cubes) in products.iter().enumerate() {
        for (listing, values) in listed(cubes).enumerate() {
            tokens.extend(values.tokens().map(|token| Filed {
                print: fingerprint(&token),
                product,
                listing,
            }));
        }
    }
    tokens
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Every cube over two keys and two values, and more than are compared one by one.
    fn cubes() -> Vec<Cube> {
        let (x, y): (Text, Text) = ("x".into(), "y".into());
        let requirements = [
            Requirement::anything(),
            Requirement::exists(),
            Requirement::absent(),
            Requirement::one_of([x.clone()]),
            Requirement::one_of([x.clone(), y.clone()]),
            Requirement::not_one_of([x.clone()]),
            Requirement::new([x, y], true, false),
        ];
        let pairs =
            requirements.iter().flat_map(|a| requirements.iter().map(move |b| (a.clone(), b.clone())));
        let cubes = pairs.map(|(a, b)| Cube::from_requirements([("a".into(), a), ("b".into(), b)]));
        cubes.map(|cube| cube.expect("no requirement is empty")).collect()
    }

    /// What the index finds is what comparing with each product finds.
    fn finds_all<const N: usize>(products: &[[&Cube; N]]) {
        assert!(products.len() > FEW);
        let index = CoverIndex::new(products.to_vec());
        let mut budget = Budget::of(MAX_STEPS);
        let wanted = |wanted: &dyn Fn(usize) -> bool| -> Vec<usize> {
            (0..products.len()).filter(|other| wanted(*other)).collect()
        };
        for (id, product) in products.iter().enumerate() {
            let holders = wanted(&|other| other != id && holds(&products[other], product));
            assert_eq!(index.holders(id, &mut budget), holders);
            let near = wanted(&|other| are_near(&products[other], product));
            assert_eq!(index.neighbours(product, &mut budget), near);
            let mut any = Vec::new();
            assert!(!index.any_neighbour(product, &mut budget, |other| {
                any.push(other);
                false
            }));
            any.sort_unstable();
            any.dedup();
            assert_eq!(any, near);
        }
        assert!(!budget.is_spent());
    }

    #[test]
    fn no_cube_is_missed() {
        let cubes = cubes();
        finds_all(&cubes.iter().map(|cube| [cube]).collect::<Vec<_>>());
    }

    #[test]
    fn no_pair_is_missed() {
        let cubes = cubes();
        let some = |step| cubes.iter().step_by(step);
        finds_all(&some(3).flat_map(|a| some(5).map(move |b| [a, b])).collect::<Vec<_>>());
    }
}
