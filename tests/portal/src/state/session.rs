//! Sign-ins under way and sign-ins done.

/// What the verifier at the token endpoint is held against (RFC 7636 4.2).
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
    /// The app it was given to.
    pub client_id: String,
    /// The redirect URI it went to; `/token` must repeat it exactly.
    pub redirect_uri: String,
    /// Who pressed Allow.
    pub username: String,
    /// The challenge, when one was sent.
    pub challenge: Option<Challenge>,
    /// When it stops working, epoch milliseconds.
    pub expires: i64,
    /// How long the refresh token lives, in minutes.
    pub refresh_minutes: i64,
    /// True after its first use, and stays so.
    pub used: bool,
    /// The refresh token it was redeemed for.
    pub refresh: Option<String>,
    /// The access token it was redeemed for.
    pub access: Option<String>,
}

/// An access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The user, or `None` for a token of an app by itself.
    pub username: Option<String>,
    /// The app it was given to; empty for tokens got by password.
    pub client_id: String,
    /// When it stops working, epoch milliseconds.
    pub expires: i64,
    /// The refresh token it belongs to.
    pub refresh: Option<String>,
    /// The referrer it is bound to, for tokens got by password.
    pub referer: Option<String>,
}

/// A refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refresh {
    /// The user.
    pub username: String,
    /// The app it was given to.
    pub client_id: String,
    /// The redirect URI of the sign-in.
    pub redirect_uri: String,
    /// When it stops working, epoch milliseconds.
    pub expires: i64,
    /// How long one of its kind lives, in minutes.
    pub minutes: i64,
}
