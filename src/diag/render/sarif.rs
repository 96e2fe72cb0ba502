//! One SARIF 2.1.0 log: for code scanning in GitHub, GitLab, Azure DevOps and editors.
//!
//! Every result has a location and a fingerprint that stays when lines move. Columns count Unicode code points.
//! The rules are those that occur, with the text of `netdsl explain`.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_sarif::sarif;

use super::explain;
use super::fingerprint::Fingerprints;
use super::places::Places;
use crate::diag::{Code, Diagnostic, Fix, Label, Severity};
use crate::source::{Sources, Span};

/// Names the way in which fingerprints are made.
const FINGERPRINT: &str = "netdslLine/v1";

/// Writes the log, one result after the other: a typed result is many times larger than its text.
pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let codes: BTreeSet<Code> = diagnostics.iter().map(|d| d.code).collect();
    let indices = codes.iter().copied().zip(0..).collect();
    let state =
        State { sources, places: Places::new(sources), fingerprints: Fingerprints::default(), indices };
    let driver = sarif::ToolComponent::builder()
        .name("netdsl")
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .rules(codes.into_iter().map(rule).collect::<Vec<_>>())
        .build();
    let run = Run {
        tool: sarif::Tool::builder().driver(driver).build(),
        column_kind: "unicodeCodePoints",
        results: Results { diagnostics, state: RefCell::new(state) },
    };
    let log = Log { schema: sarif::SCHEMA_URL, version: "2.1.0", runs: [run] };
    serde_json::to_writer(&mut *out, &log)?;
    writeln!(out)
}

/// The log.
#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

/// The one run of a log.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: sarif::Tool,
    column_kind: &'a str,
    results: Results<'a>,
}

/// Findings that become results while they are written.
struct Results<'a> {
    diagnostics: &'a [Diagnostic],
    state: RefCell<State<'a>>,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.diagnostics.iter().map(|found| self.state.borrow_mut().result(found)))
    }
}

/// A code with its help.
fn rule(code: Code) -> sarif::ReportingDescriptor {
    let entry = code.entry();
    let help = sarif::MultiformatMessageString::builder()
        .text(entry.explanation)
        .markdown(explain::markdown(code))
        .build();
    sarif::ReportingDescriptor::builder()
        .id(entry.code)
        .short_description(text(entry.title))
        .full_description(text(entry.explanation))
        .help(help)
        .default_configuration(
            sarif::ReportingConfiguration::builder().level(super::level(code.severity())).build(),
        )
        .build()
}

fn level(severity: Severity) -> sarif::ResultLevel {
    match severity {
        Severity::Error => sarif::ResultLevel::Error,
        Severity::Warning => sarif::ResultLevel::Warning,
    }
}

fn text(text: &str) -> sarif::MultiformatMessageString {
    sarif::MultiformatMessageString::builder().text(text).build()
}

fn message(text: impl Into<String>) -> sarif::Message {
    sarif::Message::builder().text(text).build()
}

/// What the results of a log share.
struct State<'a> {
    sources: &'a Sources,
    places: Places<'a>,
    fingerprints: Fingerprints,
    /// The place of each code among the rules.
    indices: BTreeMap<Code, i64>,
}

impl State<'_> {
    /// One finding.
    fn result(&mut self, diagnostic: &Diagnostic) -> sarif::Result {
        let name = self.fingerprints.next(diagnostic, self.sources);
        let related: Vec<_> = diagnostic.secondary.iter().map(|label| self.location(label)).collect();
        let fixes: Vec<_> = diagnostic.fix.iter().map(|fix| self.fix(fix)).collect();
        sarif::Result::builder()
            .rule_id(diagnostic.code.entry().code)
            .rule_index(self.indices[&diagnostic.code])
            .level(level(diagnostic.code.severity()))
            .message(message(super::whole_text(diagnostic, self.sources)))
            .locations(vec![self.location(&diagnostic.primary)])
            .related_locations(related)
            .partial_fingerprints(BTreeMap::from([(FINGERPRINT.to_owned(), name)]))
            .fixes(fixes)
            .build()
    }

    /// A place and what is said there.
    fn location(&mut self, label: &Label) -> sarif::Location {
        let physical = sarif::PhysicalLocation::builder()
            .artifact_location(self.artifact(label.span))
            .region(self.region(label.span))
            .build();
        let mut location = sarif::Location::builder().physical_location(physical).build();
        location.message = Some(label.text.as_str()).filter(|text| !text.is_empty()).map(message);
        location
    }

    /// A replacement.
    fn fix(&mut self, fix: &Fix) -> sarif::Fix {
        let replacement = sarif::Replacement::builder()
            .deleted_region(self.region(fix.span))
            .inserted_content(sarif::ArtifactContent::builder().text(fix.text.as_str()).build())
            .build();
        let change = sarif::ArtifactChange::builder()
            .artifact_location(self.artifact(fix.span))
            .replacements(vec![replacement])
            .build();
        sarif::Fix::builder()
            .description(message(super::describe(fix, self.sources)))
            .artifact_changes(vec![change])
            .build()
    }

    fn artifact(&self, span: Span) -> sarif::ArtifactLocation {
        sarif::ArtifactLocation::builder().uri(uri(self.sources.get(span.file).path().as_str())).build()
    }

    fn region(&mut self, span: Span) -> sarif::Region {
        let at = self.places.extent(span);
        sarif::Region::builder()
            .start_line(at.start.line)
            .start_column(at.start.column)
            .end_line(at.end.line)
            .end_column(at.end.column)
            .byte_offset(span.start)
            .byte_length(span.end - span.start)
            .build()
    }
}

/// A path as a relative reference, or as a `file` URI where it is absolute.
fn uri(path: &str) -> String {
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    let escaped = path.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    });
    std::iter::once(scheme.to_owned()).chain(escaped).collect()
}
