//! Every code that a diagnostic can have. Codes never change their meaning.
//!
//! One file a family, one variant a code, with the long text that `netdsl explain` shows and two programs: one
//! that gets the code, one that does not. A test compiles both.

pub mod addresses;
pub mod labels;
pub mod lint;
pub mod meaning;
pub mod names;
pub mod output;
pub mod ports;
pub mod syntax;
pub mod tests;

pub use addresses::Addresses;
pub use labels::Labels;
pub use lint::Lint;
pub use meaning::Meaning;
pub use names::Names;
pub use output::Output;
pub use ports::Ports;
pub use syntax::Syntax;
pub use tests::Tests;

/// What is known about a code beside where it occurred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `E0302`, `W0004`.
    pub code: &'static str,
    /// A short title; for a lint its kebab-case name, with which it is silenced.
    pub title: &'static str,
    /// Why it is wrong, what follows for traffic, and what to do, as Markdown.
    pub explanation: &'static str,
    /// A program that gets the code.
    pub wrong: &'static str,
    /// The same program, mended.
    pub right: &'static str,
}

/// The code of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// E01xx: the text itself.
    Syntax(Syntax),
    /// E02xx: names, and files by `use`.
    Names(Names),
    /// E03xx: label keys, values and selectors.
    Labels(Labels),
    /// E04xx: ports and protocols.
    Ports(Ports),
    /// E05xx: addresses and networks.
    Addresses(Addresses),
    /// E06xx: what the program says as a whole.
    Meaning(Meaning),
    /// E07xx: the output.
    Output(Output),
    /// E09xx: tests.
    Tests(Tests),
    /// W0xxx: warnings; each has a name for silencing.
    Lint(Lint),
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is compiled.
    Error,
    /// The program is compiled; `--deny-warnings` makes it a failure.
    Warning,
}

impl Code {
    /// Every code, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        let families = [
            Syntax::ALL.iter().copied().map(Self::from).collect::<Vec<_>>(),
            Names::ALL.iter().copied().map(Self::from).collect::<Vec<_>>(),
            Labels::ALL.iter().copied().map(Self::from).collect::<Vec<_>>(),
            Ports::ALL.iter().copied().map(Self::from).collect::<Vec<_>>(),
            Addresses::ALL.iter().copied().map(Self::from).collect::<Vec<_>>(),
            Meaning::ALL.iter().copied().map(Self::from).collect::<Vec<_>>(),
            Output::ALL.iter().copied().map(Self::from).collect::<Vec<_>>(),
            Tests::ALL.iter().copied().map(Self::from).collect::<Vec<_>>(),
            Lint::ALL.iter().copied().map(Self::from).collect(),
        ];
        families.into_iter().flatten()
    }

    /// The code, its text and its examples.
    pub fn entry(self) -> Entry {
        match self {
            Self::Syntax(code) => code.entry(),
            Self::Names(code) => code.entry(),
            Self::Labels(code) => code.entry(),
            Self::Ports(code) => code.entry(),
            Self::Addresses(code) => code.entry(),
            Self::Meaning(code) => code.entry(),
            Self::Output(code) => code.entry(),
            Self::Tests(code) => code.entry(),
            Self::Lint(code) => code.entry(),
        }
    }

    /// Whether it stops the program from being compiled.
    pub fn severity(self) -> Severity {
        match self {
            Self::Lint(_) => Severity::Warning,
            Self::Syntax(_)
            | Self::Names(_)
            | Self::Labels(_)
            | Self::Ports(_)
            | Self::Addresses(_)
            | Self::Meaning(_)
            | Self::Output(_)
            | Self::Tests(_) => Severity::Error,
        }
    }
}

impl From<Syntax> for Code {
    fn from(code: Syntax) -> Self {
        Self::Syntax(code)
    }
}

impl From<Names> for Code {
    fn from(code: Names) -> Self {
        Self::Names(code)
    }
}

impl From<Labels> for Code {
    fn from(code: Labels) -> Self {
        Self::Labels(code)
    }
}

impl From<Ports> for Code {
    fn from(code: Ports) -> Self {
        Self::Ports(code)
    }
}

impl From<Addresses> for Code {
    fn from(code: Addresses) -> Self {
        Self::Addresses(code)
    }
}

impl From<Meaning> for Code {
    fn from(code: Meaning) -> Self {
        Self::Meaning(code)
    }
}

impl From<Output> for Code {
    fn from(code: Output) -> Self {
        Self::Output(code)
    }
}

impl From<Tests> for Code {
    fn from(code: Tests) -> Self {
        Self::Tests(code)
    }
}

impl From<Lint> for Code {
    fn from(code: Lint) -> Self {
        Self::Lint(code)
    }
}
