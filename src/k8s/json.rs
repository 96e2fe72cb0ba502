//! Objects to JSON text: one list, which kubectl takes as it takes YAML.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Object;
use super::view::View;

/// One `List` with the objects in the order given. Its metadata is for people: no server ever sees it.
pub fn write_json(objects: &[Object], metadata: &[(&str, String)]) -> String {
    let list = List { objects, metadata };
    let json = serde_json::to_string_pretty(&list).expect("views hold only maps, lists, strings and numbers");
    json + "\n"
}

struct List<'a> {
    objects: &'a [Object],
    metadata: &'a [(&'a str, String)],
}

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if !self.metadata.is_empty() {
            let fields = self.metadata.iter().map(|(key, value)| (*key, value));
            map.serialize_entry("metadata", &fields.collect::<std::collections::BTreeMap<_, _>>())?;
        }
        map.serialize_entry("apiVersion", "v1")?;
        map.serialize_entry("kind", "List")?;
        map.serialize_entry("items", &self.objects.iter().map(View).collect::<Vec<_>>())?;
        map.end()
    }
}
