//! The arguments, as clap derives them. The doc comments here are the help that users read.

use camino::Utf8PathBuf;
use clap::{Args as ClapArgs, CommandFactory, Parser, Subcommand, ValueEnum};

use super::exit;
use super::labels::{self, Label};
use crate::diag::render::Format;

/// Say who may talk to whom in Kubernetes, and compile it to NetworkPolicy YAML that is proved equal
#[derive(Debug, Parser)]
#[command(name = "netdsl", version, propagate_version = true, subcommand_required = true)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What every command takes.
#[derive(Clone, Copy, Debug, ClapArgs)]
pub(super) struct Global {
    /// How findings are shown
    #[arg(long, global = true, value_name = "FORMAT", value_enum, default_value = "human")]
    #[arg(hide_possible_values = false, help_heading = "Output")]
    pub(super) message_format: MessageFormat,

    /// Colours
    ///
    /// `auto` looks at `NO_COLOR`, then at `CLICOLOR_FORCE`, then at the terminal.
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value = "auto")]
    #[arg(help_heading = "Output")]
    pub(super) color: When,

    /// Say nothing when all is well
    #[arg(short, long, global = true, help_heading = "Output")]
    pub(super) quiet: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Compile to NetworkPolicy YAML, proved equal, on standard output or into a folder
    ///
    /// Nothing is written that was not proved to allow exactly what the program allows, for every pod that could exist.
    /// The proof assumes what no compiler can see: a network plugin that enforces NetworkPolicy; no other policies in managed
    /// namespaces, and no admin-tier policies; managed namespaces that carry the labels stated; pods whose addresses lie
    /// in `pod-addresses`. Pods in the host's network and ICMP are outside of it.
    ///
    /// Into a folder of more than 64 KiB, a run that finds the program, the folder, its arguments and the compiler as an earlier
    /// run left them says again what that one said, and proves nothing anew: `--check` always does, and so does a run where `CI`
    /// is set, or `NETDSL_RECEIPTS` to `off`.
    ///
    /// What takes more than a second draws a progress bar on the terminal: never in a pipe, where `CI` is set or `TERM` is
    /// `dumb`, with `--quiet`, or with findings in a machine format.
    #[command(before_long_help = "\
Examples:
  netdsl compile                          every .netdsl file below this folder
  netdsl compile shop.netdsl | kubectl apply -f -
  netdsl compile -o deploy/ --prune       one file a namespace; what is left over goes
  netdsl compile -o deploy/ --check       in CI: fails where the folder is not up to date
  generate | netdsl compile -             standard input")]
    Compile(Box<Compile>),

    /// Look for errors and write nothing
    #[command(before_long_help = "\
Examples:
  netdsl check                            every .netdsl file below this folder
  netdsl check --deny-warnings policies/
  netdsl check --fix                      apply the safe replacements
  netdsl check --message-format sarif > netdsl.sarif")]
    Check(Check),

    /// Lay files out in the one canonical way, in place
    #[command(before_long_help = "\
Examples:
  netdsl fmt                              every .netdsl file below this folder
  netdsl fmt --check policies/            show what would change, and change nothing
  generate | netdsl fmt -                 standard input to standard output")]
    Fmt(Fmt),

    /// Prove the tests and the guards, one line each
    #[command(before_long_help = "\
Examples:
  netdsl test                             every test and guard below this folder
  netdsl test --filter sandbox            those that mention the sandbox
  netdsl test --message-format junit > junit.xml")]
    Test(Test),

    /// Ask whether pods can connect: allowed, denied, or mixed
    #[command(override_usage = "netdsl query [OPTIONS] [PATHS]... 'FROM -> TO[:PORT]'")]
    #[command(before_long_help = "\
Examples:
  netdsl query 'shop/web -> shop/db:5432'
  netdsl query policies/ 'sandbox/* -> internet' --why
  netdsl query 'shop/app=web -> dns' && echo it can resolve names")]
    Query(Query),

    /// Explain the code of a finding, with a wrong and a right example
    #[command(before_long_help = "\
Examples:
  netdsl explain E0302
  netdsl explain rule-without-effect
  netdsl explain --list")]
    Explain(Explain),

    /// Print the prelude: what every program may use without declaring it
    #[command(before_long_help = "\
Examples:
  netdsl prelude")]
    Prelude,

    /// Print the completions for a shell
    #[command(before_long_help = "\
Examples:
  netdsl completions bash > /etc/bash_completion.d/netdsl
  netdsl completions zsh > \"${fpath[1]}/_netdsl\"")]
    Completions(Completions),

    /// Write the man pages into a folder
    #[command(before_long_help = "\
Examples:
  netdsl man ~/.local/share/man/man1")]
    Man(Man),
}

/// `netdsl compile`
#[derive(Debug, ClapArgs)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line are independent of each other")]
pub(super) struct Compile {
    #[command(flatten)]
    pub(super) input: Input,

    /// The folder to write into; `-` is standard output
    #[arg(short, long, value_name = "DIR", default_value = "-")]
    pub(super) output: Utf8PathBuf,

    /// Write nothing; show what is stale, missing or left over in the folder, and fail where there is anything
    #[arg(long, help_heading = "Folder")]
    pub(super) check: bool,

    /// Remove files that netdsl once wrote into the folder and no longer does, unless a file that they come
    /// from still exists and is not part of this run
    #[arg(long, help_heading = "Folder")]
    pub(super) prune: bool,

