//! The one address a portal is reached at: `https://host[:port][/context]`, and what lies below it.
//!
//! Every request goes below the configured root; addresses found in portal answers are never followed.

use thiserror::Error;

use crate::origin::{self, OriginProblem};
use crate::portal::id::ItemId;

/// The canonical address of a portal, without a trailing slash; plain http only for the person's own machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalRoot {
    text: String,
    origin_len: usize,
}

/// Why a portal address was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RootProblem {
    /// Its scheme, host or port.
    #[error(transparent)]
    Origin(#[from] OriginProblem),
    /// Plain http to a host that is not the person's own machine: tokens would cross the network readable.
    #[error("plain http is only for this machine")]
    PlainHttp,
    /// It has a query.
    #[error("the address has a query")]
    Query,
    /// It has a fragment.
    #[error("the address has a fragment")]
    Fragment,
    /// The path holds something other than letters, digits, `-`, `.`, `_`, `~` between single slashes.
    #[error("the path is not made of plain names")]
    Path,
    /// The address goes on below the portal, as one copied from the address bar does.
    #[error("the address goes on below the portal, which is at {root}")]
    BelowRoot {
        /// The part of it that is the portal's address.
        root: String,
    },
}

impl PortalRoot {
    /// Reads an address as configured or typed.
    pub fn parse(text: &str) -> Result<Self, RootProblem> {
        let cut = origin::cut(text)?;
        let origin = origin::check(&cut)?;
        if !origin.secure && !origin.loopback {
            return Err(RootProblem::PlainHttp);
        }
        if cut.rest.contains('#') {
            return Err(RootProblem::Fragment);
        }
        if cut.rest.contains('?') {
            return Err(RootProblem::Query);
        }
        let mut text = origin.text();
        let origin_len = text.len();
        let context = cut.rest.trim_end_matches('/');
        for name in context.split('/').skip(1) {
            if !is_plain_name(name) {
                return Err(RootProblem::Path);
            }
            if ["home", "sharing"].iter().any(|it| name.eq_ignore_ascii_case(it)) {
                return Err(RootProblem::BelowRoot { root: text });
            }
            text.push('/');
            text.push_str(name);
        }
        Ok(Self { text, origin_len })
    }

    /// The whole address, such as `https://www.arcgis.com` or `https://gis.example.com:7443/portal`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Scheme, host and port: what a `connect-src` policy names.
    pub fn origin(&self) -> &str {
        &self.text[..self.origin_len]
    }

    /// The host, with its port unless that is the scheme's own: what a person recognises.
    pub fn host(&self) -> &str {
        let origin = self.origin();
        origin.split_once("://").map_or(origin, |(_, host)| host)
    }

    /// The address of an operation; `path` is relative to `/sharing/rest/` and already encoded.
    pub fn rest_url(&self, path: &str) -> String {
        [&self.text, "/sharing/rest/", path].concat()
    }

    /// The portal's sign-in page, without its query.
    pub fn authorize_url(&self) -> String {
        self.rest_url("oauth2/authorize")
    }

    /// The page of an item in the portal's own site, for a person to open.
    pub fn item_page_url(&self, item: &ItemId) -> String {
        let mut url = [&self.text, "/home/item.html?id="].concat();
        for byte in item.0.bytes() {
            push_encoded(&mut url, byte);
        }
        url
    }
}

/// A path segment every browser leaves as it is.
fn is_plain_name(name: &str) -> bool {
    let allowed = |it: u8| it.is_ascii_alphanumeric() || b"-._~".contains(&it);
    !matches!(name, "" | "." | "..") && name.bytes().all(allowed)
}

fn push_encoded(url: &mut String, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        url.push(byte.into());
        return;
    }
    url.push('%');
    url.push(HEX[usize::from(byte >> 4)].into());
    url.push(HEX[usize::from(byte & 15)].into());
}

#[cfg(test)]
mod tests;
