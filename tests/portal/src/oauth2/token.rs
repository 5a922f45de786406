//! `oauth2/token`: the grants and their tokens (F-TOKEN-1, F-TOKEN-5, F-TOKEN-11).

use serde_json::{Value, json};

use crate::oauth2::{grants, key};
use crate::portal::{Call, Done, Portal, Reply};
use crate::refusal::Refusal;
use crate::state::app::App;
use crate::state::session::{Refresh, Session};

/// The lifetime of an access token: 30 minutes (F-TOKEN-2).
const ACCESS_MS: i64 = 30 * 60_000;
/// The default lifetime of an app's own token: two hours, in minutes (F-TOKEN-11).
const APP_MINUTES: i64 = 120;
/// Its maximum: two weeks, in minutes (F-TOKEN-12).
const APP_LONGEST: i64 = 20_160;

/// Dispatches on `grant_type`.
pub(crate) fn token(portal: &mut Portal, call: &Call) -> Reply {
    let form = call.form;
    let app = portal.world.apps.get(form.text("client_id")).cloned();
    let app = app.ok_or_else(Refusal::no_client)?;
    match form.text("grant_type") {
        "authorization_code" => grants::code(portal, form, &app),
        "refresh_token" => grants::refresh(portal, form, &app),
        "exchange_refresh_token" => grants::exchange(portal, form, &app),
        "client_credentials" => {
            check_secret(form.text("client_secret"), &app)?;
            match form.get("apiToken") {
                Some(slot) => key::generate(portal, form, &app, slot),
                None => app_token(portal, form.number("expiration"), &app),
            }
        }
        _ => Err(Refusal::oauth(400, "unsupported_grant_type", "Invalid grant_type")),
    }
}

/// Refuses an old or wrong secret (F-TOKEN-13).
pub(crate) fn check_secret(sent: &str, app: &App) -> Result<(), Refusal> {
    match sent == app.client_secret {
        true => Ok(()),
        false => Err(Refusal::oauth(400, "invalid_request", "Invalid client_secret")),
    }
}

/// Issues a user's access token without a refresh token.
pub(crate) fn open_session(portal: &mut Portal, username: &str, client_id: &str) -> String {
    access(portal, username, client_id, None)
}

/// Issues an access token; creates the 10,000 items of `max` on the first sign-in of `max`.
pub(crate) fn access(portal: &mut Portal, username: &str, client_id: &str, refresh: Option<String>) -> String {
    crate::seed::wake(portal, username);
    let token = portal.world.ids.token();
    let session = Session {
        username: Some(username.to_owned()),
        client_id: client_id.to_owned(),
        expires: portal.now_ms + ACCESS_MS,
        refresh,
        referer: None,
    };
    portal.world.sessions.insert(token.clone(), session);
    token
}

/// Issues a refresh token.
pub(crate) fn refresh(portal: &mut Portal, refresh: Refresh) -> String {
    let token = portal.world.ids.token();
    portal.world.refreshes.insert(token.clone(), refresh);
    token
}

/// The answer of a grant; times are in seconds, not milliseconds (F-TOKEN-2).
pub(crate) fn answer(access: &str, username: &str) -> Value {
    json!({
        "access_token": access, "expires_in": ACCESS_MS / 1000,
        "username": username, "ssl": true,
    })
}

fn app_token(portal: &mut Portal, minutes: Option<i64>, app: &App) -> Reply {
    let minutes = minutes.unwrap_or(APP_MINUTES).clamp(1, APP_LONGEST);
    let token = portal.world.ids.token();
    let session = Session {
        username: None,
        client_id: app.client_id.clone(),
        expires: portal.now_ms + minutes * 60_000,
        refresh: None,
        referer: None,
    };
    portal.world.sessions.insert(token.clone(), session);
    Ok(Done::Json(json!({"access_token": token, "expires_in": minutes * 60})))
}

#[cfg(test)]
mod tests {
    use crate::testing::{code, key_of, portal, text};

    #[test]
    fn an_unknown_client_and_an_unknown_grant_are_refused() {
        let mut portal = portal();
        let answer = portal.post("/oauth2/token", &[("client_id", "nobody"), ("grant_type", "refresh_token")]);
        assert_eq!(answer["error"]["error"], "invalid_client_id");
        let answer = portal.post("/oauth2/token", &[("client_id", "key-wizard-demo"), ("grant_type", "password")]);
        assert_eq!(answer["error"]["error"], "unsupported_grant_type");
    }

    #[test]
    fn an_app_gets_a_token_of_its_own_which_makes_nothing() {
        let mut portal = portal();
        let key = key_of(&mut portal, "jane", &["premium:user:basemaps"]);
        let mut fields = vec![
            ("client_id", key.client_id.as_str()),
            ("client_secret", key.secret.as_str()),
            ("grant_type", "client_credentials"),
            ("expiration", "5"),
        ];
        let answer = portal.post("/oauth2/token", &fields);
        assert_eq!(answer["expires_in"], 300);
        let token = text(&answer["access_token"]);
        let made =
            portal.post("/content/users/jane/addItem", &[("token", &token), ("type", "Application"), ("title", "T")]);
        assert_eq!(code(&made), 403);
        fields[1].1 = "wrong";
        assert_eq!(portal.post("/oauth2/token", &fields)["error"]["message"], "Invalid client_secret");
    }

    #[test]
    fn oauth_answers_are_json_even_when_nobody_asks() {
        let answered = portal().answer(crate::Asked::post("/sharing/rest/oauth2/token"));
        assert_eq!(answered.content_type, crate::exchange::JSON);
    }
}
