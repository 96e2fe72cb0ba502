//! Which words need their quotes: those that the grammar would read otherwise, or not at all, without them.
//!
//! It errs on the side of the quotes. The quotes of ports mean something and are never asked about here.

use crate::syntax::RESERVED;
use crate::syntax::ast::{Quoting, Word};

/// What a word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// The name of a namespace where it is declared: `namespace label` begins another declaration.
    Namespace,
    /// Another name. One without a letter is taken for an address by people, and by some tools.
    Name,
    /// A label key: what stands before a `/` without a dot in it is a namespace.
    Key,
    /// A label value in a selector.
    Value,
    /// A label value in a declaration, where `pods` is a word of the language.
    DeclaredValue,
    /// What stays as it is: paths, names of tests and policies.
    Text,
}

/// Whether a word stays quoted.
pub(super) fn keeps_quotes(word: &Word, of: Use) -> bool {
    word.quoting == Quoting::Quoted && (RESERVED.contains(&word.text.as_str()) || !reads_bare(&word.text, of))
}

fn reads_bare(text: &str, of: Use) -> bool {
    match of {
        Use::Namespace => is_name(text) && text != "label",
        Use::Name => is_name(text),
        Use::Key => is_key(text),
        Use::Value => is_value(text),
        Use::DeclaredValue => is_value(text) && text != "pods",
        Use::Text => false,
    }
}

/// A DNS label with a letter in it.
fn is_name(text: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    text.bytes().all(legal) && is_value(text) && text.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// `name` or `dotted.prefix/name`.
fn is_key(text: &str) -> bool {
    match text.split_once('/') {
        None => is_value(text),
        Some((prefix, name)) => is_value(prefix) && prefix.contains('.') && is_value(name),
    }
}

/// Letters and digits, and between them `-`, `_` and `.`.
fn is_value(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let ends = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    text.bytes().all(inner) && ends(text.as_bytes().first()) && ends(text.as_bytes().last())
}

/// Whether an address reads the same without brackets: an IPv6 address, with or without a length.
pub(super) fn is_ipv6(text: &str) -> bool {
    let (address, length) = text.split_once('/').unwrap_or((text, "128"));
    address.parse::<std::net::Ipv6Addr>().is_ok() && length.parse::<u8>().is_ok_and(|length| length <= 128)
}
