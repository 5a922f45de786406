//! What the facts leave open, as switches: each field is one unknown and holds both behaviours.
//! The defaults are the likelier answer where one is known, else the one clients rely on.

use crate::endpoint::Endpoint;

/// When the server adds the keyword `APIToken` to an item (portal-api.md d.2: the moment is unknown).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiTokenKeyword {
    /// As soon as the item is registered with `httpReferrers` or privileges.
    WhenRegistered,
    /// As soon as an expiration date has taken effect.
    WhenExpirationSet,
    /// As soon as a key exists.
    WhenKeyExists,
}

/// What a second `registerApp` on a registered item does (security-and-reliability.md 3.3, assumption A).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondRegistration {
    /// It is refused.
    Refused,
    /// It answers the existing registration and changes nothing.
    Harmless,
}

/// What the server does with a wrong flag or a date out of range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// The request is refused.
    Refused,
    /// The request is taken; the wrong part is ignored or corrected.
    Accepted,
}

/// How a portal refuses a POST to what it lets be read by GET alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostRefusal {
    /// HTTP 405 and a page, as servlet containers do.
    Status,
    /// HTTP 200 and an error body with code 400.
    Body,
}

/// What is unknown of signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// RFC 9207: the `iss` parameter of the authorization response; `{root}` stands for the portal's address.
    pub iss: Option<String>,
    /// security-and-reliability.md V6: the `Cross-Origin-Opener-Policy` of the sign-in pages.
    pub opener_policy: Option<String>,
    /// security-and-reliability.md V7: the fewest minutes a sign-in may ask for by `expiration`.
    pub least_expiration: i64,
    /// security-and-reliability.md V7: whether fewer are refused, or corrected.
    pub short_expiration: Strictness,
    /// RFC 6749 4.1.2: whether a second use of a code ends the tokens of the first.
    pub reused_code_ends_session: bool,
    /// Whether PKCE is demanded of every sign-in; when it was sent it is always checked.
    pub demands_pkce: bool,
    /// portal-api.md a.2: whether the redemption of a code also hands out a refresh token.
    pub gives_refresh_token: bool,
}

/// What a portal lets be read by GET alone (security-and-reliability.md V10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetAlone {
    /// The reads that are answered to GET alone.
    pub reads: Vec<Endpoint>,
    /// How a POST to them is refused.
    pub refusal: PostRefusal,
}

