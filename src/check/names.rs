//! Which words are legal names, keys and values: at least as strict as the API server.
//!
//! Pure tests on text; what to say about a refused one is in `problems`.

/// The longest name, label value, and name part of a label key.
pub(crate) const MAX_NAME: usize = 63;
/// The longest prefix of a label key.
const MAX_PREFIX: usize = 253;
/// The longest name of a port.
pub(crate) const MAX_PORT_NAME: usize = 15;

/// A DNS label (RFC 1123): `[a-z0-9]([-a-z0-9]*[a-z0-9])?`, at most 63 characters.
pub(crate) fn is_name(text: &str) -> bool {
    text.len() <= MAX_NAME && is_label_of(text, |byte| byte == b'-' || is_lower_alphanumeric(byte))
}

/// The legal name that a malformed one was meant to be, where it can be told.
pub(crate) fn mended(text: &str) -> Option<String> {
    if text.len() > MAX_NAME {
        return None;
    }
    let mended = text.to_lowercase().replace(['_', '.'], "-");
    let mended = mended.trim_matches('-');
    is_name(mended).then(|| mended.to_owned())
}

/// A name for a port of the language: a name of at most 15 characters with a letter.
pub(crate) fn is_port_name(text: &str) -> bool {
    is_name(text) && text.len() <= MAX_PORT_NAME && text.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// A container port's name (IANA service name): a port name without two hyphens in a row.
pub(crate) fn is_container_port_name(text: &str) -> bool {
    is_port_name(text) && !text.contains("--")
}

/// A label value: empty, or at most 63 of `[-_.A-Za-z0-9]` with a letter or digit at both ends.
pub(crate) fn is_label_value(text: &str) -> bool {
    text.is_empty() || is_qualified(text)
}

/// A label key: `name` or `prefix/name`, the prefix a DNS subdomain of at most 253 characters.
pub(crate) fn is_label_key(text: &str) -> bool {
    match text.split_once('/') {
        None => is_qualified(text),
        Some((prefix, name)) => is_subdomain(prefix) && is_qualified(name),
    }
}

fn is_subdomain(text: &str) -> bool {
    // Unlike a name of a namespace, a part of a subdomain has no length limit of its own.
    text.len() <= MAX_PREFIX
        && text.split('.').all(|part| is_label_of(part, |byte| byte == b'-' || is_lower_alphanumeric(byte)))
}

fn is_qualified(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.len() <= MAX_NAME && is_label_of(text, inner)
}

fn is_label_of(text: &str, allowed: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() && bytes.iter().all(|byte| allowed(*byte))
}

fn is_lower_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}
