//! Programs in the shape of real clusters.
//!
//! Comes in: a size and a seed. Goes out: the files of a program, always the same ones. Benches and tests share this
//! folder by its path; it uses the standard library alone. `worst.rs` is for the benches: what is hard for one phase each.

mod namespace;
mod numbers;
mod shape;

pub(crate) use numbers::Numbers;
pub(crate) use shape::{Files, Shape};

use namespace::{Cluster, Namespace};

/// A program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Program {
    /// The names of its files, and what they hold.
    pub(crate) files: Vec<(String, String)>,
}

impl Program {
    /// A program in one file.
    pub(crate) fn of(text: String) -> Self {
        Self { files: vec![("policy.netdsl".to_owned(), text)] }
    }

    /// How large its text is.
    pub(crate) fn bytes(&self) -> usize {
        self.files.iter().map(|(_, text)| text.len()).sum()
    }
}

/// The words that the namespaces share.
const LABELS: &str = "label app = pods\nlabel tier = frontend | backend | data | batch\n";

/// A program in the shape of a real cluster.
pub(crate) fn cluster(shape: &Shape) -> Program {
    let mut numbers = Numbers::of(shape.seed);
    let sizes = shape.sizes(&mut numbers);
    let cluster =
        Cluster::new(sizes.into_iter().enumerate().map(|(id, pods)| Namespace { id, pods }).collect());
    let rules = shares(shape.rules, &cluster.namespaces, shape.pods);
    let texts = cluster.namespaces.iter().zip(rules).map(|(namespace, rules)| {
        (format!("{}.netdsl", namespace.name()), cluster.text(namespace, rules, &mut numbers))
    });
    match shape.files {
        Files::One => Program::of(LABELS.to_owned() + &texts.map(|(_, text)| text).collect::<String>()),
        Files::EachNamespace => {
            let labels = ("labels.netdsl".to_owned(), LABELS.to_owned());
            Program { files: std::iter::once(labels).chain(texts).collect() }
        }
    }
}

/// How many of the rules each namespace has: one for each of its `pods` and one more, and its part of the others.
fn shares(rules: usize, namespaces: &[Namespace], pods: usize) -> Vec<usize> {
    let others = rules.saturating_sub(pods + namespaces.len());
    let mut seen = 0;
    let mut given = 0;
    let mut share = |namespace: &Namespace| {
        seen += namespace.pods;
        let until = others * seen / pods.max(1);
        let own = namespace.pods + 1 + until - given;
        given = until;
        own
    };
    namespaces.iter().map(&mut share).collect()
}
