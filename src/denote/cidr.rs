//! CIDRs as a strict API server takes them (`StrictIPCIDRValidation`, on by default since Kubernetes 1.36).

use std::net::IpAddr;

use crate::algebra::{AddressSet, Prefix};

/// The prefix that a text means, or why it means none.
pub(super) fn parse(text: &str) -> Result<Prefix, &'static str> {
    const ZEROS: &str = "must not have leading 0s in IP or prefix length";
    const NO_CIDR: &str = "must be a valid CIDR value, such as 10.9.8.0/24 or 2001:db8::/64";
    let (address, length) = text.split_once('/').ok_or(NO_CIDR)?;
    let leading_zeros = |digits: &str| digits.len() > 1 && digits.starts_with('0');
    let Ok(address) = address.parse::<IpAddr>() else {
        let v4_zeros = !address.contains(':') && address.split('.').any(leading_zeros);
        return Err(if v4_zeros || leading_zeros(length) { ZEROS } else { NO_CIDR });
    };
    if leading_zeros(length) {
        return Err(ZEROS);
    }
    if let IpAddr::V6(v6) = address
        && v6.to_ipv4_mapped().is_some()
    {
        return Err("must not have an IPv4-mapped IPv6 address");
    }
    let digits = !length.is_empty() && length.len() <= 3 && length.bytes().all(|b| b.is_ascii_digit());
    let length: u8 = if digits { length.parse().map_err(|_| NO_CIDR)? } else { return Err(NO_CIDR) };
    let longest = if address.is_ipv4() { 32 } else { 128 };
    if length > longest {
        return Err(NO_CIDR);
    }
    Prefix::new(address, length).ok_or("must not have bits set beyond the prefix length")
}

/// Whether one prefix lies in another of the same family and is not all of it.
pub(super) fn is_strictly_inside(inner: &Prefix, outer: &Prefix) -> bool {
    inner.length() > outer.length() && AddressSet::from(*outer).contains(inner.address())
}

#[cfg(test)]
mod tests {
    use super::{is_strictly_inside, parse};

    #[test]
    fn strict_forms_only() {
        for good in
            ["10.0.0.0/8", "0.0.0.0/0", "10.1.2.3/32", "::/0", "2001:DB8::/32", "2001:0db8::/32", "::1/128"]
        {
            assert!(parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "/",
            "10.0.0.0",
            "10.0.0.0/",
            "10.0.0.0/33",
            "10.0.0.0/+8",
            "10.0.0.0/08",
            "010.0.0.0/8",
            "10.0.0.1/8",
            "10.0.0/8",
            "::ffff:10.0.0.0/104",
            "::/129",
            "fe80::%eth0/64",
            "10.0.0.0/8/8",
            " 10.0.0.0/8",
            "10.0.0.0/256",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        for zeros in ["010.0.0.0/8", "10.0.0.00/8", "10.0.0.0/08", "::/00", "010.0.0/8", "x/01"] {
            assert_eq!(parse(zeros), Err("must not have leading 0s in IP or prefix length"), "{zeros}");
        }
    }

    #[test]
    fn an_exception_is_longer_and_of_the_same_family() {
        let inside = |a: &str, b: &str| is_strictly_inside(&parse(a).unwrap(), &parse(b).unwrap());
        assert!(inside("10.1.0.0/16", "10.0.0.0/8"));
        assert!(!inside("10.0.0.0/8", "10.0.0.0/8"));
        assert!(!inside("10.0.0.0/8", "10.1.0.0/16"));
        assert!(!inside("fd00::/64", "10.0.0.0/8"));
        assert!(!inside("0.0.0.0/8", "::/0"));
    }
}
