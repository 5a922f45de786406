//! The base URL of a portal: `https://host[:port][/context]`, and the paths below it.
//!
//! Every request goes below the configured root; addresses found in portal answers are never followed.

use thiserror::Error;

use crate::origin::{self, OriginProblem};
use crate::portal::id::ItemId;
use crate::urlencoded;

/// The canonical address of a portal, without a trailing slash; allows plain http only for this machine.
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
    /// Plain http to a host other than this machine: tokens would cross the network unencrypted.
    #[error("plain http is only for this machine")]
    PlainHttp,
    /// It has a query.
    #[error("the address has a query")]
    Query,
    /// It has a fragment.
    #[error("the address has a fragment")]
    Fragment,
    /// The path contains something other than letters, digits, `-`, `.`, `_`, `~` between single slashes.
    #[error("the path is not made of plain names")]
    Path,
    /// The address continues below the portal, like one copied from the address bar.
    #[error("the address goes on below the portal, which is at {root}")]
    BelowRoot {
        /// The part of it that is the portal's address.
        root: String,
    },
    /// An ArcGIS Server instead of the portal: its services directory, its manager, or its own port.
    #[error("an address of ArcGIS Server")]
    Server {
        /// The usual address of its portal.
        root: String,
    },
    /// A site of Esri's that is not a portal, such as `location.arcgis.com`.
    #[error("a site of Esri's that is not a portal")]
    EsriSite,
    /// The port that Portal for ArcGIS itself listens on, without a context: people reach it through a web adaptor.
    #[error("the port behind a web adaptor")]
    BehindAdaptor {
        /// The usual address of a web adaptor there.
        root: String,
    },
}

impl RootProblem {
    /// The address that was probably meant.
    fn portal(&self) -> Option<&str> {
        match self {
            Self::BelowRoot { root } | Self::BehindAdaptor { root } | Self::Server { root } => Some(root),
            Self::EsriSite => Some(ARCGIS_ONLINE),
            Self::Origin(_) | Self::PlainHttp | Self::Query | Self::Fragment | Self::Path => None,
        }
    }
}

/// The address for signing in to ArcGIS Online and Location Platform.
pub const ARCGIS_ONLINE: &str = "https://www.arcgis.com";
/// Path segments below a portal, never above one.
const PARTS: [&str; 3] = ["home", "sharing", "portaladmin"];
/// Path segments below ArcGIS Server (F-API-11).
const SERVER_PARTS: [&str; 3] = ["rest", "manager", "admin"];
/// Ports of ArcGIS Server itself (F-API-11).
const SERVER_PORTS: [&str; 2] = [":6443", ":6080"];
/// Hosts of arcgis.com that are portals: the public one, and two of Esri's own for tests.
const PORTALS: [&str; 3] = ["www", "devext", "qaext"];
/// Sites of esri.com that people mistake for portals. Others there may be portals.
const ESRI_SITES: [&str; 8] = ["www", "my", "accounts", "community", "developers", "support", "doc", "learn"];

impl PortalRoot {
    /// Parses a configured or typed address.
    pub fn parse(text: &str) -> Result<Self, RootProblem> {
        let cut = origin::cut(text)?;
        let origin = origin::check(&cut)?;
        if !origin.secure && !origin.loopback {
            return Err(RootProblem::PlainHttp);
        }
        let mut text = origin.text();
        let origin_len = text.len();
        let kind = site(&text);
        if kind == Site::Esri {
            return Err(RootProblem::EsriSite);
        }
        let path = cut.rest.split(['?', '#']).next().unwrap_or_default();
        let names = || path.trim_end_matches('/').split('/').skip(1);
        // An address copied from the address bar may have anything after the portal's own part.
        let parts = names().enumerate();
        let context: Vec<&str> = parts.take_while(|(at, name)| !is_part(*at, name)).map(|(_, name)| name).collect();
        let is_below = context.len() < names().count() || kind == Site::Online && !context.is_empty();
        let problem = match cut.rest {
            _ if is_below => None,
            rest if rest.contains('#') => Some(RootProblem::Fragment),
            rest if rest.contains('?') => Some(RootProblem::Query),
            _ => None,
        };
        if let Some(problem) = problem {
            return Err(problem);
        }
        for name in context.iter().filter(|_| kind != Site::Online) {
            if !is_plain_name(name) {
                return Err(RootProblem::Path);
            }
            text.push('/');
            text.push_str(name);
        }
        let is_of_server =
            context.iter().skip(1).any(|name| SERVER_PARTS.iter().any(|part| name.eq_ignore_ascii_case(part)));
        let is_at_server = matches!(&*context, [name] if name.eq_ignore_ascii_case("arcgis"))
            && SERVER_PORTS.iter().any(|port| text[..origin_len].ends_with(port));
        if kind != Site::Online && (is_of_server || is_at_server) {
            let host = SERVER_PORTS
                .iter()
                .find_map(|port| text[..origin_len].strip_suffix(port))
                .unwrap_or(&text[..origin_len]);
            return Err(RootProblem::Server { root: [host, "/portal"].concat() });
        }
        match text.strip_suffix(":7443") {
            Some(host) => Err(RootProblem::BehindAdaptor { root: [host, "/portal"].concat() }),
            _ if is_below => Err(RootProblem::BelowRoot { root: text }),
            None => Ok(Self { text, origin_len }),
        }
    }

