//! The grants of a signed-in user: code, refresh, exchange (F-TOKEN-1, F-TOKEN-5).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::form::Form;
use crate::oauth2::token;
use crate::portal::{Done, Portal, Reply};
use crate::refusal::Refusal;
use crate::state::app::App;
use crate::state::session::{Challenge, Code, Refresh};

const MINUTE_MS: i64 = 60_000;

/// `authorization_code`: valid once, within ten minutes, for the same client with the same redirect URI and the
/// verifier.
pub(crate) fn code(portal: &mut Portal, form: &Form, app: &App) -> Reply {
    let text = form.text("code");
    let code = portal.world.codes.get(text).cloned();
    // The error name is the RFC's; the portal's message is unknown (F-TOKEN-13).
    let bad = || Refusal::oauth(400, "invalid_grant", "Invalid code");
    let code = code.filter(|code| code.client_id == app.client_id).ok_or_else(bad)?;
    if code.used {
        end_what_came_of(portal, &code);
        return Err(bad());
    }
    if code.expires <= portal.now_ms {
        return Err(bad());
    }
    if code.redirect_uri != form.text("redirect_uri") {
        return Err(Refusal::oauth(400, "invalid_request", "Invalid redirect_uri"));
    }
    // A wrong verifier consumes the code too, which prevents guessing (inferred).
    let fits = verifier_fits(code.challenge.as_ref(), form.get("code_verifier"));
    let spent = Code { used: true, ..code.clone() };
    portal.world.codes.insert(text.to_owned(), spent);
    if !fits {
        return Err(Refusal::oauth(400, "invalid_grant", "Invalid code_verifier"));
    }
    redeem(portal, text, &code)
}

/// RFC 7636 4.6; without a challenge, a verifier is refused (inferred).
fn verifier_fits(challenge: Option<&Challenge>, verifier: Option<&str>) -> bool {
    match (challenge, verifier) {
        (Some(challenge), Some(verifier)) => (43..=128).contains(&verifier.len()) && proves(challenge, verifier),
        (None, verifier) => verifier.is_none_or(str::is_empty),
        (Some(_), None) => false,
    }
}

fn proves(challenge: &Challenge, verifier: &str) -> bool {
    match challenge {
        Challenge::S256(hash) => URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) == *hash,
        Challenge::Plain(text) => verifier == text,
    }
}

fn redeem(portal: &mut Portal, text: &str, code: &Code) -> Reply {
    let minutes = code.refresh_minutes;
    let gives = portal.switches.sign_in.gives_refresh_token;
    let refresh = gives.then(|| {
        let refresh = Refresh {
            username: code.username.clone(),
            client_id: code.client_id.clone(),
            redirect_uri: code.redirect_uri.clone(),
            expires: portal.now_ms + minutes * MINUTE_MS,
            minutes,
        };
        token::refresh(portal, refresh)
    });
    let access = token::access(portal, &code.username, &code.client_id, refresh.clone());
    let mut answer = token::answer(&access, &code.username);
    if let Some(refresh) = &refresh {
        answer["refresh_token"] = json!(refresh);
        // One second less, as in the documentation's sample (F-TOKEN-2).
        answer["refresh_token_expires_in"] = json!(minutes * 60 - 1);
    }
    answer["persist"] = json!(false);
    if let Some(kept) = portal.world.codes.get_mut(text) {
        kept.refresh = refresh;
        kept.access = Some(access);
    }
    Ok(Done::Json(answer))
}

/// RFC 6749 4.1.2: reusing a code may end the tokens from its first use; depends on a switch.
fn end_what_came_of(portal: &mut Portal, code: &Code) {
    if !portal.switches.sign_in.reused_code_ends_session {
        return;
    }
    if let Some(access) = &code.access {
        portal.world.sessions.remove(access);
    }
    if let Some(refresh) = &code.refresh {
        portal.world.refreshes.remove(refresh);
    }
}