/// Every unknown of the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switches {
    /// Signing in.
    pub sign_in: SignIn,
    /// Reading by GET alone.
    pub get_alone: GetAlone,
    /// security-and-reliability.md 3.3, assumption A: a second `registerApp` on the same item.
    pub second_registration: SecondRegistration,
    /// portal-api.md c.3: whether `addItem` and `update` keep the client's own type keywords.
    pub keeps_type_keywords: bool,
    /// portal-api.md d.2: when `APIToken` appears among the type keywords.
    pub api_token_keyword: ApiTokenKeyword,
    /// portal-api.md d.6: `regenerateApiToken` not fitting the slot (`false` on a used one, `true` on an empty one).
    /// `Accepted` is the default since rest-js sends `true` always and works.
    pub wrong_regenerate_flag: Strictness,
    /// security-and-reliability.md V3: whether `regenerateApiToken` ends the slot's old key at once; if not, it lives on
    /// beside the new one until its own date, or until all keys of the credential end.
    pub regenerating_ends_old_key: bool,
    /// portal-api.md d.9: whether an update that changes only the referrers ends the keys.
    pub referrer_edit_ends_keys: bool,
    /// portal-api.md d.9: whether changing an expiration date ends the slot's key.
    pub date_edit_ends_key: bool,
    /// portal-api.md d.9: whether an app update that changes nothing ends the keys.
    pub same_update_ends_keys: bool,
    /// portal-api.md g.4: `isPersonalAPIToken` that does not fit the privileges.
    pub wrong_personal_flag: Strictness,
    /// portal-api.md d.5: an expiration beyond one year is refused, or shortened to one year.
    pub long_expiration: Strictness,
    /// portal-api.md d.5: whether an expiration is moved to the end of its day in UTC.
    pub rounds_expiration: bool,
    /// portal-api.md d.4: whether an app update without `redirect_uris` clears them.
    pub update_clears_redirect_uris: bool,
    /// Privileges `registerApp` and `update` drop without a word (portal-api.md h: "item access is not applied").
    pub dropped_privileges: Vec<String>,
    /// Referrers are stored with a trailing slash removed and in lower case.
    pub normalises_referrers: bool,
    /// portal-api.md c.5: how many searches do not show a new or changed item yet.
    pub search_lag: u32,
    /// security-and-reliability.md V8: for how many milliseconds a listing of a user's content lacks a new item.
    pub listing_lag_ms: i64,
    /// security-and-reliability.md V4: whether answers 429 and 5xx carry CORS headers.
    pub errors_carry_cors: bool,
    /// Whether pages of other origins may read `Retry-After`, which needs a header of its own (Fetch, CORS-safelisted
    /// response-header names).
    pub exposes_retry_after: bool,
    /// security-and-reliability.md V2: whether deleting an item ends its keys at once; if not, they live on.
    pub deletion_ends_keys: bool,
    /// portal-api.md c.1: whether `foldersContent` is known; a portal that does not know it lists the root folder.
    pub lists_all_folders: bool,
    /// portal-api.md c.5: whether a free word also finds words that begin with it, without a `*`.
    pub search_finds_beginnings: bool,
    /// portal-api.md a.6: the organisation's Allow origins; empty means any origin.
    pub allowed_origins: Vec<String>,
    /// portal-api.md g.3: whether a token of a registered OAuth app may register apps and read their secrets.
    pub oauth_tokens_manage_keys: bool,
    /// portal-api.md c.4: whether credentials can lie in the recycle bin.
    pub credentials_go_to_bin: bool,
    /// portal-api.md a.2: whether the organisation limits token lifetimes, in minutes; `-1` means no limit.
    pub max_token_minutes: i64,
    /// portal-api.md a.1: whether a registered bare origin covers every path below it.
    pub redirect_origin_covers_paths: bool,
    /// portal-api.md a.1: whether the undocumented `validateRedirectUri` exists.
    pub validates_redirect_uris: bool,
    /// portal-api.md c.2: the words for a folder title that is taken; they vary in reports.
    pub folder_clash_message: String,
    /// portal-api.md c.2: the details that go with them.
    pub folder_clash_details: Vec<String>,
    /// portal-api.md c.3: whether a credential needs `subscriptionType`.
    pub demands_subscription_type: bool,
    /// portal-api.md g.2: whether `registerApp` needs the two privileges of API keys; Location Platform may do without.
    pub needs_key_privileges: bool,
    /// portal-api.md g.4: whether an app update can change `isPersonalAPIToken`.
    pub personal_flag_can_change: bool,
    /// portal-api.md e: referrers without scheme, with a path, or a bare `*` are refused or taken as they are.
    pub odd_referrers: Strictness,
    /// portal-api.md d.9: whether a key ends when its owner loses one of its privileges.
    pub key_follows_owner: bool,
}

impl Default for Switches {
    fn default() -> Switches {
        Switches {
            sign_in: SignIn::default(),
            get_alone: GetAlone { reads: Vec::new(), refusal: PostRefusal::Status },
            second_registration: SecondRegistration::Refused,
            keeps_type_keywords: true,
            api_token_keyword: ApiTokenKeyword::WhenExpirationSet,
            wrong_regenerate_flag: Strictness::Accepted,
            regenerating_ends_old_key: true,
            referrer_edit_ends_keys: true,
            date_edit_ends_key: false,
            same_update_ends_keys: false,
            wrong_personal_flag: Strictness::Accepted,
            long_expiration: Strictness::Refused,
            rounds_expiration: true,
            update_clears_redirect_uris: false,
            dropped_privileges: Vec::new(),
            normalises_referrers: false,
            search_lag: 0,
            listing_lag_ms: 0,
            errors_carry_cors: true,
            exposes_retry_after: false,
            deletion_ends_keys: true,
            lists_all_folders: true,
            search_finds_beginnings: true,
            allowed_origins: Vec::new(),
            oauth_tokens_manage_keys: true,
            credentials_go_to_bin: false,
            max_token_minutes: -1,
            redirect_origin_covers_paths: false,
            validates_redirect_uris: true,
            folder_clash_message: "Folder title not available".to_owned(),
            folder_clash_details: Vec::new(),
            demands_subscription_type: false,
            needs_key_privileges: true,
            personal_flag_can_change: true,
            odd_referrers: Strictness::Accepted,
            key_follows_owner: false,
        }
    }
}

impl Default for SignIn {
    fn default() -> SignIn {
        SignIn {
            iss: None,
            opener_policy: None,
            least_expiration: 1,
            short_expiration: Strictness::Accepted,
            reused_code_ends_session: false,
            demands_pkce: false,
            gives_refresh_token: true,
        }
    }
}
