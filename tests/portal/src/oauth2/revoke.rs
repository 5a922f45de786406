//! The two uses of `revokeToken`: ending a session (F-TOKEN-7) and revoking one API key (F-KEY-6).

use serde_json::json;

use crate::form::Form;
use crate::oauth2::{key, token};
use crate::portal::{Call, Done, Portal, Reply};
use crate::refusal::Refusal;

/// Revokes a key if `apiToken` is sent, otherwise a session.
pub(crate) fn revoke(portal: &mut Portal, call: &Call) -> Reply {
    match call.form.get("apiToken") {
        Some(slot) => one_key(portal, call.form, slot),
        None => session(portal, call.form),
    }
}

/// Ends the slot's key; its date falls back to the one from the credential's creation (F-DATE-7).
fn one_key(portal: &mut Portal, form: &Form, slot_text: &str) -> Reply {
    let app = portal.world.apps.get(form.text("client_id")).cloned();
    let app = app.ok_or_else(Refusal::no_client)?;
    token::check_secret(form.text("client_secret"), &app)?;
    let slot = key::slot(slot_text)?;
    if let Some(app) = portal.world.apps.get_mut(&app.client_id) {
        app.keys[slot] = None;
    }
    if let Some(item) = portal.world.items.get_mut(&app.item_id) {
        item.expiration[slot] = item.first_expiration[slot];
    }
    success()
}

/// Ends a session: a refresh token with its access tokens, or one access token. For an unknown token or another
/// client's, it succeeds and changes nothing (F-TOKEN-7).
fn session(portal: &mut Portal, form: &Form) -> Reply {
    let client = form.text("client_id");
    let text = form.text("auth_token");
    let world = &mut portal.world;
    let is_ours = |option: Option<&String>| option.is_some_and(|other| other == client);
    if is_ours(world.refreshes.get(text).map(|refresh| &refresh.client_id)) {
        world.refreshes.remove(text);
        world.sessions.retain(|_, session| session.refresh.as_deref() != Some(text));
    }
    let session = world.sessions.get(text).filter(|session| session.username.is_some());
    if is_ours(session.map(|session| &session.client_id)) {
        world.sessions.remove(text);
    }
    success()
}

fn success() -> Reply {
    Ok(Done::Json(json!({"success": true})))
}

#[cfg(test)]
mod tests {
    use crate::testing::{DAY, IN_A_MONTH, code, key_of, portal, set_date};

    #[test]
    fn a_revoked_key_ends_and_its_date_falls_back_to_the_first() {
        let mut portal = portal();
        let key = key_of(&mut portal, "jane", &["premium:user:basemaps"]);
        set_date(&mut portal, "jane", &key.item, IN_A_MONTH + DAY);
        let mut fields = vec![
            ("client_id", key.client_id.as_str()),
            ("client_secret", "wrong"),
            ("apiToken", "1"),
            ("regenerateApiToken", "true"),
            ("grant_type", "client_credentials"),
        ];
        assert_eq!(portal.post("/oauth2/revokeToken", &fields)["error"]["message"], "Invalid client_secret");
        fields[1].1 = &key.secret;
        assert_eq!(portal.post("/oauth2/revokeToken", &fields)["success"], true);
        assert_eq!(code(&portal.post("/practice/whoami", &[("token", &key.token)])), 498);
        assert_eq!(portal.item(&key.item).expect("it stays").expiration[0], IN_A_MONTH);
    }

    #[test]
    fn a_session_ends_and_anything_else_is_a_success_without_effect() {
        let mut portal = portal();
        let token = portal.sign_in("jane");
        let fields =
            |client: &'static str, token: &str| [("client_id", client.to_owned()), ("auth_token", token.to_owned())];
        for (client, text, live) in [
            ("other", token.as_str(), 1),
            ("key-wizard-demo", "unknown", 1),
            ("key-wizard-demo", token.as_str(), 0),
            ("key-wizard-demo", token.as_str(), 0),
        ] {
            let [one, two] = fields(client, text);
            let answer = portal.post("/oauth2/revokeToken", &[(one.0, &one.1), (two.0, &two.1)]);
            assert_eq!(answer["success"], true);
            assert_eq!(portal.live_sessions().len(), live);
        }
    }

    #[test]
    fn a_revoked_refresh_token_takes_its_access_tokens_along() {
        let mut portal = portal();
        let query = "client_id=key-wizard-demo&response_type=code&redirect_uri=https://page.test/";
        let location = portal.decide(query, "jane", true).expect("a redirect");
        let code = location.split_once("code=").expect("a code").1.to_owned();
        let answer = portal.post(
            "/oauth2/token",
            &[
                ("grant_type", "authorization_code"),
                ("client_id", "key-wizard-demo"),
                ("redirect_uri", "https://page.test/"),
                ("code", &code),
            ],
        );
        let refresh = crate::testing::text(&answer["refresh_token"]);
        portal.post("/oauth2/revokeToken", &[("client_id", "key-wizard-demo"), ("auth_token", &refresh)]);
        assert!(portal.live_sessions().is_empty());
        assert_eq!(portal.live_refresh_tokens(), 0);
    }
}
