//! `netdsl explain`: the long text of a code.

use crate::cli::args::Explain;
use crate::cli::exit::{Exit, Failure};
use crate::cli::io::{self, Stream};
use crate::diag::render::explain;
use crate::diag::{Code, Severity};

/// Prints one text, or the list of all codes.
pub(in crate::cli) fn run(args: &Explain) -> Result<Exit, Failure> {
    let text = match &args.code {
        Some(code) => explain::markdown(find(code)?),
        None => explain::list(),
    };
    io::print(Stream::Out, |out| out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

/// A code by its number in any case, or a lint by its name.
fn find(wanted: &str) -> Result<Code, Failure> {
    let is_wanted =
        |code: &Code| code.entry().code.eq_ignore_ascii_case(wanted) || code.entry().title == wanted;
    Code::all().find(is_wanted).ok_or_else(|| unknown(wanted))
}

/// Names the nearest lint. Numbers that look alike mean nothing alike, so none is offered for a number.
fn unknown(wanted: &str) -> Failure {
    let lints =
        Code::all().filter(|code| code.severity() == Severity::Warning).map(|code| code.entry().title);
    let distance = |lint: &&str| strsim::levenshtein(lint, wanted);
    let advice = match lints.min_by_key(distance).filter(|lint| distance(lint) <= 2) {
        Some(lint) => format!("did you mean `{lint}`?"),
        None => "`netdsl explain --list` lists them all".to_owned(),
    };
    Failure(format!("there is no code `{wanted}`; {advice}"))
}
