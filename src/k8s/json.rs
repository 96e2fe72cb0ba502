//! Objects to JSON text: one list, which kubectl takes as it takes YAML.

use std::collections::BTreeMap;

use super::Object;
use super::view::View;

/// How far the items of the list stand from the margin.
const INDENT: &str = "    ";

/// What stands between two items.
const SEPARATOR: &str = ",\n";

/// Puts an object behind the items that a text has, of which [`json_list`] makes a list.
pub fn append_json(text: &mut String, object: &Object) {
    if !text.is_empty() {
        text.push_str(SEPARATOR);
    }
    // What YAML could take for the end of a line, or not take at all, stands in strings alone.
    let plain = |c: char| c == '\n' || !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    text.push_str(&escaped(&indented(&json(&View(object)), INDENT), plain));
}

/// One `List` with the items of the texts, in the order given. Its metadata is for people: no server ever sees it.
pub fn json_list(items: Vec<String>, metadata: &[(&str, String)]) -> String {
    let mut text = "{\n".to_owned();
    if !metadata.is_empty() {
        let fields: BTreeMap<&str, &String> = metadata.iter().map(|(key, value)| (*key, value)).collect();
        let fields = indented(&json(&fields), "  ");
        text.extend(["  \"metadata\": ", fields.trim_start(), ",\n"]);
    }
    text += "  \"apiVersion\": \"v1\",\n  \"kind\": \"List\",\n  \"items\": [";
    if items.is_empty() {
        return text + "]\n}\n";
    }
    super::joined(text + "\n", items, SEPARATOR) + "\n  ]\n}\n"
}

/// JSON text with an escape in place of every character that may not stand as it is.
pub fn escaped(json: &str, plain: impl Fn(char) -> bool) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if plain(c) {
            text.push(c);
        } else {
            let mut units = [0; 2];
            text.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    text
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).expect("views hold only maps, lists, strings and numbers")
}

/// Each line further from the margin: in JSON a line never ends within a string.
fn indented(json: &str, indent: &str) -> String {
    indent.to_owned() + &json.replace('\n', &format!("\n{indent}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::super::view::View;
    use super::{Object, append_json, json_list};

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
        object.metadata.name = Some("web é \"quoted\"\n".to_owned());
        let metadata = [("comment", "a\nb".to_owned()), ("source", "c".to_owned())];
        for (count, metadata) in [(0, &metadata[..0]), (0, &metadata), (1, &metadata), (2, &metadata[..0])] {
            let list = List {
                metadata: metadata.iter().cloned().collect(),
                api_version: "v1",
                kind: "List",
                items: (0..count).map(|_| View(&object)).collect(),
            };
            let mut items = String::new();
            (0..count).for_each(|_| append_json(&mut items, &object));
            let items = Some(items).filter(|items| !items.is_empty()).into_iter().collect();
            assert_eq!(json_list(items, metadata), serde_json::to_string_pretty(&list).unwrap() + "\n");
        }
    }

    #[test]
    fn what_yaml_does_not_take_as_it_is_stands_as_an_escape() {
        let name = "a\u{7f}\u{85}\u{2028}\u{2029}\u{feff}\u{1f980}é\n";
        let mut object = Object::default();
        object.metadata.name = Some(name.to_owned());
        let mut item = String::new();
        append_json(&mut item, &object);
        assert!(item.contains(r#""a\u007f\u0085\u2028\u2029\ufeff🦀é\n""#), "{item}");
        assert_eq!(serde_json::from_str::<Object>(&item).unwrap().metadata.name.as_deref(), Some(name));
    }
}
