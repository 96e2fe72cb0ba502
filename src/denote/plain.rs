//! Unquoted scalars that some reader of YAML takes for something else than a string.
//!
//! kubectl reads YAML 1.1 in the dialect of go-yaml, most tools 1.2. Refused is what any of the two
//! specifications, or a common reader, resolves to a boolean, null, number, timestamp or merge key.

/// Whether an unquoted scalar could be read as something else than the string of its characters.
pub(super) fn is_doubtful(text: &str) -> bool {
    match text.as_bytes().first() {
        // Most strings begin with a letter: of these only words are something else, and few letters begin one.
        Some(first) if first.is_ascii_alphabetic() => {
            begins_word(*first) && text.len() <= LONGEST_WORD && is_word(text)
        }
        Some(first) if first.is_ascii_digit() => is_number(text) || is_timestamp(text),
        Some(_) | None => is_word(text) || is_number(text) || is_timestamp(text),
    }
}

const LONGEST_WORD: usize = "+.inf".len();

/// Whether the scalar is null by its text: what stands for an absent value.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// A decimal number as every reader reads it.
pub(super) fn decimal(text: &str) -> Option<u32> {
    let canonical = text == "0" || !text.starts_with('0');
    let digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    if canonical && digits { text.parse().ok() } else { None }
}

/// What every reader of YAML takes for itself, wherever it stands: the others end lines, or are not seen.
pub(super) fn is_legible(c: char) -> bool {
    let others = matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    !c.is_control() && !others
}

const WORDS: [&str; 17] = [
    "", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<", ".nan", ".inf", "+.inf",
    "-.inf",
];

/// Whether one of the words begins with the letter.
fn begins_word(letter: u8) -> bool {
    matches!(letter.to_ascii_lowercase(), b'f' | b'n' | b'o' | b't' | b'y')
}

fn is_word(text: &str) -> bool {
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Integers of any base, floats and base 60, signed or not, with underscores anywhere.
fn is_number(text: &str) -> bool {
    let of_numbers = |byte: u8| byte.is_ascii_hexdigit() || b"xXoO_.:+-".contains(&byte);
    if !text.bytes().all(of_numbers) {
        return false;
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits: String = unsigned.chars().filter(|c| *c != '_').collect();
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return false;
    }
    is_based(&digits) || is_float(&digits) || is_sexagesimal(&digits)
}

fn is_based(digits: &str) -> bool {
    let lower = digits.to_ascii_lowercase();
    let of = |prefix: &str, base: u32| {
        lower
            .strip_prefix(prefix)
            .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_digit(base)))
    };
    of("0x", 16) || of("0o", 8) || of("0b", 2) || of("", 10)
}

fn is_float(digits: &str) -> bool {
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    // YAML 1.1 takes any run of digits and points for a float, such as `1.2.3`.
    let number = mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    number && !exponent.is_empty() && exponent.bytes().all(|b| b.is_ascii_digit())
}

fn is_sexagesimal(digits: &str) -> bool {
    let number = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_digit())
            && part.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    digits.contains(':') && digits.split(':').all(number)
}

/// `2026-11-01`, with or without a time behind it. No reader knows a time without a colon, so that the label
/// `2026-11-01T10-00` is a word.
fn is_timestamp(text: &str) -> bool {
    if text.as_bytes().get(4) != Some(&b'-') {
        return false;
    }
    let (date, time) = text.split_once(['T', 't', ' ', '\t']).unwrap_or((text, ":"));
    if !time.contains(':') {
        return false;
    }
    let mut parts = date.split('-');
    let mut digits = |least: usize, most: usize| {
        parts.next().is_some_and(|part| {
            (least..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
        })
    };
    digits(4, 4) && digits(1, 2) && digits(1, 2) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_WORD, WORDS, begins_word, decimal, is_doubtful};

    #[test]
    fn every_word_is_doubtful_however_it_is_written() {
        for word in WORDS {
            assert!(word.len() <= LONGEST_WORD, "{word}");
            let first = word.bytes().next().filter(u8::is_ascii_alphanumeric);
            assert!(first.is_none_or(begins_word), "{word}");
            for written in [word.to_owned(), word.to_ascii_uppercase()] {
                assert!(is_doubtful(&written), "{written}");
            }
        }
    }

    #[test]
    fn what_some_reader_takes_for_something_else_is_doubtful() {
        for text in [
            "",
            "~",
            "null",
            "NULL",
            "yes",
            "No",
            "ON",
            "off",
            "y",
            "N",
            "true",
            "False",
            "=",
            "<<",
            ".inf",
            "-.INF",
            ".NaN",
            "0",
            "-1",
            "+1",
            "80",
            "1_000",
            "0x1F",
            "0X1f",
            "0o17",
            "017",
            "0b101",
            "1e3",
            "1E+3",
            "1.5",
            ".5",
            "5.",
            "1.2.3",
            "190:20:30",
            "1:30.5",
            "2024-01-01",
            "2024-1-1",
            "2024-01-01T10:00:00Z",
            "2024-01-01 10:00:00",
            "1_",
            "+0b1_0",
            "12e03",
            "-0",
            ".",
        ] {
            assert!(is_doubtful(text), "{text:?}");
        }
    }

    #[test]
    fn what_every_reader_takes_for_a_string_is_not() {
        for text in [
            "2024-01-15T10-00",
            "2024-1-1t",
            "2001-12-14t21",
            "web",
            "a1",
            "1a",
            "v1.2.3",
            "10.0.0.0/8",
            "2001:db8::/32",
            "::/0",
            "fd00::/8",
            "1-2",
            "e3",
            "x",
            "no-1",
            "TCP",
            "app.kubernetes.io/name",
            "2024-01",
            "2024-01-01-x",
            "true-ish",
            "0xg",
            "1e3a",
            "-a",
            "truth",
            "1e",
            "0x",
        ] {
            assert!(!is_doubtful(text), "{text:?}");
        }
    }

    #[test]
    fn only_canonical_decimals_are_numbers() {
        assert_eq!(decimal("0"), Some(0));
        assert_eq!(decimal("65535"), Some(65535));
        assert_eq!(decimal("999999999"), Some(999_999_999));
        for text in ["", "00", "080", "+1", "-1", "1_0", "1.0", "0x1", "1e3", "1000000000", "a"] {
            assert_eq!(decimal(text), None, "{text:?}");
        }
    }
}
