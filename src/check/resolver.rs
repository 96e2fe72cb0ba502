//! What resolves names, selectors and ports against the tables as they are, and what it finds on the way.
//!
//! A step of the check resolves against tables that nobody changes meanwhile, and stores what came out behind that:
//! so the parts of a large step are done on all cores. Where a part has anything to say it is done again, one part
//! after the other: so findings, and the work that suggestions may cost, are those of a single core.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::algebra::{Cube, PortSet, Protocol, Text};
use crate::diag::Diagnostic;
use crate::parallel;

use super::suggest::Suggester;
use super::tables::Tables;

/// What has been found, and the values that were met.
#[derive(Debug)]
pub(super) struct Findings {
    pub(super) problems: Vec<Diagnostic>,
    pub(super) suggester: Suggester,
    texts: BTreeSet<Text>,
    cubes: BTreeSet<Cube>,
    port_sets: BTreeSet<PortSet>,
    ranges: BTreeMap<(Protocol, u16, u16), PortSet>,
    /// Cubes of sound selectors of pods, by a fingerprint of what is written.
    pub(super) met: BTreeMap<u64, Cube>,
}

/// Resolves against the tables.
#[derive(Debug)]
pub(super) struct Resolver<'t, 'a> {
    pub(super) tables: &'t Tables<'a>,
    pub(super) findings: &'t mut Findings,
}

/// How many parts a large step has at most: enough for many cores, and few, because what is equal in two parts is
/// not one value.
const PARTS: usize = 64;

/// How much work is worth a part of its own, in declarations and statements.
const WORTH_A_PART: usize = 250;

impl Findings {
    /// With what was found before.
    pub(super) fn new(problems: Vec<Diagnostic>) -> Self {
        Self { problems, ..Self::of(Suggester::new()) }
    }

    /// Of a part that is done again where it has anything to say.
    fn of_part() -> Self {
        Self::of(Suggester::silent())
    }

    fn of(suggester: Suggester) -> Self {
        Self {
            problems: Vec::new(),
            suggester,
            texts: BTreeSet::new(),
            cubes: BTreeSet::new(),
            port_sets: BTreeSet::new(),
            ranges: BTreeMap::new(),
            met: BTreeMap::new(),
        }
    }

    /// The shared copy of a text.
    pub(super) fn text(&mut self, text: &str) -> Text {
        if let Some(known) = self.texts.get(text) {
            return known.clone();
        }
        let new = Text::from(text);
        self.texts.insert(new.clone());
        new
    }

    /// The shared copy of a cube.
    pub(super) fn cube(&mut self, cube: Cube) -> Cube {
        shared(&mut self.cubes, cube)
    }

    /// The shared copy of a set of ports.
    pub(super) fn ports(&mut self, ports: PortSet) -> PortSet {
        shared(&mut self.port_sets, ports)
    }

    /// The shared copy of a range of ports.
    pub(super) fn range(&mut self, protocol: Protocol, first: u16, last: u16) -> PortSet {
        let new = || PortSet::range(protocol, first, last);
        self.ranges.entry((protocol, first, last)).or_insert_with(new).clone()
    }
}

/// The shared copy of a value: what is equal is one value in all that follows.
fn shared<T: Ord + Clone>(known: &mut BTreeSet<T>, value: T) -> T {
    if let Some(known) = known.get(&value) {
        return known.clone();
    }
    known.insert(value.clone());
    value
}

impl Resolver<'_, '_> {
    pub(super) fn report(&mut self, problem: Diagnostic) {
        self.findings.problems.push(problem);
    }

    /// The shared copy of a text.
    pub(super) fn text(&mut self, text: &str) -> Text {
        self.findings.text(text)
    }
}

/// Ranges of things that a step resolves, each on any core.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    ranges: Vec<Range<usize>>,
    work: usize,
}

impl Parts {
    /// Neighbours together in parts of about the same work, from how much each thing is.
    pub(super) fn of(work: &[usize]) -> Self {
        let total: usize = work.iter().sum();
        let enough = (total / PARTS).max(WORTH_A_PART);
        let mut ranges = Vec::with_capacity(PARTS + 1);
        let (mut start, mut gathered) = (0, 0);
        for (at, each) in work.iter().enumerate() {
            gathered += each;
            if gathered >= enough || at + 1 == work.len() {
                ranges.push(start..at + 1);
                (start, gathered) = (at + 1, 0);
            }
        }
        Self { ranges, work: total }
    }

    /// Of so many things that are all the same work.
    pub(super) fn equal(count: usize) -> Self {
        let enough = (count / PARTS).max(WORTH_A_PART);
        let ranges = (0..count).step_by(enough).map(|start| start..count.min(start + enough)).collect();
        Self { ranges, work: count }
    }

    /// Resolves the parts on all cores; what comes out is in their order.
    pub(super) fn resolve<'a, R: Send>(
        self,
        tables: &Tables<'a>,
        findings: &mut Findings,
        resolve: impl Fn(&mut Resolver<'_, 'a>, Range<usize>) -> R + Sync + Send,
    ) -> Vec<R> {
        if let [all] = self.ranges.as_slice() {
            return vec![resolve(&mut Resolver { tables, findings }, all.clone())];
        }
        let quiet = parallel::map(self.ranges, self.work, |part| {
            let mut findings = Findings::of_part();
            let resolved = resolve(&mut Resolver { tables, findings: &mut findings }, part.clone());
            (part, findings.problems.is_empty().then_some(resolved))
        });
        let mut again = |part| resolve(&mut Resolver { tables, findings: &mut *findings }, part);
        let resolved = quiet.into_iter().map(|(part, resolved)| match resolved {
            Some(resolved) => resolved,
            None => again(part),
        });
        resolved.collect()
    }
}
