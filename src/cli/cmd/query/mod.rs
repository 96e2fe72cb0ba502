//! `netdsl query`: can these connect, and what decides?

mod question;
mod why;

use camino::Utf8PathBuf;

use crate::cli::args;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input;
use crate::cli::io::{self, Stream};
use crate::cli::report::Report;
use crate::diag::render::one_line;
use crate::guards;
use crate::load::Loaded;
use crate::query::{self, Answer, Asked, Example};

use question::{Question, Refused};
use why::Decision;

/// Answers. Only `allowed` is 0, so that scripts can ask.
pub(in crate::cli) fn run(args: &args::Query, report: Report) -> Result<Exit, Failure> {
    let (paths, text) = args.split();
    let mut loaded = read(paths)?;
    let question = match question::resolve(text, &mut loaded) {
        Ok(question) => question,
        Err(Refused::Program(found)) => {
            report.findings(Stream::Err, &found, &loaded.sources, "the question has no answer")?;
            return Ok(Exit::Findings);
        }
        Err(Refused::Question(found)) => {
            report.findings(Stream::Err, &found, &loaded.sources, "this is no question")?;
            return Ok(Exit::CouldNotRun);
        }
    };
    let answer = query::ask(&question.lowered.policy, &question.world, &question.pairs);
    let mut shown = format!("{}: {}{}\n", word(&answer), one_line(text), on_which_ports(&question, &answer));
    if let Answer::OutOfBudget(keys) = &answer {
        shown.extend(guards::overlap(keys).map(|reason| format!("  {reason}\n")));
    }
    for (side, example) in examples(&answer, args.why) {
        shown.extend(["  ", side, ": ", &guards::described(&example.connection), "\n"]);
        if args.why {
            let decision = Decision::of(&question, &example.connection, &loaded.sources);
            shown += &decision.shown(example.pair, &mut loaded);
        }
    }
    io::print(Stream::Out, |out| out.write_all(shown.as_bytes()))?;
    Ok(match answer {
        Answer::Allowed(_) => Exit::Clean,
        Answer::Denied(_) | Answer::Mixed { .. } | Answer::OutOfBudget(_) => Exit::Findings,
    })
}

/// Reads the program. A question among PATHS is no file, and the system's words for that help nobody.
fn read(paths: Vec<Utf8PathBuf>) -> Result<Loaded, Failure> {
    let help = if paths.iter().any(|path| path.as_str().contains("->")) {
        "\n  = help: PATHS come first, then the question, in one argument: netdsl query policies/ 'shop/web -> shop/db:5432'"
    } else {
        ""
    };
    input::read_paths(paths).map_err(|Failure(text)| Failure(text + help))
}

fn word(answer: &Answer) -> &'static str {
    match answer {
        Answer::Allowed(_) => "allowed",
        Answer::Denied(_) => "denied",
        Answer::Mixed { .. } => "mixed",
        Answer::OutOfBudget(_) => "not decided within the budget",
    }
}

/// Says what was answered where no port was named: nothing on any port, or something on some port.
fn on_which_ports(question: &Question, answer: &Answer) -> &'static str {
    let any = question.pairs.iter().any(|pair| pair.ports == Asked::Any);
    match (any, answer) {
        (false, _) => "",
        (true, Answer::Denied(_)) => ", on any port",
        (true, Answer::Allowed(_) | Answer::Mixed { .. } | Answer::OutOfBudget(_)) => ", on some port",
    }
}

/// A plain answer needs no example, a mixed one has both.
fn examples(answer: &Answer, why: bool) -> Vec<(&'static str, &Example)> {
    match answer {
        Answer::Allowed(example) if why => vec![("for example", example)],
        Answer::Denied(Some(example)) if why => vec![("for example", example)],
        Answer::Mixed { allowed, denied } => vec![("allowed", allowed), ("denied", denied)],
        Answer::Allowed(_) | Answer::Denied(_) | Answer::OutOfBudget(_) => Vec::new(),
    }
}
