//! Pending sign-ins and sessions.

/// The PKCE challenge that the verifier is checked against (RFC 7636 4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Challenge {
    /// The SHA-256 of the verifier in base64url.
    S256(String),
    /// The verifier itself.
    Plain(String),
}

/// An authorization code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The app it was issued to.
    pub client_id: String,
    /// The redirect URI it was sent to; `/token` must repeat it exactly.
    pub redirect_uri: String,
    /// The user who pressed Allow.
    pub username: String,
    /// The challenge, if one was sent.
    pub challenge: Option<Challenge>,
    /// When it expires, epoch milliseconds.
    pub expires: i64,
    /// The lifetime of the refresh token, in minutes.
    pub refresh_minutes: i64,
    /// True after its first use.
    pub used: bool,
    /// The refresh token it was redeemed for.
    pub refresh: Option<String>,
    /// The access token it was redeemed for.
    pub access: Option<String>,
}

/// An access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The user; `None` for an app's own token.
    pub username: Option<String>,
    /// The app it was issued to; empty for password tokens.
    pub client_id: String,
    /// When it expires, epoch milliseconds.
    pub expires: i64,
    /// The refresh token it belongs to.
    pub refresh: Option<String>,
    /// The referrer it is bound to, for password tokens.
    pub referer: Option<String>,
}

/// A refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refresh {
    /// The user.
    pub username: String,
    /// The app it was issued to.
    pub client_id: String,
    /// The redirect URI of the sign-in.
    pub redirect_uri: String,
    /// When it expires, epoch milliseconds.
    pub expires: i64,
    /// The lifetime of a refresh token of this sign-in, in minutes.
    pub minutes: i64,
}
