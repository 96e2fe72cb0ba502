//! The forms of names that the API takes, as `k8s.io/apimachinery` checks them.

type Verdict = Result<(), &'static str>;

/// RFC 1123 subdomain: the name of an object, or a label key's prefix.
pub(super) fn subdomain(text: &str) -> Verdict {
    if text.len() > 253 {
        return Err("must be no more than 253 bytes");
    }
    if text.as_bytes().split(|byte| *byte == b'.').all(is_dns_part) {
        return Ok(());
    }
    Err("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', \
         and must start and end with an alphanumeric character")
}

/// RFC 1123 label: the name of a namespace.
pub(super) fn label(text: &str) -> Verdict {
    if text.len() > 63 {
        return Err("must be no more than 63 bytes");
    }
    if is_dns_part(text.as_bytes()) {
        return Ok(());
    }
    Err("a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', \
         and must start and end with an alphanumeric character")
}

/// A label key: a name, and a DNS subdomain with `/` before it or not.
pub(super) fn label_key(text: &str) -> Verdict {
    if text.len() <= 63 && is_qualified(text) {
        // Most keys have no prefix.
        return Ok(());
    }
    let name = match text.split_once('/') {
        Some(("", _)) => return Err("prefix part must be non-empty"),
        Some((prefix, name)) => {
            subdomain(prefix)?;
            name
        }
        None => text,
    };
    match name {
        "" => Err("name part must be non-empty"),
        _ if name.len() > 63 => Err("name part must be no more than 63 bytes"),
        _ if is_qualified(name) => Ok(()),
        _ => {
            Err("a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start \
                  and end with an alphanumeric character, with an optional DNS subdomain prefix and '/'")
        }
    }
}

/// A label value.
pub(super) fn label_value(text: &str) -> Verdict {
    if text.len() > 63 {
        return Err("must be no more than 63 bytes");
    }
    if text.is_empty() || is_qualified(text) {
        return Ok(());
    }
    Err("a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', \
         and must start and end with an alphanumeric character")
}

/// The name of a container port (`IANA_SVC_NAME`).
pub(super) fn port_name(text: &str) -> Verdict {
    let alphabet = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if text.len() > 15 {
        Err("must be no more than 15 bytes")
    } else if !text.bytes().all(alphabet) {
        Err("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
    } else if !text.bytes().any(|b| b.is_ascii_lowercase()) {
        Err("must contain at least one letter (a-z)")
    } else if text.contains("--") {
        Err("must not contain consecutive hyphens")
    } else if text.starts_with('-') || text.ends_with('-') {
        Err("must not begin or end with a hyphen")
    } else {
        Ok(())
    }
}

/// The kinds of bytes that names are made of, as bits.
const LOWER_OR_DIGIT: u8 = 1;
const OF_DNS_PART: u8 = 2;
const ALPHANUMERIC: u8 = 4;
const OF_QUALIFIED: u8 = 8;

/// What kinds each byte is of.
const KINDS: [u8; 256] = {
    let (mut table, mut byte) = ([0; 256], 0_u8);
    while byte < 128 {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'0'..=b'9' => LOWER_OR_DIGIT | OF_DNS_PART | ALPHANUMERIC | OF_QUALIFIED,
            b'A'..=b'Z' => ALPHANUMERIC | OF_QUALIFIED,
            b'-' => OF_DNS_PART | OF_QUALIFIED,
            b'_' | b'.' => OF_QUALIFIED,
            _ => 0,
        };
        byte += 1;
    }
    table
};

fn is_dns_part(text: &[u8]) -> bool {
    is_made_of(text, LOWER_OR_DIGIT, OF_DNS_PART)
}

fn is_qualified(text: &str) -> bool {
    is_made_of(text.as_bytes(), ALPHANUMERIC, OF_QUALIFIED)
}

/// Whether something begins and ends with one kind of bytes, and is made of another.
fn is_made_of(text: &[u8], edges: u8, all: u8) -> bool {
    let is = |byte: &u8, kind: u8| KINDS[usize::from(*byte)] & kind != 0;
    let ends = text.first().zip(text.last());
    ends.is_some_and(|(first, last)| is(first, edges) && is(last, edges))
        && text.iter().all(|byte| is(byte, all))
}

#[cfg(test)]
mod tests {
    use super::{label, label_key, label_value, port_name, subdomain};

    #[test]
    fn names_of_objects_and_namespaces() {
        assert!(subdomain("a.b-c.1").is_ok() && subdomain(&"a".repeat(253)).is_ok());
        for bad in ["", "A", "a.", ".a", "a..b", "-a", "a_b", "é"] {
            assert!(subdomain(bad).is_err(), "{bad}");
        }
        assert!(subdomain(&"a".repeat(254)).is_err());
        assert!(label("kube-system").is_ok() && label("1").is_ok());
        assert!(label("a.b").is_err() && label("").is_err() && label(&"a".repeat(64)).is_err());
    }

    #[test]
    fn label_keys_and_values() {
        for good in ["app", "app.kubernetes.io/name", "A_b.C", "team/x"] {
            assert!(label_key(good).is_ok(), "{good}");
        }
        for bad in ["", "/a", "a/", "a/b/c", "-a", "a b", "A/b", "a_b/c"] {
            assert!(label_key(bad).is_err(), "{bad}");
        }
        assert!(label_key(&"a".repeat(64)).is_err());
        assert!(label_value("").is_ok() && label_value("A-1_b.c").is_ok());
        assert!(
            label_value("a ").is_err() && label_value("-a").is_err() && label_value(&"a".repeat(64)).is_err()
        );
    }

    #[test]
    fn names_of_ports() {
        assert!(port_name("http").is_ok() && port_name("a-1").is_ok() && port_name(&"a".repeat(15)).is_ok());
        for bad in ["", "80", "a--b", "-a", "a-", "A", "a_b", "aaaaaaaaaaaaaaaa"] {
            assert!(port_name(bad).is_err(), "{bad}");
        }
    }
}
