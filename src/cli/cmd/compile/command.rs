//! The command that mends a folder, as a shell takes it.

use clap::ValueEnum;

use crate::cli::args::{Compile, OutputFormat};

/// This run again, with other flags.
pub(super) fn again(args: &Compile, flags: &[&str]) -> String {
    let mut words = vec!["netdsl".to_owned(), "compile".to_owned()];
    words.extend(args.input.paths.iter().filter(|path| **path != ".").map(|path| quoted(path.as_str())));
    words.extend(["-o".to_owned(), quoted(args.output.as_str())]);
    if let Some(layout) = args.layout.and_then(|layout| layout.to_possible_value()) {
        words.push(format!("--layout={}", layout.get_name()));
    }
    if args.format == OutputFormat::Json {
        words.push("--format=json".to_owned());
    }
    if args.kustomization {
        words.push("--kustomization".to_owned());
    }
    words.extend(args.label.iter().map(|label| format!("--label={}", quoted(&label.to_string()))));
    if args.force {
        words.push("--force".to_owned());
    }
    words.extend(flags.iter().map(|flag| (*flag).to_owned()));
    words.join(" ")
}

/// A word as the shell takes it for one.
pub(super) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./+@%:,=".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_stay_words() {
        let words = ["deploy/x.yaml", "a b", "it's", "", "$(rm)"].map(quoted);
        assert_eq!(words, ["deploy/x.yaml", "'a b'", r"'it'\''s'", "''", "'$(rm)'"]);
    }
}
