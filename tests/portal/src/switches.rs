//! One switch for each unknown of docs/portal-facts.md, and for facts in which portals differ.
//! The default is the likelier answer if there is one, otherwise the answer that clients rely on.

use crate::endpoint::Endpoint;

/// When the server adds the keyword `APIToken` to an item (F-APP-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiTokenKeyword {
    /// When the item is registered with `httpReferrers` or privileges.
    WhenRegistered,
    /// When an expiration date takes effect.
    WhenExpirationSet,
    /// When a key exists.
    WhenKeyExists,
}

/// The effect of a second `registerApp` on a registered item (F-APP-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondRegistration {
    /// It is refused.
    Refused,
    /// It returns the existing registration and changes nothing.
    Harmless,
}

/// The server's reaction to a wrong flag or a date out of range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// The request is refused.
    Refused,
    /// The request is accepted; the wrong part is ignored or corrected.
    Accepted,
}

/// A portal's refusal of a POST to a read that allows only GET.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostRefusal {
    /// HTTP 405 and a page, as servlet containers answer.
    Status,
    /// HTTP 200 and an error body with code 400.
    Body,
}

/// The unknown facts about signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// F-SIGNIN-6: the `iss` parameter of the authorization response (RFC 9207); `{root}` is replaced by the portal's
    /// address.
    pub iss: Option<String>,
    /// F-SIGNIN-7: the `Cross-Origin-Opener-Policy` of the sign-in pages.
    pub opener_policy: Option<String>,
    /// F-SIGNIN-8: the minimum `expiration` of a sign-in, in minutes.
    pub least_expiration: i64,
    /// F-SIGNIN-8: refuses a smaller one, or raises it to the minimum.
    pub short_expiration: Strictness,
    /// F-TOKEN-6: reusing a code ends the tokens of its first use (RFC 6749, 4.1.2).
    pub reused_code_ends_session: bool,
    /// F-SIGNIN-10: every sign-in must use PKCE; a challenge that was sent is always checked.
    pub demands_pkce: bool,
    /// F-SIGNIN-19: accepts a `plain` challenge instead of refusing it.
    pub takes_plain_pkce: bool,
    /// F-TOKEN-4: redeeming a code also returns a refresh token.
    pub gives_refresh_token: bool,
}

/// Reads that a portal answers only to GET (F-API-5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetAlone {
    /// F-API-5: the reads that are answered only to GET.
    pub reads: Vec<Endpoint>,
    /// F-API-5: how a POST to them is refused.
    pub refusal: PostRefusal,
}

