//! Edits of one line, as people make them.
//!
//! Comes in: the text of a [`cluster`](super::clusters::cluster), and a stream of numbers. Goes out: the text with
//! another line, one more, or one less. Works on the text alone; tests share it by its path.

use super::clusters::Numbers;

/// What is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A rule more.
    Add,
    /// A rule less.
    Remove,
    /// A rule that leads elsewhere.
    Change,
    /// Another number for a port.
    Port,
    /// Another value for a label.
    Label,
}

impl Kind {
    /// All kinds.
    pub(crate) const ALL: [Self; 5] = [Self::Add, Self::Remove, Self::Change, Self::Port, Self::Label];

    /// How a table calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Add => "a rule added",
            Self::Remove => "a rule removed",
            Self::Change => "a rule led elsewhere",
            Self::Port => "a port's number changed",
            Self::Label => "a label's value changed",
        }
    }
}

/// The text after one edit.
pub(crate) fn edited(text: &str, kind: Kind, numbers: &mut Numbers) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = *pick(&places(&lines, kind), numbers);
    match kind {
        Kind::Remove => drop(lines.remove(at)),
        Kind::Add => {
            let added = led_elsewhere(&lines, at, numbers);
            lines.insert(at + 1, added);
        }
        Kind::Change => lines[at] = led_elsewhere(&lines, at, numbers),
        Kind::Port => lines[at] = with_number(&lines[at], 2000),
        Kind::Label => lines[at] = with_value(&lines[at]),
    }
    lines.join("\n") + "\n"
}

/// The lines that an edit of this kind can begin with: of ports only those that some rule names.
fn places(lines: &[String], kind: Kind) -> Vec<usize> {
    let begin = match kind {
        Kind::Add | Kind::Remove | Kind::Change => "  allow ",
        Kind::Port => "    port main = ",
        Kind::Label => "  pods ",
    };
    let begins = |at: &usize| lines[*at].starts_with(begin);
    (0..lines.len()).filter(begins).filter(|at| kind != Kind::Port || is_reached(lines, *at)).collect()
}

/// Whether some rule leads to the `pods` whose port stands in this line.
fn is_reached(lines: &[String], port: usize) -> bool {
    let name = lines[port - 1].split(' ').nth(3).unwrap_or_default();
    let targets = [format!(" -> {name}:main"), format!("/{name}:main")];
    lines.iter().any(|line| targets.iter().any(|target| line.ends_with(target)))
}

fn pick<'a, T>(items: &'a [T], numbers: &mut Numbers) -> &'a T {
    &items[numbers.below(items.len())]
}

/// A rule with the sources of one and the targets of another of the namespace, that stands nowhere yet.
fn led_elsewhere(lines: &[String], at: usize, numbers: &mut Numbers) -> String {
    let start = lines[..at].iter().rposition(|line| line.starts_with("namespace ")).unwrap_or(0);
    let end = at + lines[at..].iter().position(|line| line == "}").unwrap_or(0);
    let rules: Vec<&String> = lines[start..end].iter().filter(|line| line.starts_with("  allow ")).collect();
    let (from, _) = lines[at].split_once(" -> ").expect("a rule has an arrow");
    for _ in 0..100 {
        let (_, to) = pick(&rules, numbers).split_once(" -> ").expect("a rule has an arrow");
        let rule = format!("{from} -> {to}");
        if !rules.contains(&&rule) {
            return rule;
        }
    }
    format!("{from} -> 192.0.2.{}:443", numbers.below(256))
}

/// `port main = 8000`, so much higher.
fn with_number(line: &str, more: u32) -> String {
    let (head, number) = line.rsplit_once(' ').expect("a port has a number");
    let number: u32 = number.parse().expect("it is one number");
    format!("{head} {}", number + more)
}

/// `pods web where app=web, tier=data`, with another value for its first label.
fn with_value(line: &str) -> String {
    let (head, rest) = line.split_once('=').expect("pods have a label");
    let end = rest.find([',', ' ']).unwrap_or(rest.len());
    let (value, tail) = rest.split_at(end);
    let other = match value {
        "frontend" => "backend",
        "backend" => "data",
        "data" => "batch",
        "batch" => "frontend",
        app => return format!("{head}={app}-next{tail}"),
    };
    format!("{head}={other}{tail}")
}
