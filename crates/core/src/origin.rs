//! Scheme, host and port of a web address, parsed so strictly that no browser can read it differently.
//!
//! Input that the URL Standard would repair (backslashes, missing slashes, octal addresses, percent-encoded hosts,
//! capital non-ASCII letters) is refused instead. Punycode labels are not decoded: a browser either accepts such a host
//! unchanged or refuses it. `tests/it` compares this with the `url` crate, which is too big to ship.

use thiserror::Error;

/// The longest address accepted, in bytes.
pub const MAX_ADDRESS: usize = 2048;

/// Why the start of an address was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OriginProblem {
    /// It is empty or only white space.
    #[error("the address is empty")]
    Empty,
    /// It is longer than [`MAX_ADDRESS`].
    #[error("the address is too long")]
    TooLong,
    /// It does not start with `http://` or `https://`.
    #[error("the address does not start with https:// or http://")]
    Scheme,
    /// It contains white space or a control character.
    #[error("the address holds a space or a control character")]
    Space,
    /// It contains a non-ASCII letter; such a host has to be given in its `xn--` form.
    #[error("the address holds a character outside ASCII")]
    NotAscii,
    /// It contains a backslash, which browsers read as a slash.
    #[error("the address holds a backslash")]
    Backslash,
    /// It contains a user name or a password before the host.
    #[error("the address holds a user name or a password")]
    UserInfo,
    /// The host is missing, or is not made of letters, digits and hyphens between single dots.
    #[error("the host is not a host name")]
    Host,
    /// The host ends in a number and is not an IPv4 address of four plain decimal numbers.
    #[error("the host is a number, but not a plain IPv4 address")]
    NumericHost,
    /// The host is an IPv6 address other than `[::1]`.
    #[error("the host is an IPv6 address")]
    Ipv6,
    /// The port is not a plain number from 1 to 65535.
    #[error("the port is not a number from 1 to 65535")]
    Port,
}

/// An address split into its parts; only its characters have been checked.
pub(crate) struct Cut<'a> {
    /// Whether the scheme is https; otherwise it is http.
    pub secure: bool,
    /// The text between `://` and the path.
    pub authority: &'a str,
    /// The path, query and fragment.
    pub rest: &'a str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Whether the scheme is https; otherwise it is http.
    pub secure: bool,
    /// The host in lower case, with its port unless that is the scheme's own.
    pub authority: String,
    /// Whether the host is this machine: 127.0.0.0/8, `localhost` or `[::1]`.
    pub loopback: bool,
}

impl Origin {
    /// The origin as browsers write it.
    pub fn text(&self) -> String {
        let scheme = if self.secure { "https://" } else { "http://" };
        [scheme, &self.authority].concat()
    }
}

/// Splits a trimmed address after its scheme and after its authority.
pub(crate) fn cut(text: &str) -> Result<Cut<'_>, OriginProblem> {
    // Browsers trim these around an address; they would encode other white space, which is refused below.
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    if text.is_empty() {
        return Err(OriginProblem::Empty);
    }
    if text.len() > MAX_ADDRESS {
        return Err(OriginProblem::TooLong);
    }
    if text.chars().any(|character| character.is_whitespace() || character.is_control()) {
        return Err(OriginProblem::Space);
    }
    if !text.is_ascii() {
        return Err(OriginProblem::NotAscii);
    }
    if text.contains('\\') {
        return Err(OriginProblem::Backslash);
    }
    let (scheme, after) = split_scheme(text).ok_or(OriginProblem::Scheme)?;
    let secure = scheme.eq_ignore_ascii_case("https");
    if !secure && !scheme.eq_ignore_ascii_case("http") {
        return Err(OriginProblem::Scheme);
    }
    let path = after.find(['/', '?', '#']).and_then(|end| after.split_at_checked(end));
    let (authority, rest) = path.unwrap_or((after, ""));
    if authority.contains('@') {
        return Err(OriginProblem::UserInfo);
    }
    Ok(Cut { secure, authority, rest })
}

