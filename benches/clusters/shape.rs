//! How large a program is, and how its parts are divided: the profile of a real cluster.
//!
//! The figures are those of the one cluster whose profile is published (the README of `yaml-analysis` in
//! `github.com/npinaeva/k8s-netpol-scale`): 604 namespaces, 13,678 policies with 15,423 rules in all, of which 40 % name
//! CIDRs and 60 % pods. The 5,413 running pods of that cluster, about 13 of which a policy selects and 35 of which its
//! peers match, do not show in a program: it names sets of pods.

use super::numbers::Numbers;

/// The published cluster.
const PUBLISHED: Shape =
    Shape { rules: 15_423, namespaces: 604, pods: 12_470, seed: 1, files: Files::EachNamespace };

/// How large a program is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// How many `allow` statements.
    pub(crate) rules: usize,
    /// How many managed namespaces.
    pub(crate) namespaces: usize,
    /// How many `pods` declarations in all of them.
    pub(crate) pods: usize,
    /// What the random part is drawn from.
    pub(crate) seed: u64,
    /// Which files there are.
    pub(crate) files: Files,
}

/// Which files a program is spread over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Files {
    /// One.
    One,
    /// One for the labels, and one for each namespace.
    EachNamespace,
}

impl Shape {
    /// The published cluster: as many namespaces, policies and rules.
    ///
    /// A policy for each `pods`, and two more for a namespace: `default-deny`, and that of all its pods.
    pub(crate) fn published() -> Self {
        PUBLISHED
    }

    /// So many rules, in the proportions of the published cluster.
    pub(crate) fn of(rules: usize) -> Self {
        let share = |part: usize| (rules * part / PUBLISHED.rules).max(1);
        Self { rules, namespaces: share(PUBLISHED.namespaces), pods: share(PUBLISHED.pods), ..PUBLISHED }
    }

    /// The same in other files.
    pub(crate) fn with(self, files: Files) -> Self {
        Self { files, ..self }
    }

    /// How many `pods` each namespace has: many have few, few have many.
    pub(crate) fn sizes(&self, numbers: &mut Numbers) -> Vec<usize> {
        let mut sizes: Vec<usize> = (0..self.namespaces).map(|_| size(numbers)).collect();
        let mut total: usize = sizes.iter().sum();
        let mut at = 0;
        while total != self.pods {
            let size = &mut sizes[at % self.namespaces];
            if total < self.pods {
                (*size, total) = (*size + 1, total + 1);
            } else if *size > 1 || at > 1000 * self.namespaces {
                (*size, total) = (size.saturating_sub(1), total - usize::from(*size > 0));
            }
            at += 1;
        }
        sizes
    }
}

/// The size of one namespace: about 20 on average.
fn size(numbers: &mut Numbers) -> usize {
    match numbers.below(100) {
        0..40 => 2 + numbers.below(8),
        40..90 => 10 + numbers.below(30),
        90..99 => 40 + numbers.below(40),
        _ => 80 + numbers.below(120),
    }
}
