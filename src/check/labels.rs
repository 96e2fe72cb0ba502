//! Labels: which values a key may have, and selectors as cubes.
//!
//! Declarations are for type errors alone: no cube, proof or rewrite assumes that other values do not exist.

use std::collections::BTreeMap;

use crate::algebra::{Cube, Requirement, Text, fingerprint};
use crate::source::Span;
use crate::syntax::ast::{self, Labelled};

use super::tables::{Domain, PodsEntry};
use super::{Checker, Parts, Resolver, names, problems};

/// Selectors with more requirements are looked at each for itself.
const MAX_PLAIN: usize = 8;

impl<'a> Checker<'a> {
    /// Second step: `label KEY = pods` takes in the values that `pods` declarations require with `=` or `in`.
    pub(super) fn close_labels(&mut self, files: &'a [ast::File]) {
        let mut open_to_pods: Vec<&str> = files
            .iter()
            .flat_map(|file| &file.items)
            .filter_map(|item| {
                let ast::ItemKind::Label(decl) = &item.kind else { return None };
                takes_values_of_pods(decl).then_some(decl.key.text.as_str())
            })
            .collect();
        if open_to_pods.is_empty() {
            return;
        }
        open_to_pods.sort_unstable();
        let required = self.in_parts(Parts::equal(self.tables.pods.len()), |resolver, pods| {
            required_by(&resolver.tables.pods[pods], &open_to_pods)
        });
        for (key, value, span) in required.into_iter().flatten() {
            let Some(entry) = self.tables.pod_labels.get_mut(key) else { continue };
            if let Domain::Closed(known) = &mut entry.domain {
                known.entry(value).or_insert(span);
            }
        }
    }
}

impl Resolver<'_, '_> {
    /// The pods or namespaces that a selector matches; `None`, and a report, where it is wrong.
    pub(super) fn selector(&mut self, of: Labelled, selector: &ast::Selector) -> Option<Cube> {
        // The words of the prelude are not held against what is declared.
        let is_plain = of == Labelled::Pods && !self.tables.in_prelude(selector.span);
        let Some(words) = is_plain.then(|| print(selector)).flatten() else {
            return self.new_selector(of, selector);
        };
        if let Some(known) = self.findings.met.get(&words)
            && means(selector, known)
        {
            return Some(known.clone());
        }
        let cube = self.new_selector(of, selector)?;
        self.findings.met.insert(words, cube.clone());
        Some(cube)
    }

    fn new_selector(&mut self, of: Labelled, selector: &ast::Selector) -> Option<Cube> {
        let mut requirements = Vec::with_capacity(selector.requirements.len());
        let mut sound = true;
        for requirement in &selector.requirements {
            match self.requirement(of, requirement) {
                Some(()) => requirements.push(self.states(requirement)),
                None => sound = false,
            }
        }
        if !sound {
            return None;
        }
        let cube = Cube::from_requirements(requirements);
        if cube.is_none() {
            let (earlier, later) = self.contradicting(selector);
            self.report(problems::contradiction(of, earlier, later));
        }
        cube.map(|cube| self.findings.cube(cube))
    }