/// Checks the scheme and authority of an address; the caller checks its path.
pub(crate) fn check(cut: &Cut<'_>) -> Result<Origin, OriginProblem> {
    let secure = cut.secure;
    let lower = cut.authority.to_ascii_lowercase();
    // The colons of an IPv6 address are inside its brackets.
    let bracket = lower.rfind(']').unwrap_or(0);
    let colon = lower.match_indices(':').map(|(at, _)| at).find(|at| *at >= bracket);
    let (host, port) = match colon.and_then(|at| lower.split_at_checked(at)) {
        None => (lower.as_str(), None),
        Some((host, port)) => (host, port.strip_prefix(':')),
    };
    check_host(host)?;
    let default = if secure { 443 } else { 80 };
    let authority = match port.map(read_port).transpose()? {
        Some(port) if port != default => lower.clone(),
        _ => host.to_owned(),
    };
    Ok(Origin { secure, authority, loopback: is_loopback(host) })
}

/// Splits an address at the `://` after its scheme.
pub(crate) fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, after) = text.split_once(':')?;
    Some((scheme, after.strip_prefix("//")?))
}

/// The scheme that was probably meant, and what follows it: `htps://`, `https:/` and `https//` are common typos.
pub(crate) fn misspelled_scheme(text: &str) -> Option<(&'static str, &str)> {
    let end = text.find([':', '/', '\\']).filter(|end| text[..*end].bytes().all(|byte| byte.is_ascii_alphabetic()))?;
    let (scheme, rest) = (text[..end].to_ascii_lowercase(), &text[end..]);
    let distance = |meant: &str| strsim::osa_distance(&scheme, meant);
    let meant =
        ["https", "http"].into_iter().min_by_key(|meant| distance(meant)).filter(|meant| distance(meant) <= 1)?;
    let after = rest.trim_start_matches([':', '/', '\\']);
    let is_right = scheme == meant && rest.strip_prefix("://") == Some(after);
    (!is_right).then_some((meant, after))
}

/// The authority of an origin: its host, with its port if it has one.
pub(crate) fn authority(origin: &str) -> &str {
    split_scheme(origin).map_or(origin, |(_, host)| host)
}

/// Whether a lower-case host without its port is this machine: 127.0.0.0/8, `localhost` or `[::1]`.
pub(crate) fn is_loopback(host: &str) -> bool {
    host == "localhost" || host == "[::1]" || host.starts_with("127.") && ends_in_number(host)
}

fn check_host(host: &str) -> Result<(), OriginProblem> {
    if host.starts_with('[') {
        return if host == "[::1]" { Ok(()) } else { Err(OriginProblem::Ipv6) };
    }
    // RFC 1035 2.3.4: at most 63 octets in a label and 253 characters in a name.
    if host.len() > 253 || !host.split('.').all(is_label) {
        return Err(OriginProblem::Host);
    }
    if ends_in_number(host) && !is_plain_ipv4(host) {
        return Err(OriginProblem::NumericHost);
    }
    Ok(())
}

fn is_label(label: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=63).contains(&label.len()) && label.bytes().all(allowed) && !label.starts_with('-') && !label.ends_with('-')
}

/// The URL Standard's "ends in a number" test: such a host must be a valid IPv4 address.
fn ends_in_number(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or(host);
    let digits = last.bytes().all(|byte| byte.is_ascii_digit());
    digits || last.strip_prefix("0x").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_plain_ipv4(host: &str) -> bool {
    host.split('.').count() == 4 && host.split('.').all(|part| plain_number(part).is_some_and(|number| number <= 255))
}

fn read_port(text: &str) -> Result<u32, OriginProblem> {
    match plain_number(text) {
        Some(port) if (1..=65_535).contains(&port) => Ok(port),
        _ => Err(OriginProblem::Port),
    }
}

/// A decimal number of at most five digits without a leading zero: browsers read some of those as octal.
fn plain_number(text: &str) -> Option<u32> {
    let plain = (1..=5).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests;
