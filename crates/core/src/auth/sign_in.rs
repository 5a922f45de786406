//! Signing in by redirect: leave with a transaction, come back, and exchange the code only if everything matches.

use thiserror::Error as ThisError;

use crate::auth::callback::AuthorizationResponse;
use crate::auth::pending::{LIFE_MS, Pending};
use crate::auth::pkce::{Verifier, random_text};
use crate::auth::target::Target;
use crate::config::PortalChoice;
use crate::portal;
use crate::portal::base_url::{ARCGIS_ONLINE, PortalRoot};
use crate::portal::id::ClientId;
use crate::portal::request::Request;
use crate::portal::tokens::{self, Proof, SessionTokens};
use crate::timestamp::Timestamp;
use crate::urlencoded;

/// The time for which a session can be renewed, in minutes (F-SIGNIN-9). Short, so that a stolen token is of little use.
const SESSION_MIN: &str = "60";
/// The largest clock skew accepted for a record dated in the future, in milliseconds.
const CLOCK_MS: i64 = 60_000;

/// A refusal sooner than this, in milliseconds, probably came without asking the person.
const AT_ONCE_MS: i64 = 5_000;

/// Begins a sign-in: the transaction to store, and the address to go to. `random` is for verifier and state.
pub fn begin(
    target: &Target,
    redirect_uri: &str,
    return_fragment: &str,
    random: [u8; 64],
    now: Timestamp,
) -> (Pending, String) {
    let (first, last) = random.split_at(32);
    let verifier = Verifier::from_bytes(first.try_into().expect("half of 64 bytes are 32"));
    let state = random_text(last);
    let mut url = target.root.authorize_url();
    let parameters = [
        ("?client_id=", target.client_id.0.as_str()),
        ("&response_type=", "code"),
        ("&redirect_uri=", redirect_uri),
        ("&state=", &state),
        ("&code_challenge=", &verifier.challenge()),
        ("&code_challenge_method=", "S256"),
        ("&expiration=", SESSION_MIN),
    ];
    for (name, value) in parameters {
        url.push_str(name);
        url.push_str(&urlencoded::encoded(value));
    }
    let pending = Pending {
        state,
        portal: target.portal.clone(),
        root: target.root.as_str().to_owned(),
        client_id: target.client_id.clone(),
        redirect_uri: redirect_uri.to_owned(),
        verifier,
        return_fragment: return_fragment.to_owned(),
        created: now,
    };
    (pending, url)
}

/// A callback that matches its transaction: the only request that may follow, and where the person was.
pub struct Redemption {
    /// Exchanges the code. Send it once, to `target` only.
    pub request: Request<SessionTokens>,
    /// The portal and the app.
    pub target: Target,
    /// The fragment the person left from.
    pub return_fragment: String,
}

/// Why a callback gave no session. Each variant has its own page.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
pub enum SignInProblem {
    /// Access was denied: the person pressed Cancel at the portal, or their organization does not admit this page.
    #[error("access was denied")]
    Denied {
        /// The portal's sentence, cleaned; may be empty.
        description: String,
        /// The app of this page, if the answer came so soon that the person may not have been asked (F-SIGNIN-14).
        at_once: Option<ClientId>,
    },
    /// The portal accepted the person but not the app, as it does when only approved apps are admitted (F-SIGNIN-14).
    #[error("the app is not admitted")]
    NotApproved {
        /// The app of this page.
        client_id: ClientId,
        /// The portal's sentence, cleaned; may be empty.
        description: String,
    },
    /// The portal refused in the callback, for another reason.
    #[error("the portal refused: {error}")]
    PortalRefused {
        /// The error's name.
        error: String,
        /// The portal's sentence, cleaned; may be empty.
        description: String,
    },
    /// This tab has no record of the sign-in: it belongs to another tab, was already used, or somebody sent the link.
    #[error("no sign-in was begun in this tab")]
    NoTransaction,
    /// The callback has no `state`, so it matches no sign-in.
    #[error("the callback has no state")]
    StateMissing,
    /// The record belongs to another transaction.
    #[error("the callback belongs to another sign-in")]
    StateMismatch,
    /// The sign-in took longer than ten minutes, or its record is dated in the future.
    #[error("the sign-in took too long")]
    Expired,
    /// A parameter occurs twice.
    #[error("a parameter of the callback is there twice")]
    Duplicate,
    /// A parameter cannot be decoded or is longer than any real one.
    #[error("a parameter of the callback cannot be read")]
    Garbled,
    /// The address contains tokens, which were not requested.
    #[error("the callback carries tokens")]
    UnaskedTokens,
    /// Both a code and an error.
    #[error("the callback says yes and no")]
    Contradiction,
    /// Neither a code nor an error.
    #[error("the callback has no code")]
    CodeMissing,
    /// Another portal answered (RFC 9207): a mix-up.
    #[error("another portal answered")]
    WrongIssuer,
    /// The callback came to another address than the sign-in left from.
    #[error("the page has another address now")]
    RedirectMismatch,
    /// The portal is no longer configured.
    #[error("the portal is no longer configured")]
    PortalUnknown,
    /// The portal's address or app has changed in the configuration.
    #[error("the portal is configured differently now")]
    PortalChanged,
    /// The portal refuses the code: already used, expired, or the verifier does not match. Sign in again.
    #[error("the portal does not take the code")]
    CodeRefused,
    /// The portal does not know the app: the client id in the configuration is wrong.
    #[error("the portal does not know the app")]
    ClientUnknown,
    /// The redirect address is not registered with the app.
    #[error("the redirect address is not registered")]
    RedirectRefused,
    /// The exchange was not answered. The code may be used up, so it is not sent again: sign in again.
    #[error("no session came of the code: {0}")]
    Exchange(portal::error::Error),
}

