//! Addresses and CIDRs as written, checked at least as strictly as the API server checks them.

use std::net::IpAddr;
use std::str::FromStr;

use crate::algebra::{AddressSet, Prefix};
use crate::syntax::ast;

use super::{Resolver, problems};

/// What a word without quotes in the place of an address or network looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `10.0.0.0/8`, `::1`: digits and dots, or a colon.
    Address,
    /// `www.example.com`: dots and letters.
    Host,
    /// Anything else.
    Name,
}

/// What a word looks like; in quotes it is always a name.
pub(super) fn shape(word: &ast::Word) -> Shape {
    let text = word.text.as_str();
    if word.quoting == ast::Quoting::Quoted {
        return Shape::Name;
    }
    if text.contains(':') {
        return Shape::Address;
    }
    let numeric = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'/');
    match (numeric && (text.contains('.') || text.contains('/')), text.contains('.')) {
        (true, _) => Shape::Address,
        (false, true) => Shape::Host,
        (false, false) => Shape::Name,
    }
}

impl Resolver<'_, '_> {
    /// The addresses of a CIDR, or of a bare address as a /32 or /128; `None`, and a report, where it is wrong.
    pub(super) fn addresses(&mut self, word: &ast::Word) -> Option<AddressSet> {
        match parse(&word.text) {
            Ok(prefix) => Some(prefix.into()),
            Err(reason) => {
                self.report(problems::illegal_address(word, &reason));
                None
            }
        }
    }
}

/// Why a text is no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It does not parse.
    Malformed,
    /// The prefix is longer than the family's addresses.
    TooLong {
        /// 32 or 128.
        most: u8,
    },
    /// Bits are set beyond the prefix length.
    HostBits {
        /// The same length without them.
        network: String,
        /// The address alone.
        address: String,
    },
    /// An IPv4 address inside an IPv6 one: the API refuses it.
    MappedIpv4 {
        /// The IPv4 address that is meant.
        address: String,
    },
    /// It means an address, but is not written in its one canonical form.
    NotCanonical {
        /// That form.
        canonical: String,
    },
}

fn parse(text: &str) -> Result<Prefix, Refusal> {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, Some(length)),
        None => (text, None),
    };
    let address = IpAddr::from_str(address).map_err(|_| Refusal::Malformed)?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let length_is_canonical = length.is_none_or(|length| length == "0" || !length.starts_with('0'));
    let length = match length {
        Some(length) => parse_length(length, most)?,
        None => most,
    };
    let inet = cidr::IpInet::new(address, length).map_err(|_| Refusal::TooLong { most })?;
    if let IpAddr::V6(v6) = address
        && let Some(v4) = v6.to_ipv4_mapped()
    {
        return Err(Refusal::MappedIpv4 { address: v4.to_string() });
    }
    let Some(prefix) = Prefix::new(address, length) else {
        return Err(Refusal::HostBits { network: inet.network().to_string(), address: address.to_string() });
    };
    if address.is_ipv4() && length_is_canonical {
        // Four numbers without leading zeros: no other spelling of an IPv4 address parses.
        return Ok(prefix);
    }
    let canonical = if text.contains('/') { prefix.to_string() } else { address.to_string() };
    if canonical == text { Ok(prefix) } else { Err(Refusal::NotCanonical { canonical }) }
}

fn parse_length(text: &str, most: u8) -> Result<u8, Refusal> {
    if text.is_empty() || text.len() > 3 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::Malformed);
    }
    let length: u16 = text.parse().map_err(|_| Refusal::Malformed)?;
    u8::try_from(length).ok().filter(|length| *length <= most).ok_or(Refusal::TooLong { most })
}