/// `refresh_token`: returns a new access token and no new refresh token.
pub(crate) fn refresh(portal: &mut Portal, form: &Form, app: &App) -> Reply {
    let text = form.text("refresh_token").to_owned();
    let record = live(portal, &text, app)?;
    let access = token::access(portal, &record.username, &app.client_id, Some(text));
    Ok(Done::Json(token::answer(&access, &record.username)))
}

/// `exchange_refresh_token`: returns new access and refresh tokens; the old refresh token ends (inferred).
pub(crate) fn exchange(portal: &mut Portal, form: &Form, app: &App) -> Reply {
    let text = form.text("refresh_token").to_owned();
    let record = live(portal, &text, app)?;
    if record.redirect_uri != form.text("redirect_uri") {
        return Err(Refusal::oauth(400, "invalid_request", "Invalid redirect_uri"));
    }
    portal.world.refreshes.remove(&text);
    let minutes = record.minutes;
    let username = record.username.clone();
    let expires = portal.now_ms + minutes * MINUTE_MS;
    let refresh = token::refresh(portal, Refresh { expires, ..record });
    let access = token::access(portal, &username, &app.client_id, Some(refresh.clone()));
    let mut answer = token::answer(&access, &username);
    answer["refresh_token"] = json!(refresh);
    answer["refresh_token_expires_in"] = json!(minutes * 60 - 1);
    Ok(Done::Json(answer))
}

