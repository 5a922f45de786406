//! `generateToken`: a token for a username and a password, bound to a referrer (F-TOKEN-10).
//! Any password is accepted; the endpoint exists for testing clients that sign in this way.

use serde_json::json;

use crate::portal::{Call, Done, Portal, Reply};
use crate::refusal::Refusal;
use crate::seed;
use crate::state::session::Session;

/// The default lifetime: an hour, in minutes (inferred).
const DEFAULT_MINUTES: i64 = 60;
/// The maximum lifetime: two weeks, in minutes (F-TOKEN-10).
const LONGEST_MINUTES: i64 = 20_160;

/// The token and its expiration, in epoch milliseconds, not seconds (F-TOKEN-10).
pub(crate) fn generate(portal: &mut Portal, call: &Call) -> Reply {
    let username = call.form.text("username").to_owned();
    let known = portal.world.users.contains_key(&username);
    if !known || call.form.text("password").is_empty() {
        let message = "Unable to generate token.";
        let details = vec!["Invalid username or password.".to_owned()];
        return Err(Refusal::new(400, message).with_details(details));
    }
    seed::wake(portal, &username);
    let minutes = call.form.number("expiration").unwrap_or(DEFAULT_MINUTES);
    let expires = portal.now_ms + minutes.clamp(1, LONGEST_MINUTES) * 60_000;
    let token = portal.world.ids.token();
    let session = Session {
        username: Some(username),
        client_id: String::new(),
        expires,
        refresh: None,
        referer: call.form.get("referer").filter(|text| !text.is_empty()).map(str::to_owned),
    };
    portal.world.sessions.insert(token.clone(), session);
    Ok(Done::Json(json!({"token": token, "expires": expires, "ssl": true})))
}

#[cfg(test)]
mod tests {
    use crate::Asked;
    use crate::testing::{NOON, code, portal, text};

    fn ask(portal: &mut crate::Portal, username: &str, password: &str) -> serde_json::Value {
        let fields = [
            ("username", username),
            ("password", password),
            ("client", "referer"),
            ("referer", "https://a.test"),
            ("expiration", "20"),
        ];
        portal.post("/generateToken", &fields)
    }

    #[test]
    fn a_token_by_password_works_from_its_referrer_only() {
        let mut portal = portal();
        let answer = ask(&mut portal, "jane", "any");
        assert_eq!(answer["expires"], NOON + 20 * 60_000);
        let token = text(&answer["token"]);
        let asked = Asked::post("/sharing/rest/community/self").json().field("token", &token);
        let answer = portal.answer(asked.clone().referer("https://a.test/page")).value();
        assert_eq!(answer["username"], "jane");
        assert_eq!(code(&portal.answer(asked).value()), 498);
    }

    #[test]
    fn an_unknown_user_and_an_empty_password_are_refused() {
        let mut portal = portal();
        for (username, password) in [("nobody", "x"), ("jane", "")] {
            let answer = ask(&mut portal, username, password);
            assert_eq!(answer["error"]["message"], "Unable to generate token.");
        }
    }

    #[test]
    fn such_a_token_may_manage_keys_where_oauth_tokens_may_not() {
        let mut portal = portal();
        portal.switches.oauth_tokens_manage_keys = false;
        let item = crate::testing::new_item(&mut portal, "jane");
        let token = text(&ask(&mut portal, "jane", "any")["token"]);
        let asked = Asked::post("/sharing/rest/oauth2/registerApp").json().field("token", &token);
        let asked = asked.field("itemId", &item).field("appType", "multiple").referer("https://a.test");
        let app = portal.answer(asked).value();
        assert!(app["client_secret"].is_string());
        let path = format!("/content/users/jane/items/{item}/registeredAppInfo");
        assert!(portal.as_user("jane", &path, &[]).get("client_secret").is_none());
    }
}