    /// The portal address that a refused text probably means: with https, and without surrounding text.
    pub fn meant(text: &str) -> Option<String> {
        let text = text.trim_matches(|letter: char| letter.is_whitespace() || "<>()\"'`“”,;".contains(letter));
        if let Err(problem) = Self::parse(text)
            && let Some(root) = problem.portal()
        {
            return Some(root.to_owned());
        }
        let after = |start: &&str| {
            let head = text.get(..start.len())?;
            head.eq_ignore_ascii_case(start).then(|| &text[start.len()..])
        };
        let address = origin::misspelled_scheme(text)
            .map(|(_, address)| address)
            .or_else(|| ["https://", "http://", "//"].iter().find_map(after))
            .unwrap_or(text);
        let host = address.split(['/', '?', '#', ':']).next().unwrap_or_default();
        // A single name is too little to guess from, and a user name and password before an @ must not be repeated.
        if !host.contains('.') || address.contains('@') {
            return None;
        }
        let bare = address.split(['?', '#']).next().unwrap_or_default();
        let names: Vec<&str> = bare.split('/').filter(|name| !name.is_empty()).collect();
        [address, &*names.join("/")].into_iter().find_map(|rest| match Self::parse(&["https://", rest].concat()) {
            Ok(root) => Some(root.text),
            Err(problem) => problem.portal().map(str::to_owned),
        })
    }

    /// The whole address, such as `https://www.arcgis.com` or `https://gis.example.com:7443/portal`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Scheme, host and port, as a `connect-src` policy needs them.
    pub fn origin(&self) -> &str {
        &self.text[..self.origin_len]
    }

    /// The host, with its port unless that is the scheme's default: what a person recognizes.
    pub fn host(&self) -> &str {
        origin::authority(self.origin())
    }

    /// Whether it is a host of ArcGIS Online; one of Esri's servers signs people in for all of them.
    pub fn is_arcgis_online(&self) -> bool {
        site(self.origin()) == Site::Online
    }

    /// The URL of an operation; `path` is relative to `/sharing/rest/` and already encoded.
    pub fn rest_url(&self, path: &str) -> String {
        [&self.text, "/sharing/rest/", path].concat()
    }

    /// The portal's sign-in page, without its query.
    pub fn authorize_url(&self) -> String {
        self.rest_url("oauth2/authorize")
    }

    /// The page of a person's content in the portal's own site, where credentials are created (F-PAGE-3, F-PAGE-4).
    pub fn content_page_url(&self) -> String {
        [&self.text, "/home/content.html"].concat()
    }

    /// The page of an item in the portal's own site, for a person to open.
    pub fn item_page_url(&self, item: &ItemId) -> String {
        [&self.text, "/home/item.html?id=", &urlencoded::encoded(&item.0)].concat()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Site {
    /// ArcGIS Online or Location Platform, public or an organization's own host. Its portal is at the root.
    Online,
    /// A site of Esri's that is not a portal.
    Esri,
    /// Any other host.
    Other,
}

fn site(origin: &str) -> Site {
    let host = origin.strip_prefix("https://").unwrap_or_default();
    let below = |domain: &str| host.strip_suffix(domain)?.strip_suffix('.');
    match (below("arcgis.com"), below("esri.com")) {
        (Some(name), _) if PORTALS.contains(&name) || is_of_organization(name) => Site::Online,
        (Some(_), _) => Site::Esri,
        (None, Some(name)) if ESRI_SITES.contains(&name) => Site::Esri,
        _ if host == "arcgis.com" || host == "esri.com" || below("arcgisonline.com").is_some() => Site::Esri,
        _ => Site::Other,
    }
}

/// Whether a name below arcgis.com is an organization's, such as `acme.maps`.
fn is_of_organization(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, last)| last.starts_with("maps"))
}

/// Whether a path segment is below a portal. A web adaptor may be called `apps`, too.
fn is_part(place: usize, name: &str) -> bool {
    let is_app = place > 0 && name.eq_ignore_ascii_case("apps");
    is_app || name.to_ascii_lowercase().ends_with(".html") || PARTS.iter().any(|part| name.eq_ignore_ascii_case(part))
}

/// Whether every browser leaves this path segment unchanged.
fn is_plain_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    !matches!(name, "" | "." | "..") && name.bytes().all(allowed)
}

#[cfg(test)]
mod tests;
