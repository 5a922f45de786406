//! One switch for each unknown of docs/portal-facts.md, and for facts in which portals differ.
//! The defaults are the likelier answer where one is known, else the one clients rely on.

use crate::endpoint::Endpoint;

/// When the server adds the keyword `APIToken` to an item (F-APP-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiTokenKeyword {
    /// As soon as the item is registered with `httpReferrers` or privileges.
    WhenRegistered,
    /// As soon as an expiration date has taken effect.
    WhenExpirationSet,
    /// As soon as a key exists.
    WhenKeyExists,
}

/// What a second `registerApp` on a registered item does (F-APP-5).
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

/// The unknown facts about signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// F-SIGNIN-6: the `iss` parameter of the authorization response (RFC 9207); `{root}` becomes the portal's address.
    pub iss: Option<String>,
    /// F-SIGNIN-7: the `Cross-Origin-Opener-Policy` of the sign-in pages.
    pub opener_policy: Option<String>,
    /// F-SIGNIN-8: the smallest `expiration` of a sign-in, in minutes.
    pub least_expiration: i64,
    /// F-SIGNIN-8: whether a smaller one is refused or raised.
    pub short_expiration: Strictness,
    /// F-TOKEN-6: whether a second use of a code ends the tokens of the first (RFC 6749, 4.1.2).
    pub reused_code_ends_session: bool,
    /// F-SIGNIN-10: whether every sign-in must use PKCE; a challenge that was sent is always checked.
    pub demands_pkce: bool,
    /// F-SIGNIN-19: whether a `plain` challenge is taken, or refused.
    pub takes_plain_pkce: bool,
    /// F-TOKEN-4: whether the redemption of a code also returns a refresh token.
    pub gives_refresh_token: bool,
}

/// Reads that a portal answers to GET alone (F-API-5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetAlone {
    /// F-API-5: the reads that are answered to GET alone.
    pub reads: Vec<Endpoint>,
    /// F-API-5: how a POST to them is refused.
    pub refusal: PostRefusal,
}

/// Every unknown fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switches {
    /// Signing in (F-SIGNIN-5 to F-SIGNIN-10).
    pub sign_in: SignIn,
    /// Reading by GET alone (F-API-5).
    pub get_alone: GetAlone,
    /// F-APP-5: a second `registerApp` on the same item.
    pub second_registration: SecondRegistration,
    /// F-ITEM-3: whether `addItem` and `update` keep the client's own type keywords.
    pub keeps_type_keywords: bool,
    /// F-APP-7: when `APIToken` appears among the type keywords.
    pub api_token_keyword: ApiTokenKeyword,
    /// F-KEY-3: `regenerateApiToken` that does not fit the slot (`false` for a used one, `true` for an empty one).
    /// `Accepted` is the default because rest-js always sends `true` and works.
    pub wrong_regenerate_flag: Strictness,
    /// F-KEY-4: whether `regenerateApiToken` ends the slot's old key at once; if not, it lives on beside the new one
    /// until its own date, or until all keys of the credential end.
    pub regenerating_ends_old_key: bool,
    /// F-KEY-9: whether an update that changes only the referrers ends the keys.
    pub referrer_edit_ends_keys: bool,
    /// F-DATE-6: whether changing an expiration date ends the slot's key.
    pub date_edit_ends_key: bool,
    /// F-KEY-10: whether an app update that changes nothing ends the keys.
    pub same_update_ends_keys: bool,
    /// F-PRIV-7: `isPersonalAPIToken` that does not fit the privileges.
    pub wrong_personal_flag: Strictness,
    /// F-DATE-3: an expiration beyond one year is refused, or shortened to one year.
    pub long_expiration: Strictness,
    /// F-DATE-4: whether an expiration is moved to the end of its day in UTC.
    pub rounds_expiration: bool,
    /// F-APP-10: whether an app update without `redirect_uris` clears them.
    pub update_clears_redirect_uris: bool,
    /// F-APP-14: privileges that `registerApp` and `update` drop without an error.
    pub dropped_privileges: Vec<String>,
    /// F-REFERRER-4: whether referrers are stored in lower case and without a trailing slash.
    pub normalises_referrers: bool,
    /// F-SEARCH-7: how many searches do not show a new or changed item yet.
    pub search_lag: u32,
    /// F-ITEM-5: for how many milliseconds a listing of a user's content lacks a new item.
    pub listing_lag_ms: i64,
    /// F-CORS-3: whether answers 429 and 5xx carry CORS headers.
    pub errors_carry_cors: bool,
    /// F-CORS-4: whether pages of other origins may read `Retry-After`.
    pub exposes_retry_after: bool,
    /// F-KEY-11: whether deleting an item ends its keys at once; if not, they live on.
    pub deletion_ends_keys: bool,
    /// F-ITEM-6: whether `foldersContent` is known; a portal that does not know it lists the root folder.
    pub lists_all_folders: bool,
    /// F-SEARCH-6: whether a free word also finds words that begin with it, without a `*`.
    pub search_finds_beginnings: bool,
    /// F-CORS-2: the organization's Allow origins; empty means any origin.
    pub allowed_origins: Vec<String>,
    /// F-TOKEN-9: whether a token of a registered OAuth app may register apps and read their secrets.
    pub oauth_tokens_manage_keys: bool,
    /// F-ITEM-9: whether the recycle bin keeps credentials.
    pub credentials_go_to_bin: bool,
    /// F-TOKEN-8: the organization's limit of token lifetimes, in minutes; `-1` means no limit.
    pub max_token_minutes: i64,
    /// F-SIGNIN-5: whether a registered bare origin covers every path below it.
    pub redirect_origin_covers_paths: bool,
    /// F-SIGNIN-11: whether the undocumented `validateRedirectUri` exists.
    pub validates_redirect_uris: bool,
    /// F-ENTERPRISE-2: the release of ArcGIS Enterprise that this portal is; empty for Online.
    pub enterprise_version: String,
    /// F-FOLDER-3: the words for a folder title that is taken.
    pub folder_clash_message: String,
    /// F-FOLDER-3: the details that go with them.
    pub folder_clash_details: Vec<String>,
    /// F-ITEM-12: whether a credential needs `subscriptionType`.
    pub demands_subscription_type: bool,
    /// F-PRIV-2: whether `registerApp` needs the two privileges of API keys; Location Platform may do without.
    pub needs_key_privileges: bool,
    /// F-PRIV-8: whether an app update can change `isPersonalAPIToken`.
    pub personal_flag_can_change: bool,
    /// F-REFERRER-3: referrers without scheme, with a path, or a bare `*` are refused or taken as they are.
    pub odd_referrers: Strictness,
    /// F-ACCOUNT-10: whether `community/self` tells a standard key what it is, or refuses it.
    pub describes_standard_keys: bool,
    /// F-KEY-13: whether a key ends when its owner loses one of its privileges.
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
