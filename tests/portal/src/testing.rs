//! Helpers for the endpoint tests.

use serde_json::Value;

use crate::exchange::Asked;
use crate::portal::Portal;

/// 2026-11-23 12:00 UTC.
pub const NOON: i64 = 1_795_435_200_000;
/// A day in milliseconds.
pub const DAY: i64 = 86_400_000;
/// The end of 2026-12-23 in UTC.
pub const IN_A_MONTH: i64 = 1_798_070_399_999;

/// The demo at noon with the redirect URI `https://page.test/`.
pub fn portal() -> Portal {
    let mut portal = Portal::demo(NOON);
    portal.register_client("key-wizard-demo", "Key wizard", &["https://page.test/"]);
    portal
}

/// A key and its credential.
pub struct MadeKey {
    pub token: String,
    pub item: String,
    pub client_id: String,
    pub secret: String,
}

impl Portal {
    /// Posts fields to a path below `/sharing/rest` and reads the JSON answer.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Value {
        let mut asked = Asked::post(&format!("/sharing/rest{path}")).json();
        for (name, value) in fields {
            asked = asked.field(name, value);
        }
        self.answer(asked).value()
    }

    /// The same, with a fresh token of this user.
    pub fn as_user(&mut self, username: &str, path: &str, fields: &[(&str, &str)]) -> Value {
        let token = self.sign_in(username);
        let mut all = fields.to_vec();
        all.push(("token", &token));
        self.post(path, &all)
    }
}

/// An answer's value as a string.
#[track_caller]
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// The code of a refusal; 0 for a success.
pub fn code(value: &Value) -> i64 {
    value["error"]["code"].as_i64().unwrap_or(0)
}

/// Creates an item of type Application.
pub fn new_item(portal: &mut Portal, user: &str) -> String {
    let fields = [("type", "Application"), ("title", "Key"), ("tags", "a,b")];
    let answer = portal.as_user(user, &format!("/content/users/{user}/addItem"), &fields);
    text(&answer["id"])
}

/// Registers an item with these privileges and referrers.
pub fn register(portal: &mut Portal, user: &str, item: &str, privileges: &[&str], referrers: &[&str]) -> Value {
    let privileges = serde_json::to_string(privileges).expect("texts are JSON");
    let referrers = serde_json::to_string(referrers).expect("texts are JSON");
    let fields = [
        ("itemId", item),
        ("appType", "multiple"),
        ("redirect_uris", r#"["urn:ietf:wg:oauth:2.0:oob"]"#),
        ("httpReferrers", referrers.as_str()),
        ("privileges", privileges.as_str()),
    ];
    portal.as_user(user, "/oauth2/registerApp", &fields)
}

/// Sets the date of a slot.
pub fn set_date(portal: &mut Portal, user: &str, item: &str, ms: i64) -> Value {
    let path = format!("/content/users/{user}/items/{item}/update");
    portal.as_user(user, &path, &[("apiToken1ExpirationDate", &ms.to_string())])
}

/// Requests a key in slot 1.
pub fn generate(portal: &mut Portal, client_id: &str, secret: &str, regenerate: &str) -> Value {
    let fields = [
        ("client_id", client_id),
        ("client_secret", secret),
        ("grant_type", "client_credentials"),
        ("apiToken", "1"),
        ("regenerateApiToken", regenerate),
    ];
    portal.post("/oauth2/token", &fields)
}

/// Creates a complete credential with a key in slot 1 and these referrers.
pub fn key_with(portal: &mut Portal, user: &str, privileges: &[&str], referrers: &[&str]) -> MadeKey {
    let item = new_item(portal, user);
    let app = register(portal, user, &item, privileges, referrers);
    let date = set_date(portal, user, &item, IN_A_MONTH);
    assert_eq!(date["success"], true, "{date}");
    let (client_id, secret) = (text(&app["client_id"]), text(&app["client_secret"]));
    let answer = generate(portal, &client_id, &secret, "false");
    let token = text(&answer["access_token"]);
    MadeKey { token, item, client_id, secret }
}

/// Creates a complete credential with an unrestricted key in slot 1.
pub fn key_of(portal: &mut Portal, user: &str, privileges: &[&str]) -> MadeKey {
    key_with(portal, user, privileges, &[])
}
