//! Objects to JSON text: one list, which kubectl takes as it takes YAML.

use std::collections::BTreeMap;

use super::Object;
use super::view::View;

/// How far the items of the list stand from the margin.
const INDENT: &str = "    ";

/// One object as an item of [`json_list`].
pub fn json_item(object: &Object) -> String {
    indented(&json(&View(object)), INDENT)
}

/// One `List` with the items in the order given. Its metadata is for people: no server ever sees it.
pub fn json_list(items: Vec<String>, metadata: &[(&str, String)]) -> String {
    let mut text = "{\n".to_owned();
    if !metadata.is_empty() {
        let fields: BTreeMap<&str, &String> = metadata.iter().map(|(key, value)| (*key, value)).collect();
        let fields = indented(&json(&fields), "  ");
        text.extend(["  \"metadata\": ", fields.trim_start(), ",\n"]);
    }
    text += "  \"apiVersion\": \"v1\",\n  \"kind\": \"List\",\n  \"items\": [";
    let mut separator = "\n";
    for item in items {
        text += separator;
        text += &item;
        separator = ",\n";
    }
    text += if separator == "\n" { "]\n}\n" } else { "\n  ]\n}\n" };
    text
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).expect("views hold only maps, lists, strings and numbers")
}

/// Each line further from the margin: in JSON a line never ends within a string.
fn indented(json: &str, indent: &str) -> String {
    let lines: Vec<String> = json.lines().map(|line| format!("{indent}{line}")).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::super::view::View;
    use super::{Object, json_item, json_list};

    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct List<'a> {
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        metadata: BTreeMap<&'a str, String>,
        api_version: &'a str,
        kind: &'a str,
        items: Vec<View<'a>>,
    }

    #[test]
    fn lists_are_what_the_library_writes() {
        let mut object = Object::default();
        object.metadata.name = Some("web \u{2028} \"quoted\"\n".to_owned());
        let metadata = [("comment", "a\nb".to_owned()), ("source", "c".to_owned())];
        for (count, metadata) in [(0, &metadata[..0]), (0, &metadata), (1, &metadata), (2, &metadata[..0])] {
            let list = List {
                metadata: metadata.iter().cloned().collect(),
                api_version: "v1",
                kind: "List",
                items: (0..count).map(|_| View(&object)).collect(),
            };
            let items = (0..count).map(|_| json_item(&object)).collect();
            assert_eq!(json_list(items, metadata), serde_json::to_string_pretty(&list).unwrap() + "\n");
        }
    }
}
