//! `--label KEY=VALUE`, held to the rules of Kubernetes before anything is compiled.

use std::collections::BTreeMap;

use super::exit::Failure;
use crate::backend::network_policy::MANAGED_BY;
use crate::check;

/// A label for every policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    key: String,
    value: String,
}

/// One argument.
pub(super) fn parse(text: &str) -> Result<Label, String> {
    let (key, value) = text.split_once('=').ok_or("a label is written KEY=VALUE")?;
    if !check::is_label_key(key) {
        return Err(format!("`{key}` is no label key that Kubernetes takes"));
    }
    if !check::is_label_value(value) {
        return Err(format!("`{value}` is no label value that Kubernetes takes"));
    }
    if key == MANAGED_BY.0 {
        return Err(format!("`{key}` always says `{}`", MANAGED_BY.1));
    }
    Ok(Label { key: key.to_owned(), value: value.to_owned() })
}

/// All of them; saying one twice is no harm, saying two values is.
pub(super) fn collect(labels: &[Label]) -> Result<BTreeMap<String, String>, Failure> {
    let mut all = BTreeMap::new();
    for Label { key, value } in labels {
        match all.insert(key.clone(), value.clone()) {
            Some(other) if other != *value => {
                return Err(Failure(format!("--label gives `{key}` two values, `{other}` and `{value}`")));
            }
            Some(_) | None => {}
        }
    }
    Ok(all)
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}={}", self.key, self.value)
    }
}
