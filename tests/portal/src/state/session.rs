//! Sign-ins under way and sign-ins done.

/// An authorization code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The app it was given to.
    pub client_id: String,
    /// The redirect URI it went to; `/token` must repeat it exactly.
    pub redirect_uri: String,
    /// Who pressed Allow.
    pub username: String,
    /// The S256 challenge, when one was sent.
    pub challenge: Option<String>,
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
    /// The app it was given to.
    pub client_id: String,
    /// When it stops working, epoch milliseconds.
    pub expires: i64,
    /// The refresh token it belongs to.
    pub refresh: Option<String>,
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
