//! What a person is told once something has happened, as values: kept in the page's state until the words are needed.

use crate::auth::session::Limit;
use crate::auth::sign_in::{SignInProblem, Target};
use crate::config::ConfigProblem;
use crate::operation::existence::Unfinished;
use crate::portal::error::{Error, Refusal};

/// What happened on the way in or out, told on the page of the sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// A sign-in gave no session.
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
    /// The person came back from the portal by themselves, and it does not say why.
    CameBackAlone {
        /// The client id of this page there; empty if the person had typed it.
        client_id: String,
        /// This page's address.
        redirect_uri: String,
    },
    /// Nothing answers at the portal's address.
    Unreachable {
        /// The portal's host.
        host: String,
    },
    /// The portal answers, but does not let pages of this origin read its answers.
    OriginRefused {
        /// The portal's host.
        host: String,
        /// This page's origin.
        origin: String,
    },
    /// The browser stores nothing and opened no window, one of which a sign-in needs.
    WindowBlocked,
    /// The session is over.
    SessionOver(SessionOver),
}

/// The end of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionOver {
    /// Why it ended.
    pub cause: EndCause,
    /// For how many minutes it may live on at the portal, which could not be told.
    pub minutes_left: Option<i64>,
    /// What an operation leaves unfinished.
    pub unfinished: Option<Unfinished>,
}

/// Why a session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndCause {
    /// The person signed out.
    SignedOut,
    /// A limit.
    Limit(Limit),
    /// The portal did not say whose session it is.
    Unidentified {
        /// The portal's host.
        host: String,
        /// Its answer.
        error: Error,
    },
}

impl News {
    /// Before leaving for a portal: it says that it does not know this page. None if it refused for a reason that its own
    /// page may not have.
    pub fn not_registered(refusal: &Refusal, target: &Target, redirect_uri: &str) -> Option<Self> {
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
    /// There is no file to read.
    NotServed {
        /// The HTTP status, 0 for no answer.
        status: u16,
    },
    /// Something is wrong in it.
    Problem(ConfigProblem),
}
