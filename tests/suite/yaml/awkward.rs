//! Strings that YAML readers like to take for something else.

use netdsl::k8s::{Object, write};
use proptest::prelude::*;

use super::{described, readers, with};

/// Legal label values (most of them legal keys too) that some reader of YAML 1.1 or 1.2 has taken for another type.
#[rustfmt::skip]
pub(crate) const STRINGS: &[&str] = &[
    "on", "On", "ON", "off", "Off", "OFF", "no", "No", "NO", "n", "N", "yes", "Yes", "YES", "y", "Y",
    "true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL", "nan", "NaN", "NAN", "inf", "Inf",
    "", "0", "1", "7", "01", "08", "010", "1_000", "1__0", "1_0_0", "190_20.5", "0x1F", "0X1f", "0x_1", "0xdead_beef",
    "0o17", "0O17", "0b1", "0B10", "0b_1", "1e3", "1E3", "12e03", "1e-3", "1.5", "1.", "1.0", "1.2.3", "1.5e3",
    "1_0e1", "6.8523015e-5", "2026-11-22", "2026-1-2", "20261122", "1-1", "0.1", "00", "0x", "0b", "0o",
    "a.b", "a-b", "a_b", "v1.2.3", "1.2.3-rc.1", "2048-game", "1a", "e3", "x1", "9223372036854775808",
    "123456789012345678901234567890123456789012345678901234567890123", "kubernetes.io/metadata.name", "team/name",
    "10.0.0.0/8", "0.0.0.0/0", "::/0", "2001:db8::/32", "fd00:ec2::254/128", "::ffff:0:0/96", "1::/16",
];

/// Those that no YAML 1.1 or 1.2 reader may meet without quotes.
#[rustfmt::skip]
const QUOTED: &[&str] = &[
    "on", "Off", "NO", "n", "Y", "yes", "True", "false", "null", "NULL", "", "0", "1", "01", "08", "010", "1_000", "1__0",
    "190_20.5", "0x1F", "0x_1", "0xdead_beef", "0o17", "0b1", "1e3", "12e03", "1.5", "1.", "1.5e3", "2026-11-22",
    "2026-1-2", "20261122", "::/0",
];

/// Texts that could be taken for something of YAML's.
#[rustfmt::skip]
pub(crate) const DESCRIPTIONS: &[&str] = &[
    "plain", "key: value", "a # comment", "# first", "2024-01-01 incident", "2024-01-01T", "1:99", "-1:99", "\"quoted\"", "it's", "- item", "? key", "[list]",
    "{map}", "&a", "*b", "!tag", "%directive", "@at", "`tick`", "| pipe", "> fold", " leading",
    "trailing ", "\ttab", "a\tb", "tab\t", "a: b: c", "first\nsecond", "first\n\nthird", "\nfirst",
    "last\n", "last\n\n", "  indented\nless", "a\n  b\n c", "---", "---\nx", "...", "x\n---\ny",
    "x\n...\n", "naïve – ☃ 𝄞", "a\u{a0}b", "a\u{2028}b", "a\u{85}b", "\u{feff}bom", "a\rb", "a\r\nb",
    "back\\slash", "null", "1", "true", "~", "=", "<<", "trailing space \nnext", "#\n#", ": ", " \n ",
    "\t\n\t",
];

#[test]
fn awkward_strings_read_back_as_strings() {
    let objects: Vec<Object> = STRINGS.iter().map(|text| with(text)).collect();
    readers::check(&objects);
}

#[test]
fn what_could_be_something_else_is_quoted() {
    for text in QUOTED {
        let yaml = write(&[with(text)]);
        for line in [format!("    \"{text}\": \"{text}\"\n"), format!("- \"{text}\"\n")] {
            assert!(yaml.contains(&line), "{line} is missing in\n{yaml}");
        }
    }
}

#[test]
fn ordinary_strings_are_plain() {
    for text in ["web", "app.kubernetes.io/name", "kasm-workspace", "v1.2.3", "10.0.0.0/8", "2001:db8::/32"] {
        let yaml = write(&[with(text)]);
        assert!(yaml.contains(&format!("  name: {text}\n")), "{yaml}");
    }
}

#[test]
fn descriptions_read_back_as_they_are() {
    let (long, unbroken) = ("word ".repeat(820), "x".repeat(4096));
    let texts = DESCRIPTIONS.iter().copied().chain([long.as_str(), long.trim_end(), &unbroken]);
    let objects: Vec<Object> = texts.map(described).collect();
    readers::check(&objects);
    let yaml = write(&objects);
    assert!(!yaml.contains(": >"), "folded");
}

#[test]
fn documents_are_split_by_one_line() {
    let yaml = write(&[with("a"), with("b")]);
    assert_eq!(yaml.matches("---\n").count(), 1);
    assert!(yaml.starts_with("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"), "{yaml}");
    assert!(yaml.ends_with('\n') && !yaml.ends_with("\n\n") && !yaml.contains('\r'), "{yaml}");
    assert_eq!(write(&[]), "");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_label_reads_back(text in "[A-Za-z0-9]([-A-Za-z0-9_.]{0,12}[A-Za-z0-9])?") {
        readers::check_by_library(&[with(&text)]);
    }

    #[test]
    fn any_number_like_label_reads_back(text in "[0-9]([-0-9_.eExXoObBaf]{0,8}[0-9a-f])?") {
        readers::check_by_library(&[with(&text)]);
    }

    #[test]
    fn any_description_reads_back(text in "([ -~\n\t]|\\PC){0,40}") {
        readers::check_by_library(&[described(&text)]);
    }
}
