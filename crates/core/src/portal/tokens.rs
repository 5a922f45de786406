//! Tokens of a session: created, renewed and revoked (F-TOKEN-1 to F-TOKEN-7). API keys: generated and revoked
//! (F-KEY-1, F-KEY-6).

use crate::portal::error::Error;
use crate::portal::id::{ClientId, Slot, Username};
use crate::portal::items::succeeded;
use crate::portal::request::Request;
use crate::portal::response::Fields;
use crate::secret::Secret;

/// The tokens of a session.
#[derive(Debug)]
pub struct SessionTokens {
    /// The access token for every call of the person.
    pub access: Secret,
    /// Its lifetime in seconds from now.
    pub expires_in_s: i64,
    /// The refresh token; a renewal returns none.
    pub refresh: Option<Secret>,
    /// The owner of the session; a renewal may omit it.
    pub username: Option<Username>,
}

/// Asks whether the portal knows this app and accepts its redirect URI. Undocumented, so a portal may lack the endpoint
/// (F-SIGNIN-11). Without this check a person can end on an error page of the portal with no way back (F-SIGNIN-3).
pub fn validate_redirect(client_id: &ClientId, redirect_uri: &str) -> Request<()> {
    Request::new("oauth2/validateRedirectUri".to_owned(), |_| Ok(()))
        .param("client_id", &client_id.0)
        .param("redirect_uri", redirect_uri)
}

/// Proves that an authorization code is ours.
pub struct Proof<'a> {
    /// The code from the callback.
    pub code: &'a Secret,
    /// The verifier whose challenge was sent first (RFC 7636).
    pub verifier: &'a Secret,
    /// The redirect URI of the authorization request, unchanged (F-SIGNIN-4).
    pub redirect_uri: &'a str,
}

/// Exchanges an authorization code for a session. Never sent twice: using a code again may end the session it gave.
pub fn redeem(client_id: &ClientId, proof: &Proof<'_>) -> Request<SessionTokens> {
    grant("authorization_code", client_id, session)
        .secret("code", proof.code)
        .secret("code_verifier", proof.verifier)
        .param("redirect_uri", proof.redirect_uri)
}

/// Renews the access token of a session.
pub fn refresh(client_id: &ClientId, refresh: &Secret) -> Request<SessionTokens> {
    grant("refresh_token", client_id, session).secret("refresh_token", refresh)
}

/// Ends a session. Revoking a refresh token also revokes its access tokens (F-TOKEN-7). Often a page's last request.
pub fn end_session(client_id: &ClientId, token: &Secret) -> Request<()> {
    Request::new("oauth2/revokeToken".to_owned(), succeeded)
        .param("client_id", &client_id.0)
        .secret("auth_token", token)
        .keepalive()
}

/// The app's credentials and the slot of a key.
pub struct KeyOwner<'a> {
    /// The app.
    pub client_id: &'a ClientId,
    /// Its secret.
    pub client_secret: &'a Secret,
    /// The key.
    pub slot: Slot,
}

/// Generates the API key of a slot; only this answer contains it (F-KEY-5). The client secret authenticates the
/// request, so it carries no session token (F-KEY-2).
pub fn generate_key(owner: &KeyOwner<'_>, use_of_slot: SlotUse) -> Request<Secret> {
    let regenerate = match use_of_slot {
        SlotUse::Empty => "false",
        SlotUse::Taken => "true",
    };
    grant("client_credentials", owner.client_id, |fields| fields.secret("access_token"))
        .secret("client_secret", owner.client_secret)
        .param("apiToken", owner.slot.digit())
        .param("regenerateApiToken", regenerate)
}

/// Revokes the API key of a slot.
pub fn revoke_key(owner: &KeyOwner<'_>) -> Request<()> {
    Request::new("oauth2/revokeToken".to_owned(), succeeded)
        .patient()
        .param("client_id", &owner.client_id.0)
        .secret("client_secret", owner.client_secret)
        .param("apiToken", owner.slot.digit())
}

/// Whether a slot had a key when it was last read: generating a new one replaces and ends that key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotUse {
    /// It has no key.
    Empty,
    /// It has a key, which generating replaces.
    Taken,
}

fn grant<T: 'static>(kind: &str, client_id: &ClientId, read: fn(&Fields<'_, '_>) -> Result<T, Error>) -> Request<T> {
    Request::new("oauth2/token".to_owned(), read).patient().param("grant_type", kind).param("client_id", &client_id.0)
}

fn session(fields: &Fields<'_, '_>) -> Result<SessionTokens, Error> {
    let refresh = match fields.text_or_none("refresh_token")? {
        None | Some("") => None,
        Some(_) => Some(fields.secret("refresh_token")?),
    };
    Ok(SessionTokens {
        access: fields.secret("access_token")?,
        expires_in_s: fields.number("expires_in")?,
        refresh,
        username: fields.text_or_none("username")?.map(|name| Username(name.to_owned())),
    })
}
