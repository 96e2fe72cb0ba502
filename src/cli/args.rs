//! The arguments, as clap derives them. The doc comments here are the help that users read.

use camino::Utf8PathBuf;
use clap::{Args as ClapArgs, CommandFactory, Parser, Subcommand, ValueEnum};

use super::exit;
use crate::diag::render::Format;

/// Say who may talk to whom in a Kubernetes cluster, and compile it to NetworkPolicy YAML that is proved equal
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

    /// When to paint: `auto` looks at `NO_COLOR`, then `CLICOLOR_FORCE`, then the terminal
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
    /// Compile to NetworkPolicy YAML on standard output
    #[command(before_long_help = "\
Examples:
  netdsl compile                          every .netdsl file below this folder
  netdsl compile shop.netdsl | kubectl apply -f -
  generate | netdsl compile -             standard input")]
    Compile(Compile),

    /// Look for errors and write nothing
    #[command(before_long_help = "\
Examples:
  netdsl check                            every .netdsl file below this folder
  netdsl check --deny-warnings policies/
  netdsl check --message-format sarif > netdsl.sarif")]
    Check(Check),

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
pub(super) struct Compile {
    #[command(flatten)]
    pub(super) input: Input,

    /// Where the YAML goes: `-` is standard output
    #[arg(short, long, value_name = "OUT", default_value = "-", value_parser = ["-"])]
    #[arg(hide_possible_values = true)]
    pub(super) output: String,

    /// Say on standard error how large the output is, and whether it is proved minimal
    #[arg(long)]
    pub(super) stats: bool,
}

/// `netdsl check`
#[derive(Debug, ClapArgs)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) input: Input,

    /// Exit with 1 on warnings too
    #[arg(long)]
    pub(super) deny_warnings: bool,
}

/// The files of a program.
#[derive(Debug, ClapArgs)]
pub(super) struct Input {
    /// Files, folders (every `.netdsl` file below that `.gitignore` does not exclude), or `-` for standard
    /// input; all of them are one program
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

impl From<MessageFormat> for Format {
    fn from(format: MessageFormat) -> Self {
        match format {
            MessageFormat::Human => Self::Human,
            MessageFormat::Short => Self::Short,
            MessageFormat::Json => Self::Json,
            MessageFormat::Sarif => Self::Sarif,
            MessageFormat::Github => Self::Github,
            MessageFormat::Gitlab => Self::Gitlab,
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
