//! Steps that a proof may still take: counted, never timed, so that every machine gives the same answer.
//!
//! Now and then, by the count of steps, the label keys in hand are noted: they are what is hard about a proof that
//! ends here.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use crate::algebra::Text;
use crate::ir::{Flow, Peer, PodPeer};

/// What it costs to look at a flow or a region.
pub(super) const LOOK: u64 = 1;

/// What it costs to cut a region in parts.
pub(super) const CUT: u64 = 20;

/// Steps from one note of keys to the next.
const STRIDE: u64 = 1000;

/// How many keys are named.
const MOST_KEYS: usize = 5;

/// What is left of a budget.
#[derive(Debug)]
pub(super) struct Budget {
    left: Cell<u64>,
    /// How often each key was in hand.
    noted: RefCell<BTreeMap<Text, usize>>,
}

impl Budget {
    pub(super) fn new(steps: u64) -> Self {
        Self { left: Cell::new(steps), noted: RefCell::default() }
    }

    /// Takes steps, about these label keys; false, and from then on always, when there are none left.
    pub(super) fn spend<'k, K>(&self, steps: u64, keys: impl FnOnce() -> K) -> bool
    where
        K: IntoIterator<Item = &'k Text>,
    {
        let (before, after) = (self.left.get(), self.left.get().saturating_sub(steps));
        self.left.set(after);
        if before / STRIDE != after / STRIDE {
            let mut noted = self.noted.borrow_mut();
            keys().into_iter().for_each(|key| *noted.entry(key.clone()).or_default() += 1);
        }
        !self.is_spent()
    }

    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// The label keys on which most of the steps were spent, the worst first.
    pub(super) fn worst_keys(&self) -> Vec<Text> {
        let noted = self.noted.borrow();
        let mut keys: Vec<(&Text, usize)> = noted.iter().map(|(key, count)| (key, *count)).collect();
        keys.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        keys.into_iter().take(MOST_KEYS).map(|(key, _)| key.clone()).collect()
    }
}

/// The label keys that a flow asks for.
pub(super) fn keys(flow: &Flow) -> Vec<&Text> {
    let cubes = match &flow.peer {
        Peer::Anywhere | Peer::Addresses(_) => vec![&flow.subject],
        Peer::Pods(PodPeer { namespaces, pods }) => vec![&flow.subject, namespaces, pods],
    };
    cubes.into_iter().flat_map(|cube| cube.requirements().map(|(key, _)| key)).collect()
}
