//! The `netdsl` binary.

fn main() -> std::process::ExitCode {
    netdsl::cli::run(std::env::args_os())
}