    /// Overwrite files that netdsl did not write, or that also come from a file which still exists and is not part of
    /// this run
    #[arg(long, help_heading = "Folder")]
    pub(super) force: bool,

    /// One file a namespace, one a policy, or one
    #[arg(long, help_heading = "Folder", value_enum)]
    pub(super) layout: Option<Layout>,

    /// Write a `kustomization.yaml` that names all files
    #[arg(long, help_heading = "Folder")]
    pub(super) kustomization: bool,

    /// A label for every policy, so that programs that share a cluster prune only their own; may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = labels::parse)]
    pub(super) label: Vec<Label>,

    /// How the policies are written
    #[arg(long, value_enum, default_value = "yaml")]
    pub(super) format: OutputFormat,

    /// Say on standard error how large the output is, and whether it is proved minimal
    #[arg(long)]
    pub(super) stats: bool,
}

/// `--layout`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Layout {
    /// `<namespace>.yaml`
    Namespace,
    /// `<namespace>/<policy>.yaml`
    Policy,
    /// `networkpolicies.yaml`
    Single,
}

/// `--format`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// YAML documents
    Yaml,
    /// One JSON list
    Json,
}

/// `netdsl check`
#[derive(Debug, ClapArgs)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) input: Input,

    /// Exit with 1 on warnings too
    #[arg(long)]
    pub(super) deny_warnings: bool,

    /// Apply the replacements that cannot be wrong, and check again
    #[arg(long)]
    pub(super) fix: bool,
}

/// `netdsl fmt`
#[derive(Debug, ClapArgs)]
pub(super) struct Fmt {
    #[command(flatten)]
    pub(super) input: Input,

    /// Show what would change, write nothing, and exit with 1 where anything would
    #[arg(long)]
    pub(super) check: bool,
}

/// `netdsl test`
#[derive(Debug, ClapArgs)]
pub(super) struct Test {
    #[command(flatten)]
    pub(super) input: Input,

    /// Only tests whose name, and guards whose text, contains this; where none does, that is an error
    #[arg(long, value_name = "TEXT")]
    pub(super) filter: Option<String>,
}

/// `netdsl query`
#[derive(Debug, ClapArgs)]
pub(super) struct Query {
    /// Files and folders as in `netdsl compile`, then the question in one argument: both sides as rules write
    /// them outside a namespace; without a port it is whether they can connect on any
    #[arg(value_name = "PATHS> <QUESTION", required = true)]
    arguments: Vec<String>,

    /// Show the statements and the policies that decide
    #[arg(long)]
    pub(super) why: bool,
}

impl Query {
    /// PATHS, the current folder where there are none, and the question.
    pub(super) fn split(&self) -> (Vec<Utf8PathBuf>, &str) {
        let (question, paths) = self.arguments.split_last().expect("clap asks for one at least");
        let paths: Vec<Utf8PathBuf> = paths.iter().map(Utf8PathBuf::from).collect();
        (if paths.is_empty() { vec![".".into()] } else { paths }, question)
    }
}

/// The files of a program.
#[derive(Debug, ClapArgs)]
pub(super) struct Input {
    /// Files, folders (every `.netdsl` file below that `.gitignore` does not exclude), or `-` for standard
    /// input; all of them are one program. Pipes are read to their end, however long that takes
    #[arg(value_name = "PATHS", default_value = ".")]
    pub(super) paths: Vec<Utf8PathBuf>,
}

/// `netdsl explain`
#[derive(Debug, ClapArgs)]
pub(super) struct Explain {
    /// A code such as `E0302`, or the name of a lint
    #[arg(value_name = "CODE", required_unless_present = "list")]
    pub(super) code: Option<String>,

    /// List all codes
    #[arg(long, conflicts_with = "code")]
    pub(super) list: bool,
}

/// `netdsl completions`
#[derive(Debug, ClapArgs)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub(super) shell: clap_complete::Shell,
}

/// `netdsl man`
#[derive(Debug, ClapArgs)]
pub(super) struct Man {
    /// The folder; it is made where it is missing
    #[arg(value_name = "DIR")]
    pub(super) folder: Utf8PathBuf,
}

/// `--message-format`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// The source with the places underlined
    Human,
    /// One line each: `file:line:col: error[E0203]: text`
    Short,
    /// One JSON object a line, in the shape of rustc's
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// GitHub workflow commands
    Github,
    /// GitLab code quality
    Gitlab,
    /// JUnit XML, of `netdsl test` alone
    Junit,
}

/// `--color`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// As the environment and the terminal say
    Auto,
    /// Into files and pipes too
    Always,
    /// Not even on a terminal
    Never,
}

impl MessageFormat {
    /// The format of findings; `None` for JUnit, which knows tests alone.
    pub(super) fn of_findings(self) -> Option<Format> {
        match self {
            Self::Human => Some(Format::Human),
            Self::Short => Some(Format::Short),
            Self::Json => Some(Format::Json),
            Self::Sarif => Some(Format::Sarif),
            Self::Github => Some(Format::Github),
            Self::Gitlab => Some(Format::Gitlab),
            Self::Junit => None,
        }
    }
}

/// The whole command under the name that the user typed; the exit codes end every long help.
pub(super) fn command(name: &'static str) -> clap::Command {
    Args::command()
        .bin_name(name)
        .before_long_help(
            "Examples:\n  netdsl compile shop.netdsl | kubectl apply -f -\n  netdsl check\n  netdsl explain E0302",
        )
        .after_long_help(exit::HELP)
        .mut_subcommands(|command| command.after_long_help(exit::HELP))
}