    /// The first requirement that leaves nothing, and the first of the same key.
    fn contradicting<'s>(
        &mut self,
        selector: &'s ast::Selector,
    ) -> (&'s ast::Requirement, &'s ast::Requirement) {
        let all: Vec<_> = selector.requirements.iter().map(|requirement| self.states(requirement)).collect();
        let count = (1..=all.len())
            .find(|count| Cube::from_requirements(all[..*count].iter().cloned()).is_none())
            .expect("all together leave nothing");
        let later = &selector.requirements[count - 1];
        let same_key = |earlier: &&ast::Requirement| earlier.key.text == later.key.text;
        let earlier = selector.requirements.iter().find(same_key).expect("at least the later one itself");
        (earlier, later)
    }

    /// Whether a requirement is right; `None`, and a report, where it is wrong.
    fn requirement(&mut self, of: Labelled, requirement: &ast::Requirement) -> Option<()> {
        let key = &requirement.key;
        // kubectl's notation first: what to write instead matters more than the key.
        if let Some(problem) = problems::kubectl_notation(requirement) {
            self.report(problem);
            return None;
        }
        if !names::is_label_key(&key.text) {
            self.report(problems::illegal_key(key));
            return None;
        }
        self.require_declared_key(of, requirement)?;
        let words = words(&requirement.kind);
        let mut sound = true;
        for word in words {
            sound &= self.require_value(of, key, word).is_some();
        }
        if !sound {
            return None;
        }
        self.warn_of_full_list(of, requirement, words);
        Some(())
    }

    /// The key of a requirement, and what it may hold.
    fn states(&mut self, requirement: &ast::Requirement) -> (Text, Requirement) {
        let key = self.text(&requirement.key.text);
        let values = words(&requirement.kind).iter().map(|word| self.text(&word.text));
        (key, states(&requirement.kind, values))
    }

    fn require_declared_key(&mut self, of: Labelled, requirement: &ast::Requirement) -> Option<()> {
        let key = &requirement.key;
        if self.tables.in_prelude(key.span) || self.tables.labels(of).contains_key(key.text.as_str()) {
            return Some(());
        }
        let other = match of {
            Labelled::Pods => Labelled::Namespaces,
            Labelled::Namespaces => Labelled::Pods,
        };
        let elsewhere = self.tables.labels(other).get(key.text.as_str()).map(|entry| entry.span);
        if let Some(problem) = problems::key_of_namespaces(of, requirement, elsewhere) {
            self.report(problem);
            return None;
        }
        let known = self.tables.labels(of).keys().copied();
        let near = self.findings.suggester.nearest(&key.text, known);
        self.report(problems::undeclared_key(of, key, near, elsewhere));
        None
    }

    fn require_value(&mut self, of: Labelled, key: &ast::Word, value: &ast::Word) -> Option<()> {
        if !names::is_label_value(&value.text) {
            self.report(problems::illegal_value(value));
            return None;
        }
        if self.tables.in_prelude(value.span) {
            return Some(());
        }
        let entry = self.tables.labels(of).get(key.text.as_str())?;
        let Domain::Closed(known) = &entry.domain else { return Some(()) };
        if known.contains_key(value.text.as_str()) {
            return Some(());
        }
        let declared = entry.span;
        let count = known.len();
        let near = self.findings.suggester.nearest(&value.text, known.keys().copied());
        let problem = problems::unknown_value(of, key, value, declared, near, count);
        self.report(problem);
        None
    }

    fn warn_of_full_list(&mut self, of: Labelled, requirement: &ast::Requirement, words: &[ast::Word]) {
        let listed = match requirement.kind {
            ast::RequirementKind::In(_) | ast::RequirementKind::NotIn(_) => words.len(),
            ast::RequirementKind::Equals(_)
            | ast::RequirementKind::NotEquals(_)
            | ast::RequirementKind::Exists
            | ast::RequirementKind::Absent
            | ast::RequirementKind::DoubleEquals(_)
            | ast::RequirementKind::NotEqualsAny
            | ast::RequirementKind::Bare => return,
        };
        let Some(entry) = self.tables.labels(of).get(requirement.key.text.as_str()) else { return };
        let Domain::Closed(known) = &entry.domain else { return };
        if known.len() < 2 || listed < known.len() {
            return;
        }
        let all = known.keys().all(|value| words.iter().any(|word| word.text == *value));
        let declared: Span = entry.span;
        if all {
            self.report(problems::full_value_list(requirement, declared));
        }
    }
}

/// A number that tells most selectors apart that are few `KEY=VALUE` alone, which nearly all are.
fn print(selector: &ast::Selector) -> Option<u64> {
    if selector.requirements.len() > MAX_PLAIN {
        return None;
    }
    selector.requirements.iter().try_fold(0, |before, requirement| {
        Some(fingerprint(&(before, &requirement.key.text, &equal_value(requirement)?.text)))
    })
}

/// Whether a selector of `KEY=VALUE` alone means a cube: where it has as many requirements as the cube has keys, and
/// one for each of these, it has no others.
fn means(selector: &ast::Selector, cube: &Cube) -> bool {
    let is_stated = |(key, states): (&Text, &Requirement)| {
        selector.requirements.iter().any(|requirement| {
            requirement.key.text == **key
                && equal_value(requirement).is_some_and(|value| states.is_only(&value.text))
        })
    };
    selector.requirements.len() == cube.requirements().len() && cube.requirements().all(is_stated)
}

fn equal_value(requirement: &ast::Requirement) -> Option<&ast::Word> {
    match &requirement.kind {
        ast::RequirementKind::Equals(value) => Some(value),
        ast::RequirementKind::NotEquals(_)
        | ast::RequirementKind::DoubleEquals(_)
        | ast::RequirementKind::In(_)
        | ast::RequirementKind::NotIn(_)
        | ast::RequirementKind::Exists
        | ast::RequirementKind::Absent
        | ast::RequirementKind::NotEqualsAny
        | ast::RequirementKind::Bare => None,
    }
}