/// A valid refresh token of this app (F-TOKEN-13).
fn live(portal: &Portal, text: &str, app: &App) -> Result<Refresh, Refusal> {
    let record = portal.world.refreshes.get(text).filter(|refresh| refresh.client_id == app.client_id);
    let record = record.ok_or_else(|| Refusal::oauth(498, "invalid_request", "Invalid refresh_token"))?;
    match record.expires > portal.now_ms {
        true => Ok(record.clone()),
        false => Err(Refusal::oauth(498, "invalid_request", "refresh_token expired")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::Portal;
    use crate::testing::{code, portal, text};

    /// The verifier and challenge of RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const QUERY: &str = "client_id=key-wizard-demo&response_type=code&redirect_uri=https%3A%2F%2Fpage.test%2F&state=x\
        &expiration=60&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";

    fn new_code(portal: &mut Portal) -> String {
        let location = portal.decide(QUERY, "jane", true).expect("a redirect");
        let (_, rest) = location.split_once("?code=").expect("a code");
        rest.split('&').next().expect("a code").to_owned()
    }

    fn redeem(portal: &mut Portal, code: &str, change: &[(&str, &str)]) -> Value {
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("client_id", "key-wizard-demo"),
            ("redirect_uri", "https://page.test/"),
            ("code_verifier", VERIFIER),
            ("code", code),
        ];
        for (name, value) in change {
            fields.retain(|field| field.0 != *name);
            fields.push((name, value));
        }
        portal.post("/oauth2/token", &fields)
    }

    fn use_refresh(portal: &mut Portal, grant: &str, refresh: &str) -> Value {
        let fields = [
            ("grant_type", grant),
            ("client_id", "key-wizard-demo"),
            ("redirect_uri", "https://page.test/"),
            ("refresh_token", refresh),
        ];
        portal.post("/oauth2/token", &fields)
    }

    #[test]
    fn a_code_gives_tokens_with_lifetimes_in_seconds() {
        let mut portal = portal();
        let code = new_code(&mut portal);
        let answer = redeem(&mut portal, &code, &[]);
        assert_eq!(answer["expires_in"], 1800);
        assert_eq!(answer["refresh_token_expires_in"], 3599);
        assert_eq!(answer["username"], "jane");
        let token = text(&answer["access_token"]);
        assert_eq!(portal.post("/community/self", &[("token", &token)])["username"], "jane");
    }

    #[test]
    fn a_code_works_once_and_its_session_ends_only_by_the_switch() {
        for ends in [false, true] {
            let mut portal = portal();
            portal.switches.sign_in.reused_code_ends_session = ends;
            let text = new_code(&mut portal);
            assert_eq!(code(&redeem(&mut portal, &text, &[])), 0);
            let again = redeem(&mut portal, &text, &[]);
            assert_eq!(again["error"]["error"], "invalid_grant");
            assert_eq!(portal.live_sessions().is_empty(), ends);
            assert_eq!(portal.live_refresh_tokens() == 0, ends);
        }
    }

    #[test]
    fn a_code_ends_after_ten_minutes() {
        let mut portal = portal();
        let text = new_code(&mut portal);
        portal.advance(10 * 60_000);
        assert_eq!(redeem(&mut portal, &text, &[])["error"]["error"], "invalid_grant");
    }

    #[test]
    fn the_redirect_uri_the_client_and_the_verifier_must_be_those_of_the_sign_in() {
        let mut portal = portal();
        portal.register_client("other", "Other", &["https://page.test/"]);
        let text = new_code(&mut portal);
        let answer = redeem(&mut portal, &text, &[("redirect_uri", "https://page.test")]);
        assert_eq!(answer["error"]["message"], "Invalid redirect_uri");
        assert_eq!(redeem(&mut portal, &text, &[("client_id", "other")])["error"]["error"], "invalid_grant");
        let wrong = "x".repeat(43);
        assert_eq!(code(&redeem(&mut portal, &text, &[("code_verifier", &wrong)])), 400);
        assert_eq!(code(&redeem(&mut portal, &text, &[])), 400);
    }

    #[test]
    fn a_plain_challenge_is_proved_by_itself_and_by_nothing_else() {
        for (verifier, error) in [(VERIFIER, Value::Null), (&*"x".repeat(43), "invalid_grant".into())] {
            let mut portal = portal();
            let query = "client_id=key-wizard-demo&response_type=code&redirect_uri=https%3A%2F%2Fpage.test%2F";
            let query = format!("{query}&code_challenge={VERIFIER}&code_challenge_method=plain");
            let location = portal.decide(&query, "jane", true).expect("a redirect");
            let (_, code) = location.split_once("?code=").expect("a code");
            assert_eq!(redeem(&mut portal, code, &[("code_verifier", verifier)])["error"]["error"], error);
        }
    }

    #[test]
    fn an_access_token_ends_after_half_an_hour_and_a_refresh_token_gives_another() {
        let mut portal = portal();
        let text_code = new_code(&mut portal);
        let answer = redeem(&mut portal, &text_code, &[]);
        let (old, refresh) = (text(&answer["access_token"]), text(&answer["refresh_token"]));
        portal.advance(30 * 60_000);
        assert_eq!(code(&portal.post("/portals/self", &[("token", &old)])), 498);
        let answer = use_refresh(&mut portal, "refresh_token", &refresh);
        assert!(answer.get("refresh_token").is_none());
        let new = text(&answer["access_token"]);
        assert_eq!(code(&portal.post("/portals/self", &[("token", &new)])), 0);
        portal.advance(30 * 60_000);
        let late = use_refresh(&mut portal, "refresh_token", &refresh);
        assert_eq!(late["error"]["message"], "refresh_token expired");
        assert_eq!(code(&late), 498);
    }

    #[test]
    fn an_exchange_gives_two_new_tokens_and_ends_the_old_one() {
        let mut portal = portal();
        let text_code = new_code(&mut portal);
        let answer = redeem(&mut portal, &text_code, &[]);
        let refresh = text(&answer["refresh_token"]);
        let exchanged = use_refresh(&mut portal, "exchange_refresh_token", &refresh);
        assert_ne!(text(&exchanged["refresh_token"]), refresh);
        let again = use_refresh(&mut portal, "refresh_token", &refresh);
        assert_eq!(again["error"]["message"], "Invalid refresh_token");
    }

    #[test]
    fn the_refresh_token_can_be_switched_off_and_its_life_limited() {
        let mut portal = portal();
        portal.switches.max_token_minutes = 30;
        let text_code = new_code(&mut portal);
        assert_eq!(redeem(&mut portal, &text_code, &[])["refresh_token_expires_in"], 1799);
        portal.switches.sign_in.gives_refresh_token = false;
        let text_code = new_code(&mut portal);
        assert!(redeem(&mut portal, &text_code, &[]).get("refresh_token").is_none());
    }
}