/// The page's context when the person comes back.
pub struct CallbackContext<'a> {
    /// This page's own callback address.
    pub redirect_uri: &'a str,
    /// Looks up the current target of a transaction's portal, if it may still be used.
    pub target: &'a dyn Fn(&PortalChoice) -> Option<Target>,
    /// The current time.
    pub now: Timestamp,
}

/// Judges a callback. `pending` is the record for its state, already removed from storage.
pub fn handle_response(
    callback: AuthorizationResponse,
    pending: Option<Pending>,
    context: &CallbackContext<'_>,
) -> Result<Redemption, SignInProblem> {
    well_formed(&callback)?;
    let pending = pending.ok_or(SignInProblem::NoTransaction)?;
    let target = fits(&callback, &pending, context)?;
    let is_at_once = context.now.millis_since(pending.created) < AT_ONCE_MS;
    let code = match (callback.error, callback.code) {
        (Some(_), Some(_)) => return Err(SignInProblem::Contradiction),
        (Some(error), None) if error == "access_denied" => {
            let at_once = is_at_once.then_some(target.client_id);
            return Err(SignInProblem::Denied { description: callback.description, at_once });
        }
        (Some(error), None) => {
            return Err(SignInProblem::PortalRefused { error, description: callback.description });
        }
        (None, None) => return Err(SignInProblem::CodeMissing),
        (None, Some(code)) if code.expose().is_empty() => return Err(SignInProblem::CodeMissing),
        (None, Some(code)) => code,
    };
    let proof = Proof { code: &code, verifier: pending.verifier.secret(), redirect_uri: &pending.redirect_uri };
    let request = tokens::redeem(&target.client_id, &proof);
    Ok(Redemption { request, target, return_fragment: pending.return_fragment })
}

fn well_formed(callback: &AuthorizationResponse) -> Result<(), SignInProblem> {
    if callback.has_tokens {
        return Err(SignInProblem::UnaskedTokens);
    }
    if callback.is_doubled {
        return Err(SignInProblem::Duplicate);
    }
    if callback.is_garbled {
        return Err(SignInProblem::Garbled);
    }
    match callback.state() {
        None | Some("") => Err(SignInProblem::StateMissing),
        Some(_) => Ok(()),
    }
}

/// Checks that callback, transaction, page and configuration belong together.
fn fits(
    callback: &AuthorizationResponse,
    pending: &Pending,
    context: &CallbackContext<'_>,
) -> Result<Target, SignInProblem> {
    if callback.state() != Some(&pending.state) {
        return Err(SignInProblem::StateMismatch);
    }
    let age = context.now.millis_since(pending.created);
    if !(-CLOCK_MS..=LIFE_MS).contains(&age) {
        return Err(SignInProblem::Expired);
    }
    if pending.redirect_uri != context.redirect_uri {
        return Err(SignInProblem::RedirectMismatch);
    }
    let target = (context.target)(&pending.portal).ok_or(SignInProblem::PortalUnknown)?;
    if target.root.as_str() != pending.root || target.client_id != pending.client_id {
        return Err(SignInProblem::PortalChanged);
    }
    match &callback.issuer {
        Some(issuer) if !is_issuer(issuer, &target.root) => Err(SignInProblem::WrongIssuer),
        _ => Ok(target),
    }
}

/// Accepts the address of the portal or of its API: it is unknown which of them ArcGIS would send (F-SIGNIN-6). The
/// server of ArcGIS Online may answer for an organization's own address.
fn is_issuer(issuer: &str, root: &PortalRoot) -> bool {
    let is_of = |root: &str| {
        issuer.strip_prefix(root).is_some_and(|rest| matches!(rest, "" | "/" | "/sharing" | "/sharing/rest"))
    };
    is_of(root.as_str()) || root.is_arcgis_online() && is_of(ARCGIS_ONLINE)
}

/// The address of a sign-in page that asks who signs in, even if somebody is already signed in there (F-SIGNIN-21).
pub fn asking_who(address: &str) -> String {
    [address, "&force_login=true"].concat()
}

impl SignInProblem {
    /// Why exchanging this app's code failed.
    pub fn of_exchange(error: portal::error::Error, client_id: &ClientId) -> Self {
        let Some(refusal) = error.refusal() else {
            return Self::Exchange(error);
        };
        match refusal.name.as_str() {
            // The portal knew the app when the person left.
            name if refusal.code == 401 || name == "access_denied" => {
                Self::NotApproved { client_id: client_id.clone(), description: refusal.message.clone() }
            }
            "invalid_grant" => Self::CodeRefused,
            "invalid_client_id" | "invalid_client" | "unauthorized_client" => Self::ClientUnknown,
            // No client secret is sent, so of the two causes of this error it is the redirect URI (F-TOKEN-13).
            "invalid_request" => Self::RedirectRefused,
            _ => Self::Exchange(error),
        }
    }
}

#[cfg(test)]
mod tests;