fn takes_values_of_pods(decl: &ast::LabelDecl) -> bool {
    decl.of == Labelled::Pods && decl.values.iter().any(|value| matches!(value, ast::LabelValue::OfPods(_)))
}

/// The values that some `pods` require of these sorted keys, each with its first place among them.
fn required_by<'a>(pods: &[PodsEntry<'a>], keys: &[&'a str]) -> Vec<(&'a str, &'a str, Span)> {
    let mut required: BTreeMap<(usize, &'a str), Span> = BTreeMap::new();
    let decls = pods.iter().filter_map(|pods| pods.decl);
    for requirement in decls.flat_map(|decl| &decl.selector.requirements) {
        if let Ok(key) = keys.binary_search(&requirement.key.text.as_str()) {
            for value in required_values(&requirement.kind) {
                required.entry((key, &value.text)).or_insert(value.span);
            }
        }
    }
    required.into_iter().map(|((key, value), span)| (keys[key], value, span)).collect()
}

/// The values that a requirement makes a pod carry: those of `=` and `in`.
fn required_values(kind: &ast::RequirementKind) -> &[ast::Word] {
    match kind {
        ast::RequirementKind::Equals(value) => std::slice::from_ref(value),
        ast::RequirementKind::In(values) => values,
        ast::RequirementKind::NotEquals(_)
        | ast::RequirementKind::NotIn(_)
        | ast::RequirementKind::Exists
        | ast::RequirementKind::Absent
        | ast::RequirementKind::DoubleEquals(_)
        | ast::RequirementKind::NotEqualsAny
        | ast::RequirementKind::Bare => &[],
    }
}

fn words(kind: &ast::RequirementKind) -> &[ast::Word] {
    match kind {
        ast::RequirementKind::Equals(value)
        | ast::RequirementKind::NotEquals(value)
        | ast::RequirementKind::DoubleEquals(value) => std::slice::from_ref(value),
        ast::RequirementKind::In(values) | ast::RequirementKind::NotIn(values) => values,
        ast::RequirementKind::Exists
        | ast::RequirementKind::Absent
        | ast::RequirementKind::NotEqualsAny
        | ast::RequirementKind::Bare => &[],
    }
}

/// `!=` and `notin` match pods without the key, as Kubernetes' own `NotIn` does.
fn states(kind: &ast::RequirementKind, values: impl Iterator<Item = Text>) -> Requirement {
    match kind {
        ast::RequirementKind::Equals(_)
        | ast::RequirementKind::DoubleEquals(_)
        | ast::RequirementKind::In(_) => Requirement::one_of(values),
        ast::RequirementKind::NotEquals(_) | ast::RequirementKind::NotIn(_) => {
            Requirement::not_one_of(values)
        }
        ast::RequirementKind::Exists | ast::RequirementKind::Bare => Requirement::exists(),
        ast::RequirementKind::Absent | ast::RequirementKind::NotEqualsAny => Requirement::absent(),
    }
}

#[cfg(test)]
mod tests {
    use super::means;
    use crate::algebra::{Cube, Requirement};
    use crate::source::Sources;
    use crate::syntax::{self, ast};

    /// Whether `pods x where WRITTEN` means the cube of these values.
    fn is_meant(written: &str, values: &[(&str, &str)]) -> bool {
        let mut sources = Sources::default();
        let file = sources.add("main.netdsl", format!("namespace n {{\n  pods x where {written}\n}}\n"));
        let parsed = syntax::parse(&sources, file);
        let [ast::Item { kind: ast::ItemKind::Namespace(namespace), .. }] = &*parsed.file.items else {
            panic!("one namespace")
        };
        let Some([ast::Member { kind: ast::MemberKind::Pods(pods), .. }]) = namespace.members.as_deref()
        else {
            panic!("one `pods`")
        };
        let states =
            values.iter().map(|(key, value)| ((*key).into(), Requirement::one_of([(*value).into()])));
        means(&pods.selector, &Cube::from_requirements(states).expect("no key stands there twice"))
    }

    #[test]
    fn a_selector_means_the_cube_of_its_words_alone() {
        let cube = [("app", "a"), ("tier", "b")];
        assert!(is_meant("app=a, tier=b", &cube));
        assert!(is_meant("tier=b, app=a", &cube));
        for other in ["app=a", "app=a, app=a", "app=a, tier=c", "app=a, tier=b, x=y", "app=a, tier!=b"] {
            assert!(!is_meant(other, &cube), "{other}");
        }
    }
}
