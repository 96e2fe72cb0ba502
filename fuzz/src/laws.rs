//! What must hold for any bytes at all.
//!
//! Comes in: bytes that a fuzzer made, or that it once found. Goes out: nothing, or a panic that says which law does
//! not hold. `fuzz_targets/` runs these with a fuzzer, `tests/suite/fuzzed.rs` over what fuzzers have found.

use netdsl::backend::Options;
use netdsl::denote::{self, Object};
use netdsl::diag::codes::Output;
use netdsl::diag::render::{self, Colour, Format};
use netdsl::diag::{self, Code, Diagnostic};
use netdsl::load::{self, Loaded};
use netdsl::pipeline::{self, Compiled};
use netdsl::source::{FileId, Sources};
use netdsl::{fix, fmt, k8s, syntax};

/// Every format in which findings are shown.
const FORMATS: [Format; 6] =
    [Format::Human, Format::Short, Format::Json, Format::Sarif, Format::Github, Format::Gitlab];

/// Any bytes are read and checked; whatever is found can be shown in every format, and its replacements applied.
pub fn parse(bytes: &[u8]) {
    let mut loaded = load(bytes);
    let found = match pipeline::check(&mut loaded) {
        Ok((_, warnings)) => warnings,
        Err(found) => found,
    };
    for format in FORMATS {
        show(format, &found, &loaded.sources);
    }
    for (file, fixes) in fix::safe(&found) {
        let text = loaded.sources.get(file).text();
        let _ = fix::apply(text, &fixes);
    }
}

/// Laying out a text twice is laying it out once, and no byte of its YAML changes.
pub fn format(bytes: &[u8]) {
    let Some(once) = laid_out(bytes) else { return };
    let twice = laid_out(once.as_bytes()).unwrap_or_else(|| panic!("cannot be read any more:\n{once}"));
    assert_eq!(twice, once, "laid out twice");
    assert_eq!(yaml(&compile_text(once.as_bytes())), yaml(&compile_text(bytes)), "the YAML of\n{once}");
}

/// A program is refused, or compiled to what was proved; its YAML is what both readers of ours and others see.
pub fn compile(bytes: &[u8]) {
    let compiled = compile_text(bytes);
    let own = compiled.diagnostics.iter().find(|it| it.code == Code::from(Output::ProofFailed));
    assert!(own.is_none(), "the proof refutes the compiler: {own:?}");
    assert_eq!(compiled.output.is_none(), diag::has_errors(&compiled.diagnostics));
    let Some(output) = compiled.output else { return };
    let text = &output.files[0].text;
    assert_eq!(strictly(text).expect("the proof's reader takes what we write").len(), output.policies);
    assert_eq!(read(text).expect("our other reader does").len(), output.policies);
    let library = by_library(text).expect("another reader takes what we write");
    assert_eq!(k8s::write(&library), *text, "another reader sees something else");
}

/// A text is refused, or read as another reader reads it, and as it is read when we have written it. What the reader of
/// the proof takes, the other takes; what our reader of manifests takes, the other may refuse: nobody applies it then.
pub fn yaml_reader(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let library = by_library(text);
    if let Some(objects) = strictly(text) {
        assert!(library.is_ok() || objects.is_empty(), "another reader refuses it: {library:?}");
        same(objects, &library);
    }
    if let Ok(objects) = denote::read(text) {
        same(objects, &library);
    }
}

/// Whether another reader sees these objects, where it sees any.
fn same(objects: Vec<Object<'_>>, library: &Result<Vec<k8s::Object>, String>) {
    let Ok(library) = library else { return };
    let written = k8s::write(library);
    let again = read(&written).expect("our reader takes what we write");
    assert_eq!(again, unplaced(objects), "another reader sees something else");
}

/// The objects of a text as the reader of the proof sees them; `None` where it refuses one of them.
fn strictly(text: &str) -> Option<Vec<Object<'_>>> {
    let documents = denote::documents(&[text]).ok()?;
    documents.into_values().flatten().map(|document| document.read().ok()).collect()
}

fn load(bytes: &[u8]) -> Loaded {
    load::alone([("fuzz.netdsl".into(), bytes.to_vec())])
}

fn show(format: Format, found: &[Diagnostic], sources: &Sources) {
    let options = render::Options { colour: Colour::Ansi, consequence: "nothing was written" };
    let mut out = Vec::new();
    render::render(format, found, sources, options, &mut out).expect("a vector takes everything");
    assert!(std::str::from_utf8(&out).is_ok(), "findings are text");
}

fn laid_out(bytes: &[u8]) -> Option<String> {
    let loaded = load(bytes);
    let file: FileId = loaded.files[0].id;
    if diag::has_errors(&loaded.diagnostics) {
        return None;
    }
    let parsed = syntax::parse(&loaded.sources, file);
    Some(fmt::print(loaded.sources.get(file).text(), &parsed.file))
}

fn compile_text(bytes: &[u8]) -> Compiled {
    pipeline::compile(&mut load(bytes), &Options::default())
}

fn yaml(compiled: &Compiled) -> Option<&str> {
    compiled.output.as_ref().map(|output| output.files[0].text.as_str())
}

/// The objects without their places in the text.
fn read(text: &str) -> Result<Vec<Object<'_>>, Vec<denote::ReadError>> {
    denote::read(text).map(unplaced)
}

/// The objects without what another text may say in another way: places, the order of maps, and that of namespaces.
fn unplaced(mut objects: Vec<Object<'_>>) -> Vec<Object<'_>> {
    objects.sort_by(|one, other| one.namespace.cmp(&other.namespace));
    for object in &mut objects {
        (object.line, object.json_bytes) = (0, 0);
        object.labels.sort();
        object.annotations.sort();
        let spec = &mut object.spec;
        spec.pod_selector.match_labels.sort();
        let rules = spec.ingress.iter_mut().chain(&mut spec.egress);
        for peer in rules.flat_map(|rule| &mut rule.peers) {
            let selectors = [&mut peer.namespace_selector, &mut peer.pod_selector];
            selectors.into_iter().flatten().for_each(|selector| selector.match_labels.sort());
        }
    }
    objects
}

/// The objects of a text as a library sees them that shares nothing with our reader. As data first: typed reading
/// would forgive a number in a string's place.
fn by_library(text: &str) -> Result<Vec<k8s::Object>, String> {
    use serde::Deserialize;
    let mut objects = Vec::new();
    for document in yaml_serde::Deserializer::from_str(text) {
        let value = serde_json::Value::deserialize(document).map_err(|error| error.to_string())?;
        for item in items(value) {
            objects.push(serde_json::from_value(item).map_err(|error| error.to_string())?);
        }
    }
    Ok(objects)
}

/// What a document holds: nothing, one object, or a list of them.
fn items(document: serde_json::Value) -> Vec<serde_json::Value> {
    if document.is_null() {
        return Vec::new();
    }
    match document.get("items").and_then(serde_json::Value::as_array) {
        Some(items) => items.clone(),
        None => vec![document],
    }
}
