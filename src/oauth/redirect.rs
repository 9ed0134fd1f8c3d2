//! Redirect URIs: which registered one a request names, and what that proves.

use crate::input::Text;

/// What a registered redirect URI proves about the client that receives the response.
///
/// RFC 8252, section 8.6, and OAuth 2.0 for Browser-Based Applications, section 6.3.3.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RedirectProof {
    /// An https address of which the platform proves that it belongs to the app.
    ClaimedHttps,
    /// An absolute https address without a wildcard.
    ExactHttps,
    /// The developer's own machine.
    Localhost,
    /// A private-use scheme or a wildcard: another program can receive it.
    Nothing,
}

/// What a registered redirect URI looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RedirectForm {
    /// One web address, http or https.
    Web,
    /// A host that begins with a wildcard.
    Wildcard,
    /// A private-use scheme.
    PrivateUse,
}

/// The first of the registered redirect URIs that admits the requested one.
///
/// Simple string comparison (RFC 3986, section 6.2.1), save that a loopback address may have any port
/// (RFC 8252, section 7.3) and that a registered host may begin with `*.` for one label, which proves nothing.
#[must_use]
pub fn admitting<'a>(registered: &'a [Text], requested: &str) -> Option<&'a Text> {
    let admits = |registered: &&Text| {
        **registered == *requested || admits_loopback(registered, requested) || admits_wildcard(registered, requested)
    };
    is_usable(requested).then(|| registered.iter().find(admits)).flatten()
}

/// Schemes of which the browser makes something else than a request to the client: it runs them, shows them, reads a
/// file or opens another program.
const NO_REDIRECT: &[&str] = &[
    "about",
    "blob",
    "data",
    "file",
    "filesystem",
    "ftp",
    "jar",
    "javascript",
    "mailto",
    "sms",
    "tel",
    "vbscript",
    "view-source",
    "ws",
    "wss",
];

/// An absolute address to which a response can be sent: without fragment and control characters, and with a host where
/// its scheme has one. What stands behind the host may be in any script, and `location` percent-encodes it.
fn is_usable(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once(':') else { return false };
    let is = |known: &&str| scheme.eq_ignore_ascii_case(known);
    let is_web = ["http", "https"].iter().any(is);
    !rest.is_empty()
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, b'+' | b'-' | b'.'))
        && (is_web || !NO_REDIRECT.iter().any(is))
        && has_only_letters_of_addresses(address)
        && split(address).map_or(!is_web, |(_, authority, _)| is_authority(authority, is_web))
}

/// Nearly every address is in ASCII, of which that is asked byte by byte.
fn has_only_letters_of_addresses(address: &str) -> bool {
    address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#')
        || address.chars().all(|letter| !letter.is_control() && !letter.is_whitespace() && letter != '#')
}

/// A host, and a port that there can be. A host is written in ASCII; whoever registers another writes it in its ASCII
/// form (RFC 5890), for two names that look alike are two hosts. A private-use scheme may have no host.
fn is_authority(authority: &str, needs_host: bool) -> bool {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let is_port =
        |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port != 0);
    let named = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=".contains(&byte);
    let is_host = match host.strip_prefix('[').and_then(|address| address.strip_suffix(']')) {
        Some(address) => is_ipv6(address.as_bytes()),
        None => host.bytes().all(named),
    };
    is_host && (!host.is_empty() || !(needs_host || port.is_some())) && port.is_none_or(is_port)
}

/// An address of IP version 6 (RFC 4291, section 2.2), not with a part in dotted decimals. The standard library's reader
/// is twenty times as much code.
fn is_ipv6(address: &[u8]) -> bool {
    let groups = |part: &[u8]| match part {
        [] => Some(0_usize),
        _ => {
            let mut groups = part.split(|byte| *byte == b':');
            let is_group = |group: &[u8]| (1..=4).contains(&group.len()) && group.iter().all(u8::is_ascii_hexdigit);
            groups.clone().all(is_group).then(|| groups.by_ref().count())
        }
    };
    let zeros = address.windows(2).position(|pair| pair == b"::");
    let (before, after) = match zeros.and_then(|at| address.split_at_checked(at)) {
        Some((before, zeros)) => (before, zeros.get(2..)),
        None => (address, None),
    };
    match (groups(before), after.map(groups)) {
        (Some(8), None) => true,
        (Some(before), Some(Some(after))) => before.saturating_add(after) < 8,
        _ => false,
    }
}

