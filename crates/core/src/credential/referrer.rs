//! A referrer: one web origin, or every sub-domain of a host, from which a key may be used.
//!
//! Browsers send only the origin to other sites, so a path could never match (F-REFERRER-5). Scheme and port are
//! spelled out; `*.` matches sub-domains and nothing else (F-REFERRER-2).

use thiserror::Error;

use crate::origin::{self, Cut, Origin, OriginProblem};

/// A checked referrer in the form sent to the portal: `https://app.example.com:8443` or `https://*.example.com`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Referrer(String);

/// A rule for referrers.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReferrerRule {
    /// Its scheme, host or port.
    #[error(transparent)]
    Origin(#[from] OriginProblem),
    /// A path, query or fragment follows the host.
    #[error("something follows the host")]
    Path,
    /// A `*` that is not in `*.` before a host name of at least two parts.
    #[error("the wildcard is not before a host name")]
    Wildcard,
    /// It is `http`, the `Referer` header of Esri's Python API (F-REFERRER-8). No browser sends it.
    #[error("only a Python program sends this")]
    PythonClient,
}

/// Why a referrer was refused, and what was probably meant.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{rule}")]
pub struct ReferrerProblem {
    /// The first rule that is broken.
    pub rule: ReferrerRule,
    /// A valid referrer that was probably meant.
    pub suggestion: Option<Referrer>,
}

/// The ports on which common development servers answer: those of React and Next.js, Angular, Vite, Live Server,
/// Django, and many others.
pub const LOCAL_PORTS: [u16; 6] = [3000, 4200, 5173, 5500, 8000, 8080];

impl Referrer {
    /// A page on the person's own computer.
    pub fn local(port: u16) -> Self {
        Self(["http://localhost:", &port.to_string()].concat())
    }

    /// Parses a referrer as typed: lower case, no default port, no single slash at its end.
    pub fn parse(text: &str) -> Result<Self, ReferrerProblem> {
        read(text).map_err(|rule| ReferrerProblem { rule, suggestion: suggest(text) })
    }

    /// Converts it to text.
    pub fn into_text(self) -> String {
        self.0
    }

    /// The text for the portal.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of a page that it allows, and the origin of pages that it does not (F-REFERRER-2).
    pub fn examples(&self) -> [String; 2] {
        let (scheme, authority) = origin::split_scheme(&self.0).unwrap_or_default();
        let of = |authority: &str, path: &str| [scheme, "://", authority, path].concat();
        match authority.strip_prefix("*.") {
            Some(domain) => [of(&["app.", domain].concat(), "/map"), of(&["app.not-", domain].concat(), "")],
            None => {
                // An IP address has no sub-domains.
                let below = Some(of(&["test.", authority].concat(), ""));
                let other = below.filter(|below| !is_local(&self.0) && Self::parse(below).is_ok());
                [of(authority, "/map"), other.unwrap_or_else(|| "https://app.example.com".to_owned())]
            }
        }
    }
}

fn read(text: &str) -> Result<Referrer, ReferrerRule> {
    match text.trim() {
        "*" => return Err(ReferrerRule::Wildcard),
        "http" => return Err(ReferrerRule::PythonClient),
        _ => {}
    }
    let cut = origin::cut(text)?;
    let sub_domains = cut.authority.strip_prefix("*.");
    let authority = sub_domains.unwrap_or(cut.authority);
    if authority.contains('*') {
        return Err(ReferrerRule::Wildcard);
    }
    let origin = origin::check(&Cut { authority, ..cut })?;
    if !matches!(cut.rest, "" | "/") {
        return Err(ReferrerRule::Path);
    }
    if sub_domains.is_none() {
        return Ok(Referrer(origin.text()));
    }
    if !may_have_sub_domains(&origin) {
        return Err(ReferrerRule::Wildcard);
    }
    let authority = ["*.", &origin.authority].concat();
    Ok(Referrer(Origin { authority, ..origin }.text()))
}

/// The host of a referrer, without its port and the `*.` of its sub-domains.
pub fn host(referrer: &str) -> &str {
    let host = without_port(origin::authority(referrer));
    host.strip_prefix("*.").unwrap_or(host)
}

/// Whether a referrer is the person's own machine. Browsers resolve all names below `localhost` to it (RFC 6761, 6.3).
pub fn is_local(referrer: &str) -> bool {
    is_local_host(host(referrer))
}

fn is_local_host(host: &str) -> bool {
    origin::is_loopback(host) || host.ends_with(".localhost")
}

/// The colons of an IPv6 address are inside its brackets.
fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => host,
        _ => authority,
    }
}

/// Whether a host has at least two parts: `*.com` or `*.localhost` would be no restriction, and an IP address has no
/// sub-domains.
fn may_have_sub_domains(origin: &Origin) -> bool {
    let (name, last) = without_port(&origin.authority).rsplit_once('.').unwrap_or_default();
    !name.is_empty() && last.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Adds a missing scheme, corrects a misspelled one, and cuts off what follows the host. A guess is shown only if it is
/// valid.
fn suggest(text: &str) -> Option<Referrer> {
    let text = text.trim();
    if text.len() > origin::MAX_ADDRESS {
        return None;
    }
    let (scheme, after) = origin::misspelled_scheme(text)
        .or_else(|| origin::split_scheme(text))
        .unwrap_or(("", text.trim_start_matches('/')));
    let host = after.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = host.strip_suffix(":*").unwrap_or(host);
    // Browsers leave out what is before an @. Without a scheme it is a mail address, and no guess.
    let host = if matches!(scheme, "http" | "https") { host.rsplit('@').next().unwrap_or_default() } else { host };
    // As cookies and proxies write all sub-domains.
    let host = &match host.strip_prefix('.').filter(|_| matches!(scheme, "" | "*")) {
        Some(name) => ["*.", name].concat(),
        None => host.to_owned(),
    };
    let is_local = is_local_host(&without_port(host).to_ascii_lowercase());
    // In match patterns of browsers and other services these mean either scheme.
    let scheme = match scheme {
        "" | "*" | "http*" if is_local => "http",
        "" | "*" | "http*" if host.contains('.') => "https",
        "" | "*" | "http*" => return None,
        given => given,
    };
    read(&[scheme, "://", host].concat()).ok()
}

#[cfg(test)]
mod tests;
