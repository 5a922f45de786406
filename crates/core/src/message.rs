//! Messages about events, as values: kept in the page's state until they are put into words.

use crate::auth::session::Limit;
use crate::auth::sign_in::SignInProblem;
use crate::auth::target::Target;
use crate::config::ConfigProblem;
use crate::operation::existence::Unfinished;
use crate::portal::error::{Error, Refusal};

/// Events of signing in and out, shown on the sign-in page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// A sign-in failed.
    SignInFailed(SignInProblem),
    /// The portal does not know the client id of this page.
    ClientUnknown {
        /// The portal's host.
        host: String,
        /// The client id.
        client_id: String,
    },
    /// The portal does not accept this page's address.
    RedirectRefused {
        /// The portal's host.
        host: String,
        /// The address.
        redirect_uri: String,
    },
    /// The person came back from the portal without an answer, so the reason is unknown.
    CameBackAlone {
        /// The client id of this page there; empty if the person typed it.
        client_id: String,
        /// This page's address.
        redirect_uri: String,
    },
    /// The portal's address does not answer.
    Unreachable {
        /// The portal's host.
        host: String,
    },
    /// The portal answers, but its CORS policy excludes this page's origin.
    OriginRefused {
        /// The portal's host.
        host: String,
        /// This page's origin.
        origin: String,
    },
    /// The browser blocks this page from the local network, and nothing answers there.
    LocalNetworkDenied {
        /// The portal's host.
        host: String,
    },
    /// The browser blocks both storage and windows; a sign-in needs one of them.
    WindowBlocked,
    /// The session is over.
    SessionOver(SessionOver),
}

/// The end of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionOver {
    /// Why it ended.
    pub cause: EndCause,
    /// The minutes that it may stay valid at the portal, if the portal could not be notified.
    pub minutes_left: Option<i64>,
    /// The leftovers of an unfinished operation.
    pub unfinished: Option<Unfinished>,
}

/// Why a session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndCause {
    /// The person signed out.
    SignedOut,
    /// A limit was reached.
    Limit(Limit),
    /// The portal did not say who is signed in.
    Unidentified {
        /// The portal's host.
        host: String,
        /// Its answer.
        error: Error,
    },
}

/// Known facts about a portal that gave no usable answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// Whether a documented call was answered and this page could read the answer.
    pub is_read: bool,
    /// Whether anything answers at its address, readable or not.
    pub answers: bool,
    /// Whether the browser blocks this page from the local network.
    pub local_network_denied: bool,
}

impl News {
    /// Why a person cannot sign in to a silent portal. `None` if only an undocumented call was not answered: then the
    /// portal's own sign-in page decides.
    pub fn of_silence(found: Silence, host: String, origin: String) -> Option<Self> {
        match found {
            Silence { is_read: true, .. } => None,
            Silence { answers: true, .. } => Some(Self::OriginRefused { host, origin }),
            Silence { local_network_denied: true, .. } => Some(Self::LocalNetworkDenied { host }),
            Silence { .. } => Some(Self::Unreachable { host }),
        }
    }

    /// Whether it relies on an undocumented call (F-SIGNIN-11), so that the person may continue anyway.
    pub fn may_be_wrong(&self) -> bool {
        matches!(self, Self::ClientUnknown { .. } | Self::RedirectRefused { .. })
    }

    /// Before leaving for a portal: reports that the portal does not know this page. `None` if it refused for a reason
    /// that may not apply to its own page.
    pub fn not_registered(refusal: &Refusal, target: &Target, redirect_uri: &str) -> Option<Self> {
        // Only code 400 is a verdict. A portal without this call (F-SIGNIN-11) refuses it differently.
        if refusal.code != 400 {
            return None;
        }
        let host = target.root.host().to_owned();
        match refusal.name.as_str() {
            "invalid_client_id" => Some(Self::ClientUnknown { host, client_id: target.client_id.0.clone() }),
            "invalid_request" => Some(Self::RedirectRefused { host, redirect_uri: redirect_uri.to_owned() }),
            _ => None,
        }
    }
}

/// Why the configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigFault {
    /// The file could not be read.
    NotServed {
        /// The HTTP status; 0 without an answer.
        status: u16,
    },
    /// The file has a problem.
    Problem(ConfigProblem),
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::config::PortalChoice;
    use crate::portal::base_url::PortalRoot;
    use crate::portal::id::ClientId;

    #[test]
    fn what_a_silent_portal_means_depends_on_what_else_was_tried() {
        let (host, origin) = (|| "gis.example.com".to_owned(), || "https://keys.example.com".to_owned());
        let silence = |is_read, answers, local_network_denied| Silence { is_read, answers, local_network_denied };
        for denied in [true, false] {
            for answers in [true, false] {
                assert_eq!(News::of_silence(silence(true, answers, denied), host(), origin()), None);
            }
            let refused = Some(News::OriginRefused { host: host(), origin: origin() });
            assert_eq!(News::of_silence(silence(false, true, denied), host(), origin()), refused);
        }
        let local = News::of_silence(silence(false, false, true), host(), origin());
        assert_eq!(local, Some(News::LocalNetworkDenied { host: host() }));
        let gone = News::of_silence(silence(false, false, false), host(), origin());
        assert_eq!(gone, Some(News::Unreachable { host: host() }));
    }

    #[test]
    fn only_a_judgement_about_this_page_keeps_a_person_from_leaving() {
        let root = PortalRoot::parse("https://gis.example.com/portal").expect("a portal address");
        let target = Target { portal: PortalChoice::configured("a"), root, client_id: ClientId("akw1".to_owned()) };
        for (code, name, is_told) in [
            (400, "invalid_client_id", true),
            (400, "invalid_request", true),
            (400, "", false),
            (404, "invalid_request", false),
            (405, "invalid_request", false),
            (500, "invalid_client_id", false),
        ] {
            let refusal = Refusal::new(code, name, "redirect_uri", [].into_iter());
            let told = News::not_registered(&refusal, &target, "https://keys.example.com/");
            assert_eq!(told.is_some(), is_told, "{code} {name}");
        }
    }
}
