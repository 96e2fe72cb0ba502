//! Findings to the stream where they belong, in the format and colours that were asked for.

use super::args::{Global, When};
use super::exit::Failure;
use super::io::{self, Stream};
use crate::diag::Diagnostic;
use crate::diag::render::{self, Colour, Format, Options};
use crate::source::Sources;

/// How this run shows what it found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Report {
    /// The format.
    pub(super) format: Format,
    /// As they were given.
    global: Global,
}

impl Report {
    /// As the arguments say; `None` where they ask for a format that no finding has.
    pub(super) fn new(global: Global) -> Option<Self> {
        Some(Self { format: global.message_format.of_findings()?, global })
    }

    /// Whether success is worth a word.
    pub(super) fn is_quiet(self) -> bool {
        self.global.quiet
    }

    /// Writes the findings; `consequence` ends the last line.
    pub(super) fn findings(
        self,
        stream: Stream,
        diagnostics: &[Diagnostic],
        sources: &Sources,
        consequence: &'static str,
    ) -> Result<(), Failure> {
        let options = Options { colour: self.colour(stream), consequence };
        io::print(stream, |out| render::render(self.format, diagnostics, sources, options, out))
    }

    /// The same as text, of a run that nothing follows from.
    pub(super) fn rendered(self, stream: Stream, diagnostics: &[Diagnostic], sources: &Sources) -> String {
        let options = Options { colour: self.colour(stream), consequence: "" };
        let mut out = Vec::new();
        let rendered = render::render(self.format, diagnostics, sources, options, &mut out);
        rendered.expect("memory takes whatever is written");
        String::from_utf8(out).expect("findings are text")
    }

    /// Says that all is well, to people who did not ask for quiet.
    pub(super) fn success(self, text: &str) -> Result<(), Failure> {
        if self.is_quiet() || self.format.is_machine() {
            return Ok(());
        }
        io::to_stderr(format!("{text}\n").as_bytes())
    }

    /// `--color`, then `NO_COLOR`, then `CLICOLOR_FORCE`, then the terminal.
    pub(super) fn colour(self, stream: Stream) -> Colour {
        let forced = || io::variable("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let painted = match self.global.color {
            When::Always => true,
            When::Never => false,
            When::Auto => io::variable("NO_COLOR").is_none() && (forced() || io::is_terminal(stream)),
        };
        if painted { Colour::Ansi } else { Colour::Plain }
    }
}