/// All unknown facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switches {
    /// Signing in (F-SIGNIN-5 to F-SIGNIN-10).
    pub sign_in: SignIn,
    /// Reads by GET only (F-API-5).
    pub get_alone: GetAlone,
    /// F-APP-5: a second `registerApp` on the same item.
    pub second_registration: SecondRegistration,
    /// F-ITEM-3: `addItem` and `update` keep the client's own type keywords.
    pub keeps_type_keywords: bool,
    /// F-APP-7: when `APIToken` is added to the type keywords.
    pub api_token_keyword: ApiTokenKeyword,
    /// F-KEY-3: a `regenerateApiToken` that does not match the slot (`false` for a used one, `true` for an empty
    /// one).
    /// `Accepted` is the default because rest-js always sends `true` and works.
    pub wrong_regenerate_flag: Strictness,
    /// F-KEY-4: `regenerateApiToken` ends the slot's old key at once; if false, the old key stays valid until its own
    /// expiration date, or until all keys of the credential end.
    pub regenerating_ends_old_key: bool,
    /// F-KEY-9: an update that changes only the referrers ends the keys.
    pub referrer_edit_ends_keys: bool,
    /// F-DATE-6: changing an expiration date ends the slot's key.
    pub date_edit_ends_key: bool,
    /// F-KEY-10: an app update that changes nothing ends the keys.
    pub same_update_ends_keys: bool,
    /// F-PRIV-7: an `isPersonalAPIToken` that does not match the privileges.
    pub wrong_personal_flag: Strictness,
    /// F-DATE-3: refuses an expiration beyond one year, or shortens it to one year.
    pub long_expiration: Strictness,
    /// F-DATE-4: moves an expiration to the end of its day in UTC.
    pub rounds_expiration: bool,
    /// F-APP-10: an app update without `redirect_uris` clears them.
    pub update_clears_redirect_uris: bool,
    /// F-APP-14: privileges that `registerApp` and `update` drop silently.
    pub dropped_privileges: Vec<String>,
    /// F-REFERRER-4: stores referrers in lower case and without a trailing slash.
    pub normalises_referrers: bool,
    /// F-SEARCH-7: how many searches omit a new or changed item.
    pub search_lag: u32,
    /// F-ITEM-5: for how many milliseconds a listing of a user's content omits a new item.
    pub listing_lag_ms: i64,
    /// F-CORS-3: 429 and 5xx answers carry CORS headers.
    pub errors_carry_cors: bool,
    /// F-CORS-4: pages of other origins may read `Retry-After`.
    pub exposes_retry_after: bool,
    /// F-KEY-11: deleting an item ends its keys at once; if false, they stay valid.
    pub deletion_ends_keys: bool,
    /// F-ITEM-6: supports `foldersContent`; if false, the portal ignores it and lists the root folder.
    pub lists_all_folders: bool,
    /// F-SEARCH-6: a free word also matches as a prefix, without a `*`.
    pub search_finds_beginnings: bool,
    /// F-CORS-2: the organization's Allow origins; empty means any origin.
    pub allowed_origins: Vec<String>,
    /// F-TOKEN-9: a token of a registered OAuth app may register apps and read their secrets.
    pub oauth_tokens_manage_keys: bool,
    /// F-ITEM-9: the recycle bin keeps credentials.
    pub credentials_go_to_bin: bool,
    /// F-TOKEN-8: the organization's limit on token lifetimes, in minutes; `-1` means no limit.
    pub max_token_minutes: i64,
    /// F-SIGNIN-5: a registered bare origin covers every path below it.
    pub redirect_origin_covers_paths: bool,
    /// F-SIGNIN-11: the undocumented `validateRedirectUri` exists.
    pub validates_redirect_uris: bool,
    /// F-ENTERPRISE-2: the ArcGIS Enterprise release of this portal; empty for Online.
    pub enterprise_version: String,
    /// F-FOLDER-3: the message for a duplicate folder title.
    pub folder_clash_message: String,
    /// F-FOLDER-3: the details of that message.
    pub folder_clash_details: Vec<String>,
    /// F-ITEM-12: a credential requires `subscriptionType`.
    pub demands_subscription_type: bool,
    /// F-PRIV-2: `registerApp` requires the two API key privileges; Location Platform may not.
    pub needs_key_privileges: bool,
    /// F-PRIV-8: an app update can change `isPersonalAPIToken`.
    pub personal_flag_can_change: bool,
    /// F-REFERRER-3: refuses referrers without a scheme, with a path, or a bare `*`, or stores them unchanged.
    pub odd_referrers: Strictness,
    /// F-ACCOUNT-10: `community/self` describes a standard key to itself instead of refusing it.
    pub describes_standard_keys: bool,
    /// F-KEY-13: a key ends when its owner loses one of its privileges.
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
            enterprise_version: String::new(),
            folder_clash_message: "Folder title not available".to_owned(),
            folder_clash_details: Vec::new(),
            demands_subscription_type: false,
            needs_key_privileges: true,
            personal_flag_can_change: true,
            odd_referrers: Strictness::Accepted,
            describes_standard_keys: true,
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
            takes_plain_pkce: true,
            gives_refresh_token: true,
        }
    }
}