/// What a registered redirect URI proves.
#[must_use]
pub fn proof(registered: &str, claimed: bool) -> RedirectProof {
    match split(registered) {
        Some((_, host, _)) if is_local(host) => RedirectProof::Localhost,
        Some(("https", host, _)) if !host.contains('*') => {
            if claimed {
                RedirectProof::ClaimedHttps
            } else {
                RedirectProof::ExactHttps
            }
        }
        _ => RedirectProof::Nothing,
    }
}

/// What a registered redirect URI looks like.
#[must_use]
pub fn form(registered: &str) -> RedirectForm {
    match split(registered) {
        Some(("http" | "https", host, _)) if host.contains('*') => RedirectForm::Wildcard,
        Some(("http" | "https", ..)) => RedirectForm::Web,
        _ => RedirectForm::PrivateUse,
    }
}

/// Scheme, authority, and the rest from the path on.
pub fn split(address: &str) -> Option<(&str, &str, &str)> {
    let colon = address.bytes().position(|byte| byte == b':')?;
    let (scheme, rest) = address.split_at_checked(colon)?;
    let rest = rest.strip_prefix("://")?;
    let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?')).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    Some((scheme, authority, path))
}

/// Whether two addresses lead to the same place: they are equal, or the same loopback address at any port.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || admits_loopback(one, other)
}

/// The host of an address, without its port; none where there is none.
#[must_use]
pub fn host(address: &str) -> Option<&str> {
    split(address).map(|(_, authority, _)| without_port(authority)).filter(|host| !host.is_empty())
}

/// Whether every one of the addresses is on the user's own machine.
#[must_use]
pub fn are_local(addresses: &[Text]) -> bool {
    addresses.iter().all(|address| split(address).is_some_and(|(_, authority, _)| is_local(authority)))
}

fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

/// Whether an authority is the machine itself, at any port.
#[must_use]
pub fn is_local(authority: &str) -> bool {
    matches!(without_port(authority), "localhost" | "127.0.0.1" | "[::1]")
}

fn admits_loopback(registered: &str, requested: &str) -> bool {
    if !registered.starts_with("http://") {
        return false;
    }
    match (split(registered), split(requested)) {
        (Some(("http", registered_host, registered_path)), Some(("http", host, path))) => {
            let address = without_port(registered_host);
            matches!(address, "127.0.0.1" | "[::1]") && address == without_port(host) && registered_path == path
        }
        _ => false,
    }
}

fn admits_wildcard(registered: &str, requested: &str) -> bool {
    if !registered.starts_with("https://*.") {
        return false;
    }
    match (split(registered), split(requested)) {
        (Some(("https", pattern, registered_path)), Some(("https", host, path))) => {
            let Some(domain) = pattern.strip_prefix('*').filter(|domain| domain.starts_with('.')) else {
                return false;
            };
            host.strip_suffix(domain).is_some_and(|label| {
                !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            }) && registered_path == path
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_ipv6;
    use std::net::Ipv6Addr;

    #[test]
    fn an_address_is_what_the_standard_library_takes_for_one() {
        let addresses = [
            "::",
            "::1",
            "1::",
            "1:2:3:4:5:6:7:8",
            "fe80::1:2",
            "2001:db8::ff00:42:8329",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "",
            ":",
            ":::",
            "1",
            "1:2",
            "1::2::3",
            "12345::",
            "g::",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            ":1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7:8:",
            "::1:",
            ":1::",
            "1:2:3:4:5:6:7::8:9",
            "%61::",
            "1 ::",
        ];
        for address in addresses {
            assert_eq!(is_ipv6(address.as_bytes()), address.parse::<Ipv6Addr>().is_ok(), "{address}");
        }
    }
}
